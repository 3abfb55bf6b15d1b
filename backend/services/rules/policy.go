package rules

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// Text is a scalar of a policy file, an expression or a template, that remembers where it was written.
type Text struct {
	Value string
	Line  int // line of the file on which the text begins; 0: not from a file
}

// UnmarshalYAML implements yaml.Unmarshaler.
func (t *Text) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: a text is wanted here", n.Line)
	}
	t.Value, t.Line = strings.TrimSpace(n.Value), n.Line
	if n.Style == yaml.LiteralStyle || n.Style == yaml.FoldedStyle {
		t.Line++
	}
	return nil
}

// Policy is an ordered list of cases about one kind of subject; the first case that holds decides.
type Policy struct {
	Name        string           `yaml:"name"`
	Title       string           `yaml:"title"`
	Version     int              `yaml:"version"`
	Subject     fact.SubjectKind `yaml:"subject"`
	Topic       string           `yaml:"topic"`    // what it is about, to list it under: inventory, advertising, …
	Off         bool             `yaml:"off"`      // it is there to be switched on
	Stage       Stage            `yaml:"stage"`    // guard or propose; empty: propose
	Priority    int              `yaml:"priority"` // of two that want opposite things the higher one leads
	Description string           `yaml:"description"`
	Source      string           `yaml:"source"`  // where the policy comes from
	Date        string           `yaml:"date"`    // when that was so, YYYY-MM-DD
	Scope       Text             `yaml:"scope"`   // CEL; empty: every subject
	Accepts     []fact.Maturity  `yaml:"accepts"` // settling, stale: taken as they are instead of as unknown
	// MinAge is how many days before the as-of day the newest day of a fact must lie, so that late data is in; 0: any.
	MinAge int `yaml:"min_age"`
	// Unknown is what a guard does that cannot tell: hold (also when empty) or pass.
	Unknown string `yaml:"unknown"`
	// AcceptsStale names facts that are taken even when stale, because what they rest on seldom changes.
	AcceptsStale []string    `yaml:"accepts_stale"`
	Thresholds   []Threshold `yaml:"thresholds"`
	Clauses      []Clause    `yaml:"clauses"`
	Cases        []Case      `yaml:"cases"`
	Otherwise    string      `yaml:"otherwise"` // what is said when no case holds
	File         string      `yaml:"-"`
}

// Threshold is a named figure of a policy that the seller can see and change.
type Threshold struct {
	Name    string   `yaml:"name"`
	Title   string   `yaml:"title"`
	Value   *float64 `yaml:"value"` // the default; absent where From gives it
	From    string   `yaml:"from"`  // a fact whose value is the default, per subject
	Unit    string   `yaml:"unit"`  // ratio, days, units, clicks, count, money, per cent
	Meaning string   `yaml:"meaning"`
	Min     float64  `yaml:"min"`
	Max     float64  `yaml:"max"`
	Source  string   `yaml:"source"`
	Date    string   `yaml:"date"`
}

// Clause is a named condition that cases are made of.
type Clause struct {
	Name  string `yaml:"name"`
	Title string `yaml:"title"`
	When  Text   `yaml:"when"`  // CEL
	Words Text   `yaml:"words"` // template; {is} becomes "is" or "is not"
}

// Case is one way a policy can decide.
type Case struct {
	Name         string            `yaml:"name"`
	When         Text              `yaml:"when"`   // CEL over clauses, facts and thresholds
	Needed       bool              `yaml:"needed"` // when unknown, the policy stops here
	Severity     decision.Severity `yaml:"severity"`
	CriticalWhen Text              `yaml:"critical_when"` // CEL; true raises the severity to critical
	InhibitedBy  []string          `yaml:"inhibited_by"`  // policies, or policy:case, whose decision on the same subject silences this case
	Hold         int               `yaml:"hold"`          // days in a row, the as-of day included, that the condition must have held; 0: one
	Keep         Text              `yaml:"keep"`          // CEL; once it fires it goes on while this is true, though the condition is not
	Cooldown     int               `yaml:"cooldown"`      // days after it was dealt with in which it is not proposed again
	Effects      []Effect          `yaml:"effects"`       // what doing it changes: bids.down
	Blocks       []Effect          `yaml:"blocks"`        // of a guard: what it holds back; growth stands for all that grows
	Group        string            `yaml:"group"`         // several of them, after their number: "SKUs sell out before stock can land"
	Title        Text              `yaml:"title"`
	Sentence     Text              `yaml:"sentence"`
	Do           Text              `yaml:"do"`
	IfYouWait    Text              `yaml:"if_you_wait"`
	AtStake      AtStake           `yaml:"at_stake"`
	Worse        Text              `yaml:"worse"`     // CEL number that "until worse" watches; default: the money at stake
	Due          Text              `yaml:"due"`       // CEL number of days from the as-of day
	DueFixed     bool              `yaml:"due_fixed"` // the due day counts from when it was first seen
	Action       Action            `yaml:"action"`
}

// AtStake is the money that depends on a case.
type AtStake struct {
	Money Text   `yaml:"money"` // CEL, major units of the subject's currency
	Per   string `yaml:"per"`   // day or once
}

// Action is what a case recommends.
type Action struct {
	Kind      string `yaml:"kind"`
	Label     Text   `yaml:"label"`
	Checklist []Text `yaml:"checklist"`
	Link      string `yaml:"link"`  // a path of the marketplace's Seller Central, or a whole address
	Units     Text   `yaml:"units"` // CEL
	// Target is the value to set, as its kind of action reads it: "0.85", "-10%", "PAUSED". Facts are written as in a title.
	Target Text `yaml:"target"`
}

// ParsePolicy reads one policy file; unknown keys are refused.
func ParsePolicy(file string, data []byte) (Policy, error) {
	var p Policy
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return Policy{}, fmt.Errorf("policy file %s: %w", file, err)
	}
	p.File = file
	return p, p.check()
}

// ReadPolicies reads every *.yaml file at the root of files, in the order of their names.
// A file that cannot be read becomes a policy error of its own and the others go on.
func ReadPolicies(files fs.FS) ([]Policy, []PolicyError, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("list policies: %w", err)
	}
	sort.Strings(names)
	var policies []Policy
	var bad []PolicyError
	for _, n := range names {
		data, err := fs.ReadFile(files, n)
		if err != nil {
			return nil, nil, fmt.Errorf("read policy %s: %w", n, err)
		}
		p, err := ParsePolicy(n, data)
		if err != nil {
			bad = append(bad, asPolicyError(strings.TrimSuffix(path.Base(n), ".yaml"), err))
			continue
		}
		policies = append(policies, p)
	}
	return policies, bad, nil
}

func (p Policy) check() error {
	fail := func(format string, a ...any) error {
		return PolicyError{Policy: p.Name, Message: fmt.Sprintf(format, a...)}
	}
	switch {
	case p.Name == "" || strings.ContainsAny(p.Name, ":/ "):
		return fail("the name must be given and hold no colon, slash or space")
	case p.Title == "" || p.Version < 1:
		return fail("title and a version of at least 1 are needed")
	case len(p.Cases) == 0:
		return fail("at least one case is needed")
	case p.Stage != "" && p.Stage != StageGuard && p.Stage != StagePropose:
		return fail("stage is guard or propose, not %q", p.Stage)
	case p.Unknown != "" && (p.Stage != StageGuard || (p.Unknown != unknownHolds && p.Unknown != unknownPasses)):
		return fail("unknown is hold or pass, and only of a guard")
	case p.MinAge < 0 || p.MinAge > maxDays:
		return fail("min_age is between 0 and %d days", maxDays)
	}
	for _, m := range p.Accepts {
		if m != fact.Settling && m != fact.Stale {
			return fail("accepts can name settling and stale, not %q", m)
		}
	}
	if err := p.checkThresholds(fail); err != nil {
		return err
	}
	return p.checkCases(fail)
}

func (p Policy) checkThresholds(fail func(string, ...any) error) error {
	seen := map[string]bool{}
	for _, t := range p.Thresholds {
		switch {
		case t.Name == "" || seen[t.Name]:
			return fail("threshold %q has no name or is there twice", t.Name)
		case (t.Value == nil) == (t.From == ""):
			return fail("threshold %s needs either a value or the fact it comes from", t.Name)
		case t.Meaning == "" || t.Unit == "" || t.Source == "" || t.Date == "":
			return fail("threshold %s needs meaning, unit, source and date", t.Name)
		case t.Max <= t.Min:
			return fail("threshold %s needs bounds: min below max", t.Name)
		case t.Value != nil && (*t.Value < t.Min || *t.Value > t.Max):
			return fail("threshold %s: its value lies outside its own bounds", t.Name)
		}
		seen[t.Name] = true
	}
	return nil
}

func (p Policy) checkCases(fail func(string, ...any) error) error {
	seen := map[string]bool{}
	for _, c := range p.Cases {
		switch {
		case c.Name == "" || strings.ContainsAny(c.Name, ":/ ") || seen[c.Name]:
			return fail("case %q has no usable name or is there twice", c.Name)
		case c.When.Value == "" || c.Title.Value == "":
			return fail("case %s needs a condition and a title", c.Name)
		case p.Stage == StageGuard && len(c.Blocks) == 0:
			return fail("case %s of a guard needs what it blocks", c.Name)
		case p.Stage != StageGuard && len(c.Blocks) > 0:
			return fail("case %s: only a guard blocks", c.Name)
		case c.Hold < 0 || c.Hold > maxDays || c.Cooldown < 0 || c.Cooldown > maxCooldown:
			return fail("case %s: hold is at most %d days, cooldown at most %d", c.Name, maxDays, maxCooldown)
		case p.Stage == StageGuard:
		case c.Severity != decision.Critical && c.Severity != decision.Warning && c.Severity != decision.Info:
			return fail("case %s: the severity is critical, warning or info, not %q", c.Name, c.Severity)
		case c.Action.Kind == "" || c.Action.Label.Value == "":
			return fail("case %s needs an action with kind and label", c.Name)
		case c.AtStake.Money.Value != "" && c.AtStake.Per != "day" && c.AtStake.Per != "once":
			return fail("case %s: money at stake is per day or once, not %q", c.Name, c.AtStake.Per)
		}
		seen[c.Name] = true
		for _, e := range append(slices.Clone(c.Effects), c.Blocks...) {
			if err := e.check(); err != nil {
				return fail("case %s: %v", c.Name, err)
			}
		}
	}
	return nil
}
