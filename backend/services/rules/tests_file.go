package rules

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// testDay is the day of tests that name none: 2026-11-24, a Tuesday.
const testDay = core.Day(20781)

// nothing is the outcome that a test wants which only says that no case decides, whatever the reason.
const nothing = "nothing"

// testFile is the tests of one policy as data: facts in, decision out.
type testFile struct {
	Policy  string       `yaml:"policy"`
	Subject string       `yaml:"subject"` // "DE/SKU-104"
	Day     string       `yaml:"day"`     // YYYY-MM-DD; empty: testDay
	Age     int          `yaml:"age"`     // days before the day on which the data of the facts ends; 0: the day itself
	Facts   testValues   `yaml:"facts"`   // of every test, unless it says otherwise
	Related relatedFacts `yaml:"related"`
	Tests   []policyTest `yaml:"tests"`
}

// testValues are facts by name: a value, or value, maturity, age and currency. null is not known.
type testValues map[string]any

// relatedFacts are facts of other subjects that belong to the tested one: the SKUs of a campaign.
type relatedFacts map[string]testValues

// policyTest is one case of a test file.
type policyTest struct {
	Name    string             `yaml:"name"`
	Subject string             `yaml:"subject"` // empty: that of the file
	Day     string             `yaml:"day"`
	Age     *int               `yaml:"age"`
	Alone   bool               `yaml:"alone"` // the facts of the file are not known in it
	Facts   testValues         `yaml:"facts"`
	Missing []string           `yaml:"missing"` // facts of the file that are not known
	Related relatedFacts       `yaml:"related"` // instead of those of the file
	Days    map[int]testValues `yaml:"days"`    // by days before: what was otherwise then; other earlier days know what the day knows
	Guards  []string           `yaml:"guards"`  // guards that count; the others hold back nothing
	Want    wanted             `yaml:"want"`
}

// wanted is what should come of a test. What is absent is not compared, but for Unknown.
type wanted struct {
	Outcome  string    `yaml:"outcome"` // decided, continue, cant_tell, out_of_scope, or nothing: anything but decided
	Case     string    `yaml:"case"`
	Severity string    `yaml:"severity"`
	Title    *string   `yaml:"title"`
	Sentence *string   `yaml:"sentence"`
	Do       *string   `yaml:"do"`
	Wait     *string   `yaml:"if_you_wait"`
	Label    *string   `yaml:"label"`
	Link     *string   `yaml:"link"`
	Target   *string   `yaml:"target"`
	AtStake  *string   `yaml:"at_stake"` // "412.00 EUR"
	Due      *string   `yaml:"due"`
	Summary  *string   `yaml:"summary"` // what the explanation says, of guards too
	Maturity string    `yaml:"maturity"`
	Units    *int      `yaml:"units"`
	Steps    int       `yaml:"steps"`
	Unknown  []string  `yaml:"unknown"`
	Waiting  *[]string `yaml:"waiting"` // cases that hold, but not for long enough yet
	HeldBy   *[]string `yaml:"held_by"` // guards that hold the decision back
	Blocks   *[]string `yaml:"blocks"`  // of a guard that decides: what it holds back
}

// parseTests reads a test file; unknown keys are refused.
func parseTests(text string) (testFile, error) {
	var f testFile
	d := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	d.KnownFields(true)
	if err := d.Decode(&f); err != nil {
		return f, fmt.Errorf("the tests cannot be read: %w", err)
	}
	seen := map[string]bool{}
	for i, t := range f.Tests {
		switch {
		case t.Name == "" || seen[t.Name]:
			return f, fmt.Errorf("test %d has no name, or that of another: %q", i+1, t.Name)
		case t.Subject == "" && f.Subject == "":
			return f, fmt.Errorf("test %s needs a subject, such as US/SKU-104", t.Name)
		}
		seen[t.Name] = true
		if err := t.Want.check(); err != nil {
			return f, fmt.Errorf("test %s: %w", t.Name, err)
		}
		for ago := range t.Days {
			if ago < 1 || ago > 2*maxDays {
				return f, fmt.Errorf("test %s: days are counted back from 1 to %d, not %d", t.Name, 2*maxDays, ago)
			}
		}
		if _, err := t.day(f); err != nil {
			return f, fmt.Errorf("test %s: %w", t.Name, err)
		}
	}
	return f, nil
}

func (w wanted) check() error {
	known := []string{string(Decided), string(Continue), string(CantTell), string(OutOfScope), nothing}
	switch {
	case !slices.Contains(known, w.Outcome):
		return fmt.Errorf("the outcome wanted is one of %s, not %q", strings.Join(known, ", "), w.Outcome)
	case (w.Case != "") != (w.Outcome == string(Decided)):
		return fmt.Errorf("a case is wanted exactly where the outcome is decided")
	}
	return nil
}

func (t policyTest) day(f testFile) (core.Day, error) {
	for _, text := range []string{t.Day, f.Day} {
		if text != "" {
			return core.ParseDay(text) //nolint:wrapcheck // it says itself what is wrong
		}
	}
	return testDay, nil
}

// datum is a value of a test with the days before its day on which its data ends.
type datum struct {
	name, subject string
	value         fact.Value
	age           int
}

// testFacts answers the facts of one test.
type testFacts struct {
	defs    []fact.Definition
	day     core.Day
	kind    fact.SubjectKind
	subject string
	now     []datum
	past    map[int][]datum // by days before
}

// facts makes the facts of a test; an error says what in it is wrong.
func (e *Engine) testFacts(p Policy, f testFile, t policyTest) (*testFacts, map[string]fact.SubjectKind, error) {
	day, err := t.day(f)
	if err != nil {
		return nil, nil, err
	}
	out := &testFacts{defs: e.facts.Definitions(), day: day, kind: p.Subject, subject: f.Subject, past: map[int][]datum{}}
	if t.Subject != "" {
		out.subject = t.Subject
	}
	age, values, belonging := f.Age, testValues{}, t.Related
	if t.Age != nil {
		age = *t.Age
	}
	if !t.Alone {
		maps.Copy(values, f.Facts)
		if belonging == nil {
			belonging = f.Related
		}
	}
	maps.Copy(values, t.Facts)
	for _, n := range t.Missing {
		values[n] = nil
	}
	others, kinds, err := e.relatedData(p.Subject, belonging, age)
	if err != nil {
		return nil, nil, err
	}
	mine, err := e.testData(p.Subject, out.subject, values, age)
	if err != nil {
		return nil, nil, err
	}
	out.now = slices.Concat(mine, others)
	for ago, changed := range t.Days {
		then := maps.Clone(values)
		maps.Copy(then, changed)
		if mine, err = e.testData(p.Subject, out.subject, then, age); err != nil {
			return nil, nil, fmt.Errorf("%d days before: %w", ago, err)
		}
		out.past[ago] = slices.Concat(mine, others)
	}
	return out, kinds, nil
}

// testData reads the facts of a subject, and those of what it lies in.
func (e *Engine) testData(kind fact.SubjectKind, subject string, values testValues, age int) ([]datum, error) {
	var out []datum
	for _, name := range slices.Sorted(maps.Keys(values)) {
		d, ok := e.defs[name]
		if !ok {
			return nil, fmt.Errorf("there is no fact %s", name)
		}
		id := subject
		switch e.reach(kind, d.Subject) {
		case own:
		case wider:
			id = ancestor(subject, d.Subject)
		case many:
			return nil, fmt.Errorf("%s is about %s that belong to the subject: write it under related", name, d.Subject)
		default:
			return nil, fmt.Errorf("%s is about %s, which a policy about %s does not see", name, d.Subject, kind)
		}
		x, known, err := testValue(d, id, values[name], age)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if known {
			out = append(out, x)
		}
	}
	return out, nil
}

// relatedData reads the facts of related subjects, and of what kind each is.
func (e *Engine) relatedData(kind fact.SubjectKind, all relatedFacts, age int) ([]datum, map[string]fact.SubjectKind, error) {
	var out []datum
	kinds := map[string]fact.SubjectKind{}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		for name := range all[id] {
			d, ok := e.defs[name]
			if !ok {
				return nil, nil, fmt.Errorf("there is no fact %s", name)
			}
			if e.reach(kind, d.Subject) != many {
				return nil, nil, fmt.Errorf("%s belongs to no %s: nothing tells which %s do", id, kind, d.Subject)
			}
			if was, ok := kinds[id]; ok && was != d.Subject {
				return nil, nil, fmt.Errorf("%s has facts about %s and about %s", id, was, d.Subject)
			}
			kinds[id] = d.Subject
		}
		if len(all[id]) == 0 {
			return nil, nil, fmt.Errorf("%s needs at least one fact, so that it is known what it is", id)
		}
		got, err := e.testData(kinds[id], id, all[id], age)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", id, err)
		}
		out = append(out, got...)
	}
	return out, kinds, nil
}
