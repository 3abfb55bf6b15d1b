// Package adnegatives adds negative keywords to Sponsored Products campaigns and ad groups.
//
// Input: a subject that names a campaign or ad group, and what must not match: exactly or as a phrase.
// Output: the negative keyword at Amazon, once. Nothing takes it back: Amazon lets a campaign's negative only be
// archived, which is for good, and nothing here archives. A person can do that in the campaign manager.
package adnegatives

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Name is the kind of action: what policies write.
const Name = "ads.negative"

// How a negative matches.
const (
	Exact  = "exact"
	Phrase = "phrase"
)

// Negatives reads and adds negative keywords at an advertiser account. An entity is its own name for a campaign or ad
// group, marketplace first: "US/campaign:123", "US/campaign:123/ad_group:456".
type Negatives interface {
	// FindScope names the one campaign or ad group that a subject means, and the search term where it names one.
	FindScope(ctx context.Context, kind, subject string) (entity, term string, err error)
	// Negative reads the state of a negative keyword, as Amazon names it; "" where there is none.
	Negative(ctx context.Context, entity, match, term string) (string, error)
	// NegativeBody makes the bytes that add it; it asks nobody.
	NegativeBody(entity, match, term string) (string, error)
	// AddNegative sends them. A RefusedError says that nothing was done, also where that is only so because they could not
	// be sent just now; any other error leaves it open.
	AddNegative(ctx context.Context, entity, body string) (action.Receipt, error)
}

// settles is for how long Amazon's lists may go on without what was added. Source: the project's own reading, 2026-11;
// Amazon documents none.
const settles = 10 * time.Minute

// Executor adds negatives.
type Executor struct {
	field     action.Field
	negatives Negatives
}

var _ action.Executor = (*Executor)(nil)

// enabled is the value of a negative keyword that holds.
const enabled = "ENABLED"

// New makes an executor on an account.
func New(negatives Negatives) *Executor {
	return &Executor{negatives: negatives, field: action.Field{
		Read: func(ctx context.Context, r action.Request) (string, error) {
			match, term, err := of(r.Field)
			if err != nil {
				return "", err
			}
			return negatives.Negative(ctx, r.Entity, match, term)
		},
		Body: func(r action.Request, value string) (string, error) {
			match, term, err := of(r.Field)
			if err != nil {
				return "", err
			}
			if value != enabled || r.Before != "" && r.Before != enabled {
				return "", errors.New("negatives are only added")
			}
			return negatives.NegativeBody(r.Entity, match, term)
		},
		Send: func(ctx context.Context, r action.Request) (action.Receipt, error) {
			return negatives.AddNegative(ctx, r.Entity, r.Payload)
		},
		Said: func(r action.Request) string { return "There is the " + r.Field + "." },
		Once: true,
	}}
}

// Kind implements action.Executor.
//
// It is not repeatable: nothing tells Purser that Amazon drops a second one of the same, so that one whose answer was
// lost and that is not found is unknown until a person has looked.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: Name, Title: "Add a negative keyword", Level: action.Final, Readable: true, Settles: settles,
		Needs: []string{action.PerDay, action.PerEntityDay},
	}
}

// Prepare implements action.Executor. The target is how it matches, "exact" or "phrase"; where the subject names no
// search term, the words follow: "exact: steel flask".
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	match, term, _ := strings.Cut(w.Target, ":")
	match, term = strings.TrimSpace(match), strings.TrimSpace(term)
	entity, named, err := e.negatives.FindScope(ctx, w.SubjectKind, w.Subject)
	if err != nil {
		return action.Request{}, err
	}
	switch {
	case term == "":
		term = named
	case named != "" && named != term:
		return action.Request{}, core.Invalid("actions", fmt.Sprintf("The subject is the search term %q and the target is %q.", named, term), "Name the term once.")
	}
	term = strings.ToLower(term)
	if err := check(match, term); err != nil {
		return action.Request{}, err
	}
	now, err := e.negatives.Negative(ctx, entity, match, term)
	switch {
	case err != nil:
		return action.Request{}, err
	case now != "" && now != enabled:
		return action.Request{}, core.Invalid("actions", fmt.Sprintf("There is a negative keyword %q (%s) already; it is %s.", term, match, now), "Let it run again in the campaign manager.")
	}
	return e.field.Fill(action.Request{
		Kind: Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: entity, Field: field(match, term),
	}, now, enabled)
}

// field names a negative keyword: `negative exact "steel flask"`.
func field(match, term string) string { return "negative " + match + ` "` + term + `"` }

// of reads what field writes, and nothing else.
func of(name string) (match, term string, err error) {
	rest, _ := strings.CutPrefix(name, "negative ")
	match, term, _ = strings.Cut(rest, " ")
	term = strings.TrimSuffix(strings.TrimPrefix(term, `"`), `"`)
	if field(match, term) != name {
		return "", "", fmt.Errorf("%q names no negative keyword", name)
	}
	return match, term, check(match, term)
}

// Value implements action.Executor.
func (e *Executor) Value(ctx context.Context, r action.Request) (string, error) {
	return e.field.Value(ctx, r)
}

// Execute implements action.Executor.
func (e *Executor) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	return e.field.Execute(ctx, r)
}

// Found implements action.Executor.
func (e *Executor) Found(ctx context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	return e.field.Found(ctx, r)
}

// Reverse implements action.Executor.
func (*Executor) Reverse(action.Request) (action.Request, error) {
	return action.Request{}, action.ErrFinal
}
