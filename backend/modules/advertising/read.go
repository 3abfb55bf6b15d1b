package advertising

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// defaultSettles is used where the host does not know a kind: Amazon takes back invalid
// clicks and failed orders within 72 hours (Amazon Ads, seen November 2026).
const defaultSettles = 72 * time.Hour

func (m *Module) rulesOf(s source.Stream) ageRules {
	name := kindOf(s)
	k, ok := m.host.Kind(name)
	if !ok {
		k = source.Kind{Title: name, Settles: defaultSettles}
	}
	if k.Title == "" {
		k.Title = name
	}
	return ageRules{kind: name, title: k.Title, settles: int(math.Ceil(k.Settles.Hours() / 24)), stale: k.StaleAge}
}

// histories gives what is known of a stream over span, per marketplace code.
func (m *Module) histories(ctx context.Context, s source.Stream, span core.Period, asOf core.Day) (map[string]history, error) {
	docs, err := m.documents(ctx, s, span)
	if err != nil {
		return nil, err
	}
	sums, err := m.attachSheets(ctx, s, span, docs)
	if err != nil {
		return nil, err
	}
	rules := m.rulesOf(s)
	out := make(map[string]history, len(docs))
	for market, list := range docs {
		flat := make([]document, 0, len(list))
		for _, d := range list {
			flat = append(flat, *d)
		}
		out[market] = history{market: market, asOf: asOf, rules: rules, days: knownDays(flat, span, asOf), sums: sums[market]}
	}
	return out, nil
}

// documents by marketplace and id.
func (m *Module) documents(ctx context.Context, s source.Stream, span core.Period) (map[string]map[int64]*document, error) {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Documents"], string(s), int64(span.From), int64(span.To))
	if err != nil {
		return nil, fmt.Errorf("advertising: read reports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]map[int64]*document{}
	zones := map[string]*time.Location{}
	for rows.Next() {
		var market string
		d := &document{sheets: map[core.Day]sheet{}}
		if err := rows.Scan(&market, &d.id, &d.observed, &d.span.From, &d.span.To, &d.daily); err != nil {
			return nil, fmt.Errorf("advertising: read reports: %w", err)
		}
		if zones[market] == nil {
			zones[market] = zoneOf(market)
		}
		d.seen = core.DayOf(time.Unix(d.observed, 0), zones[market])
		if out[market] == nil {
			out[market] = map[int64]*document{}
		}
		out[market][d.id] = d
	}
	return out, rows.Err()
}

// attachSheets hangs single days on their documents and gives the summaries by marketplace.
func (m *Module) attachSheets(ctx context.Context, s source.Stream, span core.Period, docs map[string]map[int64]*document) (map[string][]summary, error) {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Sheets"], string(s), int64(span.From), int64(span.To))
	if err != nil {
		return nil, fmt.Errorf("advertising: read sheets: %w", err)
	}
	defer func() { _ = rows.Close() }()
	sums := map[string][]summary{}
	for rows.Next() {
		var market string
		var id int64
		var p core.Period
		var sh sheet
		if err := rows.Scan(&market, &id, &p.From, &p.To, &sh.content, &sh.clicks); err != nil {
			return nil, fmt.Errorf("advertising: read sheets: %w", err)
		}
		d := docs[market][id]
		switch {
		case d == nil:
		case p.From == p.To:
			d.sheets[p.From] = sh
		default:
			sums[market] = append(sums[market], summary{p, d.observed, d.seen, sh.content})
		}
	}
	return sums, rows.Err()
}

func zoneOf(market string) *time.Location {
	if mp, ok := core.MarketplaceByCode(market); ok {
		return mp.Zone()
	}
	return time.UTC
}

// contents reads packed rows by id.
func (m *Module) contents(ctx context.Context, ids map[int64]bool) (map[int64][]byte, error) {
	out := make(map[int64][]byte, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	list := make([]int64, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	arg, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("advertising: read packed rows: %w", err)
	}
	rows, err := m.host.DB().QueryContext(ctx, m.q["ContentsData"], string(arg))
	if err != nil {
		return nil, fmt.Errorf("advertising: read packed rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return nil, fmt.Errorf("advertising: read packed rows: %w", err)
		}
		out[id] = data
	}
	return out, rows.Err()
}
