package rules

import (
	"context"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
)

// Versions lists the versions of a policy, newest first; the shipped one is the last.
func (e *Engine) Versions(ctx context.Context, policy string) (VersionsOutput, error) {
	out := VersionsOutput{Policy: policy, Versions: []VersionOutput{}}
	set, err := e.snapshot(ctx)
	if err != nil {
		return out, err
	}
	x, err := set.entry(policy)
	if err != nil {
		return out, err
	}
	if x.changed.count > 0 {
		out.Versions = append(out.Versions, VersionOutput{Version: x.version(), At: instant(x.changed.last), Note: x.figuresNote(), YAML: x.text(), Current: true})
	}
	var kept []savedPolicy
	if e.store != nil {
		if kept, err = e.store.versions(ctx, policy); err != nil {
			return out, err
		}
	}
	for i, v := range kept {
		current := i == 0 && x.changed.count == 0
		y := v.yaml
		if current {
			y = x.text()
		}
		out.Versions = append(out.Versions, VersionOutput{Version: v.version, At: instant(v.at), Note: v.note, YAML: y, Current: current})
	}
	if !x.own {
		v := VersionOutput{YAML: x.shipped, Shipped: true, Current: len(out.Versions) == 0}
		if p, err := ParsePolicy(x.name, []byte(x.shipped)); err == nil {
			v.Version, v.Note = p.Version, "As it comes with Purser"
		}
		out.Versions = append(out.Versions, v)
	}
	return out, nil
}

// figuresNote says which figures were changed beside the text.
func (x *entry) figuresNote() string {
	var parts []string
	for _, t := range x.policy.Thresholds {
		if v, ok := x.figures[t.Name]; ok {
			parts = append(parts, t.title()+" "+t.inWords(v))
		}
	}
	if len(parts) == 0 {
		return "Figures back to those of the text"
	}
	return "Figures changed: " + strings.Join(parts, ", ")
}

// inWords is a figure of the threshold as exactly as it was set: "4.5 days", "20.0 %".
func (t Threshold) inWords(v float64) string {
	if t.Unit == "ratio" {
		return formatter{}.number(formatOfUnit(t.Unit), v)
	}
	return figure(v) + " " + t.Unit
}

func instant(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

// Restore puts an earlier version in force again, as a new version. With the shipped one later updates of it count too.
func (e *Engine) Restore(ctx context.Context, in VersionInput) (text string, problems []ProblemOutput, err error) {
	err = e.change(ctx, func(set *ruleSet) error {
		v, err := e.versionOf(ctx, in)
		if err != nil {
			return err
		}
		text = v.YAML
		if v.Current {
			return nil
		}
		if _, problems = e.judge(set, []string{v.YAML}); len(problems) > 0 {
			return nil
		}
		x, err := set.entry(in.Policy)
		if err != nil {
			return err
		}
		p := savedPolicy{name: x.name, version: set.next(x), note: fmt.Sprintf("Back to version %d", v.Version), yaml: v.YAML, follows: v.Shipped}
		if text, err = withVersion(v.YAML, p.version); err != nil {
			return err
		}
		if v.Shipped {
			p.note = "Back to the one that comes with Purser"
		} else {
			p.yaml = text
		}
		return e.store.keep(ctx, []savedPolicy{p})
	})
	return text, problems, err
}

func (e *Engine) versionOf(ctx context.Context, in VersionInput) (VersionOutput, error) {
	all, err := e.Versions(ctx, in.Policy)
	if err != nil {
		return VersionOutput{}, err
	}
	for _, v := range all.Versions {
		if v.Version == in.Version && (v.Shipped || !in.Shipped) {
			return v, nil
		}
	}
	return VersionOutput{}, core.NotFound("rules", fmt.Sprintf("There is no version %d of %s.", in.Version, in.Policy))
}
