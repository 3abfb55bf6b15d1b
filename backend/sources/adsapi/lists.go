package adsapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

// Campaign is a Sponsored Products campaign, as far as it is used.
type Campaign struct {
	ID     string `json:"campaignId"`
	Name   string `json:"name"`
	State  string `json:"state"`
	Budget struct {
		Amount json.Number `json:"budget"`
		Type   string      `json:"budgetType"`
	} `json:"budget"`
}

// AdGroup is a group of adverts within a campaign.
type AdGroup struct {
	ID         string      `json:"adGroupId"`
	CampaignID string      `json:"campaignId"`
	Name       string      `json:"name"`
	State      string      `json:"state"`
	DefaultBid json.Number `json:"defaultBid"`
}

// Keyword is what an advert is shown for; Bid is "" where the ad group's default holds.
type Keyword struct {
	ID         string      `json:"keywordId"`
	CampaignID string      `json:"campaignId"`
	AdGroupID  string      `json:"adGroupId"`
	Text       string      `json:"keywordText"`
	Match      string      `json:"matchType"`
	State      string      `json:"state"`
	Bid        json.Number `json:"bid"`
}

// Target is a product, category or automatic group that an advert is shown for.
type Target struct {
	ID         string      `json:"targetId"`
	CampaignID string      `json:"campaignId"`
	AdGroupID  string      `json:"adGroupId"`
	State      string      `json:"state"`
	Bid        json.Number `json:"bid"`
	Expression []struct {
		Type  string `json:"type"`
		Value string `json:"value"`
	} `json:"expression"`
}

// Negative is a negative keyword of an ad group, or of a whole campaign where AdGroupID is "".
type Negative struct {
	ID         string `json:"keywordId"`
	CampaignID string `json:"campaignId"`
	AdGroupID  string `json:"adGroupId"`
	Text       string `json:"keywordText"`
	Match      string `json:"matchType"`
	State      string `json:"state"`
}

// resource is one list of the API.
type resource struct {
	operation string
	path      string
	media     string
	key       string // of the answer, and of what is written
	id        string // filter by its own ids
}

func campaigns() resource {
	return resource{"listCampaigns", "/sp/campaigns", mediaCampaign, "campaigns", "campaignIdFilter"}
}

func adGroups() resource {
	return resource{"listAdGroups", "/sp/adGroups", mediaAdGroup, "adGroups", "adGroupIdFilter"}
}

func keywords() resource {
	return resource{"listKeywords", "/sp/keywords", mediaKeyword, "keywords", "keywordIdFilter"}
}

func targets() resource {
	return resource{"listTargets", "/sp/targets", mediaTarget, "targetingClauses", "targetIdFilter"}
}

func negatives() resource {
	return resource{"listNegativeKeywords", "/sp/negativeKeywords", mediaNegative, "negativeKeywords", "negativeKeywordIdFilter"}
}

func campaignNegatives() resource {
	return resource{"listCampaignNegativeKeywords", "/sp/campaignNegativeKeywords", mediaCampaignNegative, "campaignNegativeKeywords", "campaignNegativeKeywordIdFilter"}
}

// include is a filter by ids.
type include struct {
	Include []string `json:"include"`
}

// filter names what is listed, by the name of the filter.
type filter map[string][]string

// changeable lists only what can still be changed: what was archived stays in Amazon's lists for ever.
func changeable() filter { return filter{"stateFilter": {stateEnabled, statePaused}} }

// within lists what can still be changed of a campaign.
func within(campaign string) filter {
	f := changeable()
	f["campaignIdFilter"] = []string{campaign}
	return f
}

const (
	pageSize  = 100
	mostPages = 2000 // a guard against lists without an end
)

// page asks for one page.
func (c *Client) page(ctx context.Context, region, profile string, r resource, f filter, next string) (*httpx.Response, error) {
	body := map[string]any{"maxResults": pageSize}
	for name, ids := range f {
		body[name] = include{ids}
	}
	if next != "" {
		body["nextToken"] = next
	}
	text, err := json.Marshal(body) // keys in order
	if err != nil {
		return nil, err
	}
	return c.do(ctx, call{
		operation: r.operation, rate: "list", region: region, profile: profile, method: http.MethodPost, path: r.path + "/list", media: r.media, body: text,
	})
}

// list asks for all pages. Lists may repeat rows while they change: the last one of an id counts.
func list[T any](ctx context.Context, c *Client, region, profile string, r resource, f filter, id func(T) string) ([]T, error) {
	var out []T
	at, seen := map[string]int{}, map[string]bool{}
	for next := ""; len(seen) < mostPages; {
		res, err := c.page(ctx, region, profile, r, f, next)
		if err != nil {
			return nil, err
		}
		rows, token, err := rowsOf[T](res.Body, r)
		if err != nil {
			return nil, unreadable(call{operation: r.operation}, res, err)
		}
		for _, row := range rows {
			if i, known := at[id(row)]; known {
				out[i] = row
				continue
			}
			at[id(row)] = len(out)
			out = append(out, row)
		}
		if token == "" {
			return out, nil
		}
		if seen[token] {
			break
		}
		seen[token], next = true, token
	}
	return nil, endless(r.operation)
}

// rowsOf reads a page; one without its list is none.
func rowsOf[T any](body []byte, r resource) (rows []T, next string, err error) {
	var fields map[string]json.RawMessage
	if err := decode(body, &fields); err != nil {
		return nil, "", err
	}
	if _, ok := fields[r.key]; !ok {
		return nil, "", fmt.Errorf("there is no %q in it", r.key)
	}
	if err := decode(fields[r.key], &rows); err != nil {
		return nil, "", err
	}
	if t, ok := fields["nextToken"]; ok {
		if err := decode(t, &next); err != nil {
			return nil, "", err
		}
	}
	return rows, next, nil
}

// endless is a list whose pages come again.
func endless(operation string) error {
	return &failure{&source.APIError{
		Fault: source.FaultExpiredPage, API: Name, Operation: operation, Message: "The pages of Amazon's list have no end. It is read again from its beginning.",
	}, false}
}
