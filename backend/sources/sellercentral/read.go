package sellercentral

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/charset"
	"purser/backend/sources/sellercentral/internal/table"
	"purser/backend/sources/sellercentral/internal/unpack"
)

// Read reads the file again and hands out its good rows in batches of at most 25,000.
//
// The slice of a batch is used again for the next one: emit must not keep it, though it may
// keep the strings of its records. Every stream of the kind ends with a batch whose Last is
// true, also when there are no rows.
func (s *Source) Read(ctx context.Context, f source.File, in source.Inspection, emit func(source.Batch) error, progress func(rows int)) (source.Summary, error) {
	out := &outlet{emit: emit, progress: progress, expected: in.Rows, batch: source.Batch{
		Kind: in.Kind, ObservedAt: in.ObservedAt, Period: in.Period, Covers: in.Covers, Marketplace: in.Marketplace, Partial: in.BadRows > 0,
	}}
	if emit == nil {
		out.emit = func(source.Batch) error { return nil }
	}
	err := read(ctx, f, in, out)
	sum := source.Summary{Rows: out.rows, BadRows: out.badRows, Bad: out.bad}
	if err == nil {
		return sum, nil
	}
	if p, ok := problemOf(err, f); ok {
		return sum, &core.Error{Code: core.CodeInvalid, Module: module, Message: p.Message, Err: err}
	}
	return sum, fmt.Errorf("read %s: %w", f.Name, err)
}

// errChanged says that a file is not what its inspection saw.
func errChanged(f source.File) error {
	return &core.Error{
		Code: core.CodeConflict, Module: module,
		Message: "“" + f.Name + "” is no longer what it was when it was looked at.", Hint: "Import it again.",
	}
}

func read(ctx context.Context, f source.File, in source.Inspection, out *outlet) error {
	if d, ok := documentNamed(in.Kind); ok {
		return readDocument(ctx, f, in, d, out)
	}
	src, err := reopen(f, in)
	if err != nil {
		return err
	}
	b := src.guess.binding
	x := newCells(style{comma: in.DecimalComma, order: in.DateOrder, serial: b.sheetRows}, in.Marketplace, in.Period)
	if x.unique = in.Rows > 0 && in.Repeated == 0; !x.unique {
		x.keys.reserve(f.Size / 256)
	}
	if x.currency, err = src.currency(ctx); err != nil {
		return errors.Join(err, src.close())
	}
	rd, closer, err := src.rows()
	if err != nil {
		return errors.Join(err, src.close())
	}
	return errors.Join(src.kind.run(ctx, rd, b, x, out), closer.Close(), src.close())
}

// opened is a file whose header was found again.
type opened struct {
	kind  tableKind
	guess *guess
	book  *table.Book // nil: text
	rows  func() (table.Reader, io.Closer, error)
}

func (o *opened) close() error {
	if o.book != nil {
		return o.book.Close()
	}
	return nil
}

// currency finds the file's own currency again, where its rows do not name theirs.
func (o *opened) currency(ctx context.Context) (core.Currency, error) {
	b, sp := o.guess.binding, *o.guess.kind
	if c := statedCurrency(b.preamble); c != "" {
		return c, nil
	}
	for i, c := range sp.columns {
		if c.currency && b.at[i] >= 0 {
			return "", nil
		}
	}
	rd, closer, err := o.rows()
	if err != nil {
		return "", err
	}
	p, err := readProfile(ctx, rd, sp, b)
	return p.money(), errors.Join(err, closer.Close())
}

// reopen finds the header of an inspected file again.
func reopen(f source.File, in source.Inspection) (*opened, error) {
	o := &opened{}
	kinds := tables()
	if o.kind, _ = kindNamed(kinds, in.Kind); o.kind == nil {
		return nil, core.Invalid(module, "“"+f.Name+"” was not recognised, so it cannot be read.", "Look at what its inspection says.")
	}
	zip, err := startsAsZip(f)
	if err != nil {
		return nil, err
	}
	if zip {
		return o, o.openBook(f, kinds, in)
	}
	e, err := encodingOf(in)
	if err != nil {
		return nil, err
	}
	if o.guess, _, err = recogniseText(kinds, f, e, in.Kind); err != nil {
		return nil, err
	}
	if o.guess == nil {
		return nil, errChanged(f)
	}
	o.rows = func() (table.Reader, io.Closer, error) {
		plain, err := unpack.Open(f)
		if err != nil {
			return nil, nil, err
		}
		return o.guess.binding.open(plain, e), plain, nil
	}
	return o, nil
}

func (o *opened) openBook(f source.File, kinds []tableKind, in source.Inspection) error {
	var err error
	if o.book, err = openBook(f); err != nil {
		return err
	}
	pp, err := sheetPages(o.book)
	if err != nil {
		return errors.Join(err, o.book.Close())
	}
	if o.guess, _ = recognise(kinds, pp, in.Kind); o.guess == nil {
		return errors.Join(errChanged(f), o.book.Close())
	}
	o.rows = func() (table.Reader, io.Closer, error) {
		sheet, err := o.book.Sheet(o.guess.binding.sheet)
		return sheet, sheet, err
	}
	return nil
}

// encodingOf is the encoding an inspection found; "utf-16le" and "utf-16be" are its own names.
func encodingOf(in source.Inspection) (charset.Encoding, error) {
	e, err := charset.Named(in.Encoding)
	if err != nil {
		return "", core.Invalid(module, "The inspection names no encoding Purser knows.", "Inspect the file again.")
	}
	return e, nil
}

func startsAsZip(f source.File) (bool, error) {
	plain, err := unpack.Open(f)
	if err != nil {
		return false, err
	}
	head, err := plain.Peek(4)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return unpack.IsZip(head), errors.Join(err, plain.Close())
}

// japaneseStore says whether the top of a file names Amazon's Japanese store.
func japaneseStore(head []byte) bool {
	low := bytes.ToLower(head)
	return bytes.Contains(low, []byte("amazon.co.jp")) || bytes.Contains(low, []byte("\tjpy\t")) || bytes.Contains(low, []byte("amazon_jp"))
}
