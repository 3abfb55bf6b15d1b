package adsapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"purser/backend/core"
)

// mostUsage is how many campaigns one question for used budgets may name. Source: Amazon Ads API, Budget usage v1.
const mostUsage = 100

// BudgetUsage is how much of its daily budget a campaign has used.
type BudgetUsage struct {
	CampaignID string
	Budget     core.Money
	Percent    string    // as Amazon writes it: "87.5"
	At         time.Time // when Amazon worked it out; zero: it did not say
	// Fault says why Amazon told nothing of this campaign; "" where it did.
	Fault string
}

// BudgetUsages tells how much of their budgets campaigns have used, at most 100 of them, in the order asked for.
func (c *Client) BudgetUsages(ctx context.Context, marketplace string, ids []string) ([]BudgetUsage, error) {
	region, err := regionOf(marketplace)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > mostUsage {
		return nil, core.Invalid(Name, fmt.Sprintf("%d campaigns cannot be asked for at once.", len(ids)), "Ask for 1 to 100.")
	}
	p, err := c.profile(ctx, region, marketplace)
	if err != nil {
		return nil, plain(err)
	}
	q := call{
		operation: "getBudgetUsage", rate: "getBudgetUsage", region: region, profile: p.ID.String(), method: http.MethodPost,
		path: "/sp/campaigns/budget/usage", media: mediaBudgetUsage,
	}
	got, res, err := ask[struct {
		Success []struct {
			Index   *int        `json:"index"`
			Budget  json.Number `json:"budget"`
			Percent json.Number `json:"budgetUsagePercent"`
			Updated string      `json:"usageUpdatedTimestamp"`
		} `json:"success"`
		Error []struct {
			Index   *int   `json:"index"`
			Code    string `json:"code"`
			Details string `json:"details"`
		} `json:"error"`
	}](ctx, c, q, map[string]any{"campaignIds": ids})
	if err != nil {
		return nil, plain(err)
	}
	out := make([]BudgetUsage, len(ids))
	for i, id := range ids {
		out[i] = BudgetUsage{CampaignID: id, Fault: "Amazon did not say."}
	}
	at := func(i *int) *BudgetUsage {
		if i == nil || *i < 0 || *i >= len(out) {
			return nil
		}
		return &out[*i]
	}
	for _, s := range got.Success {
		u := at(s.Index)
		if u == nil {
			continue
		}
		m, err := money(s.Budget, p.Currency)
		if err != nil {
			return nil, plain(unreadable(q, res, err))
		}
		u.Budget, u.Percent, u.Fault = m, s.Percent.String(), ""
		if t, err := time.Parse(time.RFC3339, s.Updated); err == nil {
			u.At = t.UTC()
		}
	}
	for _, e := range got.Error {
		if u := at(e.Index); u != nil {
			u.Budget, u.Percent, u.Fault = core.Money{}, "", clip(e.Code+": "+e.Details)
		}
	}
	return out, nil
}
