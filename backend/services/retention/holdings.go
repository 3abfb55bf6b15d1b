package retention

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
)

// The origins of data.
const (
	originAPI  = "api"
	originFile = "file"
	originOwn  = "own"
)

// heap is what there is of a class from one origin.
type heap struct {
	documents, cleared int
	bytes              int64
	rows               int
	oldest             core.Day
	// What goes first, and how much of it.
	first          core.Day // of that day it is
	firstDocuments int
	firstBytes     int64
	firstRows      int
}

func (h *heap) add(o heap, day core.Day) {
	h.documents += o.documents
	h.bytes += o.bytes
	h.rows += o.rows
	if day == 0 {
		return
	}
	if h.oldest == 0 || day < h.oldest {
		h.oldest = day
	}
	switch {
	case h.first == 0 || day < h.first:
		h.first, h.firstDocuments, h.firstBytes, h.firstRows = day, o.documents, o.bytes, o.rows
	case day == h.first:
		h.firstDocuments += o.documents
		h.firstBytes += o.bytes
		h.firstRows += o.rows
	}
}

type place struct{ class, origin string }

// held is everything there is, by class and origin.
type held struct {
	documents []Document
	rows      map[string][]module.Held // by module
	heaps     map[place]*heap
	waiting   []string // modules that could not be counted, and why
}

func (h *held) at(class, origin string) *heap {
	k := place{class, origin}
	if h.heaps[k] == nil {
		h.heaps[k] = &heap{}
	}
	return h.heaps[k]
}

// apis lists the documents that came from an API.
func apis(docs []Document) []int64 {
	out := []int64{}
	for _, d := range docs {
		if d.API {
			out = append(out, d.ID)
		}
	}
	return out
}

// originalClass is the class of the original of a document.
func (s *Service) originalClass(d Document) string {
	switch {
	case !d.API:
		return classOwn
	case s.o.Class(d.Kind) == classLegal:
		return classLegal
	}
	return classRaw
}

func (s *Service) received(d Document) core.Day { return core.DayOf(d.Received, s.o.Zone) }

// count counts everything there is.
func (s *Service) count(ctx context.Context) (*held, error) {
	docs, err := s.o.Documents.Documents(ctx)
	if err != nil {
		return nil, err
	}
	h := &held{documents: docs, rows: map[string][]module.Held{}, heaps: map[place]*heap{}}
	for _, d := range docs {
		origin := originFile
		if d.API {
			origin = originAPI
		}
		at := h.at(s.originalClass(d), origin)
		if d.Cleared {
			at.cleared++
			continue
		}
		at.add(heap{documents: 1, bytes: d.Bytes}, s.received(d))
	}
	ids := apis(docs)
	for _, k := range s.o.Modules.Keepers() {
		rows, err := s.o.Modules.Held(ctx, k.Name, ids)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // a part that is down is not counted, and the others are
			h.waiting = append(h.waiting, k.Title+": "+core.AsError(err).Error())
			continue
		}
		h.rows[k.Name] = rows
		for _, r := range rows {
			class, origin := r.Class, originAPI
			if !r.API {
				origin = originFile
			}
			at := h.at(class, origin)
			at.add(heap{rows: r.Rows}, r.Day)
			if !r.API {
				h.at(classOwn, originFile).rows += r.Rows
			}
		}
	}
	return h, s.countAudit(ctx, h)
}

func (s *Service) countAudit(ctx context.Context, h *held) error {
	if s.o.Audit == nil {
		return nil
	}
	rows, first, err := s.o.Audit(ctx)
	if err != nil {
		return err
	}
	day := core.Day(0)
	if rows > 0 {
		day = core.DayOf(first, s.o.Zone)
	}
	h.at(classAudit, originOwn).add(heap{rows: rows}, day)
	return nil
}

// Classes lists the classes of data with what there is of each.
func (s *Service) Classes(ctx context.Context) (ClassesOutput, error) {
	out := noClasses()
	h, err := s.count(ctx)
	if err != nil {
		return out, err
	}
	by, err := s.chosen(ctx)
	if err != nil {
		return out, err
	}
	l, err := s.limits(ctx)
	if err != nil {
		return out, err
	}
	if out.Runs, err = s.runs(ctx, runsShown); err != nil {
		return noClasses(), err
	}
	out.Bound, out.BoundSource, out.BoundDate = s.shipped.Bound, s.shipped.BoundSource, s.shipped.BoundDate
	out.AsOf, out.Waiting = s.today().String(), append(out.Waiting, h.waiting...)
	next, err := s.nextRun(ctx)
	if err != nil {
		return noClasses(), err
	}
	if !next.IsZero() {
		out.NextRun = next.Format(time.RFC3339)
	}
	for _, c := range s.shipped.Classes {
		out.Classes = append(out.Classes, s.classOutput(c, by[c.Name], l, h))
	}
	return out, nil
}

// runsShown is how many purges the page lists.
const runsShown = 30

func (s *Service) classOutput(c class, by chosen, l limits, h *held) ClassOutput {
	o := ClassOutput{
		Name: c.Name, Title: c.Title, About: c.About, Kept: keptWords(c, by), Edit: c.Edit, Shortest: c.Shortest, Longest: c.Longest,
		Law: by.law, Years: by.years, Figures: figures(c), Holdings: []HoldingOutput{},
		Endless: c.Days == nil && c.Edit == "",
	}
	if !by.changed.IsZero() {
		o.Changed = by.changed.Format(time.RFC3339)
	}
	switch c.Name {
	case classRaw:
		o.Days = l.raw
	case classFact:
		o.Days = l.facts
	case classLegal:
		o.Shortest, o.Longest = 0, c.YearsLongest
		if l.years == 0 {
			o.Days = l.facts
		}
	}
	for _, origin := range []string{originAPI, originFile, originOwn} {
		if at := h.heaps[place{c.Name, origin}]; at != nil {
			o.Holdings = append(o.Holdings, holdingOutput(origin, at))
		}
	}
	if c.Edit != "" {
		o.Next = s.nextOutput(c.Name, l, h.heaps[place{c.Name, originAPI}])
	}
	return o
}

func figures(c class) []FigureOutput {
	out := []FigureOutput{}
	add := func(name, text string, days, years int) {
		out = append(out, FigureOutput{Name: name, Text: text, Days: days, Years: years, Source: c.Source, Date: c.Date})
	}
	switch {
	case c.Longest > 0:
		add("longest", "at most "+plural(c.Longest, "day"), c.Longest, 0)
	case c.Days != nil:
		add("kept", plural(*c.Days, "day"), *c.Days, 0)
	case c.Least > 0:
		add("least", "at least "+plural(c.Least, "day"), c.Least, 0)
	case c.YearsLongest > 0:
		add("years", fmt.Sprintf("as many years as the law asks for, at most %d", c.YearsLongest), 0, c.YearsLongest)
	}
	return out
}

func holdingOutput(origin string, at *heap) HoldingOutput {
	o := HoldingOutput{
		Origin: origin, Documents: at.documents, Cleared: at.cleared, Bytes: at.bytes, Rows: at.rows, Oldest: at.oldest.String(),
	}
	switch origin {
	case originAPI:
		o.OriginTitle, o.Bound, o.Why = "From Amazon's APIs", true, "Amazon's rules bind what its APIs gave."
	case originOwn:
		o.OriginTitle, o.Why = "Purser's own", "Amazon asks for at least a year of it."
	default:
		o.OriginTitle, o.Why = "From files that you downloaded", "They are yours: no limit holds for them, and Purser deletes none of it."
	}
	return o
}

// nextOutput says what goes next of a class.
func (s *Service) nextOutput(class string, l limits, at *heap) NextOutput {
	if at == nil || at.first == 0 {
		return NextOutput{Text: "Nothing goes: there is nothing from an API."}
	}
	o := NextOutput{Documents: at.firstDocuments, Bytes: at.firstBytes, Rows: at.firstRows}
	day := max(l.goes(class, at.first), s.today())
	o.Day = day.String()
	what := plural(o.Rows, "row") + " of " + at.first.String()
	if o.Documents > 0 {
		what = plural(o.Documents, "document") + " of " + at.first.String()
	}
	o.Text = what + " on " + o.Day + "."
	return o
}
