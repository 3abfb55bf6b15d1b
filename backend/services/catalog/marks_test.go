package catalog_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/services/catalog"
)

func marks(t *testing.T, s *catalog.Service) map[string]catalog.Marks {
	t.Helper()
	m, err := s.Marks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMarks(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	set := func(subjects, add, remove []string, group *string) map[string]catalog.Marks {
		t.Helper()
		before, err := s.SetMarks(t.Context(), subjects, add, remove, group)
		if err != nil {
			t.Fatal(err)
		}
		return before
	}
	group, same, none := "Kitchen", "KITCHEN", ""
	set([]string{"US/A", "US/x/y"}, []string{" Summer  sale ", "öko", "SUMMER SALE"}, nil, &group)
	set([]string{"DE/A"}, []string{"summer sale", "Ökö", "ÖKO"}, nil, &same)
	want := map[string]catalog.Marks{
		"US/A": {Tags: []string{"Summer sale", "öko"}, Group: "Kitchen"}, "US/x/y": {Tags: []string{"Summer sale", "öko"}, Group: "Kitchen"},
		"DE/A": {Tags: []string{"Summer sale", "öko", "Ökö"}, Group: "Kitchen"},
	}
	if d := cmp.Diff(want, marks(t, s)); d != "" {
		t.Error(d)
	}
	before := set([]string{"US/A", "JP/B"}, []string{"new"}, []string{"summer SALE", "unknown"}, &none)
	want["US/A"], want["JP/B"] = catalog.Marks{Tags: []string{"new", "öko"}}, catalog.Marks{Tags: []string{"new"}}
	if d := cmp.Diff(want, marks(t, s)); d != "" {
		t.Error(d)
	}
	undone, err := s.RestoreMarks(t.Context(), before)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]catalog.Marks{"US/A": want["US/A"], "JP/B": want["JP/B"]}, undone); d != "" {
		t.Error(d)
	}
	if m := marks(t, s); m["US/A"].Group != "Kitchen" || len(m["US/A"].Tags) != 2 || len(m) != 3 {
		t.Errorf("not restored: %v", m)
	}
}

func TestBadMarksAreRefused(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	long := strings.Repeat("ö", 41)
	for name, c := range map[string]struct {
		subjects, add []string
		group         *string
	}{
		"Comma":         {[]string{"US/A"}, []string{"a,b"}, nil},
		"Empty":         {[]string{"US/A"}, []string{" "}, nil},
		"LongTag":       {[]string{"US/A"}, []string{long}, nil},
		"LongGroup":     {[]string{"US/A"}, nil, &long},
		"NoMarketplace": {[]string{"US/A", "A"}, []string{"x"}, nil},
		"NoSKU":         {[]string{"US/"}, []string{"x"}, nil},
		"TooMany":       {make([]string, 10_001), []string{"x"}, nil},
	} {
		_, err := s.SetMarks(t.Context(), c.subjects, c.add, nil, c.group)
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeInvalid || e.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m := marks(t, s); len(m) != 0 {
		t.Errorf("something was stored: %v", m)
	}
}

// TestTheCopyInMemory: what is committed shows at once, what is undone never.
func TestTheCopyInMemory(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A"})
	undo := errors.New("undo")
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		if err := s.Note(t.Context(), tx, []module.Item{{Marketplace: "US", SKU: "B"}}); err != nil {
			return err
		}
		if n := len(items(t, s)); n != 1 {
			t.Errorf("%d items before the commit", n)
		}
		return undo
	})
	if !errors.Is(err, undo) || len(items(t, s)) != 1 {
		t.Fatalf("%v, %d items", err, len(items(t, s)))
	}
	s.Reset()
	note(t, s, db, module.Item{Marketplace: "US", SKU: "C"})
	if n := len(items(t, s)); n != 2 {
		t.Errorf("%d items after the commit", n)
	}
	cost := core.Money{Minor: 100, Currency: "USD"}
	if err := s.Set(t.Context(), catalog.Own{Marketplace: "US", SKU: "A", Cost: &cost}); err != nil || items(t, s)["US/A"].Cost != cost {
		t.Errorf("%v, %+v", err, items(t, s)["US/A"])
	}
	if err := s.SetDefaultLeadTime(t.Context(), 77); err != nil || items(t, s)["US/C"].LeadTime != 77 {
		t.Errorf("%v, %+v", err, items(t, s)["US/C"])
	}
}

func TestAPI(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	api := &catalog.API{}
	if _, err := api.SetMarks(catalog.SetMarksInput{}); err == nil {
		t.Error("answered before it was attached")
	}
	catalog.Attach(t.Context(), api, s)
	note(t, s, db, module.Item{Marketplace: "US", SKU: "A", Title: "Steel FLASK"}, module.Item{Marketplace: "US", SKU: "B"})
	out, err := api.SetMarks(catalog.SetMarksInput{Subjects: []string{"US/A"}, AddTags: []string{"x"}, SetGroup: true, Group: "G"})
	if err != nil || cmp.Diff([]catalog.MarksOutput{{Subject: "US/A", Tags: []string{}}}, out.Before) != "" {
		t.Fatalf("%+v %v", out, err)
	}
	page, err := api.Items(catalog.ItemsInput{Filter: " flask ", Limit: 100})
	if err != nil || page.Total != 1 || page.MissingCost != 2 || page.Rows[0].Group != "G" || len(page.Rows[0].Tags) != 1 {
		t.Errorf("%+v %v", page, err)
	}
	used, err := api.MarksInUse()
	if err != nil || cmp.Diff(catalog.MarksInUseOutput{Tags: []string{"x"}, Groups: []string{"G"}}, used) != "" {
		t.Errorf("%+v %v", used, err)
	}
	if _, err := api.RestoreMarks(catalog.RestoreMarksInput{Marks: out.Before}); err != nil || len(marks(t, s)) != 0 {
		t.Errorf("%v %v", err, marks(t, s))
	}
}

// BenchmarkItems asks for a page of a catalog of 10,000 SKUs, and marks all of them.
func BenchmarkItems(b *testing.B) {
	s, db := open(b)
	api := &catalog.API{}
	catalog.Attach(b.Context(), api, s)
	var list []module.Item
	var subjects []string
	for i := range 10_000 {
		sku := fmt.Sprintf("SKU-%05d", i)
		list = append(list, module.Item{Marketplace: "US", SKU: core.SKU(sku), Title: "Insulated steel flask, 750 ml, number " + sku})
		subjects = append(subjects, "US/"+sku)
	}
	note(b, s, db, list...)
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			if out, err := api.Items(catalog.ItemsInput{Filter: "flask", Offset: 5000, Limit: 100}); err != nil || len(out.Rows) != 100 {
				b.Fatal(err)
			}
		}
	})
	b.Run("mark all", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.SetMarks(b.Context(), subjects, []string{"one", "two"}, nil, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}
