package audits

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"purser/backend/core/fact"
)

// outcome is what a check came to.
type outcome struct {
	result   string
	text     string
	evidence []EvidenceOutput
	total    int // findings, also those that are not listed
	checked  int
	unknown  int
	stale    string // which inputs are old
}

// mostEvidence is how many findings are listed; all are counted.
const mostEvidence = 50

func (o *outcome) found(e EvidenceOutput) {
	o.total++
	if len(o.evidence) < mostEvidence {
		o.evidence = append(o.evidence, e)
	}
}

// cannot is the outcome of a check that has no data.
func cannot(why string) outcome {
	return outcome{result: CannotTell, text: "Cannot tell: " + why}
}

// table is the facts of a check, by name and subject.
type table struct {
	defs map[string]fact.Definition
	cols map[string]map[string]fact.Value
}

func (t table) value(name, subject string) fact.Value { return t.cols[name][subject] }

// factsOf reads the facts that a check needs. A fact that nobody declares is a fault of the checklist.
func (s *Service) factsOf(ctx context.Context, names []string) (table, error) {
	t := table{map[string]fact.Definition{}, map[string]map[string]fact.Value{}}
	for _, d := range s.o.Facts.Definitions() {
		if slices.Contains(names, d.Name) {
			t.defs[d.Name] = d
		}
	}
	for _, n := range names {
		if _, ok := t.defs[n]; !ok {
			return t, fmt.Errorf("there is no fact %s", n)
		}
	}
	cols, err := s.o.Facts.Columns(ctx, fact.Query{AsOf: s.o.Facts.Today(), Names: names})
	for _, c := range cols {
		t.cols[c.Name] = c.Values
	}
	return t, err
}

// needed names the facts without which the check says nothing; all adds those that are only shown.
func (c factCheck) needed() []string {
	out := []string{c.Fact}
	bounds := []bound{c.Fails}
	if c.When != nil {
		out, bounds = append(out, c.When.Fact), append(bounds, c.When.bound)
	}
	for _, b := range bounds {
		for _, v := range []any{b.Above, b.Below} {
			if name, ok := v.(string); ok {
				out = append(out, name)
			}
		}
	}
	return out
}

// runFacts holds the facts of every subject against their bounds.
func (s *Service) runFacts(ctx context.Context, c factCheck) (outcome, error) {
	names := append(c.needed(), c.Show...)
	t, err := s.factsOf(ctx, names)
	if err != nil {
		return outcome{}, err
	}
	for _, n := range c.needed() {
		if why := s.o.Facts.Reason(n); why != "" {
			return cannot(why), nil
		}
	}
	var o outcome
	old := &staleness{}
	notes := map[string]int{}
	for _, subject := range t.subjects(c.needed()) {
		hit, known, note := c.judge(t, subject, old)
		switch {
		case !known:
			o.unknown++
			notes[note]++
		case hit == judgedFails:
			o.checked++
			o.found(s.evidence(t, c, subject))
		case hit == judgedHolds:
			o.checked++
		}
	}
	o.stale = old.text(s.feedTitles(ctx))
	o.conclude(plural(t.defs[c.Fact].Subject), mostFrequent(notes))
	return o, nil
}

// subjects are all that any of the facts speaks of, by id.
func (t table) subjects(names []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, n := range names {
		if t.defs[n].Subject != t.defs[names[0]].Subject {
			continue
		}
		for id := range t.cols[n] {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return out
}

// conclude says what the counts come to. What could not be told is never a pass.
func (o *outcome) conclude(subjects, why string) {
	switch {
	case o.total > 0:
		o.result, o.text = Failed, fmt.Sprintf("%d of %d %s", o.total, o.checked, subjects)
		if o.unknown > 0 {
			o.text += fmt.Sprintf("; %d more cannot be told: %s", o.unknown, why)
		}
	case o.checked == 0 && o.unknown == 0:
		o.result, o.text = CannotTell, fmt.Sprintf("Cannot tell: there are no %s to look at", subjects)
	case o.unknown > 0:
		o.result, o.text = CannotTell, fmt.Sprintf("Cannot tell of %d of %d %s: %s", o.unknown, o.unknown+o.checked, subjects, why)
	default:
		o.result, o.text = Passed, fmt.Sprintf("All %d %s", o.checked, subjects)
	}
}

type judgedAs int

const (
	judgedNot judgedAs = iota // the check is not about it
	judgedHolds
	judgedFails
)

// judge holds one subject against the check; known is false where something it needs is not known.
func (c factCheck) judge(t table, subject string, old *staleness) (as judgedAs, known bool, note string) {
	if c.When != nil {
		holds, known, note := c.When.holds(t, c.When.Fact, subject, old)
		if !known {
			return judgedNot, false, note
		}
		if !holds {
			return judgedNot, true, ""
		}
	}
	fails, known, note := c.Fails.holds(t, c.Fact, subject, old)
	switch {
	case !known:
		return judgedNot, false, note
	case fails:
		return judgedFails, true, ""
	}
	return judgedHolds, true, ""
}

// holds says whether a fact of a subject meets the bound.
func (b bound) holds(t table, name, subject string, old *staleness) (holds, known bool, note string) {
	v := t.value(name, subject)
	if b.Unknown {
		return !v.Known(), true, ""
	}
	if !v.Known() {
		return false, false, noteOf(v, name)
	}
	old.see(v)
	switch {
	case b.Is != nil:
		return b.equals(v), true, ""
	case b.Above != nil:
		limit, known, note := b.number(t, b.Above, subject, old)
		return number(v) > limit, known, note
	case b.Below != nil:
		limit, known, note := b.number(t, b.Below, subject, old)
		return number(v) < limit, known, note
	}
	return false, false, "the check has no bound"
}

func noteOf(v fact.Value, name string) string {
	if v.Note != "" {
		return v.Note
	}
	return name + " is not known"
}

func (b bound) equals(v fact.Value) bool {
	switch want := b.Is.(type) {
	case bool:
		return v.Flag == want
	case string:
		return strings.EqualFold(v.Text, want)
	}
	f, ok := asNumber(b.Is)
	return ok && number(v) == f
}

// number is the figure of a bound: its own, or that of another fact.
func (b bound) number(t table, of any, subject string, old *staleness) (n float64, known bool, note string) {
	times := b.Times
	if times == 0 {
		times = 1
	}
	name, isFact := of.(string)
	if !isFact {
		f, ok := asNumber(of)
		return f * times, ok, fmt.Sprintf("%v is no number", of)
	}
	v := t.value(name, subject)
	if !v.Known() {
		return 0, false, noteOf(v, name)
	}
	old.see(v)
	return number(v) * times, true, ""
}

func asNumber(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// number is the figure of a value; money in minor units, which both sides of a bound have.
func number(v fact.Value) float64 {
	if v.Money.Currency != "" {
		return float64(v.Money.Minor)
	}
	return v.Num
}

// evidence is a subject that a check found.
func (s *Service) evidence(t table, c factCheck, subject string) EvidenceOutput {
	main := t.value(c.Fact, subject)
	var parts []string
	for _, n := range append([]string{c.Fact}, c.Show...) {
		if v := t.value(n, subject); v.Known() {
			parts = append(parts, title(t.defs[n])+": "+inWords(t.defs[n], v))
		} else if n == c.Fact {
			parts = append(parts, title(t.defs[n])+": not known")
		}
	}
	maturity := main.Maturity
	if maturity == "" {
		maturity = fact.Missing
	}
	return EvidenceOutput{
		Subject: subject, Label: s.o.Facts.Label(subject), Text: strings.Join(parts, " · "), AsOf: main.AsOf.String(), Maturity: string(maturity),
	}
}

func title(d fact.Definition) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Meaning
}

func inWords(d fact.Definition, v fact.Value) string {
	switch d.Type {
	case fact.Money:
		return v.Money.Text()
	case fact.Flag:
		return map[bool]string{true: "yes", false: "no"}[v.Flag]
	case fact.Text:
		return v.Text
	case fact.Ratio:
		return strconv.FormatFloat(v.Num*100, 'f', 1, 64) + " %"
	case fact.Percent:
		return strconv.FormatFloat(v.Num, 'f', 1, 64) + " %"
	case fact.Count:
		return strings.TrimSpace(strconv.FormatFloat(v.Num, 'f', 0, 64) + " " + d.Unit)
	default:
		return strings.TrimSpace(strconv.FormatFloat(v.Num, 'f', 1, 64) + " " + d.Unit)
	}
}

func plural(k fact.SubjectKind) string {
	return map[fact.SubjectKind]string{
		fact.Account: "accounts", fact.Marketplace: "marketplaces", fact.SKU: "SKUs", fact.Campaign: "campaigns", fact.SearchTerm: "search terms",
		fact.HealthMetric: "metrics",
	}[k]
}

func mostFrequent(notes map[string]int) string {
	best := ""
	for _, n := range sortedKeys(notes) {
		if best == "" || notes[n] > notes[best] {
			best = n
		}
	}
	return best
}

// staleness collects which kinds of document that were used are old.
type staleness struct{ old map[string]bool }

func (s *staleness) see(v fact.Value) {
	if v.Maturity != fact.Stale {
		return
	}
	if s.old == nil {
		s.old = map[string]bool{}
	}
	s.old[v.Source] = true
}

// text names them.
func (s *staleness) text(titles map[string]string) string {
	var names []string
	for _, k := range sortedKeys(s.old) {
		if t := titles[k]; t != "" {
			k = t
		}
		names = append(names, k)
	}
	return strings.Join(names, ", ")
}
