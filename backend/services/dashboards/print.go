package dashboards

import (
	"context"
	"fmt"
	"io"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/services/dashboards/internal/report"
)

// printedRows bounds the rows of a table on paper.
const printedRows = 200

// writePDF prints a page: its tiles, charts and the chosen table.
func (s *Service) writePDF(ctx context.Context, w io.Writer, in ExportInput) (int, error) {
	p, err := s.Page(ctx, PageInput{Page: in.Table.Page, View: in.Table.View})
	if err != nil {
		return 0, err
	}
	r := report.Report{Title: p.Title, Question: p.Question, Made: s.o.Clock.Now()}
	scope, err := s.scopeText(ctx, in.Table.View)
	if err != nil {
		return 0, err
	}
	r.Lines = append(r.Lines, scope, fmt.Sprintf("%s to %s, as of %s", p.From, p.To, p.AsOf))
	if p.CompareFrom != "" {
		r.Lines[1] += fmt.Sprintf("; compared with %s to %s", p.CompareFrom, p.CompareTo)
	}
	for _, n := range p.Notices {
		r.Notices = append(r.Notices, n.Text)
	}
	for _, t := range p.Tiles {
		tile := report.Tile{Title: t.Title, Detail: t.Window}
		for _, v := range t.Values {
			tile.Values = append(tile.Values, strings.TrimSpace(v.Text+" "+wordUnit(t.Unit)))
		}
		if t.Change.Text != "" {
			tile.Detail = t.Change.Text + ", before " + t.Before
		}
		r.Tiles = append(r.Tiles, tile)
	}
	for _, c := range p.Charts {
		d, err := s.Chart(ctx, ChartInput{Page: in.Table.Page, Chart: c.Name, View: in.Table.View})
		if err != nil {
			d.Data.Title, d.Data.Note = c.Title, core.AsError(err).Message
		}
		r.Charts = append(r.Charts, report.Chart{Kind: page.ChartKind(c.Kind), Data: d.Data})
	}
	in.Table.Limit, in.Table.Offset, in.Table.Group = window, 0, ""
	declared, err := s.tableOf(in.Table.Page, in.Table.Table)
	if err != nil {
		return 0, err
	}
	t, err := s.Table(ctx, in.Table)
	if err != nil {
		return 0, err
	}
	r.Table = printed(t, declared.Title)
	if err := report.Write(w, r); err != nil {
		return 0, err
	}
	return len(r.Table.Rows), nil
}

// scopeText says what the page is narrowed to.
func (s *Service) scopeText(ctx context.Context, in ViewInput) (string, error) {
	v, err := s.view(ctx, in)
	if err != nil {
		return "", err
	}
	text := strings.Join(v.codes(), ", ")
	if v.tag != "" {
		text += "; tag " + v.tag
	}
	if v.group != "" {
		text += "; product group " + v.group
	}
	if v.into.to != "" {
		text += "; amounts in " + string(v.into.to)
	}
	return text, nil
}

// wordUnit is a unit that is written behind a value.
func wordUnit(unit string) string {
	if unit == "%" {
		return ""
	}
	return unit
}

func printed(t TableOutput, title string) report.Table {
	out := report.Table{Title: title, Heads: []string{"Name"}, Right: []bool{false}}
	for _, c := range t.Columns {
		if c.Type == "line" {
			continue
		}
		out.Heads = append(out.Heads, c.Title)
		out.Right = append(out.Right, c.Type != string(fact.Text) && c.Type != string(fact.Flag))
	}
	for _, r := range t.Rows[:min(len(t.Rows), printedRows)] {
		row := []string{strings.TrimSpace(r.Label)}
		for i, c := range r.Cells {
			if t.Columns[i].Type != "line" {
				row = append(row, c.Text)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	if t.Total > len(out.Rows) {
		out.Note = fmt.Sprintf("The first %d of %d rows. The whole table: export it as CSV or XLSX.", len(out.Rows), t.Total)
	}
	return out
}
