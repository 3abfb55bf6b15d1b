package sellercentral

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/charset"
	"purser/backend/sources/sellercentral/internal/parse"
	"purser/backend/sources/sellercentral/internal/table"
)

// scanRecords is how many records from the top are searched for the header.
const scanRecords = 40

// binding says where in a file the header is and which column lies where.
type binding struct {
	kind      string
	line      int // of the header; 0: the file has none
	header    []string
	at        []int // by column of the definition; -1: not there
	sep       byte
	quoted    bool
	sheet     string
	sheetRows bool
	unknown   []string
	buyers    []bool
	// The first and the last personal column; lastBuyer is -1 if there is none.
	firstBuyer, lastBuyer int
	preamble              []string // records above the header
}

// page is the top of a file, cut into records in one way.
type page struct {
	records   [][]string
	names     [][]string // of the records, normalised
	lines     []int
	sep       byte
	sheet     string
	sheetRows bool
}

// pages cuts the top of a text in all ways that give a header. whole says that head is the entire file.
func pages(head []byte, whole bool) []page {
	var out []page
	for _, sep := range []byte{'\t', ',', ';'} {
		rd := table.NewDelimited(bytes.NewReader(head), sep, sep != '\t')
		p := page{sep: sep}
		for len(p.records) < scanRecords {
			fields, line, err := rd.Next()
			if err != nil || (rd.Cut() && !whole) {
				break
			}
			p.add(fields, line)
		}
		out = append(out, p)
	}
	return out
}

func (p *page) add(fields [][]byte, line int) {
	rec, names := make([]string, len(fields)), make([]string, len(fields))
	for i, f := range fields {
		rec[i] = string(f)
		names[i] = parse.Header(rec[i])
	}
	p.records = append(p.records, rec)
	p.names = append(p.names, names)
	p.lines = append(p.lines, line)
}

// sheetPages reads the top of every sheet of a workbook.
func sheetPages(b *table.Book) ([]page, error) {
	var out []page
	for _, name := range b.Sheets() {
		sheet, err := b.Sheet(name)
		if err != nil {
			return nil, err
		}
		p := page{sheet: name, sheetRows: true}
		for len(p.records) < scanRecords {
			fields, line, err := sheet.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, errors.Join(err, sheet.Close())
			}
			p.add(fields, line)
		}
		if err := sheet.Close(); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// guess is how well a header fits a kind.
type guess struct {
	kind     *spec
	binding  binding
	matched  int
	missing  []string // key columns that are not there
	required int
	clash    bool // a column says that it is another report
}

// recognise finds the kind whose columns the file has. only, if not empty, restricts it to one
// kind. Without a fit, it gives the nearest guesses, best first.
func recognise(kinds []tableKind, pp []page, only string) (best *guess, nearest []guess) {
	for _, k := range kinds {
		sp := k.spec()
		if only != "" && sp.info.Name != only {
			continue
		}
		var near guess
		for _, p := range pp {
			for i, rec := range p.records {
				g := sp.match(p, i, rec)
				if g.clash {
					continue
				}
				if len(g.missing) == 0 && g.matched > 0 && (best == nil || g.better(best)) {
					best = &g
				}
				if len(g.missing) < g.required && (near.kind == nil || g.matched > near.matched) {
					near = g
				}
			}
			if g := sp.byShape(p); g != nil && best == nil {
				best = g
			}
		}
		if near.kind != nil {
			nearest = append(nearest, near)
		}
	}
	slices.SortStableFunc(nearest, func(a, b guess) int {
		return b.score() - a.score()
	})
	return best, nearest
}

// better prefers more known columns, then fewer unknown ones.
func (g *guess) better(o *guess) bool {
	if g.matched != o.matched {
		return g.matched > o.matched
	}
	return len(g.binding.unknown) < len(o.binding.unknown)
}

// score orders guesses by the share of key columns that are there.
func (g *guess) score() int {
	return (g.required-len(g.missing))*1000/g.required + g.matched
}

// names maps every spelling of every column to its place in the definition.
func (s *spec) names() map[string]int {
	m := make(map[string]int, 4*len(s.columns))
	for i, c := range s.columns {
		m[c.name] = i
		for _, a := range c.also {
			m[parse.Header(a)] = i
		}
	}
	return m
}

// mentions says whether any of the names is a column of the kind, or of another report.
func (s *spec) mentions(names []string) bool {
	for _, n := range names {
		if _, ok := s.spelling[n]; ok || slices.Contains(s.unless, n) {
			return true
		}
	}
	return false
}

// match tries record i of a page as the header of the kind.
func (s *spec) match(p page, i int, rec []string) guess {
	if !s.mentions(p.names[i]) {
		return guess{kind: s, required: 1, missing: []string{""}} // none of it is there
	}
	b := binding{kind: s.info.Name, line: p.lines[i], sep: p.sep, sheet: p.sheet, sheetRows: p.sheetRows, at: make([]int, len(s.columns))}
	for k := range b.at {
		b.at[k] = -1
	}
	g := guess{kind: s}
	for len(rec) > 0 && strings.TrimSpace(rec[len(rec)-1]) == "" {
		rec = rec[:len(rec)-1]
	}
	for at, raw := range rec {
		name := p.names[i][at]
		k, ok := s.spelling[name]
		switch {
		case ok && b.at[k] < 0:
			b.at[k] = at
			g.matched++
		case slices.Contains(s.unless, name):
			g.clash = true
		case name != "" && !ok && !slices.Contains(s.known, name):
			b.unknown = append(b.unknown, strings.TrimSpace(raw))
		}
	}
	for k, c := range s.columns {
		if c.key {
			g.required++
			if b.at[k] < 0 {
				g.missing = append(g.missing, c.name)
			}
		}
	}
	g.required = max(g.required, 1)
	if len(g.missing) > 0 {
		g.binding = b
		return g
	}
	b.seal(s, rec, true)
	b.quoted = p.sep == ',' || p.sep == ';' || (len(rec) > 1 && strings.HasPrefix(rec[0], `"`) && strings.HasSuffix(rec[0], `"`))
	if i > 0 && g.matched > 0 {
		for _, r := range p.records[:i] {
			b.preamble = append(b.preamble, strings.Join(r, " "))
		}
	}
	g.binding = b
	return g
}

// seal fixes the header and marks its personal columns. named says that it was found by its names.
func (b *binding) seal(s *spec, rec []string, named bool) {
	b.header = make([]string, len(rec))
	b.buyers = make([]bool, len(rec))
	b.firstBuyer, b.lastBuyer = 0, -1
	for i, raw := range rec {
		b.header[i] = strings.Trim(strings.TrimSpace(strings.TrimPrefix(raw, "\ufeff")), `"`)
		b.buyers[i] = personal(parse.Header(raw))
	}
	if !named || s.losesBuyers(b.at) {
		for i, raw := range rec {
			b.buyers[i] = b.buyers[i] || !s.knows(parse.Header(raw))
		}
	}
	for k, c := range s.columns {
		if at := b.at[k]; at >= 0 {
			b.buyers[at] = c.buyer
		}
	}
	for i, yes := range b.buyers {
		if !yes {
			continue
		}
		if b.lastBuyer < 0 {
			b.firstBuyer = i
		}
		b.lastBuyer = i
	}
}

// losesBuyers says whether a personal column of the kind was not found by its name: then any
// column with an unknown name may be it, in a language Purser has not met.
func (s *spec) losesBuyers(at []int) bool {
	for k, c := range s.columns {
		if c.buyer && at[k] < 0 {
			return true
		}
	}
	return false
}

// knows says whether a column of that name belongs to the kind.
func (s *spec) knows(name string) bool {
	_, ok := s.spelling[name]
	return ok || slices.Contains(s.known, name)
}

// byShape recognises a kind whose header is written in a language Purser does not know.
func (s *spec) byShape(p page) *guess {
	if s.shape == nil || len(p.records) < 2 {
		return nil
	}
	at := s.shape(p.records)
	if at == nil {
		return nil
	}
	b := binding{kind: s.info.Name, line: p.lines[0], sep: p.sep, sheet: p.sheet, sheetRows: p.sheetRows, at: at, quoted: p.sep != '\t'}
	b.seal(s, p.records[0], false)
	return &guess{kind: s, binding: b, matched: len(at), required: 1}
}

// personal says whether a column of any report holds data of a buyer, by its normalised name.
func personal(name string) bool {
	for _, part := range []string{"buyer", "recipient", "phone", "address", "mail", "メール", "correo", "courriel", "gift-message", "instructions", "county", "ship-city", "ship-state", "ship-postal", "ship-zip", "bill-city", "bill-state", "bill-postal"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	if !strings.Contains(name, "name") {
		return false
	}
	for _, part := range []string{"customer", "ship", "contact", "person", "first-", "last-", "full-name", "bill"} {
		if strings.Contains(name, part) && !strings.Contains(name, "shipment") && !strings.Contains(name, "shipping") {
			return true
		}
	}
	return false
}

// hider says which cells of a record are personal. A record with more or fewer cells than the
// header is shifted somewhere, so all cells that may be one of them count.
func (b *binding) hider(fields [][]byte) (hides func(i int) bool, shifted bool) {
	n := len(fields)
	from, to := b.firstBuyer, b.lastBuyer
	switch {
	case b.lastBuyer < 0:
		return func(int) bool { return false }, false
	case n == len(b.header) || b.sheetRows || (n > len(b.header) && blank(fields[len(b.header):])):
		return func(i int) bool { return i < len(b.buyers) && b.buyers[i] }, false
	case n > len(b.header):
		to += n - len(b.header)
	default:
		from -= len(b.header) - n
	}
	return func(i int) bool { return i >= from && i <= to }, true
}

// top decodes the first bytes of a file for recognition.
func top(head []byte, e charset.Encoding) []byte {
	if e == charset.UTF16LE || e == charset.UTF16BE {
		head = head[:len(head)&^1]
	}
	return charset.Decode(head, e)
}

// open makes the reader of the rows of a bound text file.
func (b *binding) open(r io.Reader, e charset.Encoding) table.Reader {
	rd := table.NewDelimited(charset.NewReader(r, e), b.sep, b.quoted)
	rd.Expect(len(b.header))
	return rd
}

// kindNamed finds a table kind by its name.
func kindNamed(kinds []tableKind, name string) (tableKind, source.Kind) {
	for _, k := range kinds {
		if info := k.spec().info; info.Name == name {
			return k, info
		}
	}
	return nil, source.Kind{}
}
