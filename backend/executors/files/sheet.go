package files

import (
	"strconv"
	"strings"
	"unicode"

	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// sheet is the text of a file: a head, and a row for each step. The same wish gives the same bytes.
func sheet(w action.Wish) string {
	steps := w.Checklist
	if len(steps) == 0 {
		steps = []string{w.Label}
	}
	marketplace, subject := fact.SplitID(w.Subject)
	if subject == "" && w.SubjectKind != string(fact.Marketplace) {
		marketplace, subject = "", w.Subject // the account lies in no marketplace
	}
	units := ""
	if w.Units != 0 {
		units = strconv.Itoa(w.Units)
	}
	var b strings.Builder
	line(&b, "decision", "rule", "marketplace", "subject", "units", "finding", "step", "what to do", "link")
	for i, s := range steps {
		line(&b, cell(w.Decision), cell(w.Policy), cell(marketplace), cell(subject), units, cell(w.Title), strconv.Itoa(i+1), cell(s), cell(w.Link))
	}
	return b.String()
}

func line(b *strings.Builder, cells ...string) {
	b.WriteString(strings.Join(cells, "\t"))
	b.WriteString("\r\n") // what Seller Central and spreadsheets both take
}

// cell keeps a text in one cell, and keeps a spreadsheet from running it as a formula.
func cell(text string) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
	if text != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}
