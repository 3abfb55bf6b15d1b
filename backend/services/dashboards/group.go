package dashboards

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// group puts headings between the rows.
func (a *arrangement) group(ctx context.Context, in TableInput, byName map[string]column) error {
	if in.Group == "" {
		a.lines = make([]line, 0, len(a.rows))
		for _, i := range a.rows {
			a.lines = append(a.lines, line{row: i})
		}
		return nil
	}
	of, err := a.grouping(ctx, in.Group, byName)
	if err != nil {
		return err
	}
	groups, order := map[string]*groupOfRows{}, []*groupOfRows{}
	for _, i := range a.rows {
		for _, title := range of(i) {
			g := groups[title]
			if g == nil {
				g = &groupOfRows{title: title}
				groups[title] = g
				order = append(order, g)
			}
			g.rows = append(g.rows, i)
		}
	}
	slices.SortFunc(order, func(x, y *groupOfRows) int { return strings.Compare(sortKey(x.title), sortKey(y.title)) })
	placed := make([]bool, len(a.sheet.u.ids))
	for _, g := range order {
		a.lines = append(a.lines, line{group: g})
		if slices.Contains(in.Collapsed, g.key()) {
			continue
		}
		for _, i := range g.rows {
			l := line{row: i}
			if placed[i] {
				l.again = g.title
			}
			placed[i] = true
			a.lines = append(a.lines, l)
		}
	}
	return nil
}

// none heads the rows that have no value to be grouped by; it comes last.
const none = "Without"

func sortKey(title string) string {
	if title == none {
		return "\uffff"
	}
	return strings.ToLower(title)
}

// grouping says which groups a row belongs to; a SKU with two tags is in both.
func (a *arrangement) grouping(ctx context.Context, by string, byName map[string]column) (func(i int) []string, error) {
	u := a.sheet.u
	switch by {
	case "marketplace":
		return func(i int) []string { return []string{u.codes[u.market[i]]} }, nil
	case "tag", "group":
		marks, err := a.s.marksFor(ctx, a.kind)
		if err != nil {
			return nil, err
		}
		return func(i int) []string {
			m := marks[u.ids[i]]
			if by == "tag" && len(m.Tags) > 0 {
				return m.Tags
			}
			if by == "group" && m.Group != "" {
				return []string{m.Group}
			}
			return []string{none}
		}, nil
	}
	c, ok := byName[by]
	if !ok || (c.def.Type != fact.Text && c.def.Type != fact.Flag) {
		return nil, core.Invalid("dashboards", "Rows can't be grouped by "+by+".", "Choose another grouping.")
	}
	return func(i int) []string {
		v := c.show(i)
		if v.Maturity == string(fact.Missing) || v.Text == "" {
			return []string{none}
		}
		return []string{v.Text}
	}, nil
}

func passesText(c column, f page.Filter) (func(i int) bool, error) {
	want := strings.ToLower(f.Value)
	test := func(fn func(have string) bool) func(i int) bool {
		return func(i int) bool {
			have, ok := c.words(i)
			return ok && fn(strings.ToLower(have))
		}
	}
	switch f.Op {
	case page.Is:
		return test(func(have string) bool { return have == want }), nil
	case page.IsNot:
		return test(func(have string) bool { return have != want }), nil
	case page.Has:
		return test(func(have string) bool { return strings.Contains(have, want) }), nil
	case page.Less:
		return test(func(have string) bool { return have < want }), nil
	case page.More:
		return test(func(have string) bool { return have > want }), nil
	default:
		return nil, core.Invalid("dashboards", fmt.Sprintf("Text can't be compared by %q.", string(f.Op)), "Choose another comparison.")
	}
}

// cutLast splits at the last slash.
func cutLast(s string) (before, after string) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return "", s
	}
	return s[:i], s[i+1:]
}
