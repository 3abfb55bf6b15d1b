package core_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"purser/backend/core"
)

func TestMoneyText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m             core.Money
		decimal, text string
	}{
		{core.Money{Minor: -123450, Currency: "EUR"}, "-1234.50", "−€1,234.50"},
		{core.Money{Minor: 5, Currency: "USD"}, "0.05", "$0.05"},
		{core.Money{Minor: 4500, Currency: "JPY"}, "4500", "¥4,500"},
		{core.Money{Minor: 0, Currency: "GBP"}, "0.00", "£0.00"},
	} {
		if got := c.m.Decimal(); got != c.decimal {
			t.Errorf("decimal %q, want %q", got, c.decimal)
		}
		if got := c.m.Text(); got != c.text {
			t.Errorf("text %q, want %q", got, c.text)
		}
	}
}

func TestMoneyNeverMixesCurrencies(t *testing.T) {
	t.Parallel()
	_, err := core.Money{Minor: 1, Currency: "USD"}.Add(core.Money{Minor: 1, Currency: "EUR"})
	if !errors.Is(err, core.ErrCurrencyMix) {
		t.Fatalf("got %v", err)
	}
}

func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.Int64Range(-1e12, 1e12)).Draw(t, "parts")
		sum, want := core.Money{Currency: "EUR"}, int64(0)
		for _, p := range parts {
			var err error
			if sum, err = sum.Add(core.Money{Minor: p, Currency: "EUR"}); err != nil {
				t.Fatal(err)
			}
			want += p
		}
		if sum.Minor != want {
			t.Fatalf("%d, want %d", sum.Minor, want)
		}
	})
}

func TestSameWeekdaysBefore(t *testing.T) {
	t.Parallel()
	for _, n := range []int{7, 28, 90} {
		p := core.LastDays(core.Date(2026, 11, 24), n)
		b := p.SameWeekdaysBefore()
		if b.Days() != n || b.From.Weekday() != p.From.Weekday() || b.To >= p.From {
			t.Errorf("%d days: %s–%s before %s–%s", n, b.From, b.To, p.From, p.To)
		}
	}
}

// TestDays walks every day of every marketplace over the clock changes of five years: none is
// missing, none comes twice.
func TestDays(t *testing.T) {
	t.Parallel()
	for _, m := range core.Marketplaces() {
		zone := m.Zone()
		last := core.Date(2025, 12, 31)
		for d := last + 1; d <= core.Date(2030, 12, 31); d++ {
			start := d.Start(zone)
			if core.DayOf(start, zone) != d || core.DayOf(start.Add(-time.Second), zone) != last {
				t.Fatalf("%s: %s begins at %s", m.Code, d, start)
			}
			last = d
		}
	}
}

func TestDayRoundTrip(t *testing.T) {
	t.Parallel()
	d, err := core.ParseDay("2024-02-29")
	if err != nil || d.String() != "2024-02-29" || d != core.Date(2024, 2, 29) {
		t.Fatalf("%s, %v", d, err)
	}
	if _, err := core.ParseDay("29.02.2024"); err == nil {
		t.Fatal("accepted another style")
	}
}

func TestMarketplaces(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, m := range core.Marketplaces() {
		if seen[m.Code] || seen[string(m.ID)] || m.Zone() == time.UTC {
			t.Errorf("%s is there twice or has no zone", m.Code)
		}
		seen[m.Code], seen[string(m.ID)] = true, true
		if got, ok := core.MarketplaceByDomain("WWW." + m.Domain); !ok || got.Code != m.Code {
			t.Errorf("%s is not found by %s", m.Code, m.Domain)
		}
	}
	if m, ok := core.MarketplaceByCode("gb"); !ok || m.Code != "UK" {
		t.Error("GB is not the UK")
	}
}
