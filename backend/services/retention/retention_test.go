package retention_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/retention"
)

func TestOneDayBeforeAndAfterALimit(t *testing.T) {
	t.Parallel()
	law := retention.SetClassInput{Name: "legal", Years: 8, Law: "§ 147 AO"}
	for name, tt := range map[string]struct {
		set  retention.SetClassInput
		doc  retention.Document // its day of receipt is the day of the row too
		row  row                // no module: only the document
		age  int                // of the oldest that is kept, in days
		kept bool               // for ever
	}{
		"an answer":                      {doc: retention.Document{API: true}, age: 89},
		"an answer, for a shorter time":  {set: retention.SetClassInput{Name: "amazon_raw", Days: 10}, doc: retention.Document{API: true}, age: 9},
		"a settlement without a law":     {doc: retention.Document{API: true, Kind: kindMoney}, age: 547},
		"a settlement with a law":        {set: law, doc: retention.Document{API: true, Kind: kindMoney}, age: int(start - core.Date(2018, 1, 1))},
		"a file":                         {doc: retention.Document{}, kept: true},
		"a settlement file":              {doc: retention.Document{Kind: kindMoney}, kept: true},
		"a figure":                       {doc: retention.Document{API: true, Cleared: true}, row: row{module: "sales", class: source.KeepFacts}, age: 547},
		"a figure, for a shorter time":   {set: retention.SetClassInput{Name: "amazon_fact", Days: 100}, doc: retention.Document{API: true, Cleared: true}, row: row{module: "sales", class: source.KeepFacts}, age: 99},
		"a figure of a file":             {doc: retention.Document{}, row: row{module: "sales", class: source.KeepFacts}, kept: true},
		"money without a law":            {doc: retention.Document{API: true, Cleared: true}, row: row{module: "sales", class: source.KeepLegal}, age: 547},
		"money with a law":               {set: law, doc: retention.Document{API: true, Cleared: true}, row: row{module: "sales", class: source.KeepLegal}, age: int(start - core.Date(2018, 1, 1))},
		"money with a law of a year":     {set: retention.SetClassInput{Name: "legal", Years: 1, Law: "Some Act 1"}, doc: retention.Document{API: true, Cleared: true}, row: row{module: "sales", class: source.KeepLegal}, age: int(start - core.Date(2025, 1, 1))},
		"money of a file":                {doc: retention.Document{}, row: row{module: "sales", class: source.KeepLegal}, kept: true},
		"a figure beside a law on money": {set: law, doc: retention.Document{API: true, Cleared: true}, row: row{module: "inventory", class: source.KeepFacts}, age: 547},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, age := range []int{tt.age, tt.age + 1} {
				day := start - core.Day(age)
				if tt.kept {
					day = start - 5000
				}
				a := &account{clk: clockOn(start)}
				doc := tt.doc
				doc.ID, doc.Received, doc.Bytes = 1, noon(day), 100
				a.docs = []retention.Document{doc}
				if tt.row.module != "" {
					r := tt.row
					r.document, r.day = 1, day
					a.rows = []row{r}
				}
				d := open(t, t.TempDir(), a)
				if tt.set.Name != "" {
					if err := d.SetClass(t.Context(), tt.set); err != nil {
						t.Fatal(err)
					}
				}
				before, err := d.Preview(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				out := d.purge(t)
				stays := tt.kept || age == tt.age
				there := !a.docs[0].Cleared || tt.doc.Cleared
				if tt.row.module != "" {
					there = len(a.rows) == 1
				}
				if there != stays {
					t.Errorf("%d days old: there %v, want %v: %s", age, there, stays, out.Text)
				}
				if before.Rows != out.Rows || before.Documents != out.Documents || before.Bytes != out.Bytes {
					t.Errorf("%d days old: the preview said %+v, then went %+v", age, before, out)
				}
			}
		})
	}
}

// TestNothingElseGoes draws accounts and days: what is not bound stays, what is bound and too old goes.
func TestNothingElseGoes(t *testing.T) {
	t.Parallel()
	a := &account{clk: clockOn(start)}
	d := open(t, t.TempDir(), a)
	rapid.Check(t, func(rt *rapid.T) {
		now := start + core.Day(rapid.IntRange(0, 3000).Draw(rt, "now"))
		a.clk.set(noon(now))
		raw, facts := rapid.IntRange(1, 90).Draw(rt, "raw"), rapid.IntRange(35, 548).Draw(rt, "facts")
		years := rapid.IntRange(0, 12).Draw(rt, "years")
		for _, in := range []retention.SetClassInput{
			{Name: "amazon_raw", Days: raw}, {Name: "amazon_fact", Days: facts}, {Name: "legal", Years: years, Law: "Act"},
		} {
			if err := d.SetClass(t.Context(), in); err != nil {
				rt.Fatal(err)
			}
		}
		a.docs, a.rows = nil, nil
		for i := range rapid.IntRange(0, 8).Draw(rt, "documents") {
			doc := retention.Document{
				ID: int64(i + 1), API: rapid.Bool().Draw(rt, "api"), Bytes: 10, Kind: rapid.SampledFrom([]string{"orders", kindMoney}).Draw(rt, "kind"),
				Received: noon(now - core.Day(rapid.IntRange(0, 5000).Draw(rt, "received"))),
			}
			a.docs = append(a.docs, doc)
			for range rapid.IntRange(0, 3).Draw(rt, "rows") {
				a.rows = append(a.rows, row{
					module: rapid.SampledFrom([]string{"sales", "inventory"}).Draw(rt, "module"), document: doc.ID,
					class: rapid.SampledFrom([]string{source.KeepFacts, source.KeepLegal}).Draw(rt, "class"),
					day:   now - core.Day(rapid.IntRange(0, 5000).Draw(rt, "day")),
				})
			}
		}
		docs, rows := slices.Clone(a.docs), slices.Clone(a.rows)
		d.purge(t)
		old := func(class string, of core.Day) bool {
			age := int(now - of)
			switch {
			case class == source.KeepLegal && years > 0:
				return of.Time().Year()+years < now.Time().Year() && age >= facts
			case class == source.KeepRaw:
				return age >= raw
			}
			return age >= facts
		}
		for i, doc := range docs {
			class := source.KeepRaw
			if doc.Kind == kindMoney {
				class = source.KeepLegal
			}
			if want := doc.API && old(class, core.DayOf(doc.Received, time.UTC)); a.docs[i].Cleared != want {
				rt.Errorf("document %+v: cleared %v, want %v", doc, a.docs[i].Cleared, want)
			}
		}
		var want []row
		for _, r := range rows {
			if !docs[r.document-1].API || !old(r.class, r.day) {
				want = append(want, r)
			}
		}
		if !slices.Equal(want, a.rows) {
			rt.Errorf("left %s, want %s", describe(a.rows), describe(want))
		}
	})
}

// TestCutPurge cuts a purge before and after each of its transactions: it goes on, counts nothing twice, and is one row
// of the audit.
func TestCutPurge(t *testing.T) {
	t.Parallel()
	fill := func() *account {
		a := &account{clk: clockOn(start)}
		for i := range 6 {
			a.docs = append(a.docs, retention.Document{ID: int64(i), API: i != 5, Received: noon(start - 600), Bytes: 50, Kind: []string{"orders", kindMoney}[i%2]})
			a.rows = append(a.rows, row{"sales", source.KeepFacts, int64(i), start - 700}, row{"inventory", source.KeepLegal, int64(i), start - 700})
		}
		return a
	}
	whole := fill()
	want := open(t, t.TempDir(), whole).purge(t)
	if want.Documents != 5 || want.Rows != 10 || want.Bytes != 250 {
		t.Fatalf("undisturbed: %+v", want)
	}
	for at := 1; at <= whole.calls; at++ {
		a := fill()
		a.cutAt = at
		d := open(t, t.TempDir(), a)
		// A failing module does not end a purge: it waits. A kill is the end of it all.
		first, err := d.Service.Purge(t.Context(), "purser")
		if err == nil && len(first.Waiting) == 0 {
			t.Fatalf("cut %d was not noticed", at)
		}
		sum := first
		if err != nil || len(first.Waiting) > 0 {
			second := d.purge(t)
			if err == nil {
				second.Documents, second.Rows, second.Bytes = second.Documents+first.Documents, second.Rows+first.Rows, second.Bytes+first.Bytes
			}
			sum = second
		}
		if sum.Documents != want.Documents || sum.Rows != want.Rows || sum.Bytes != want.Bytes {
			t.Errorf("cut %d: %+v, want %+v", at, sum, want)
		}
		if len(a.rows) != 2 || a.rows[0].document != 5 {
			t.Errorf("cut %d: left %s", at, describe(a.rows))
		}
		for i, r := range d.records {
			if slices.ContainsFunc(d.records[:i], func(o retention.Record) bool { return o.Subject == r.Subject }) {
				t.Errorf("cut %d: %s is in the audit twice", at, r.Subject)
			}
		}
		if len(d.records) == 0 {
			t.Errorf("cut %d: nothing is in the audit", at)
		}
	}
}

// TestFilesThatCouldNotBeReadAreNamed in the run and in the audit, once; the purge is done, and not asked for again.
func TestFilesThatCouldNotBeReadAreNamed(t *testing.T) {
	t.Parallel()
	for _, class := range []string{source.KeepFacts, source.KeepLegal} {
		a := &account{clk: clockOn(start), unread: map[string][]string{"sales": {"orders.txt", "more.txt"}}}
		a.docs = []retention.Document{{ID: 1, API: true, Received: noon(start), Bytes: 1}}
		a.rows = []row{{"sales", class, 1, start - 9000}, {"inventory", class, 1, start - 9000}}
		d := open(t, t.TempDir(), a)
		o := d.purge(t)
		if len(o.Waiting) > 0 || o.Rows != 2 || len(o.Parts) != 2 || len(a.rows) != 0 {
			t.Errorf("%s: %+v", class, o)
		}
		const named = "can't be read any more: “orders.txt”, “more.txt”"
		if strings.Count(o.Text, named) != 1 || !strings.Contains(o.Parts[0].Text, named) {
			t.Errorf("%s: the run says %q", class, o.Text)
		}
		if len(d.records) != 1 || !strings.Contains(d.records[0].Reason, named) || !strings.Contains(d.records[0].Content, "orders.txt") {
			t.Errorf("%s: the audit says %+v", class, d.records)
		}
	}
}

// TestAYear lets a year of answers come in day by day; each day's purge keeps it in its limits.
func TestAYear(t *testing.T) {
	t.Parallel()
	a := &account{clk: clockOn(start)}
	d := open(t, t.TempDir(), a)
	for i := range 400 {
		today := start + core.Day(i)
		a.clk.set(noon(today))
		id := int64(i + 1)
		a.docs = append(a.docs, retention.Document{ID: id, API: i%10 != 0, Received: a.clk.Now(), Bytes: 10})
		a.rows = append(a.rows, row{"sales", source.KeepFacts, id, today - 200}, row{"sales", source.KeepFacts, id, today})
		for range 2 { // the second look of a day finds nothing to do
			if err := d.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, doc := range a.docs {
			if age := int(today - core.DayOf(doc.Received, time.UTC)); doc.Cleared != (doc.API && age >= 90) {
				t.Fatalf("%s: a document %d days old, from an API %v, cleared %v", today, age, doc.API, doc.Cleared)
			}
		}
		for _, r := range a.rows {
			if a.docs[r.document-1].API && today-r.day >= 548 {
				t.Fatalf("%s: a row of %s is there", today, r.day)
			}
		}
	}
	o, err := d.Classes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Runs) != 30 || o.Runs[0].EndedAt == "" || o.Runs[0].ID <= o.Runs[1].ID {
		t.Errorf("runs: %d, %+v", len(o.Runs), o.Runs[0])
	}
	if want := (start + 400).Time().Format(time.RFC3339); o.NextRun != want {
		t.Errorf("next run %s, want %s", o.NextRun, want)
	}
}

func TestAPartThatIsDownWaits(t *testing.T) {
	t.Parallel()
	a := &account{clk: clockOn(start), fails: map[string]error{"sales": errors.New("it is down")}}
	a.docs = []retention.Document{{ID: 1, API: true, Received: noon(start)}}
	a.rows = []row{{"sales", source.KeepFacts, 1, start - 600}, {"inventory", source.KeepFacts, 1, start - 600}}
	d := open(t, t.TempDir(), a)
	if o, err := d.Classes(t.Context()); err != nil || len(o.Waiting) != 1 || !strings.Contains(o.Waiting[0], "it is down") {
		t.Errorf("classes: %v, %v", o.Waiting, err)
	}
	out := d.purge(t)
	if len(out.Waiting) != 1 || out.Rows != 1 || len(a.rows) != 1 {
		t.Fatalf("%+v, left %s", out, describe(a.rows))
	}
	a.fails = nil
	if err := d.Tick(t.Context()); err != nil || len(a.rows) != 1 {
		t.Fatalf("it was asked again at once: %v, left %s", err, describe(a.rows))
	}
	a.clk.set(a.clk.Now().Add(61 * time.Minute))
	if err := d.Tick(t.Context()); err != nil || len(a.rows) != 0 {
		t.Errorf("it was not asked again: %v, left %s", err, describe(a.rows))
	}
}

func TestWhatThereIs(t *testing.T) {
	t.Parallel()
	a := &account{clk: clockOn(start)}
	a.docs = []retention.Document{
		{ID: 1, API: true, Received: noon(start - 10), Bytes: 100},
		{ID: 2, API: true, Received: noon(start - 95), Cleared: true},
		{ID: 3, Received: noon(start - 900), Bytes: 1000},
		{ID: 4, API: true, Kind: kindMoney, Received: noon(start - 10), Bytes: 30},
	}
	a.rows = []row{
		{"sales", source.KeepFacts, 1, start - 20},
		{"sales", source.KeepFacts, 1, start - 20},
		{"sales", source.KeepFacts, 2, start - 19},
		{"sales", source.KeepFacts, 3, start - 1000},
		{"sales", source.KeepLegal, 4, start - 30},
	}
	d := open(t, t.TempDir(), a)
	raw := d.class(t, "amazon_raw")
	if want := []retention.HoldingOutput{{
		Origin: "api", OriginTitle: "From Amazon's APIs", Bound: true, Why: raw.Holdings[0].Why, Documents: 1, Cleared: 1, Bytes: 100, Oldest: (start - 10).String(),
	}}; !slices.Equal(raw.Holdings, want) {
		t.Errorf("raw: %+v", raw.Holdings)
	}
	if raw.Next.Day != (start+80).String() || raw.Next.Documents != 1 || raw.Next.Bytes != 100 {
		t.Errorf("next of raw: %+v", raw.Next)
	}
	fact := d.class(t, "amazon_fact")
	if len(fact.Holdings) != 2 || fact.Holdings[0].Rows != 3 || fact.Holdings[1].Rows != 1 || fact.Holdings[1].Bound || fact.Holdings[1].Why == "" {
		t.Errorf("facts: %+v", fact.Holdings)
	}
	if fact.Next.Day != (start-20+548).String() || fact.Next.Rows != 2 {
		t.Errorf("next of facts: %+v", fact.Next)
	}
	if own := d.class(t, "own"); len(own.Holdings) != 1 || own.Holdings[0].Documents != 1 || own.Holdings[0].Rows != 1 || own.Edit != "" || !own.Endless {
		t.Errorf("own: %+v", own)
	}
	if audit := d.class(t, "audit"); len(audit.Holdings) != 1 || audit.Holdings[0].Rows != 7 || audit.Holdings[0].Oldest != "2020-01-02" {
		t.Errorf("audit: %+v", audit)
	}
	for _, c := range []string{"amazon_raw", "amazon_fact", "legal", "audit", "pii"} {
		for _, f := range d.class(t, c).Figures {
			if f.Source == "" || f.Date == "" {
				t.Errorf("%s: a figure without a source: %+v", c, f)
			}
		}
	}
}

func TestChoicesAreHeldToTheLimits(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir(), &account{clk: clockOn(start)})
	for _, in := range []retention.SetClassInput{
		{Name: "amazon_raw", Days: 91},
		{Name: "amazon_raw", Days: 0},
		{Name: "amazon_fact", Days: 549},
		{Name: "amazon_fact", Days: 34},
		{Name: "own", Days: 3},
		{Name: "audit", Days: 400},
		{Name: "legal", Years: 8},
		{Name: "legal", Years: 31, Law: "Some Act"},
		{Name: "legal", Years: -1},
		{Name: "legal", Years: 1, Law: strings.Repeat("x", 201)},
		{Name: "nothing"},
	} {
		var e *core.Error
		if err := d.SetClass(t.Context(), in); !errors.As(err, &e) || e.Message == "" {
			t.Errorf("%+v: %v", in, err)
		}
	}
	if len(d.records) != 0 {
		t.Errorf("refusals are in the audit: %+v", d.records)
	}
	if err := d.SetClass(t.Context(), retention.SetClassInput{Name: "legal", Years: 8, Law: "  § 147 \n AO "}); err != nil {
		t.Fatal(err)
	}
	c := d.class(t, "legal")
	if c.Law != "§ 147 AO" || c.Years != 8 || !strings.Contains(c.Kept, "8 years") || c.Changed == "" || len(d.records) != 1 {
		t.Errorf("%+v, %+v", c, d.records)
	}
	if err := d.SetClass(t.Context(), retention.SetClassInput{Name: "legal"}); err != nil {
		t.Fatal(err)
	}
	if c := d.class(t, "legal"); c.Law != "" || c.Years != 0 {
		t.Errorf("the law was not taken back: %+v", c)
	}
	if r, err := d.Reach(t.Context(), source.KeepRaw); err != nil || r != 547*24*time.Hour {
		t.Errorf("reach %v, %v", r, err)
	}
}

// TestCopies deletes copies made before an update once there is something from an API, and too old.
func TestCopies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := &account{clk: clockOn(start)}
	d := open(t, dir, a)
	name := func(what string, age int) string {
		path := filepath.Join(dir, what)
		if err := errors.Join(os.WriteFile(path, []byte("old figures"), 0o600), os.Chtimes(path, noon(start-core.Day(age)), noon(start-core.Day(age)))); err != nil {
			t.Fatal(err)
		}
		return path
	}
	old, young, own := name("market.db.before-sales-1", 7), name("market.db.before-sales-2", 6), name("ledger.db.before-rules-1", 700)
	there := func() string {
		out := ""
		for _, p := range []string{old, young, own} {
			_, err := os.Stat(p)
			out += fmt.Sprint(err == nil, " ")
		}
		return out
	}
	if o := d.purge(t); len(o.Parts) != 0 || there() != "true true true " {
		t.Errorf("with files only: %s, %s", o.Text, there())
	}
	a.docs = []retention.Document{{ID: 1, API: true, Received: noon(start)}}
	if o := d.purge(t); o.Documents != 1 || o.Bytes != 11 || there() != "false true true " {
		t.Errorf("with an API: %+v, %s", o, there())
	}
}

func TestBeforeItIsOpen(t *testing.T) {
	t.Parallel()
	a := &retention.API{}
	_, e1 := a.Classes()
	_, e2 := a.Preview()
	_, e3 := a.Purge()
	_, e4 := a.EraseBegin()
	_, e5 := a.Erase(retention.EraseInput{})
	_, e6 := a.Receipts()
	_, e7 := a.SetClass(retention.SetClassInput{})
	for i, err := range []error{e1, e2, e3, e4, e5, e6, e7} {
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeUnavailable {
			t.Errorf("call %d: %v", i, err)
		}
	}
}
