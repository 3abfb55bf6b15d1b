package dashboards

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Page answers a page's tiles and says what charts and tables it has.
func (s *Service) Page(ctx context.Context, in PageInput) (PageOutput, error) {
	out := PageOutput{
		Name: in.Page, Tiles: []TileOutput{}, Charts: []ChartOutput{}, Tables: []TableSpecOutput{}, Notices: []NoticeOutput{}, Needs: []string{},
	}
	p, state, reason, ok := s.o.Modules.PageOf(in.Page)
	if !ok {
		return out, core.NotFound("dashboards", "There is no page "+in.Page+".")
	}
	out.Title, out.Question, out.State, out.Reason = p.Title, p.Question, state, reason
	v, err := s.view(ctx, in.View)
	if err != nil {
		return out, err
	}
	out.AsOf, out.From, out.To = v.asOf.String(), v.period.From.String(), v.period.To.String()
	if v.before.Days() > 0 {
		out.CompareFrom, out.CompareTo = v.before.From.String(), v.before.To.String()
	}
	for _, c := range p.Charts {
		out.Charts = append(out.Charts, ChartOutput{c.Name, c.Title, string(c.Kind), c.PerSubject})
	}
	for _, t := range p.Tables {
		out.Tables = append(out.Tables, s.tableSpec(t))
	}
	kinds, err := s.o.Account.Kinds(ctx)
	if err != nil {
		return out, err
	}
	out.Empty, out.Needs = s.needs(p, kinds)
	if state != "running" && state != "retrying" || len(v.markets) == 0 {
		return out, nil
	}
	if out.Tiles, err = s.tiles(ctx, p, v); err != nil {
		return out, err
	}
	late, err := s.lateNotices(ctx, p, v)
	if err != nil {
		return out, err
	}
	out.Notices = append([]NoticeOutput{}, slices.Concat(late, s.staleNotices(p, kinds), partialNotices(out.Tiles))...) // never nil
	return out, nil
}

func (s *Service) tableSpec(t page.Table) TableSpecOutput {
	out := TableSpecOutput{
		Name: t.Name, Title: t.Title, Subject: string(t.Subject), List: t.List, Columns: append([]string{}, t.Columns...),
		Sort: t.Sort, Desc: t.Desc, Presets: []PresetOutput{}, Groups: []GroupingOutput{},
	}
	for _, p := range t.Presets {
		out.Presets = append(out.Presets, PresetOutput{p.Name, p.Title, append([]page.Filter{}, p.Filters...)})
	}
	for _, g := range t.Groups {
		out.Groups = append(out.Groups, GroupingOutput{g, s.groupTitle(g)})
	}
	return out
}

func (s *Service) groupTitle(name string) string {
	switch name {
	case "marketplace":
		return "Marketplace"
	case "tag":
		return "Tag"
	case "group":
		return "Product group"
	}
	d, _ := s.find(name)
	return d.title()
}

// sources lists the kinds of document that a page's names rest on.
func (s *Service) sources(p page.Page) []string {
	var out []string
	add := func(name string) {
		d, ok := s.find(name)
		if !ok || moduleOf(d.base) == "" {
			return
		}
		for _, k := range d.def.Sources {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
		if d.measure == nil {
			return
		}
		for _, b := range s.bases(d.base, nil) {
			for _, k := range s.measures[b].Sources {
				if !slices.Contains(out, k) {
					out = append(out, k)
				}
			}
		}
	}
	for _, t := range p.Tiles {
		add(t.Name)
	}
	for _, t := range p.Tables {
		if !t.List {
			for _, c := range t.Columns {
				add(c)
			}
		}
	}
	return out
}

// needs says whether nothing of what the page rests on is in, and what those kinds of document are called.
func (s *Service) needs(p page.Page, kinds []Kind) (empty bool, titles []string) {
	empty, titles = true, []string{}
	wanted := s.sources(p)
	for _, k := range kinds {
		if !slices.Contains(wanted, k.Name) {
			continue
		}
		titles = append(titles, k.Title)
		empty = empty && k.State == fact.Missing
	}
	return empty && len(titles) > 0, titles
}

// staleNotices names the documents behind the page that are too old to decide on.
func (s *Service) staleNotices(p page.Page, kinds []Kind) []NoticeOutput {
	wanted := s.sources(p)
	var old []string
	for _, k := range kinds {
		if k.State == fact.Stale && slices.Contains(wanted, k.Name) {
			day, _, _ := strings.Cut(k.AsOf, "T")
			old = append(old, k.Title+" of "+day)
		}
	}
	if len(old) == 0 {
		return []NoticeOutput{}
	}
	return []NoticeOutput{{
		Kind: "stale", Text: "Too old to decide on: " + strings.Join(old, ", ") + ". What rests on it is marked, and rules leave it out.", Link: "/data",
	}}
}

// lateNotices names what the page rests on and an API does not give at present, each reason once.
func (s *Service) lateNotices(ctx context.Context, p page.Page, v view) ([]NoticeOutput, error) {
	all, err := s.o.Account.Late(ctx)
	if err != nil {
		return nil, err
	}
	wanted, codes := s.sources(p), v.codes()
	concerns := func(l Late) bool {
		return slices.ContainsFunc(l.Kinds, func(k string) bool { return slices.Contains(wanted, k) }) &&
			(len(l.Marketplaces) == 0 || slices.ContainsFunc(l.Marketplaces, func(m string) bool { return slices.Contains(codes, m) }))
	}
	var out []NoticeOutput
	titles := map[[2]string][]string{} // by reason and age
	ages := map[string][]string{}      // by reason
	for _, l := range all {
		if !concerns(l) {
			continue
		}
		age := l.age()
		key := [2]string{l.Why, age}
		if ages[l.Why] == nil {
			out = append(out, NoticeOutput{Kind: "stale", Text: l.Why, Link: l.Link})
		}
		if titles[key] == nil {
			ages[l.Why] = append(ages[l.Why], age)
		}
		if !slices.Contains(titles[key], l.Title) {
			titles[key] = append(titles[key], l.Title)
		}
	}
	for i, n := range out {
		var parts []string
		for _, age := range ages[n.Text] {
			parts = append(parts, few(titles[[2]string{n.Text, age}])+age)
		}
		out[i].Text = n.Text + " " + strings.Join(parts, "; ") + "."
	}
	return out, nil
}

// age says for which marketplaces and how old something is.
func (l Late) age() string {
	where := ""
	if len(l.Marketplaces) > 0 {
		where = " (" + strings.Join(l.Marketplaces, ", ") + ")"
	}
	if l.AsOf == "" {
		return where + ": nothing yet"
	}
	return where + " as of " + l.AsOf
}

// few names the first three.
func few(names []string) string {
	if len(names) <= 3 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
}

const mostNotices = 2

// gap finds in a note what is left out of a value; the rest of it is about how settled it is and by what method.
var gap = regexp.MustCompile(`\bSKUs?\b|left out|in no report|days are known|not known|^without `)

// partialNotices tells of totals that leave something out, each gap once.
func partialNotices(tiles []TileOutput) []NoticeOutput {
	out := []NoticeOutput{}
	seen := map[string]bool{}
	for _, t := range tiles {
		var notes []string
		for _, v := range t.Values {
			for note := range strings.SplitSeq(v.Note, "; ") {
				if seen[note] || !gap.MatchString(note) || v.Maturity == string(fact.Missing) {
					continue
				}
				seen[note] = true
				if len(t.Values) > 1 && v.Currency != "" && !strings.Contains(note, v.Currency) {
					note = v.Currency + ": " + note
				}
				notes = append(notes, note)
			}
		}
		if len(notes) > 0 && len(out) < mostNotices {
			text := strings.Join(notes, "; ")
			out = append(out, NoticeOutput{Kind: "partial", Text: fmt.Sprintf("%s: %s.", t.Title, text), Link: linkFor(text)})
		}
	}
	return out
}

func linkFor(note string) string {
	if strings.Contains(note, "cost") {
		return "/settings"
	}
	return "/data"
}

// kindTitle is how people know a kind of document.
func (s *Service) kindTitle(kind string) string {
	if kind == "" {
		return ""
	}
	return s.o.Account.KindTitle(kind)
}
