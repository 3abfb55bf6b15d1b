package rules_test

import (
	"context"
	"io/fs"
	"os"
	"sync"
	"testing"
	"testing/fstest"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

const asOf = core.Day(20781) // 2026-11-24

// fakeFacts answers facts from memory.
type fakeFacts struct {
	defs   []fact.Definition
	values map[string]map[string]fact.Value              // fact -> subject -> value
	past   map[core.Day]map[string]map[string]fact.Value // as known on earlier days; a day that is absent knows what asOf knows
	asked  []fact.Query
	fault  error // of reading
	mu     sync.Mutex

	belongs belongs // the SKUs of campaigns
}

func (f *fakeFacts) Definitions() []fact.Definition { return f.defs }

func (f *fakeFacts) Columns(_ context.Context, q fact.Query) ([]fact.Column, error) {
	f.mu.Lock()
	f.asked = append(f.asked, q)
	f.mu.Unlock()
	if f.fault != nil {
		return nil, f.fault
	}
	var out []fact.Column
	for _, n := range q.Names {
		values := f.values[n]
		if day, ok := f.past[q.AsOf]; ok {
			values = day[n]
		}
		if v, ok := values[q.Subject]; q.Subject != "" {
			values = map[string]fact.Value{}
			if ok {
				values[q.Subject] = v
			}
		}
		out = append(out, fact.Column{Name: n, Values: values})
	}
	return out, nil
}

// on sets what was known on an earlier day; the first call for a day makes all else unknown on it.
func (f *fakeFacts) on(day core.Day, name, subject string, v fact.Value) {
	now := f.values
	f.values = f.past[day]
	f.set(name, subject, v)
	if f.past == nil {
		f.past = map[core.Day]map[string]map[string]fact.Value{}
	}
	f.past[day] = f.values
	f.values = now
}

func (f *fakeFacts) set(name, subject string, v fact.Value) {
	if f.values == nil {
		f.values = map[string]map[string]fact.Value{}
	}
	if f.values[name] == nil {
		f.values[name] = map[string]fact.Value{}
	}
	if v.Maturity == "" {
		v.Maturity = fact.Fresh
	}
	if v.AsOf == 0 {
		v.AsOf = asOf
	}
	v.Source = "test_report"
	f.values[name][subject] = v
}

// value makes a value of a fact from plain data, as test files write it.
func value(d fact.Definition, subject string, x any) fact.Value {
	var n float64
	switch v := x.(type) {
	case bool:
		return fact.Value{Flag: v}
	case string:
		return fact.Value{Text: v}
	case int:
		n = float64(v)
	case float64:
		n = v
	}
	if d.Type == fact.Money {
		code, _ := fact.SplitID(subject)
		m, _ := core.MarketplaceByCode(code)
		return fact.Value{Money: core.FromMajor(n, m.Currency)}
	}
	return fact.Value{Num: n}
}

func engine(tb testing.TB, f *fakeFacts, policies map[string]string) *rules.Engine {
	tb.Helper()
	o := rules.Options{Facts: f, Relations: f.belongs}
	if policies != nil {
		o.Policies = files(policies)
	}
	e, err := rules.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func files(policies map[string]string) fs.FS {
	out := fstest.MapFS{}
	for n, s := range policies {
		out[n] = &fstest.MapFile{Data: []byte(s)}
	}
	return out
}

// money is an amount as the fact of a subject has it.
func money(subject, name string, amount float64) fact.Value {
	return value(definition(name), subject, amount)
}

func readFile(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
