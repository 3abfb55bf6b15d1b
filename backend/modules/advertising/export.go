package advertising

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// exportColumn is one column of an export: a text or a number of a row.
type exportColumn struct {
	name   string
	text   func(r *row) uint32
	number func(r *row) int64
}

// table describes an export of one stream, one row per day and distinct texts.
type table struct {
	name, title string
	stream      source.Stream
	columns     []exportColumn
}

func tables() []table {
	currency := exportColumn{name: "currency", text: func(r *row) uint32 { return r.currency }}
	campaign := exportColumn{name: "campaign", text: func(r *row) uint32 { return r.campaign }}
	numbers := []exportColumn{
		{name: "spend_minor", number: func(r *row) int64 { return r.spend }},
		{name: "sales_minor", number: func(r *row) int64 { return r.sales }},
		{name: "clicks", number: func(r *row) int64 { return r.clicks }},
		{name: "orders", number: func(r *row) int64 { return r.orders }},
		{name: "impressions", number: func(r *row) int64 { return r.impressions }},
	}
	columns := func(texts ...exportColumn) []exportColumn { return append(append(texts, numbers...), currency) }
	return []table{
		{"advertising.daily", "Ads by day and SKU", source.AdProducts, columns(exportColumn{name: "sku", text: func(r *row) uint32 { return r.sku }})},
		{"advertising.search_terms", "Search terms by day", source.AdSearchTerms, columns(
			campaign,
			exportColumn{name: "ad_group", text: func(r *row) uint32 { return r.adGroup }},
			exportColumn{name: "targeting", text: func(r *row) uint32 { return r.targeting }},
			exportColumn{name: "match_type", text: func(r *row) uint32 { return r.match }},
			exportColumn{name: "search_term", text: func(r *row) uint32 { return r.term }},
		)},
		{"advertising.campaigns", "Campaigns by day", source.AdCampaigns, columns(campaign)},
	}
}

// Exports lists the tables that can be written out: the newest version of each covered day.
// Summary reports, which name no day, are not in them.
func (m *Module) Exports() []module.Export {
	var out []module.Export
	for _, t := range tables() {
		names := []string{"day", "marketplace"}
		for _, c := range t.columns {
			names = append(names, c.name)
		}
		out = append(out, module.Export{
			Name: t.name, Title: t.title, Columns: names,
			Rows: func(ctx context.Context, p core.Period, yield func([]any) error) error {
				return m.export(ctx, t, p, yield)
			},
		})
	}
	return out
}

func (m *Module) export(ctx context.Context, t table, p core.Period, yield func([]any) error) error {
	x, err := m.look(ctx)
	if err != nil {
		return err
	}
	defer x.close()
	markets := x.markets("")
	read := map[string]history{}
	for _, market := range markets {
		if read[market], err = x.history(ctx, bookKey{market, t.stream}, math.MaxInt32); err != nil {
			return err
		}
	}
	for day := p.From; day <= p.To; day++ {
		for _, market := range markets {
			k := read[market].days.at(day)
			if k.content == 0 {
				continue
			}
			data, err := x.contents(ctx, map[int64]bool{k.content: true})
			if err != nil {
				return err
			}
			if err := t.write(day, market, data[k.content], x.names, yield); err != nil {
				return err
			}
		}
	}
	return nil
}

// write yields the rows of one sheet, summed by their texts and in the order of these.
func (t table) write(day core.Day, market string, data []byte, names nameTable, yield func([]any) error) error {
	sums := map[string][]any{}
	err := eachRow(data, func(r *row) {
		key := ""
		for _, c := range t.columns {
			if c.text != nil {
				key += names.of(c.text(r)) + "\x00"
			}
		}
		out, ok := sums[key]
		if !ok {
			out = []any{day.String(), market}
			for _, c := range t.columns {
				if c.text != nil {
					out = append(out, names.of(c.text(r)))
				} else {
					out = append(out, int64(0))
				}
			}
			sums[key] = out
		}
		for i, c := range t.columns {
			if n, ok := out[i+2].(int64); ok && c.number != nil {
				out[i+2] = n + c.number(r)
			}
		}
	})
	if err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(sums), cmp.Compare[string]) {
		if err := yield(sums[key]); err != nil {
			return err
		}
	}
	return nil
}

// Stamps says how far each kind of report goes.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Stamps"])
	if err != nil {
		return nil, fmt.Errorf("advertising: read stamps: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []fact.Stamp
	for rows.Next() {
		var s fact.Stamp
		var at int64
		if err := rows.Scan(&s.Kind, &at, &s.Through); err != nil {
			return nil, fmt.Errorf("advertising: read stamps: %w", err)
		}
		s.ObservedAt = time.Unix(at, 0).UTC()
		out = append(out, s)
	}
	return out, rows.Err()
}
