package rules

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"purser/backend/core"
)

// find gives a policy, switched on or off, and one of its thresholds, or says that there is none.
func (s *ruleSet) find(policy, name string) (*entry, Threshold, error) {
	x, err := s.entry(policy)
	if err != nil {
		return nil, Threshold{}, err
	}
	if x.fault != nil {
		return nil, Threshold{}, s.knows(policy)
	}
	for _, t := range x.policy.Thresholds {
		if t.Name == name {
			return x, t, nil
		}
	}
	return nil, Threshold{}, core.NotFound("rules", fmt.Sprintf("%s has no threshold %s.", x.policy.Title, name))
}

// SetThreshold changes a threshold of a policy; the next evaluation uses it, and the
// policy's version grows. A share may be written "20 %" or "0.2".
func (e *Engine) SetThreshold(ctx context.Context, policy, name, value string) error {
	return e.change(ctx, func(set *ruleSet) error {
		_, t, err := set.find(policy, name)
		if err != nil {
			return err
		}
		v, err := parseThreshold(t, value)
		if err != nil {
			return err
		}
		if set.at(policy, t) == v && set.changed(policy, name) {
			return nil
		}
		return e.store.setThreshold(ctx, policy, name, v)
	})
}

// ResetThreshold returns a threshold to its default.
func (e *Engine) ResetThreshold(ctx context.Context, policy, name string) error {
	return e.change(ctx, func(set *ruleSet) error {
		if _, _, err := set.find(policy, name); err != nil {
			return err
		}
		if !set.changed(policy, name) {
			return nil
		}
		return e.store.resetThreshold(ctx, policy, name)
	})
}

// change lets do look at the rules and write to the store, one change at a time, and then puts in force what is stored.
func (e *Engine) change(ctx context.Context, do func(*ruleSet) error) error {
	if e.store == nil {
		return core.Unavailable("rules", "Rules cannot be changed here: nothing is stored.", nil)
	}
	e.changing.Lock()
	defer e.changing.Unlock()
	if err := e.reload(ctx); err != nil {
		return err
	}
	if err := do(e.set.Load()); err != nil {
		return err
	}
	return e.reload(ctx)
}

func (s *ruleSet) changed(policy, name string) bool {
	_, ok := s.set[policy][name]
	return ok
}

// at is the figure in force; NaN where a fact gives it.
func (s *ruleSet) at(policy string, t Threshold) float64 {
	if v, ok := s.set[policy][t.Name]; ok {
		return v
	}
	if t.Value != nil {
		return *t.Value
	}
	return math.NaN()
}

func parseThreshold(t Threshold, text string) (float64, error) {
	clean := strings.NewReplacer("−", "-", " ", "", "\u00a0", "", "\u202f", "").Replace(strings.TrimSpace(text))
	clean, percent := strings.CutSuffix(clean, "%")
	v, err := strconv.ParseFloat(clean, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, core.Invalid("rules", fmt.Sprintf("%q is not a number.", text), "Write it with a decimal point, such as 0.2.")
	}
	if percent && t.Unit == "ratio" {
		v /= 100
	}
	if v < t.Min || v > t.Max {
		f := formatter{}
		format := formatOfUnit(t.Unit)
		return 0, core.Invalid("rules", fmt.Sprintf("%s must lie between %s and %s.", t.title(), f.number(format, t.Min), f.number(format, t.Max)),
			"Choose a figure within these bounds.")
	}
	return v, nil
}

func (t Threshold) title() string {
	if t.Title != "" {
		return t.Title
	}
	return sentenceCase(strings.ReplaceAll(t.Name, "_", " "))
}
