package adsapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
)

// BidBody makes the bytes that set a bid.
func (*Actions) BidBody(entity string, bid core.Money) (string, error) {
	if p, err := parsePart(entity); err != nil || p.kind == partCampaign {
		return "", errors.Join(err, errors.New("only keywords and targets have a bid"))
	}
	return body(entity, "bid", bid.Decimal())
}

// BudgetBody makes the bytes that set a daily budget.
func (*Actions) BudgetBody(entity string, budget core.Money) (string, error) {
	if p, err := parsePart(entity); err != nil || p.kind != partCampaign {
		return "", errors.Join(err, errors.New("only campaigns have a budget"))
	}
	return body(entity, "budget", `{"budget":`+budget.Decimal()+`,"budgetType":"DAILY"}`)
}

// StateBody makes the bytes that set a state. There are two.
func (*Actions) StateBody(entity, state string) (string, error) {
	if !open(state) {
		return "", fmt.Errorf("%q is no state that is ever set", state)
	}
	return body(entity, "state", `"`+state+`"`)
}

// NegativeBody makes the bytes that add a negative keyword.
func (*Actions) NegativeBody(entity, match, term string) (string, error) {
	p, err := parsePart(entity)
	if err != nil {
		return "", err
	}
	n := newNegative{CampaignID: p.id, Match: negativeMatch(match), State: stateEnabled, Text: term}
	switch p.kind {
	case partCampaign:
	case partAdGroup:
		n.CampaignID, n.AdGroupID = p.campaign, p.id
	default:
		return "", errors.New("only campaigns and ad groups have negative keywords")
	}
	text, err := json.Marshal(map[string][]newNegative{negativesOf(p).key: {n}})
	return string(text), err
}

type newNegative struct {
	CampaignID string `json:"campaignId"`
	AdGroupID  string `json:"adGroupId,omitempty"`
	Match      string `json:"matchType"`
	State      string `json:"state"`
	Text       string `json:"keywordText"`
}

func negativesOf(p part) write {
	if p.kind == partAdGroup {
		return write{http.MethodPost, "createNegativeKeywords", negatives()}
	}
	return write{http.MethodPost, "createCampaignNegativeKeywords", campaignNegatives()}
}

// SetBid sends the bytes of BidBody.
func (x *Actions) SetBid(ctx context.Context, entity, text string) (action.Receipt, error) {
	return x.set(ctx, entity, text)
}

// SetBudget sends the bytes of BudgetBody.
func (x *Actions) SetBudget(ctx context.Context, entity, text string) (action.Receipt, error) {
	return x.set(ctx, entity, text)
}

// SetState sends the bytes of StateBody.
func (x *Actions) SetState(ctx context.Context, entity, text string) (action.Receipt, error) {
	return x.set(ctx, entity, text)
}

// set changes one thing. What could not be sent just now may be sent again: it is left open, not refused.
func (x *Actions) set(ctx context.Context, entity, text string) (action.Receipt, error) {
	p, err := parsePart(entity)
	if err != nil {
		return action.Receipt{}, action.Refuse(err.Error()+" Nothing was done.", err)
	}
	w, _, err := writeOf(p)
	if err != nil {
		return action.Receipt{}, action.Refuse("Nothing was done: "+err.Error()+".", err)
	}
	receipt, err := x.send(ctx, p, w, text)
	var f *failure
	if errors.As(err, &f) && f.unsent && final(f.Fault) {
		return receipt, action.Refuse(refusal(f), f.APIError)
	}
	return receipt, plain(err)
}

// AddNegative sends the bytes of NegativeBody. It is not repeated, so that what was not sent is refused.
func (x *Actions) AddNegative(ctx context.Context, entity, text string) (action.Receipt, error) {
	p, err := parsePart(entity)
	if err != nil {
		return action.Receipt{}, action.Refuse(err.Error()+" Nothing was done.", err)
	}
	receipt, err := x.send(ctx, p, negativesOf(p), text)
	var f *failure
	if errors.As(err, &f) && f.unsent {
		return receipt, action.Refuse(refusal(f), f.APIError)
	}
	return receipt, plain(err)
}

// final says whether trying again gives the same.
func final(f source.APIFault) bool {
	return f != source.FaultThrottled && f != source.FaultOffline && f != source.FaultUnavailable
}

// refusal says in words, and none of Amazon's, why nothing was done.
func refusal(f *failure) string {
	switch f.Fault {
	case source.FaultThrottled:
		return "Amazon takes no more requests just now, so nothing was done."
	case source.FaultOffline, source.FaultUnavailable:
		return "Amazon could not be reached, so nothing was done. Approve it again later."
	case source.FaultReconnect:
		return "The connection to Amazon Ads has ended, so nothing was done. Connect again, then approve it anew."
	case source.FaultDenied:
		return "Amazon does not let this application change adverts, so nothing was done. Check its rights, then approve it anew."
	default:
		return fmt.Sprintf("Amazon refused the change (%d), so nothing was done. Look at it in the campaign manager.", f.Status)
	}
}

// send hands over exactly these bytes, which hold one item, and reads what became of it.
func (x *Actions) send(ctx context.Context, p part, w write, text string) (action.Receipt, error) {
	a, err := x.c.account(ctx, p.marketplace)
	if err != nil {
		var f *failure
		if errors.As(err, &f) { // nothing was asked of what is changed
			return action.Receipt{}, &failure{f.APIError, true}
		}
		return action.Receipt{}, action.Refuse(err.Error()+" Nothing was done.", err)
	}
	q := call{
		operation: w.operation, rate: "update", region: a.region, profile: a.id(), method: w.method, path: w.path, media: w.media, body: []byte(text),
	}
	res, err := x.c.do(ctx, q)
	x.c.forgetLooked()
	if err != nil {
		return action.Receipt{}, err
	}
	all, err := outcomes(res.Body, w.key, 1)
	if err != nil {
		return action.Receipt{}, unreadable(q, res, err)
	}
	ref := res.RequestID()
	if ref == "" {
		ref = p.id
	}
	switch o := all[0]; o.became {
	case taken:
		return action.Receipt{Ref: ref, Text: "Amazon has taken the change."}, nil
	case declined:
		if o.again() {
			return action.Receipt{}, &failure{throttled(q, res, 0), true}
		}
		return action.Receipt{}, action.Refuse("Amazon refused the change ("+o.code+"), so nothing was done. Look at it in the campaign manager.", nil)
	default:
		return action.Receipt{}, &failure{fault(q, source.FaultUnavailable, res, "Amazon did not say what became of the change.", nil), false}
	}
}
