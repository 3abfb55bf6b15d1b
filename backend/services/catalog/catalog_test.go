package catalog_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/catalog"
)

func open(tb testing.TB) (*catalog.Service, *sqlite.DB) {
	tb.Helper()
	dir := tb.TempDir()
	var dbs []*sqlite.DB
	for _, n := range []string{"market.db", "ledger.db"} {
		db, err := sqlite.Open(tb.Context(), filepath.Join(dir, n), sqlite.Options{})
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() { _ = db.Close() })
		dbs = append(dbs, db)
	}
	s, err := catalog.New(tb.Context(), dbs[0], dbs[1], clock.Real{})
	if err != nil {
		tb.Fatal(err)
	}
	return s, dbs[0]
}

func note(tb testing.TB, s *catalog.Service, db *sqlite.DB, items ...module.Item) {
	tb.Helper()
	if err := db.Write(tb.Context(), func(tx *sql.Tx) error { return s.Note(tb.Context(), tx, items) }); err != nil {
		tb.Fatal(err)
	}
}

func items(t *testing.T, s *catalog.Service) map[string]module.Item {
	t.Helper()
	list, err := s.Items(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]module.Item{}
	for _, it := range list {
		out[it.Marketplace+"/"+string(it.SKU)] = it
	}
	return out
}

func TestNoteFillsAndNeverBlanks(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A", Title: "Flask"})
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A", ASIN: "B01", Price: core.Money{Minor: 999, Currency: "USD"}})
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A"}, module.Item{Marketplace: core.NonAmazon, SKU: "A"})
	got := items(t, s)
	if it := got["US/A"]; len(got) != 1 || it.Title != "Flask" || it.ASIN != "B01" || it.Price.Minor != 999 || !it.LeadAssumed || it.LeadTime != catalog.DefaultLeadDays {
		t.Fatalf("%+v", got)
	}
}

func TestAWriteThatWasUndoneIsWrittenAgain(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	_ = db.Write(t.Context(), func(tx *sql.Tx) error {
		if err := s.Note(t.Context(), tx, []module.Item{{Marketplace: "US", SKU: "A"}}); err != nil {
			t.Error(err)
		}
		return sql.ErrConnDone
	})
	s.Reset()
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A"})
	if got := items(t, s); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
}

func TestImportCosts(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A"}, module.Item{Marketplace: "DE", SKU: "A"}, module.Item{Marketplace: "JP", SKU: "B"})
	n, problems, err := s.ImportCosts(t.Context(), strings.Join([]string{
		"Marketplace,SKU,Cost,Currency,Lead time days",
		"US,A,6.05,USD,28",
		"DE,A,\"5,10\",,",
		"JP,B,450,JPY,14",
		"JP,B,4.50,JPY,14",
		"US,A,1.00,EUR,",
		",C,1.00,,",
		"US,A,x,,",
	}, "\n"))
	if err != nil || n != 3 || len(problems) != 4 {
		t.Fatalf("%d set, %+v, %v", n, problems, err)
	}
	for i, line := range []int{5, 6, 7, 8} {
		if problems[i].Line != line || problems[i].Reason == "" {
			t.Errorf("problem %+v, want line %d", problems[i], line)
		}
	}
	got := items(t, s)
	if it := got["US/A"]; it.Cost != (core.Money{Minor: 605, Currency: "USD"}) || it.LeadTime != 28 || it.LeadAssumed {
		t.Errorf("US/A %+v", it)
	}
	if it := got["DE/A"]; it.Cost != (core.Money{Minor: 510, Currency: "EUR"}) || !it.LeadAssumed {
		t.Errorf("DE/A %+v", it)
	}
	if it := got["JP/B"]; it.Cost.Minor != 450 {
		t.Errorf("JP/B %+v", it)
	}
}

func TestACostFileLeavesLeadTimesAlone(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A"})
	for _, text := range []string{"sku,cost,lead_time_days\nA,6.05,28", "sku,cost\nA,7.00", "sku,lead_time_days\nA,30"} {
		if _, problems, err := s.ImportCosts(t.Context(), text); err != nil || len(problems) > 0 {
			t.Fatalf("%v %v", problems, err)
		}
	}
	if it := items(t, s)["US/A"]; it.Cost.Minor != 700 || it.LeadTime != 30 {
		t.Fatalf("%+v", it)
	}
}

func TestBadFiguresAreRefused(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	minus := core.Money{Minor: -1, Currency: "USD"}
	for _, o := range []catalog.Own{{Marketplace: "US", SKU: "A", LeadDays: 400}, {Marketplace: "US", SKU: "A", Cost: &minus}} {
		if err := s.Set(t.Context(), o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	if err := s.SetDefaultLeadTime(t.Context(), 0); err == nil {
		t.Error("a lead time of 0 days was taken")
	}
	if err := s.SetDefaultLeadTime(t.Context(), 45); err != nil || s.DefaultLeadTime(t.Context()) != 45 {
		t.Errorf("%v, %d", err, s.DefaultLeadTime(t.Context()))
	}
}
