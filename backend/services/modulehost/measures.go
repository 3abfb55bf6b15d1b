package modulehost

import (
	"context"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// framesKept bounds the cache of frames: a page asks for the same few ranges again and again.
const framesKept = 192

type frameKey struct {
	module, names, subject string
	kind                   fact.SubjectKind
	period                 core.Period
	asOf                   core.Day
}

// Measures lists every declared measure, of running modules and of others.
func (h *Host) Measures() []fact.Measure {
	var out []fact.Measure
	for _, s := range h.slots {
		if m, ok := s.m.(fact.Measurer); ok {
			out = append(out, m.Measures()...)
		}
	}
	return out
}

// Frame answers base measures of one module.
func (h *Host) Frame(ctx context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	if len(q.Names) == 0 {
		return fact.Frame{}, nil
	}
	s, err := h.running(q.Names[0])
	if err != nil {
		return fact.Frame{}, err
	}
	m, ok := s.m.(fact.Measurer)
	if !ok {
		return fact.Frame{}, core.NotFound(s.mf.Name, s.mf.Title+" has no measures.")
	}
	key := frameKey{s.mf.Name, strings.Join(q.Names, " "), q.Subject, q.Kind, q.Period, q.AsOf}
	h.mu.Lock()
	f, hit := h.frames[key]
	version := h.version
	h.mu.Unlock()
	if hit {
		return f, nil
	}
	err = h.call(s, func() (err error) {
		f, err = m.Measure(ctx, q)
		return err
	})
	if err != nil {
		return fact.Frame{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if version == h.version {
		if len(h.frames) >= framesKept {
			clear(h.frames)
		}
		h.frames[key] = f
	}
	return f, nil
}

// running finds the running module that name ("sales.units") belongs to.
func (h *Host) running(name string) (*slot, error) {
	mod, _, _ := strings.Cut(name, ".")
	s := h.find(mod)
	if s == nil {
		return nil, core.NotFound("modulehost", "There is nothing named "+name+".")
	}
	if up, why := h.usable(s); !up {
		return nil, core.Unavailable(mod, s.mf.Title+" is not running: "+why, nil)
	}
	return s, nil
}

// Rows answers the rows behind a fact or base measure.
func (h *Host) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := h.running(q.Name)
	if err != nil {
		return fact.Rows{}, err
	}
	p, ok := s.m.(fact.RowProvider)
	if !ok {
		return fact.Rows{}, core.NotFound(s.mf.Name, s.mf.Title+" can't list rows.")
	}
	var out fact.Rows
	err = h.call(s, func() (err error) {
		out, err = p.Rows(ctx, q)
		return err
	})
	return out, err
}

// List answers a window of a list ("sales.orders").
func (h *Host) List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := h.running(q.Name)
	if err != nil {
		return fact.Rows{}, err
	}
	l, ok := s.m.(fact.Lister)
	if !ok {
		return fact.Rows{}, core.NotFound(s.mf.Name, s.mf.Title+" has no lists.")
	}
	var out fact.Rows
	err = h.call(s, func() (err error) {
		out, err = l.List(ctx, q)
		return err
	})
	return out, err
}

// PageOf is the page that a module declares, with the module's state and why it is not running; false if it
// has none. A module that is down still has one.
func (h *Host) PageOf(module string) (p page.Page, state, reason string, ok bool) {
	s := h.find(module)
	if s == nil {
		return page.Page{}, "", "", false
	}
	st := h.statusOf(s)
	if pager, is := s.m.(page.Pager); is {
		p, ok = pager.Page(), true
	}
	return p, string(st.State), st.Reason, ok
}

// Version rises with every change of data or of a module's state: what was worked out before it is old.
func (h *Host) Version() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.version
}

// Chart answers the data of a chart that a module draws itself.
func (h *Host) Chart(ctx context.Context, module string, q page.ChartQuery) (page.Data, error) {
	s, err := h.running(module)
	if err != nil {
		return page.Data{}, err
	}
	c, ok := s.m.(page.Charter)
	if !ok {
		return page.Data{}, core.NotFound(module, fmt.Sprintf("%s has no chart %s.", s.mf.Title, q.Name))
	}
	var out page.Data
	err = h.call(s, func() (err error) {
		out, err = c.Chart(ctx, q)
		return err
	})
	return out, err
}
