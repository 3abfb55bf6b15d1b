package audits

import (
	_ "embed" // the checklists
	"errors"
	"fmt"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
)

//go:embed checklists.yaml
var checklistsText []byte

// Ways to answer a check.
const (
	howFacts = "facts"
	howRules = "rules"
	howFeeds = "data"
	howHand  = "hand"
)

// Results of a check. One that crashed is a fault of Purser's, one that failed is one of the shop's.
const (
	Passed     = "passed"
	Failed     = "failed"
	CannotTell = "cannot_tell"
	Crashed    = "crashed"
	ByHand     = "by_hand"
	NotRun     = "not_run"
)

type checklist struct {
	Name     string  `yaml:"name"`
	Title    string  `yaml:"title"`
	Question string  `yaml:"question"`
	Every    string  `yaml:"every"`
	Source   string  `yaml:"source"`
	Date     string  `yaml:"date"`
	Checks   []check `yaml:"checks"`
}

type check struct {
	Name   string     `yaml:"name"`
	Title  string     `yaml:"title"`
	Why    string     `yaml:"why"`
	Facts  *factCheck `yaml:"facts"`
	Rules  string     `yaml:"rules"` // broken, cannot_tell or excepted
	Share  float64    `yaml:"share"` // of cannot_tell: of so many of its subjects a rule cannot tell
	Feeds  string     `yaml:"feeds"` // stale, missing or rejected
	Hand   string     `yaml:"hand"`  // what to look at
	Fix    string     `yaml:"fix"`
	Link   string     `yaml:"link"`
	Seller string     `yaml:"seller"`
	Source string     `yaml:"source"` // of its figure; "": of the list
}

// factCheck holds a fact of every subject against a bound.
type factCheck struct {
	Fact  string     `yaml:"fact"`
	Fails bound      `yaml:"fails"`
	When  *condition `yaml:"when"` // nil: every subject
	Show  []string   `yaml:"show"` // other facts to show beside what was found
}

type condition struct {
	Fact  string `yaml:"fact"`
	bound `yaml:",inline"`
}

// bound is one of: equal to a value; above or below a number or another fact, taken times a factor; not known.
type bound struct {
	Is      any     `yaml:"is"`
	Above   any     `yaml:"above"`
	Below   any     `yaml:"below"`
	Times   float64 `yaml:"times"` // 0: once
	Unknown bool    `yaml:"unknown"`
}

//nolint:gochecknoglobals // read once from what is embedded
var checklists = sync.OnceValues(func() ([]checklist, error) { return parseChecklists(checklistsText) })

func parseChecklists(text []byte) ([]checklist, error) {
	var f struct {
		Lists []checklist `yaml:"lists"`
	}
	if err := yaml.Unmarshal(text, &f); err != nil {
		return nil, fmt.Errorf("checklists: %w", err)
	}
	seen := map[string]bool{}
	for _, l := range f.Lists {
		if seen[l.Name] || days(l.Every) == 0 || l.Source == "" || l.Date == "" {
			return nil, fmt.Errorf("checklist %q: it needs a name of its own, a schedule, a source and a date", l.Name)
		}
		seen[l.Name] = true
		for _, c := range l.Checks {
			key := l.Name + "/" + c.Name
			if seen[key] {
				return nil, fmt.Errorf("check %q is there twice", key)
			}
			seen[key] = true
			if err := c.valid(); err != nil {
				return nil, fmt.Errorf("check %q: %w", key, err)
			}
		}
	}
	return f.Lists, nil
}

func (c check) valid() error {
	ways := 0
	for _, w := range []bool{c.Facts != nil, c.Rules != "", c.Feeds != "", c.Hand != ""} {
		if w {
			ways++
		}
	}
	switch {
	case ways != 1:
		return errors.New("it is answered in one way")
	case c.Rules != "" && !slices.Contains([]string{"broken", "cannot_tell", "excepted"}, c.Rules):
		return fmt.Errorf("rules: %q is not known", c.Rules)
	case (c.Rules == "cannot_tell") != (c.Share > 0):
		return errors.New("a share goes with what rules cannot tell")
	case c.Feeds != "" && !slices.Contains([]string{"stale", "missing", "rejected"}, c.Feeds):
		return fmt.Errorf("feeds: %q is not known", c.Feeds)
	case c.Title == "" || c.Why == "" || c.Fix == "" || c.Link == "":
		return errors.New("it needs a title, a why, a fix and a page")
	}
	return nil
}

func (c check) how() string {
	switch {
	case c.Facts != nil:
		return howFacts
	case c.Rules != "":
		return howRules
	case c.Feeds != "":
		return howFeeds
	}
	return howHand
}

// days is the length of a schedule; 0: there is none by the name.
func days(every string) core.Day {
	switch every {
	case "weekly":
		return 7
	case "monthly":
		return 30
	case "quarterly":
		return 91
	}
	return 0
}

// findList gives a list by its name.
func findList(name string) (checklist, error) {
	all, err := checklists()
	if err != nil {
		return checklist{}, err
	}
	for _, l := range all {
		if l.Name == name {
			return l, nil
		}
	}
	return checklist{}, core.NotFound("audits", fmt.Sprintf("There is no checklist %q.", name))
}

func findCheck(list, name string) (checklist, check, error) {
	l, err := findList(list)
	if err != nil {
		return l, check{}, err
	}
	for _, c := range l.Checks {
		if c.Name == name {
			return l, c, nil
		}
	}
	return l, check{}, core.NotFound("audits", fmt.Sprintf("%s has no check %q.", l.Title, name))
}
