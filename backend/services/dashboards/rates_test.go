package dashboards_test

import (
	"strings"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/dashboards"
)

func (d *desk) rate(t *testing.T, from, to, day, rate string) {
	t.Helper()
	if _, err := d.SetRate(t.Context(), dashboards.RateInput{From: from, To: to, Day: day, Rate: rate, Source: "central bank"}); err != nil {
		t.Fatal(err)
	}
}

// converted asks for yesterday's sales of the whole account in one currency.
func (d *desk) converted(t *testing.T, currency string) []dashboards.ValueOutput {
	t.Helper()
	view := yesterday()
	view.Scope.Currency = currency
	out, err := d.Define(t.Context(), dashboards.ReferenceInput{Name: "sales.sales", View: view})
	if err != nil {
		t.Fatal(err)
	}
	return out.Values
}

func TestAmountsAreNeverAddedAcrossCurrencies(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "DE", "FR", "JP"}
		d.on("sales.sales", "US", 100_00)
		d.on("sales.sales", "DE", 200_00)
		d.on("sales.sales", "FR", 1_01)
		d.on("sales.sales", "JP", 5000)
	})
	values := d.converted(t, "")
	equal(t, "by currency", texts(values), []string{"€201.01", "¥5,000", "$100.00"})
	for _, v := range values {
		if v.Approx || v.Num == nil || v.Currency == "" {
			t.Errorf("%+v", v)
		}
	}
}

func TestConversion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, market string
		minor        int64
		to           string
		rate         [3]string // from, to, rate
		want         string
	}{
		{"direct", "US", 100_00, "EUR", [3]string{"USD", "EUR", "0.92"}, "€92.00"},
		{"the other way round", "US", 100_00, "EUR", [3]string{"EUR", "USD", "1.25"}, "€80.00"},
		{"half away from zero", "US", 1_01, "EUR", [3]string{"USD", "EUR", "0.5"}, "€0.51"},
		{"half away from zero below it", "US", -1_01, "EUR", [3]string{"USD", "EUR", "0.5"}, "−€0.51"},
		{"just below half", "US", 1_00, "EUR", [3]string{"USD", "EUR", "0.00499999"}, "€0.00"},
		{"into whole yen", "US", 10_00, "JPY", [3]string{"USD", "JPY", "149.55"}, "¥1,496"},
		{"from whole yen", "JP", 1000, "USD", [3]string{"USD", "JPY", "150"}, "$6.67"},
		{"its own currency", "US", 10_00, "USD", [3]string{"USD", "EUR", "2"}, "$10.00"},
		{"exactly", "US", 9007199254740993, "EUR", [3]string{"USD", "EUR", "1"}, "€90,071,992,547,409.93"},
	} {
		d := newDesk(t, func(d *desk) {
			d.a.markets = []string{c.market}
			d.on("sales.sales", c.market, c.minor)
		})
		d.rate(t, c.rate[0], c.rate[1], "2026-01-01", c.rate[2])
		got := d.converted(t, c.to)
		if len(got) != 1 || got[0].Text != c.want {
			t.Errorf("%s: got %q, want %s", c.name, texts(got), c.want)
			continue
		}
		if own := c.name == "its own currency"; got[0].Approx == own || own != (got[0].Note == "") {
			t.Errorf("%s: approx %v, note %q", c.name, got[0].Approx, got[0].Note)
		}
	}
}

func TestRatesHoldFromTheirDay(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US"}
		d.on("sales.sales", "US", 100_00)
	})
	d.rate(t, "USD", "EUR", "2026-11-25", "9") // of today: the range ends before it
	if got := d.converted(t, "EUR")[0]; got.Text != "?" || got.Note != "no rate from USD to EUR is given for 2026-11-24" {
		t.Errorf("before the first rate: %q, %q", got.Text, got.Note)
	}
	d.rate(t, "USD", "EUR", "2026-11-01", "0.5")
	d.rate(t, "EUR", "USD", "2026-11-20", "4")
	got := d.converted(t, "EUR")[0]
	if got.Text != "€25.00" || !strings.Contains(got.Note, "at 4 USD for 1 EUR of 2026-11-20 (central bank)") {
		t.Errorf("the newest that holds, either way round: %q, %q", got.Text, got.Note)
	}
	if _, err := d.DeleteRate(t.Context(), dashboards.RateInput{From: " eur", To: "usd ", Day: "2026-11-20"}); err != nil {
		t.Fatal(err)
	}
	if got := d.converted(t, "EUR")[0]; got.Text != "€50.00" {
		t.Errorf("after the newer one is gone: %q", got.Text)
	}
}

// What can't be converted is not counted as nothing: the sum says that a part is missing.
func TestAmountsWithoutARate(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = []string{"US", "DE", "JP"}
		d.skus("US/A", "DE/A", "JP/A")
		for market, minor := range map[string]int64{"US": 10_00, "DE": 20_00, "JP": 3000} {
			d.on("sales.sales", market, minor)
			d.on("sales.sales", market+"/A", minor)
			d.give("inventory.stock_value", market+"/A", money(minor, map[string]fact.Value{"US": money(0, "USD"), "DE": money(0, "EUR"), "JP": money(0, "JPY")}[market].Money.Currency))
		}
	})
	d.rate(t, "USD", "EUR", "2026-01-01", "0.5")
	got := d.converted(t, "EUR")
	if len(got) != 1 || got[0].Text != "€25.00" || got[0].Maturity != string(fact.Estimated) || !strings.Contains(got[0].Note, "no rate from JPY to EUR") {
		t.Errorf("got %+v", got)
	}
	out := d.table(t, func(in *dashboards.TableInput) {
		in.View.Scope.Currency, in.Columns = "EUR", []string{"sales.sales", "inventory.stock_value"}
	})
	equal(t, "Germany", texts(out.Rows[0].Cells), []string{"€20.00", "€20.00"})
	equal(t, "Japan", texts(out.Rows[1].Cells), []string{"?", "?"})
	equal(t, "the US", texts(out.Rows[2].Cells), []string{"€5.00", "€5.00"})
	if note := out.Rows[1].Cells[0].Note; !strings.Contains(note, "no rate from JPY to EUR") {
		t.Errorf("Japan says %q", note)
	}
	if !out.Rows[2].Cells[1].Approx || out.Rows[0].Cells[1].Approx {
		t.Error("what is converted is not marked, or what is not is")
	}
	equal(t, "totals", texts(out.Totals), []string{"€25.00", "€25.00"})
	for i, v := range out.Totals {
		if v.Maturity != string(fact.Estimated) || v.Note == "" {
			t.Errorf("total %d does not say that it is a part: %+v", i, v)
		}
	}
}

func TestRatesAreChecked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	good := dashboards.RateInput{From: "usd", To: " EUR", Day: "2026-11-20", Rate: " 0.92 ", Source: " ECB "}
	for what, in := range map[string]func(*dashboards.RateInput){
		"no currency":        func(r *dashboards.RateInput) { r.From = "" },
		"a made-up currency": func(r *dashboards.RateInput) { r.To = "XXX" },
		"the same currency":  func(r *dashboards.RateInput) { r.To = "USD" },
		"no day":             func(r *dashboards.RateInput) { r.Day = "" },
		"no such day":        func(r *dashboards.RateInput) { r.Day = "2026-02-30" },
		"no rate":            func(r *dashboards.RateInput) { r.Rate = "" },
		"zero":               func(r *dashboards.RateInput) { r.Rate = "0.00" },
		"negative":           func(r *dashboards.RateInput) { r.Rate = "-1" },
		"a comma":            func(r *dashboards.RateInput) { r.Rate = "0,92" },
		"a fraction":         func(r *dashboards.RateInput) { r.Rate = "1/3" },
		"an exponent":        func(r *dashboards.RateInput) { r.Rate = "1e9" },
		"a binary exponent":  func(r *dashboards.RateInput) { r.Rate = "1p9" },
		"a binary number":    func(r *dashboards.RateInput) { r.Rate = "0b11" },
		"an underscore":      func(r *dashboards.RateInput) { r.Rate = "1_000" },
		"infinite":           func(r *dashboards.RateInput) { r.Rate = "Inf" },
		"far too long":       func(r *dashboards.RateInput) { r.Rate = strings.Repeat("9", 400) },
		"words":              func(r *dashboards.RateInput) { r.Rate = "about one" },
		"no source":          func(r *dashboards.RateInput) { r.Source = " " },
	} {
		r := good
		in(&r)
		out, err := d.SetRate(t.Context(), r)
		invalid(t, what, err)
		if out.Rates == nil {
			t.Errorf("%s: the list is null", what)
		}
	}
	out, err := d.SetRate(t.Context(), good)
	if err != nil || len(out.Rates) != 1 || out.Rates[0] != (dashboards.RateOutput{From: "USD", To: "EUR", Day: "2026-11-20", Rate: "0.92", Source: "ECB"}) {
		t.Fatalf("%+v, %v", out, err)
	}
	good.Rate = "0.93" // of the same day: it is put right
	if out, err = d.SetRate(t.Context(), good); err != nil || len(out.Rates) != 1 || out.Rates[0].Rate != "0.93" {
		t.Fatalf("%+v, %v", out, err)
	}
	d.rate(t, "USD", "EUR", "2026-11-21", "0.94")
	d.open(t)
	if out, err = d.Rates(t.Context()); err != nil || len(out.Rates) != 2 || out.Rates[0].Rate != "0.94" || out.Rates[1].Rate != "0.93" {
		t.Errorf("after a restart, newest first: %+v, %v", out, err)
	}
}

func TestCurrenciesThatEverythingCanBeShownIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) { d.a.markets = []string{"US", "DE", "UK"} })
	d.rate(t, "USD", "EUR", "2026-01-01", "0.9")
	if s, err := d.Scopes(t.Context()); err != nil || len(s.Currencies) != 0 {
		t.Errorf("pounds can't be converted yet: %v, %v", s.Currencies, err)
	}
	d.rate(t, "GBP", "EUR", "2026-01-01", "1.2")
	if s, err := d.Scopes(t.Context()); err != nil || len(s.Currencies) != 1 || s.Currencies[0] != "EUR" {
		t.Errorf("only into euros: %v, %v", s.Currencies, err)
	}
}
