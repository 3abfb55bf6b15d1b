package sellercentral

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/charset"
	"purser/backend/sources/sellercentral/internal/parse"
	"purser/backend/sources/sellercentral/internal/unpack"
)

// document is a kind of report that comes as JSON. Its rows are entries of lists; their "line" is a
// number that runs through all of the document's, from 1, since such files have a single line.
type document struct {
	info     source.Kind
	snapshot bool
	known    func(key string) bool // whether a top-level key tells the kind
	envelope func(envelope) bool   // of an answer of an API: whether its envelope does; nil: no such
	// scan collects what the document says of itself, without rows.
	scan func(j *jsonFile, x *documentCells) error
	read func(ctx context.Context, j *jsonFile, x *documentCells, out *outlet) error
}

// documents lists the kinds that come as JSON.
func documents() []document {
	return []document{
		salesAndTraffic(), accountHealth(),
		apiOrders(), apiTransactions(), apiInventory(), apiListings(),
		apiAdsCampaigns(), apiAdsSearchTerms(), apiAdsTargets(), apiAdsProducts(),
	}
}

func documentNamed(name string) (document, bool) {
	for _, d := range documents() {
		if d.info.Name == name {
			return d, true
		}
	}
	return document{}, false
}

// documentCells adds to cells what a JSON document says of itself.
type documentCells struct {
	*cells
	from, to    core.Day
	granularity string
	observed    int64
	covers      source.Coverage
}

// maxDepth bounds how deep values of a document may nest.
const maxDepth = 64

// jsonFile reads the top-level object of a JSON file key by key, or each object of a top-level list.
type jsonFile struct {
	dec  *json.Decoder
	list bool
	part int // number of the present object of a top-level list, from 0
}

// path names an entry, given by its 1-based place, of the list under a top-level key.
func (j *jsonFile) path(key string, place int) string {
	p := fmt.Sprintf("%s[%d]", key, place-1)
	if j.list {
		p = fmt.Sprintf("[%d].%s", j.part, p)
	}
	return p
}

func isJSON(head []byte) bool {
	head = bytes.TrimSpace(head)
	return len(head) > 0 && (head[0] == '{' || (head[0] == '[' && len(bytes.TrimSpace(head[1:])) > 0 && bytes.IndexByte([]byte("{]"), bytes.TrimSpace(head[1:])[0]) >= 0))
}

func newJSON(r io.Reader) (*jsonFile, error) {
	j := &jsonFile{dec: json.NewDecoder(r)}
	j.dec.UseNumber()
	tok, err := j.dec.Token()
	if err != nil {
		return nil, early(err)
	}
	switch tok {
	case json.Delim('['):
		j.list = true
	case json.Delim('{'):
	default:
		return nil, io.ErrUnexpectedEOF
	}
	return j, nil
}

// early makes the end of the file inside a value what it is: a cut-off file.
func early(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// keys calls visit for each key of each top-level object. visit must consume the value, or
// leave it alone by returning false; errStop ends the walk.
func (j *jsonFile) keys(visit func(key string) (bool, error)) error {
	if !j.list {
		return j.object(visit)
	}
	for j.part = 0; j.dec.More(); j.part++ {
		tok, err := j.dec.Token()
		if err != nil {
			return early(err)
		}
		if tok != json.Delim('{') {
			return &json.SyntaxError{Offset: j.dec.InputOffset()}
		}
		if err := j.object(visit); err != nil {
			return err
		}
	}
	_, err := j.dec.Token()
	return early(err)
}

func (j *jsonFile) object(visit func(key string) (bool, error)) error {
	for j.dec.More() {
		tok, err := j.dec.Token()
		if err != nil {
			return early(err)
		}
		key, _ := tok.(string)
		taken, err := visit(key)
		if err != nil {
			return early(err)
		}
		if !taken {
			if err := j.skip(); err != nil {
				return err
			}
		}
	}
	_, err := j.dec.Token()
	return early(err)
}

// skip passes over one value without keeping it.
func (j *jsonFile) skip() error {
	depth := 0
	for {
		tok, err := j.dec.Token()
		if err != nil {
			return early(err)
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return fmt.Errorf("nested too deep: %w", unpack.ErrCorrupt)
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// each calls take with every entry of the list that comes next; an entry that is not an
// object of the right shape is given as the error.
func (j *jsonFile) each(take func(entry json.RawMessage, place int) error) error {
	tok, err := j.dec.Token()
	if err != nil {
		return early(err)
	}
	if tok == nil {
		return nil
	}
	if tok != json.Delim('[') {
		return &json.SyntaxError{Offset: j.dec.InputOffset()}
	}
	for place := 1; j.dec.More(); place++ {
		var raw json.RawMessage
		if err := j.dec.Decode(&raw); err != nil {
			return early(err)
		}
		if err := take(raw, place); err != nil {
			return err
		}
	}
	_, err = j.dec.Token()
	return early(err)
}

var errStop = errors.New("enough")

// openJSON opens f as JSON; encodings other than UTF-8 occur when an editor has saved it.
func openJSON(f source.File, e charset.Encoding) (*jsonFile, *unpack.Plain, error) {
	plain, err := unpack.Open(f)
	if err != nil {
		return nil, nil, err
	}
	if e == "" {
		e = charset.UTF8
	}
	j, err := newJSON(charset.NewReader(plain, e))
	if err != nil {
		return nil, nil, errors.Join(err, plain.Close())
	}
	return j, plain, nil
}

// recogniseDocument tells a JSON file's kind by its top-level keys.
func recogniseDocument(f source.File, e charset.Encoding) (*document, []string, error) {
	j, plain, err := openJSON(f, e)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = plain.Close() }() // read only
	var found *document
	var keys []string
	err = j.keys(func(key string) (bool, error) {
		if len(keys) < 50 && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		if key == envelopeKey {
			var e envelope
			if err := j.dec.Decode(&e); err != nil {
				return true, misshapenEnvelope(err)
			}
			found = documentOf(e)
			return true, errStop
		}
		for _, d := range documents() {
			if d.known(key) {
				found = &d
				return true, errStop
			}
		}
		return false, nil
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return found, keys, err
}

// documentOf is the kind of an answer of an API; nil if Purser knows none.
func documentOf(e envelope) *document {
	for _, d := range documents() {
		if d.envelope != nil && d.envelope(e) {
			return &d
		}
	}
	return nil
}

func inspectDocument(ctx context.Context, f source.File, o source.Options, e charset.Encoding) (source.Inspection, error) {
	if e == "" {
		e = charset.UTF8
	}
	in := source.Inspection{Encoding: string(e)}
	d, keys, err := recogniseDocument(f, e)
	if err != nil {
		return in, err
	}
	in.Columns = keys
	if d == nil {
		in.Problems = append(in.Problems, kindProblem(f, nil))
		return in, nil
	}
	in.Kind = d.info.Name
	x := &documentCells{cells: newCells(style{}, o.Marketplace, o.Period)}
	if err := d.scanAll(f, e, x); err != nil {
		return in, err
	}
	out := &outlet{}
	if err := d.readAll(ctx, f, e, x, out); err != nil {
		return in, err
	}
	takeCounts(&in, out)
	in.Marketplaces = out.codes()
	in.Marketplace = mainMarketplace(in.Marketplaces, o, x.home.code, out)
	in.Period = out.period
	if x.from != 0 && x.to >= x.from {
		in.Period = core.Period{From: x.from, To: x.to}
	}
	in.Covers = x.covers
	in.ObservedAt = observedAt(f, o, max(x.observed, out.observed), &in)
	if d.envelope != nil {
		judgeAnswer(&in, f)
		return in, nil
	}
	if in.Marketplace == "" && (out.unplaced || out.rows == out.badRows) {
		in.Needs = append(in.Needs, needMarketplace)
	}
	rowProblems(&in, f)
	needProblems(&in, f)
	return in, nil
}

func (d *document) scanAll(f source.File, e charset.Encoding, x *documentCells) error {
	if d.scan == nil {
		return nil
	}
	j, plain, err := openJSON(f, e)
	if err != nil {
		return err
	}
	err = d.scan(j, x)
	return errors.Join(err, plain.Close())
}

func (d *document) readAll(ctx context.Context, f source.File, e charset.Encoding, x *documentCells, out *outlet) error {
	j, plain, err := openJSON(f, e)
	if err != nil {
		return err
	}
	err = d.read(ctx, j, x, out)
	return errors.Join(err, plain.Close())
}

func readDocument(ctx context.Context, f source.File, in source.Inspection, d document, out *outlet) error {
	e, err := encodingOf(in)
	if err != nil {
		return err
	}
	x := &documentCells{cells: newCells(style{}, in.Marketplace, in.Period)}
	if err := d.scanAll(f, e, x); err != nil {
		return err
	}
	return d.readAll(ctx, f, e, x, out)
}

// sender collects the records of one stream of a document into batches.
type sender[R any] struct {
	stream   source.Stream
	snapshot bool
	out      *outlet
	rows     []R
}

func (s *sender[R]) add(r R) error {
	if len(s.rows) == batchRows {
		if err := s.out.send(s.stream, s.rows, len(s.rows), s.snapshot, false); err != nil {
			return err
		}
		s.rows = s.rows[:0]
	}
	s.rows = append(s.rows, r)
	return nil
}

// together sends what there is if n more would not fit into the batch.
func (s *sender[R]) together(n int) error {
	if len(s.rows) == 0 || len(s.rows)+n <= batchRows {
		return nil
	}
	err := s.out.send(s.stream, s.rows, len(s.rows), s.snapshot, false)
	s.rows = s.rows[:0]
	return err
}

func (s *sender[R]) close() error {
	return s.out.send(s.stream, s.rows, len(s.rows), s.snapshot, true)
}

// number reads a JSON number, or a string that holds one, as minor units or a count; nothing is 0.
func (x *documentCells) minor(n json.Number, c core.Currency) int64 {
	if n == "" {
		return 0
	}
	v, ok := parse.Minor([]byte(n), c.Exponent(), false)
	if !ok {
		x.reject([]byte(n), "an amount")
	}
	return v
}

func (x *documentCells) whole(n json.Number) int32 {
	if n == "" {
		return 0
	}
	v, ok := parse.Int([]byte(n), false)
	if !ok {
		x.reject([]byte(n), "a whole number")
	}
	return v
}

// percent is -1 where there is none.
func (x *documentCells) percent(n json.Number) float64 {
	if n == "" {
		return -1
	}
	v, ok := parse.Real([]byte(n), false)
	if !ok {
		x.reject([]byte(n), "a number")
		return -1
	}
	return v
}
