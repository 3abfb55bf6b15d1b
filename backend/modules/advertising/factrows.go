package advertising

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// columnOf is the column of rows that a figure sums: "spend" of advertising.market_spend_28d.
func columnOf(name string) string {
	name = strings.TrimPrefix(name, "advertising.")
	for _, f := range figuresKept() {
		if slices.Contains(strings.Split(name, "_"), f.name) {
			if f.name == "sales" || f.name == "orders" {
				return "ad " + f.name
			}
			return f.name
		}
	}
	return ""
}

// lengthOf is the window of a fact by its name, in days; 28 where it does not say.
func lengthOf(name string) int {
	last := name[strings.LastIndexByte(name, '_')+1:]
	if n, err := strconv.Atoi(strings.TrimSuffix(last, "d")); err == nil {
		return n
	}
	return 28
}

// sentence writes a note as a sentence.
func sentence(note string) string {
	if note == "" {
		return ""
	}
	return strings.ToUpper(note[:1]) + note[1:] + "."
}

// behindFact finds the rows of a fact without parts.
func (x *question) behindFact(ctx context.Context, d fact.Definition, market, subject string) (behind, error) {
	switch d.Name {
	case "advertising.settled_through":
		return x.settledRows(ctx, market)
	case "advertising.campaign_budget":
		return x.budgetRows(ctx, market, subject)
	case "advertising.wasted_spend_28d", "advertising.market_wasted_terms":
		return x.judgedRows(ctx, d.Name, market)
	case "advertising.term_expected_orders":
		return x.expectedRows(ctx, market, subject)
	}
	w, s, err := x.windowOf(ctx, d, market)
	if err != nil {
		return behind{}, err
	}
	b := behind{market: market, stream: s, sheets: w.sheets, how: "Sum of " + columnOf(d.Name) + " of these rows."}
	switch d.Name {
	case "advertising.advertised":
		b.how = "True if one of these rows has impressions, clicks or spend."
	case "advertising.term_match_type":
		b.how = "The distinct match types of these rows, sorted."
	}
	group := groupOf(s)
	if d.Subject == fact.Campaign {
		group = sumCampaign
	}
	b.keep = x.about(group, d.Subject, market, subject)
	return b.in(w), nil
}

// in says of which window the rows are.
func (b behind) in(w window) behind {
	if !w.known() {
		b.sheets = nil
		b.how = sentence(w.note)
		return b
	}
	b.how += fmt.Sprintf(" Days: %s to %s.", w.period.From, w.period.To)
	return b
}

// windowOf is the window that a fact is taken over, and the report that tells it.
func (x *question) windowOf(ctx context.Context, d fact.Definition, market string) (window, source.Stream, error) {
	var first window
	var from source.Stream
	if d.Subject == fact.SearchTerm {
		h, _, err := x.recently(ctx, source.AdSearchTerms, market)
		return h.upTo(termDays), source.AdSearchTerms, err
	}
	for i, o := range origins(d.Subject) {
		h, ok, err := x.recently(ctx, o.stream, market)
		if err != nil {
			return window{}, "", err
		}
		w := h.last(lengthOf(d.Name))
		if ok && w.known() {
			return w, o.stream, nil
		}
		if i == 0 {
			first, from = w, o.stream
		}
	}
	return first, from, nil
}

func (x *question) settledRows(ctx context.Context, market string) (behind, error) {
	for _, s := range streams() {
		h, ok, err := x.recently(ctx, s, market)
		if err != nil {
			return behind{}, err
		}
		if day := h.lastSettled(); ok && day != 0 {
			b := behind{market: market, stream: s, how: "The day of these rows: the newest whose report was made after Amazon had settled it."}
			only := core.Period{From: day, To: day}
			b.sheets, b.quiet = h.told(only).sheets, sheetOf{only, h.days.at(day).document, 0}
			return b, nil
		}
	}
	return behind{market: market, stream: source.AdProducts, how: "No day is settled yet."}, nil
}

// budgetRows finds the newest day that tells the campaign's budget.
func (x *question) budgetRows(ctx context.Context, market, subject string) (behind, error) {
	h, _, err := x.recently(ctx, source.AdCampaigns, market)
	if err != nil {
		return behind{}, err
	}
	of := x.about(sumCampaign, fact.Campaign, market, subject)
	b := behind{market: market, stream: source.AdCampaigns, how: "The budget of the first of these rows: the newest that tells one."}
	b.keep = func(r *row) bool { return r.budget > 0 && of(r) }
	for _, w := range h.budgetSources() {
		b.sheets = w.sheets
		if some, err := x.any(ctx, &b); err != nil || some {
			return b, err
		}
	}
	b.sheets = nil
	return b, nil
}

// judgedRows are the rows of search terms that have had their chance.
func (x *question) judgedRows(ctx context.Context, name, market string) (behind, error) {
	v, err := x.view(ctx, market)
	if err != nil {
		return behind{}, err
	}
	t, err := x.terms(ctx, v)
	if err != nil {
		return behind{}, err
	}
	x.termColumns(t)
	b := behind{market: market, stream: source.AdSearchTerms, keep: func(r *row) bool { return x.wasted[market][byTerm(r)] }}
	const whose = "those of search terms that brought no order and have spent their limit."
	if name == "advertising.market_wasted_terms" {
		b.sheets, b.how = t.tally.windows[termAll].sheets, "Number of different search terms, campaign by campaign, in these rows: "+whose
		return b.in(t.tally.windows[termAll]), nil
	}
	b.sheets, b.how = t.tally.windows[termRecent].sheets, "Sum of spend of these rows: "+whose
	return b.in(t.tally.windows[termRecent]), nil
}

// expectedRows are the rows of the campaign's search terms, or of the marketplace's.
func (x *question) expectedRows(ctx context.Context, market, subject string) (behind, error) {
	v, err := x.view(ctx, market)
	if err != nil {
		return behind{}, err
	}
	t, err := x.terms(ctx, v)
	if err != nil {
		return behind{}, err
	}
	b := behind{market: market, stream: source.AdSearchTerms, sheets: t.tally.windows[termAll].sheets}
	for k, s := range t.tally.by[0] {
		campaign, _ := split(k)
		if sumTerm.subject(market, k, x.names) != subject {
			continue
		}
		b.how = "Clicks of the term's own rows × ad orders ÷ clicks of the other rows. The rows are those of the campaign."
		b.keep = func(r *row) bool { return r.campaign == campaign }
		if t.campaigns[campaign].minus(s[termAll]).clicks < t.rules.minClicks {
			b.how = "Clicks of the term's own rows × ad orders ÷ clicks of the other rows. The rows are those of all campaigns, since the others of its own have too few clicks."
			b.keep = nil
		}
		return b.in(t.tally.windows[termAll]), nil
	}
	b.sheets, b.how = nil, "No row names this search term."
	return b, nil
}
