package dashboards

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// lanes of a SKU's timeline, from top to bottom: each draws daily series of SKUs.
func lanes() []struct {
	name, title string
	series      []string
	limit       bool
} {
	return []struct {
		name, title string
		series      []string
		limit       bool
	}{
		{"sales", "Sales", []string{"sales.sales"}, false},
		{"units", "Units", []string{"sales.units"}, false},
		{"price", "Price", []string{"sales.price"}, false},
		{"stock", "Units on hand", []string{"inventory.on_hand"}, false},
		{"ads", "Ad spend and ad sales", []string{"advertising.spend", "advertising.sales"}, false},
		{"sessions", "Sessions", []string{"sales.sessions"}, false},
		{"returns", "Returned units", []string{"reviews.returned_units"}, false},
		{"feedback", "Negative feedback", []string{"reviews.negative"}, false},
	}
}

// figuresShown are the key figures of a SKU.
func figuresShown() []string {
	return []string{
		"sales.sales", "sales.units", "sales.profit", "sales.margin", "inventory.on_hand", "inventory.cover_days", "inventory.order_by_days",
		"inventory.suggested_units", "advertising.spend", "advertising.acos", "sales.tacos", "reviews.return_rate", "reviews.negative",
		"listings.status", "sales.featured_offer_pct", "sales.price", "sales.unit_cost",
	}
}

// Timeline answers everything about one SKU over the days of the view.
func (s *Service) Timeline(ctx context.Context, in SubjectInput) (TimelineOutput, error) {
	out := TimelineOutput{
		Subject: in.Subject, Tags: []string{}, Elsewhere: []string{}, Figures: []FigureOutput{}, Lanes: []LaneOutput{}, Spans: []SpanOutput{}, Markers: []page.Marker{},
	}
	it, ok := s.o.Account.Item(ctx, in.Subject)
	if !ok {
		return out, core.NotFound("dashboards", "There is no SKU "+in.Subject+" in your reports.")
	}
	v, err := s.view(ctx, in.View)
	if err != nil {
		return out, err
	}
	out.SKU, out.ASIN, out.Title = it.SKU, it.ASIN, it.Title
	out.Marketplace, _ = fact.SplitID(in.Subject)
	out.From, out.To = v.period.From.String(), v.period.To.String()
	marks, err := s.o.Account.Marks(ctx)
	if err != nil {
		return out, err
	}
	out.Tags, out.Group = append(out.Tags, marks[in.Subject].Tags...), marks[in.Subject].Group
	for _, m := range s.o.Account.Marketplaces() {
		other := fact.SubjectID(m.Code, it.SKU)
		if _, ok := s.o.Account.Item(ctx, other); ok && other != in.Subject {
			out.Elsewhere = append(out.Elsewhere, other)
		}
	}
	if err := s.figures(ctx, &out, v); err != nil {
		return out, err
	}
	for _, l := range lanes() {
		out.Lanes = append(out.Lanes, LaneOutput{l.name, whole(s.lane(ctx, l.title, l.series, in.Subject, v))})
	}
	out.Spans = s.spans(ctx, in.Subject, v)
	out.Markers, err = s.decisionsOf(ctx, in.Subject, v)
	return out, err
}

// figures are the key figures of the SKU over the range.
func (s *Service) figures(ctx context.Context, out *TimelineOutput, v view) error {
	for _, n := range figuresShown() {
		d, ok := s.find(n)
		if !ok || !s.has(d, fact.SKU) {
			continue
		}
		p, err := s.partOf(ctx, d, out.Subject, v)
		if err != nil {
			return err
		}
		out.Figures = append(out.Figures, FigureOutput{n, d.title(), d.def.Unit, p.Value})
	}
	return nil
}

// lane draws daily series of one SKU. A module that is down leaves the lane with its reason.
func (s *Service) lane(ctx context.Context, title string, series []string, subject string, v view) page.Data {
	out := page.Data{Title: title}
	for d := v.period.From; d <= v.period.To; d++ {
		out.Days = append(out.Days, int(d))
	}
	for n, name := range series {
		all, err := s.o.Modules.Daily(ctx, name, subject, v.period, v.asOf)
		if err != nil {
			out.Note = core.AsError(err).Message
			continue
		}
		for _, one := range all {
			if one.Subject != subject {
				continue
			}
			l := page.Line{Name: name, Label: s.seriesTitle(name, title, len(series)), Role: page.Main}
			if n > 0 {
				l.Role = page.Second
			}
			l.Values = s.points(&out, one, v.period)
			out.Lines = append(out.Lines, l)
		}
	}
	if len(out.Lines) == 0 && out.Note == "" {
		out.Note = "no report tells of this on these days."
	}
	return out
}

func (s *Service) seriesTitle(name, title string, of int) string {
	if m, ok := s.measures[name]; ok && of > 1 {
		return decl{def: m.Definition}.title()
	}
	return title
}

// points lays a series over the days and notes its unit and where it settles.
func (s *Service) points(out *page.Data, one fact.Series, p core.Period) []*float64 {
	values := make([]*float64, p.Days())
	out.Unit = one.Unit
	for _, pt := range one.Points {
		if !p.Contains(pt.Day) {
			continue
		}
		n := pt.Num
		if pt.Money.Currency != "" {
			n, out.Unit, out.Currency = pt.Money.Major(), "", string(pt.Money.Currency)
		}
		values[pt.Day-p.From] = &n
		if pt.Maturity == fact.Settling && (out.SettlingFrom == 0 || int(pt.Day) < out.SettlingFrom) {
			out.SettlingFrom = int(pt.Day)
		}
	}
	return values
}

// spans are the states that lasted: without stock, in trouble.
func (s *Service) spans(ctx context.Context, subject string, v view) []SpanOutput {
	out := []SpanOutput{}
	for _, of := range []struct {
		series, title, kind string
		bad                 func(float64) bool
	}{
		{"inventory.on_hand", "Out of stock", stateCritical, func(n float64) bool { return n == 0 }},
		{"listings.suppressed", "Hidden from search", stateWarning, func(n float64) bool { return n > 0 }},
		{"listings.stranded", "Stock without an offer", stateWarning, func(n float64) bool { return n > 0 }},
		{"listings.inactive", "Inactive", stateWarning, func(n float64) bool { return n > 0 }},
	} {
		all, err := s.o.Modules.Daily(ctx, of.series, subject, v.period, v.asOf)
		if err != nil {
			continue
		}
		for _, one := range all {
			if one.Subject == subject {
				out = append(out, runs(one, of.title, of.kind, of.bad)...)
			}
		}
	}
	return out
}

// runs joins the days on which a state held; a state holds until a report says otherwise.
func runs(one fact.Series, title, kind string, bad func(float64) bool) []SpanOutput {
	var out []SpanOutput
	open := false
	for _, pt := range one.Points {
		is := bad(pt.Num)
		switch {
		case is && !open:
			out = append(out, SpanOutput{From: pt.Day.String(), To: pt.Day.String(), Title: title, Kind: kind})
			open = true
		case is:
			out[len(out)-1].To = pt.Day.String()
		default:
			open = false
		}
	}
	return out
}

// decisionsOf are the decisions about a SKU, those that wait on the last day.
func (s *Service) decisionsOf(ctx context.Context, subject string, v view) ([]page.Marker, error) {
	out := []page.Marker{}
	events, err := s.o.Account.Events(ctx, subject)
	for _, e := range events {
		kind, link := "decision", "/today?tab=done"
		if e.Open {
			kind, link = "due", fmt.Sprintf("/today?sel=%s", e.ID)
		}
		if e.Subject == subject && (v.period.Contains(e.Day) || e.Open) {
			out = append(out, page.Marker{Day: int(min(e.Day, v.period.To)), Title: e.Title, Kind: kind, Link: link})
		}
	}
	slices.SortStableFunc(out, func(a, b page.Marker) int { return a.Day - b.Day })
	return out, err
}
