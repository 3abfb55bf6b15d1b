package sellercentral_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// Mode 8: a German settlement has decimal commas and days before months: no amount becomes a hundred times as large, and
// what the lines add up to is held against the total that Amazon names.
func TestMode08_DecimalCommas(t *testing.T) {
	t.Parallel()
	data := sampleBytes(t, "settlement_de.txt")
	sum, total, days := settled(t, data)
	// 23:30 in the report's time is the next day in Germany.
	if sum != 114118 || total != 114118 || len(days) != 1 || !days[core.Date(2026, 3, 16)] {
		t.Errorf("the lines are %d, the settlement %d, on %v", sum, total, days)
	}
	// The same money, written as in the United States.
	american := strings.NewReplacer("1141,18", "1141.18", "1250,00", "1250.00", "-108,82", "-108.82").Replace(string(data))
	if again, _, _ := settled(t, []byte(american)); again != sum {
		t.Errorf("with points it is %d", again)
	}
	// A sum that is not the total is told.
	wrong := bytes.Replace(data, []byte("-108,82"), []byte("-10882"), 1)
	in, err := sellercentral.New().Inspect(t.Context(), memFile("settlement.txt", wrong), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	said := false
	for _, p := range in.Problems {
		said = said || p.Code == "total_mismatch"
	}
	if !said {
		t.Errorf("nothing says that the lines are not the total: %+v", in.Problems)
	}
}

// settled adds up a settlement.
func settled(t *testing.T, data []byte) (sum, total int64, days map[core.Day]bool) {
	t.Helper()
	s, f := sellercentral.New(), memFile("settlement.txt", data)
	in := inspected(t, f, source.Options{})
	days = map[core.Day]bool{}
	_, err := s.Read(context.Background(), f, in, func(b source.Batch) error {
		lines, ok := b.Rows.([]source.SettlementLine)
		if !ok {
			t.Errorf("rows of %s", b.Stream)
		}
		for _, l := range lines {
			sum, total = sum+l.Amount, l.Total
			if l.Amount != 0 {
				days[l.Day] = true
			}
		}
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sum, total, days
}

// Mode 30: the account health report tells counts and rates and no orders behind them: it names no order, and what is read
// of it has none.
func TestMode30_HealthGivesCountsOnly(t *testing.T) {
	t.Parallel()
	got := readAll(t, sample(t, "account_health.json"), source.Options{})
	if len(got.Records) < 10 {
		t.Fatalf("only %d records", len(got.Records))
	}
	counted := 0
	for _, r := range got.Records {
		if strings.Contains(r, "OrderID") {
			t.Errorf("an order is in %s", r)
		}
		if strings.Contains(r, "HasCount=true") {
			counted++
		}
	}
	if counted < 5 {
		t.Errorf("only %d metrics have a count", counted)
	}
}
