package sellercentral

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/charset"
	"purser/backend/sources/sellercentral/internal/table"
	"purser/backend/sources/sellercentral/internal/unpack"
)

// Options that an Inspection may need.
const (
	needPeriod      = "period"
	needMarketplace = "marketplace"
)

// headSize is how much of a file is looked at to tell what it is.
const headSize = 64 << 10

// Inspect reads the whole file with types and says what it is and what is wrong with it.
func (s *Source) Inspect(ctx context.Context, f source.File, o source.Options) (source.Inspection, error) {
	if err := checkOptions(o); err != nil {
		return source.Inspection{}, err
	}
	in, err := inspect(ctx, f, o)
	if err == nil {
		return in, nil
	}
	if p, ok := problemOf(err, f); ok {
		in.Problems = append(in.Problems, p)
		return in, nil
	}
	return in, fmt.Errorf("inspect %s: %w", f.Name, err)
}

func checkOptions(o source.Options) error {
	if _, ok := core.MarketplaceByCode(o.Marketplace); o.Marketplace != "" && !ok {
		return core.Invalid(module, "“"+o.Marketplace+"” is not a marketplace Purser knows.", "Give its code, such as US or DE.")
	}
	if o.Encoding != "" {
		if _, err := charset.Named(o.Encoding); err != nil {
			return core.Invalid(module, "“"+o.Encoding+"” is not an encoding Purser knows.", "Give utf-8, windows-1252, shift_jis, gbk or utf-16.")
		}
	}
	if o.DateOrder != "" && !slices.Contains([]string{"mdy", "dmy", "ymd"}, o.DateOrder) {
		return core.Invalid(module, "“"+o.DateOrder+"” is not a way to write dates.", "Give mdy, dmy or ymd.")
	}
	return nil
}

func inspect(ctx context.Context, f source.File, o source.Options) (source.Inspection, error) {
	var in source.Inspection
	plain, err := unpack.Open(f)
	if err != nil {
		return in, err
	}
	defer func() { _ = plain.Close() }() // read only
	head, err := plain.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return in, err
	}
	if p := shellProblem(head, f); p != nil {
		in.Problems = append(in.Problems, *p)
		return in, nil
	}
	if unpack.IsZip(head) {
		return inspectBook(ctx, f, o)
	}
	encoding, binary := charset.Sniff(head)
	if binary && o.Encoding == "" {
		in.Problems = append(in.Problems, binaryProblem(f))
		return in, nil
	}
	if isJSON(top(head, encoding)) {
		return inspectDocument(ctx, f, o, encoding)
	}
	if encoding, err = detected(ctx, plain, encoding, o); err != nil {
		return in, err
	}
	return inspectText(ctx, f, o, encoding)
}

// detected is the encoding the person chose or the first bytes gave, else the one all bytes give.
func detected(ctx context.Context, plain *unpack.Plain, sniffed charset.Encoding, o source.Options) (charset.Encoding, error) {
	if e := chosen(sniffed, o); e != "" {
		return e, nil
	}
	head, err := plain.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return "", err
	}
	d := &charset.Detector{}
	store := o.Marketplace == "JP" || japaneseStore(head)
	if err := drain(ctx, plain, d); err != nil {
		return "", err
	}
	return d.Result(store), nil
}

// chosen applies the person's choice of encoding; a byte order mark is never wrong.
func chosen(sniffed charset.Encoding, o source.Options) charset.Encoding {
	named, err := charset.Named(o.Encoding)
	if err != nil || sniffed == charset.UTF8 || (named == charset.UTF16LE && sniffed == charset.UTF16BE) {
		return sniffed
	}
	return named
}

// drain passes a reader through w, stopping with ctx.
func drain(ctx context.Context, r io.Reader, w io.Writer) error {
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		if _, e := w.Write(buf[:n]); e != nil {
			return e
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// inspectText reads a text file: once for its style, once with types.
func inspectText(ctx context.Context, f source.File, o source.Options, e charset.Encoding) (source.Inspection, error) {
	in := source.Inspection{Encoding: string(e)}
	kinds := tables()
	found, nearest, err := recogniseText(kinds, f, e, "")
	if err != nil {
		return in, err
	}
	if found == nil {
		in.Problems = append(in.Problems, kindProblem(f, nearest))
		return in, nil
	}
	b := found.binding
	open := func() (table.Reader, io.Closer, error) {
		plain, err := unpack.Open(f)
		if err != nil {
			return nil, nil, err
		}
		return b.open(plain, e), plain, nil
	}
	return inspectRows(ctx, f, o, in, found, open)
}

// recogniseText looks at the top of a text file.
func recogniseText(kinds []tableKind, f source.File, e charset.Encoding, only string) (*guess, []guess, error) {
	plain, err := unpack.Open(f)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = plain.Close() }() // read only
	head, err := plain.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, nil, err
	}
	found, nearest := recognise(kinds, pages(top(head, e), len(head) < headSize), only)
	return found, nearest, nil
}

// inspectBook reads a workbook.
func inspectBook(ctx context.Context, f source.File, o source.Options) (source.Inspection, error) {
	in := source.Inspection{Encoding: string(charset.UTF8)}
	book, err := openBook(f)
	if err != nil {
		if ctx.Err() != nil {
			return in, ctx.Err()
		}
		in.Problems = append(in.Problems, fatal(source.ProblemUnreadable,
			"“"+f.Name+"” could not be opened as a workbook: it is damaged, protected by a password, or another kind of archive. Download it again."))
		return in, nil
	}
	defer func() { _ = book.Close() }() // temporary files only
	pp, err := sheetPages(book)
	if err != nil {
		return in, err
	}
	found, nearest := recognise(tables(), pp, "")
	if found == nil {
		in.Problems = append(in.Problems, kindProblem(f, nearest))
		return in, nil
	}
	open := func() (table.Reader, io.Closer, error) {
		sheet, err := book.Sheet(found.binding.sheet)
		return sheet, sheet, err
	}
	return inspectRows(ctx, f, o, in, found, open)
}

func openBook(f source.File) (*table.Book, error) {
	plain, err := unpack.Open(f)
	if err != nil {
		return nil, err
	}
	defer func() { _ = plain.Close() }() // read only
	return table.OpenBook(io.LimitReader(plain, unpack.MaxCompressed))
}

// inspectRows decides the style and reads all rows.
func inspectRows(ctx context.Context, f source.File, o source.Options, in source.Inspection, g *guess, open func() (table.Reader, io.Closer, error)) (source.Inspection, error) {
	in.Kind, in.Columns, in.UnknownColumns = g.kind.info.Name, g.binding.header, g.binding.unknown
	rd, closer, err := open()
	if err != nil {
		return in, err
	}
	p, err := readProfile(ctx, rd, *g.kind, g.binding)
	if err = errors.Join(err, closer.Close()); err != nil {
		return in, err
	}
	d := p.decide(o, g.binding)
	in.DecimalComma, in.DateOrder = d.comma, d.order

	if rd, closer, err = open(); err != nil {
		return in, err
	}
	kind, _ := kindNamed(tables(), in.Kind)
	x := newCells(d.style, d.home, o.Period)
	x.currency = d.currency
	x.keys.reserve(f.Size / 256)
	out := &outlet{}
	if err = errors.Join(kind.run(ctx, rd, g.binding, x, out), closer.Close()); err != nil {
		return in, err
	}
	conclude(&in, f, o, *g.kind, g.binding, d, out)
	return in, nil
}

// conclude writes what the full reading found into the inspection.
func conclude(in *source.Inspection, f source.File, o source.Options, sp spec, b binding, d decided, out *outlet) {
	takeCounts(in, out)
	in.Marketplaces = out.codes()
	in.Marketplace = mainMarketplace(in.Marketplaces, o, d.home, out)
	in.Period = out.period
	if sp.dated && !b.hasDates(sp) {
		if in.Period = o.Period; o.Period.Days() == 0 {
			in.Needs = append(in.Needs, needPeriod)
		}
	} else if in.Period.Days() == 0 {
		in.Period = o.Period
	}
	if sp.windowed && o.Marketplace != "" && o.Period.Days() > 0 {
		in.Covers = source.Coverage{Marketplace: o.Marketplace, Period: o.Period}
	}
	if (sp.placed && in.Marketplace == "" && (out.unplaced || out.rows == out.badRows)) || (d.unsure && o.Marketplace == "") {
		in.Needs = append(in.Needs, needMarketplace)
	}
	in.ObservedAt = observedAt(f, o, out.observed, in)
	if !slices.Contains(in.Needs, needMarketplace) || !b.onlyDates(sp, in.Bad) {
		rowProblems(in, f) // else the marketplace will say how to read the dates
	}
	needProblems(in, f)
}

func takeCounts(in *source.Inspection, out *outlet) {
	in.Rows, in.BadRows, in.Repeated, in.Bad = out.rows, out.badRows, out.repeated, out.bad
	in.Problems = append(in.Problems, out.problems...)
}

// codes lists the marketplaces the rows named, in order.
func (o *outlet) codes() []string {
	var out []string
	for code := range o.markets {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

// mainMarketplace is the marketplace of the document: what the person chose where rows needed
// it, else the only one that occurs, else the one its marks point to.
func mainMarketplace(codes []string, o source.Options, home string, out *outlet) string {
	var stores []string
	for _, c := range codes {
		if c != core.NonAmazon {
			stores = append(stores, c)
		}
	}
	switch {
	case o.Marketplace != "" && (out.assumed || len(stores) == 0):
		return home
	case len(stores) == 1:
		return stores[0]
	case len(stores) == 0:
		return home
	}
	return ""
}

func (b *binding) hasDates(sp spec) bool {
	for i, c := range sp.columns {
		if c.sort == dates && b.at[i] >= 0 {
			return true
		}
	}
	return false
}

// onlyDates says whether there are bad rows and all of them fail at a date.
func (b *binding) onlyDates(sp spec, bad []source.BadRow) bool {
	names := map[string]bool{}
	for i, c := range sp.columns {
		if at := b.at[i]; c.sort == dates && at >= 0 && at < len(b.header) {
			names[b.header[at]] = true
		}
	}
	return len(bad) > 0 && !slices.ContainsFunc(bad, func(r source.BadRow) bool { return !names[r.Column] })
}

// restated says whether Amazon gives other figures for the same days when such a report is
// downloaded later: its newest row then says less about its age than the moment of the download.
func restated(kind string) bool {
	switch kind {
	case "all_orders", "sales_and_traffic", "business_report_by_date", "business_report_by_item":
		return true
	}
	return false
}

// observedAt is when what the file says was true: as the person says, as its content says, or when it was downloaded.
func observedAt(f source.File, o source.Options, content int64, in *source.Inspection) time.Time {
	switch {
	case !o.ObservedAt.IsZero():
		return o.ObservedAt.UTC()
	case content > 0 && restated(in.Kind) && f.ModTime.Unix() > content:
		return f.ModTime.UTC()
	case content > 0:
		return time.Unix(content, 0).UTC()
	case !f.ModTime.IsZero():
		return f.ModTime.UTC()
	case in.Period.To != 0:
		m, _ := core.MarketplaceByCode(in.Marketplace)
		return (in.Period.To + 1).Start(m.Zone()).UTC()
	}
	return time.Time{}
}
