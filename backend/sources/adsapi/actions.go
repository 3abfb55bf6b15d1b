package adsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Actions reads and sets what executors of adverts change, through Sponsored Products version 3. Whatever speaks a later
// version has these methods too and takes its place.
type Actions struct{ c *Client }

// Actions gives what executors need. It waits for the quota as long as a context lets it, and at most half a minute for
// each request. What the dry runs of a batch look at (action.DryRun) is read once a minute; anything else is read anew.
func (c *Client) Actions() *Actions { return &Actions{c.waiting()} }

// FindCampaign names the campaign of a subject.
func (x *Actions) FindCampaign(ctx context.Context, kind, subject string) (string, error) {
	_, p, behind, err := x.c.find(ctx, kind, subject)
	if err != nil {
		return "", err
	}
	if p.kind != partCampaign || behind != "" {
		return "", core.Invalid(Name, fmt.Sprintf("%q is no campaign.", subject), "")
	}
	return p.String(), nil
}

// FindBid names the keyword or target of a subject: that of an entity, or the one keyword that is exactly a search
// term, the one of exact match where several are.
func (x *Actions) FindBid(ctx context.Context, kind, subject string) (string, error) {
	a, p, behind, err := x.c.find(ctx, kind, subject)
	if err == nil && kind == string(fact.SearchTerm) {
		p, err = x.c.keywordOf(ctx, a, p, behind)
	}
	if err != nil {
		return "", err
	}
	if p.kind != partKeyword && p.kind != partTarget {
		return "", core.Invalid(Name, fmt.Sprintf("%q has no bid: only keywords and targets have one.", subject), "")
	}
	return p.String(), nil
}

// FindPart names the campaign, keyword or target of a subject.
func (x *Actions) FindPart(ctx context.Context, kind, subject string) (string, error) {
	if kind == string(fact.SearchTerm) {
		return x.FindBid(ctx, kind, subject)
	}
	_, p, behind, err := x.c.find(ctx, kind, subject)
	if err != nil {
		return "", err
	}
	if p.kind == partAdGroup || behind != "" {
		return "", core.Invalid(Name, fmt.Sprintf("%q is no campaign, keyword or target.", subject), "")
	}
	return p.String(), nil
}

// FindScope names the campaign or ad group of a subject, and the search term of one.
func (x *Actions) FindScope(ctx context.Context, kind, subject string) (entity, term string, err error) {
	a, p, behind, err := x.c.find(ctx, kind, subject)
	switch {
	case err != nil:
		return "", "", err
	case kind == KindAdGroup:
		p, err = x.c.adGroupOf(ctx, a, p, behind)
		return p.String(), "", err
	case p.kind != partCampaign && p.kind != partAdGroup:
		return "", "", core.Invalid(Name, fmt.Sprintf("%q is no campaign and no ad group.", subject), "")
	}
	return p.String(), behind, nil
}

// Bid reads the bid of a keyword or target.
func (x *Actions) Bid(ctx context.Context, entity string) (core.Money, error) {
	a, n, err := x.one(ctx, entity)
	if err != nil {
		return core.Money{}, err
	}
	return money(n.bid, a.profile.Currency)
}

// Budget reads the daily budget of a campaign.
func (x *Actions) Budget(ctx context.Context, entity string) (core.Money, error) {
	a, n, err := x.one(ctx, entity)
	if err != nil {
		return core.Money{}, err
	}
	return money(n.budget, a.profile.Currency)
}

// State reads whether something runs, as Amazon says it.
func (x *Actions) State(ctx context.Context, entity string) (string, error) {
	_, n, err := x.one(ctx, entity)
	return n.state, err
}

// now is what one thing is at the moment.
type now struct {
	state       string
	bid, budget json.Number
}

// one reads one campaign, keyword or target by its id.
func (x *Actions) one(ctx context.Context, entity string) (account, now, error) {
	p, err := parsePart(entity)
	if err != nil {
		return account{}, now{}, err
	}
	a, err := x.c.account(ctx, p.marketplace)
	if err != nil {
		return a, now{}, plain(err)
	}
	var n *now
	switch p.kind {
	case partCampaign:
		n, err = single(ctx, x.c, a, p, campaigns(), func(v Campaign) (string, now) {
			n := now{state: v.State}
			if v.Budget.Type == "" || v.Budget.Type == "DAILY" {
				n.budget = v.Budget.Amount
			}
			return v.ID, n
		})
	case partKeyword:
		n, err = single(ctx, x.c, a, p, keywords(), func(v Keyword) (string, now) { return v.ID, now{state: v.State, bid: v.Bid} })
	case partTarget:
		n, err = single(ctx, x.c, a, p, targets(), func(v Target) (string, now) { return v.ID, now{state: v.State, bid: v.Bid} })
	default:
		return a, now{}, noPart(entity)
	}
	switch {
	case err != nil:
		return a, now{}, plain(err)
	case n == nil:
		return a, now{}, core.NotFound(Name, "The advertiser account has no "+strings.ReplaceAll(p.kind, "_", " ")+" "+p.id+" any more.")
	}
	return a, *n, nil
}

// single reads what has an id; nil: there is none.
func single[T any](ctx context.Context, c *Client, a account, p part, r resource, of func(T) (string, now)) (*now, error) {
	if v, ok := lookedAt[T](ctx, c, a, r, p.id); ok {
		_, n := of(v)
		return &n, nil
	}
	all, err := list(ctx, c, a.region, a.id(), r, filter{r.id: {p.id}}, func(v T) string { id, _ := of(v); return id })
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if id, n := of(v); id == p.id {
			return &n, nil
		}
	}
	return nil, nil
}

// Negative reads the state of a negative keyword; "" where there is none that holds or could hold again.
func (x *Actions) Negative(ctx context.Context, entity, match, term string) (string, error) {
	p, err := parsePart(entity)
	if err != nil {
		return "", err
	}
	a, err := x.c.account(ctx, p.marketplace)
	if err != nil {
		return "", plain(err)
	}
	r, f := campaignNegatives(), within(p.id)
	if p.kind == partAdGroup {
		r, f = negatives(), within(p.campaign)
		f["adGroupIdFilter"] = []string{p.id}
	}
	all, err := look(ctx, x.c, a, r, f, func(n Negative) string { return n.ID })
	if err != nil {
		return "", plain(err)
	}
	state := ""
	for _, n := range all {
		mine := n.CampaignID == p.id && n.AdGroupID == "" || n.AdGroupID == p.id
		if mine && n.Match == negativeMatch(match) && strings.EqualFold(n.Text, term) && open(n.State) && state != stateEnabled {
			state = n.State
		}
	}
	return state, nil
}

func negativeMatch(match string) string { return "NEGATIVE_" + strings.ToUpper(match) }

// write is how a part is changed.
type write struct {
	method, operation string
	resource
}

func writeOf(p part) (write, string, error) {
	switch p.kind {
	case partCampaign:
		return write{http.MethodPut, "updateCampaigns", campaigns()}, "campaignId", nil
	case partKeyword:
		return write{http.MethodPut, "updateKeywords", keywords()}, "keywordId", nil
	case partTarget:
		return write{http.MethodPut, "updateTargets", targets()}, "targetId", nil
	}
	return write{}, "", errors.New("this is never changed")
}

// body writes the one item that changes a part, with its id first.
func body(entity, field, value string) (string, error) {
	p, err := parsePart(entity)
	if err != nil {
		return "", err
	}
	w, id, err := writeOf(p)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`{%q:[{%q:%q,%q:%s}]}`, w.key, id, p.id, field, value), nil
}
