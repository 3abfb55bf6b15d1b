package sellercentral

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// envelope is what stands before an API's answer in a document: which question it answers. It comes first in the
// object, as "purser"; the answer follows as "body", byte for byte. A file may also hold a list of such objects, such
// as all pages of one pass: they are read as one document.
type envelope struct {
	API         string `json:"api"`
	Operation   string `json:"operation"`
	Report      string `json:"report"` // of the Ads API: "spSearchTerm"
	Marketplace string `json:"marketplace"`
	Currency    string `json:"currency"`   // of the advertiser profile
	From        string `json:"from"`       // the window: an instant, or the first day
	To          string `json:"to"`         // an instant that is no longer in it, or the last day
	Fetched     string `json:"fetched_at"` // when Amazon answered
}

// envelopeKey and bodyKey are the keys of a document from an API.
const (
	envelopeKey = "purser"
	bodyKey     = "body"
)

// apiReader makes records of the entries of an answer.
type apiReader interface {
	take(ctx context.Context, raw json.RawMessage, path string) error
	close() error
}

// apiKind is a kind of document from an API.
type apiKind struct {
	info       source.Kind
	operations []string // of the Selling Partner API
	report     string   // of the Ads API: its type of report
	list       string   // key of the list in the answer; "": the answer is the list
	// whole says that a document without a further page covers its window; always, that any document does.
	whole, always bool
	// changed: its window is of what changed, not of what happened, so that no day is told whole.
	changed bool
	open    func(a *apiRows) apiReader
}

// fits says whether the envelope is of the kind.
func (k *apiKind) fits(e envelope) bool {
	if k.report != "" {
		return strings.EqualFold(e.Report, k.report)
	}
	return e.Report == "" && slices.Contains(k.operations, e.Operation)
}

// apiRows is what the readers of all kinds share: the document and the running number of its records.
type apiRows struct {
	*documentCells
	out     *outlet
	env     envelope
	row     int
	more    bool   // Amazon has another page
	refused string // what Amazon said instead of an answer
	heard   bool   // there was an answer
	skipped int    // entries that are no records, and nothing wrong with them
}

// apiDocument makes a kind of JSON document of it.
func apiDocument(k apiKind) document {
	return document{
		info:     k.info,
		known:    func(string) bool { return false },
		envelope: k.fits,
		scan:     scanEnvelope,
		read: func(ctx context.Context, j *jsonFile, x *documentCells, out *outlet) error {
			return k.read(ctx, j, &apiRows{documentCells: x, out: out})
		},
	}
}

// scanEnvelope takes the marketplace and the moment from the first envelope.
func scanEnvelope(j *jsonFile, x *documentCells) error {
	err := j.keys(func(key string) (bool, error) {
		if key != envelopeKey {
			return false, nil
		}
		var e envelope
		if err := j.dec.Decode(&e); err != nil {
			return true, misshapenEnvelope(err)
		}
		x.stand(e)
		return true, errStop
	})
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

// misshapenEnvelope is the error of an envelope that Purser did not write.
func misshapenEnvelope(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return &json.SyntaxError{Offset: kind.Offset}
	}
	return err
}

// stand makes the marketplace of an envelope that of the rows to come.
func (x *documentCells) stand(e envelope) {
	if st := x.stores.named([]byte(e.Marketplace)); st != nil && e.Marketplace != "" {
		x.home = st
	}
	if c := core.Currency(strings.ToUpper(e.Currency)); knownCurrency(c) {
		x.currency = c
	}
	if t := jsonInstant(e.Fetched); !t.IsZero() {
		x.observed = max(x.observed, t.Unix())
	}
	x.begin()
}

// read reads every envelope of the file with its answer.
func (k *apiKind) read(ctx context.Context, j *jsonFile, a *apiRows) error {
	r := k.open(a)
	fits := false
	err := j.keys(func(key string) (bool, error) {
		switch key {
		case envelopeKey:
			a.env = envelope{}
			if err := j.dec.Decode(&a.env); err != nil {
				return true, misshapenEnvelope(err)
			}
			if fits = k.fits(a.env); !fits {
				return true, a.bad(envelopeKey, nil, "operation", fmt.Sprintf("%q is not what the rest of the file is", a.env.Operation))
			}
			a.stand(a.env)
			return true, nil
		case bodyKey:
			if !fits {
				return false, nil
			}
			return true, k.body(ctx, j, a, r)
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	k.conclude(a)
	return r.close()
}

// body reads the answer: a list, or an object with the list in it or in its "payload".
func (k *apiKind) body(ctx context.Context, j *jsonFile, a *apiRows, r apiReader) error {
	tok, err := j.dec.Token()
	if err != nil {
		return early(err)
	}
	a.more = false
	switch {
	case tok == json.Delim('[') && k.list == "":
		a.heard = true
		return j.entries(func(raw json.RawMessage, place int) error { return r.take(ctx, raw, j.path(bodyKey, place)) })
	case tok == json.Delim('{') && k.list != "":
		return k.object(ctx, j, a, r, bodyKey)
	case tok == json.Delim('['), tok == json.Delim('{'):
		return j.rest(1)
	}
	return nil
}

func (k *apiKind) object(ctx context.Context, j *jsonFile, a *apiRows, r apiReader, at string) error {
	a.heard = a.heard || a.refused == ""
	return j.object(func(key string) (bool, error) {
		switch key {
		case k.list:
			a.heard = true
			return true, j.each(func(raw json.RawMessage, place int) error { return r.take(ctx, raw, j.path(at+"."+key, place)) })
		case "payload":
			tok, err := j.dec.Token()
			switch {
			case err != nil:
				return true, early(err)
			case tok == json.Delim('{') && at == bodyKey:
				return true, k.object(ctx, j, a, r, at+".payload")
			case tok == json.Delim('{'), tok == json.Delim('['):
				return true, j.rest(1)
			}
			return true, nil
		case "nextToken":
			return true, a.token(j)
		case "pagination":
			var p struct {
				Next loose `json:"nextToken"`
			}
			if err := j.dec.Decode(&p); unreadable(err) {
				return true, early(err)
			}
			a.more = a.more || p.Next.text != ""
			return true, nil
		case "errors":
			return true, a.complaint(j)
		}
		return false, nil
	})
}

// unreadable says whether an error is one of the file, and not of the form of one value in it.
func unreadable(err error) bool {
	var kind *json.UnmarshalTypeError
	return err != nil && !errors.As(err, &kind)
}

// token notes that there is another page.
func (a *apiRows) token(j *jsonFile) error {
	var t loose
	if err := j.dec.Decode(&t); unreadable(err) {
		return early(err)
	}
	a.more = a.more || t.text != ""
	return nil
}

// complaint notes what Amazon said was wrong.
func (a *apiRows) complaint(j *jsonFile) error {
	var list []struct {
		Code    loose `json:"code"`
		Message loose `json:"message"`
	}
	if err := j.dec.Decode(&list); unreadable(err) {
		return early(err)
	}
	if len(list) > 0 {
		a.refused, a.heard = strings.TrimSpace(list[0].Code.text+": "+list[0].Message.text), a.row > 0
	}
	return nil
}

// conclude says what the document covers, and what was wrong with it as a whole.
func (k *apiKind) conclude(a *apiRows) {
	switch {
	case a.refused != "":
		a.out.problems = append(a.out.problems, fatal(source.ProblemUnreadable,
			"This is no data: Amazon answered with an error ("+clip(a.refused, 300)+"). It is asked again."))
	case !a.heard:
		a.out.problems = append(a.out.problems, fatal(source.ProblemUnreadable, "There is no answer of Amazon's in this document. Ask for it again."))
	}
	if from, to := a.window(a.env); to != 0 && from <= to && (k.always || k.whole && !a.more) {
		a.from, a.to = from, to
	}
	switch {
	case k.always: // a report over its days, which its rows and its period tell
	case !k.whole: // how things are now, of what it names
	case k.changed, a.more:
		a.covers.None = true
	default:
		a.covers = a.wholeDays()
	}
}

// wholeDays gives the days of the marketplace that lie in the window of the envelope from their first to their last moment.
func (a *apiRows) wholeDays() source.Coverage {
	p := core.Period{From: a.edge(a.env.From, 0), To: a.edge(a.env.To, 0)}
	m, ok := core.MarketplaceByCode(a.home.code)
	if !ok || p.From == 0 || p.To == 0 {
		return source.Coverage{None: true}
	}
	if t := jsonInstant(a.env.From); len(a.env.From) > len(time.DateOnly) && p.From.Start(m.Zone()).Before(t) {
		p.From++
	}
	if len(a.env.To) > len(time.DateOnly) {
		p.To-- // the window ends in it, or as it begins
	}
	if p.Days() == 0 {
		return source.Coverage{None: true}
	}
	return source.Coverage{Marketplace: a.home.code, Period: p}
}

// window gives the days of the marketplace that the window of an envelope touches. An instant at its end is no longer
// in it; a day is.
func (a *apiRows) window(e envelope) (from, to core.Day) {
	if a.home.code == "" {
		return 0, 0
	}
	return a.edge(e.From, 0), a.edge(e.To, 1)
}

func (a *apiRows) edge(s string, before int64) core.Day {
	if len(s) <= len("2026-11-26") {
		return isoDay(s)
	}
	t := jsonInstant(s)
	if t.IsZero() {
		return 0
	}
	return a.home.day(t.Unix() - before)
}

// bad notes an entry that can't be understood.
func (a *apiRows) bad(path string, raw json.RawMessage, column, reason string) error {
	a.row++
	if err := a.out.trace.see(tracedEntry{line: a.row, path: path, raw: raw}); err != nil {
		return err
	}
	a.out.rows++
	a.out.reject(a.row, column, column+": "+reason, string(blanked(raw)))
	return nil
}

// addRow makes one record of an entry. over tells of what stands above the entry and belongs to it.
func addRow[R any](ctx context.Context, a *apiRows, e tracedEntry, to *sender[R], makeRow func(row int32) R) error {
	a.row++
	e.line = a.row
	if err := a.out.trace.see(e); err != nil {
		return err
	}
	if a.out.rows&1023 == 1023 {
		if err := a.out.tick(ctx); err != nil {
			return err
		}
	}
	a.begin()
	a.column = ""
	a.out.rows++
	r := makeRow(int32(a.row))
	if a.at.code == "" {
		a.fail("marketplace", "it is not said")
	}
	if a.faulty {
		a.out.reject(e.line, a.column, a.column+": "+a.fault, string(blanked(e.raw)))
		return nil
	}
	a.out.sold(a.at.code)
	return to.add(r)
}

// entries calls take with every entry of a list that has begun.
func (j *jsonFile) entries(take func(entry json.RawMessage, place int) error) error {
	for place := 1; j.dec.More(); place++ {
		var raw json.RawMessage
		if err := j.dec.Decode(&raw); err != nil {
			return early(err)
		}
		if err := take(raw, place); err != nil {
			return err
		}
	}
	_, err := j.dec.Token()
	return early(err)
}

// rest passes over what is left of values that have begun.
func (j *jsonFile) rest(depth int) error {
	for depth > 0 {
		tok, err := j.dec.Token()
		if err != nil {
			return early(err)
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// judgeAnswer holds a document of an API back where it has another form than expected. Single bad entries never do:
// the style of JSON leaves nothing to get wrong for a whole file.
func judgeAnswer(in *source.Inspection, f source.File) {
	if in.Rows == 0 {
		in.Problems = append(in.Problems, source.Problem{
			Code: source.ProblemNoRows, Message: "“" + f.Name + "” has no entries: Amazon had nothing to list.",
		})
		return
	}
	if in.BadRows*2 <= in.Rows {
		return
	}
	first := ""
	if len(in.Bad) > 0 {
		first = fmt.Sprintf(" The first is entry %d: %s.", in.Bad[0].Line, in.Bad[0].Reason)
	}
	in.Problems = append(in.Problems, fatal(source.ProblemTooManyBad, fmt.Sprintf(
		"%d of %d entries of “%s” could not be understood, so none was stored.%s Amazon may have changed its answers: look for a newer Purser.",
		in.BadRows, in.Rows, f.Name, first)))
}
