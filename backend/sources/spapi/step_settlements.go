package spapi

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core/source"
)

// settlements lists the settlements that Amazon has made in a window, then fetches each once. They cannot be asked
// for. The list mixes marketplaces and names some twice; their rows say which marketplace they are of.
func (c *Client) settlements(ctx context.Context, t task) (source.Step, error) {
	switch t.state.Phase {
	case phaseList:
		return c.listSettlements(ctx, t)
	case phaseDocument:
		return c.fetchSettlement(ctx, t)
	}
	return c.listSettlements(ctx, task{Ask: t.Ask, state: state{Phase: phaseList, At: c.now()}})
}

func (c *Client) listSettlements(ctx context.Context, t task) (source.Step, error) {
	f := ReportFilter{Next: t.state.Next}
	if f.Next == "" {
		f = ReportFilter{Types: []string{settlementType}, Statuses: []string{reportDone}, PageSize: 100, Since: t.From, Until: t.To}
	}
	page, err := c.reports(ctx, t.Region, f)
	if err != nil {
		return source.Step{}, expiredPage(err, t.state.Next)
	}
	for _, r := range page.Reports {
		made := r.Created.time()
		if string(r.Type) != settlementType || r.Document == "" || t.state.mark("report "+string(r.ID)) || t.state.mark("document "+string(r.Document)) {
			continue
		}
		t.state.Queue = append(t.state.Queue, listedEntry{string(r.ID), string(r.Document), made.Unix()})
	}
	if t.state.Next = string(page.Next); t.state.Next != "" {
		if t.state.Page++; t.state.Page >= mostPages || t.state.mark(t.state.Next) {
			return source.Step{}, endless("getReports")
		}
		return t.state.step(0), nil
	}
	if len(t.state.Queue) == 0 {
		return source.Step{State: t.state.text(), Done: true, Nothing: "Amazon has made no settlement in this time."}, nil
	}
	t.state.Phase, t.state.Seen = phaseDocument, nil
	return t.state.step(0), nil
}

func (c *Client) fetchSettlement(ctx context.Context, t task) (source.Step, error) {
	if len(t.state.Queue) == 0 {
		return source.Step{State: t.state.text(), Done: true}, nil
	}
	first := t.state.Queue[0]
	res, gone, err := c.download(ctx, t.Region, first.Doc)
	if err != nil {
		return source.Step{}, err
	}
	if gone {
		return t.again()
	}
	t.state.Queue, t.state.Gone = t.state.Queue[1:], 0
	at := madeAt(first.Made, res.At)
	s := t.state.step(0)
	s.Documents = []source.Fetched{fetched(fmt.Sprintf("Settlement %s %s.txt", at.Format(time.DateOnly), first.ID), res, at, first.ID)}
	s.Done = len(t.state.Queue) == 0
	return s, nil
}
