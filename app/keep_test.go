package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/app"
	"purser/backend/core"
	"purser/backend/services/dashboards"
	"purser/backend/services/ingest"
	"purser/backend/services/retention"
	"purser/backend/sources/simulator"
)

var keptDay = core.Date(2026, time.November, 25)

func keptSeller() simulator.Options {
	return simulator.Options{Seed: 7, AsOf: keptDay, Days: 400, SKUs: 20}
}

func every(int) bool { return true }

func none(int) bool { return false }

// tables writes out every export over some days.
func (k *keptFolder) tables(t *testing.T, p core.Period) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, x := range k.Exports {
		var b strings.Builder
		err := x.Rows(t.Context(), p, func(row []any) error {
			for i, v := range row {
				if i < len(x.Columns) && strings.Contains(x.Columns[i], "document") {
					continue
				}
				_, _ = fmt.Fprint(&b, v, "\t")
			}
			b.WriteString("\n")
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", x.Name, err)
		}
		out[x.Name] = b.String()
	}
	return out
}

type keptFolder struct {
	*app.Kept
	clk *app.Moving
}

func openKept(t *testing.T, received core.Day, want, fetched func(int) bool) *keptFolder {
	t.Helper()
	k := &keptFolder{clk: &app.Moving{}}
	k.clk.Set(received.Time().Add(20 * time.Hour))
	k.Kept = app.OpenKept(t, t.TempDir(), k.clk)
	if err := k.Load(t.Context(), keptSeller(), want, fetched); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *keptFolder) purge(t *testing.T) retention.RunOutput {
	t.Helper()
	o, err := k.Retention.Purge()
	if err != nil || len(o.Waiting) > 0 {
		t.Fatalf("%+v, %v", o.Waiting, err)
	}
	return o
}

// differ says where tables are not the same.
func differ(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	for name := range want {
		if want[name] == got[name] {
			continue
		}
		a, b := strings.Split(want[name], "\n"), strings.Split(got[name], "\n")
		d := strings.Split(cmp.Diff(a, b), "\n")
		t.Errorf("%s: %s differs (%d lines, %d lines)\n%s", what, name, len(a)-1, len(b)-1, strings.Join(d[:min(len(d), 12)], "\n"))
	}
}

var ever = core.Period{From: 1, To: core.Date(9999, 12, 31)}

// TestFiguresStandAfterTheirOriginalsWent clears all originals of an API: no figure changes, and a trace says why its
// document can't be shown.
func TestFiguresStandAfterTheirOriginalsWent(t *testing.T) {
	t.Parallel()
	k := openKept(t, keptDay-89, every, every)
	k.clk.Set(keptDay.Time().Add(20 * time.Hour))
	pages := func() map[string]dashboards.PageOutput {
		out := map[string]dashboards.PageOutput{}
		for _, name := range []string{"sales", "advertising", "inventory", "listings", "reviews", "accounthealth"} {
			p, err := k.Pages.Page(dashboards.PageInput{Page: name})
			if err != nil {
				t.Fatal(err)
			}
			out[name] = p
		}
		return out
	}
	before, tables := pages(), k.tables(t, ever)
	if o := k.purge(t); o.Documents != 0 {
		t.Fatalf("89 days old: %s", o.Text)
	}
	k.clk.Set(keptDay.Time().Add(44 * time.Hour))
	o := k.purge(t)
	if o.Documents == 0 || o.Rows != 0 {
		t.Fatalf("90 days old: %s", o.Text)
	}
	k.clk.Set(keptDay.Time().Add(20 * time.Hour))
	if d := cmp.Diff(before, pages()); d != "" {
		t.Errorf("a page changed:\n%s", d)
	}
	differ(t, "after clearing", tables, k.tables(t, ever))
	docs, err := k.Ingest.Documents(ingest.PageInput{Limit: 5})
	if err != nil || docs.Rows[0].ClearedAt == "" {
		t.Fatalf("%+v, %v", docs.Rows[0], err)
	}
	if _, err := k.Ingest.Original(ingest.OriginalInput{Document: docs.Rows[0].ID, Line: 2}); err == nil || !strings.Contains(err.Error(), "was cleared on 26 November 2026 by the retention rule") {
		t.Errorf("the trace says: %v", err)
	}
	if last, err := k.Audit(t.Context(), fmt.Sprintf("retention:run/%d", o.ID)); last != "deleted" || err != nil {
		t.Errorf("the audit: %q, %v", last, err)
	}
	c, err := k.Retention.Classes()
	if err != nil {
		t.Fatal(err)
	}
	money := 0 // originals of settlements are kept for longer
	for _, class := range c.Classes {
		for _, h := range class.Holdings {
			money += h.Documents
			if class.Name == "amazon_raw" && (h.Documents != 0 || h.Cleared != o.Documents) {
				t.Errorf("there is still %+v", h)
			}
		}
	}
	if left := found(t, k.Dir(), ".zst"); len(left) != money || money == 0 {
		t.Errorf("%d originals are on the disk, of %d", len(left), money)
	}
}

// TestOldFiguresGo takes every third document as the seller's own and the others from an API. What is too old is then as
// if the API had said nothing of it; what is not is as it was.
func TestOldFiguresGo(t *testing.T) {
	t.Parallel()
	mine := func(i int) bool { return i%3 == 0 }
	k := openKept(t, keptDay, every, func(i int) bool { return !mine(i) })
	files := openKept(t, keptDay, mine, none)
	if _, err := k.Retention.SetClass(retention.SetClassInput{Name: "legal", Years: 10, Law: "Some Act"}); err != nil {
		t.Fatal(err)
	}
	left := []int{100} // days of the account that may be kept still
	if os.Getenv("PURSER_GATE") != "" {
		left = []int{300, 100}
	}
	for _, left := range left {
		cut := keptDay - core.Day(left)
		k.clk.Set((cut + 547).Time().Add(20 * time.Hour))
		young := core.Period{From: cut, To: ever.To}
		want := k.tables(t, young)
		preview, err := k.Retention.Preview()
		if err != nil {
			t.Fatal(err)
		}
		o := k.purge(t)
		if o.Rows == 0 || o.Rows != preview.Rows {
			t.Errorf("the preview said %s, then: %s", preview.Text, o.Text)
		}
		got := k.tables(t, young)
		same(want)
		differ(t, fmt.Sprintf("%d days left, what is young", left), want, got)
		old := core.Period{From: 1, To: cut - 1}
		differ(t, fmt.Sprintf("%d days left, what is old", left), facts(files.tables(t, old)), facts(k.tables(t, old)))
		c, err := k.Retention.Classes()
		if err != nil {
			t.Fatal(err)
		}
		for _, class := range c.Classes {
			for _, h := range class.Holdings {
				if class.Name == "amazon_fact" && h.Bound && h.Oldest < cut.String() {
					t.Errorf("a figure of %s is left", h.Oldest)
				}
			}
		}
		if o := k.purge(t); o.Rows+o.Documents != 0 {
			t.Errorf("once more: %s", o.Text)
		}
	}
	before := files.tables(t, ever) // a thousand years on, all of the seller's own is there
	files.clk.Set((keptDay + 365_000).Time())
	if o := files.purge(t); len(o.Parts) != 0 {
		t.Errorf("of files went: %s", o.Text)
	}
	differ(t, "files", before, files.tables(t, ever))
}

// same drops tables that are of no days, and the one that tells the SKU of a feedback from its order, which is older.
func same(want map[string]string) {
	for name := range want {
		if strings.HasSuffix(name, ".fees") || name == "reviews.feedback" {
			delete(want, name)
		}
	}
}

// facts are the tables that are no money, of which a law may have more.
func facts(all map[string]string) map[string]string {
	for name := range all {
		for _, legal := range []string{"settlement", "transactions", "reimbursements", "fees"} {
			if strings.Contains(name, legal) {
				delete(all, name)
			}
		}
	}
	return all
}

func found(t *testing.T, dir, suffix string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, suffix) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
