package adsapi

import (
	"context"
	"fmt"

	"purser/backend/core/source"
)

// campaignPage gives one page of the campaigns as they are now.
func (c *Client) campaignPage(ctx context.Context, a source.Ask, p Profile, s state) (source.Step, error) {
	if s.Phase != phasePages {
		s = state{Phase: phasePages}
	}
	r := campaigns()
	res, err := c.page(ctx, a.Region, p.ID.String(), r, nil, s.Next)
	if err != nil {
		return source.Step{}, err
	}
	_, next, err := rowsOf[Campaign](res.Body, r)
	if err != nil {
		return source.Step{}, unreadable(call{operation: r.operation}, res, err)
	}
	s.Page++
	if next != "" && (next == s.Next || s.Page >= mostPages) {
		return source.Step{}, endless(r.operation)
	}
	d, err := document(
		fmt.Sprintf("ads campaigns %s %s page %d.json", a.Marketplace, res.At.UTC().Format("2006-01-02 1504"), s.Page),
		about{
			Operation: r.operation, Region: a.Region, Marketplace: a.Marketplace, Page: s.Page, Profile: p.ID.String(), Currency: string(p.Currency), Zone: p.Zone,
		}, res.Body, res.At, res.RequestID())
	if err != nil {
		return source.Step{}, unreadable(call{operation: r.operation}, res, err)
	}
	s.Next = next
	return source.Step{State: s.text(), Documents: []source.Fetched{d}, Done: next == ""}, nil
}
