package practice

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"slices"

	"purser/backend/core"
)

// status is what GET /control/state tells.
type status struct {
	Now      string           `json:"now"`
	Born     string           `json:"born"`
	Requests int64            `json:"requests"`
	Counts   map[string]Count `json:"counts"`
	Faults   []*armed         `json:"faults"`
	Known    []FaultInfo      `json:"known"`
	Changes  []adChange       `json:"ad_changes"`
	Patches  []*patch         `json:"patches"`
	Asked    []string         `json:"asked"` // review requests: region and order
	Problems []string         `json:"problems"`
}

// control serves who plays with the server: POST /control/faults with a list of faults switches them on and all others
// off, POST /control/edit makes a change as the seller would elsewhere, GET /control/state tells how things stand. It
// answers this computer alone.
func (s *Server) control(w http.ResponseWriter, r *http.Request, body []byte) {
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err != nil || !net.ParseIP(host).IsLoopback() {
		http.Error(w, "only from this computer", http.StatusForbidden)
		return
	}
	if host := r.Header.Get("Origin"); host != "" {
		http.Error(w, "not from a web page", http.StatusForbidden)
		return
	}
	var err error
	switch r.Method + " " + r.URL.Path {
	case "GET /control/state":
	case "POST /control/faults":
		var faults Faults
		if err = json.Unmarshal(body, &faults); err == nil {
			err = s.SetFaults(faults)
		}
	case "POST /control/edit":
		var e Edit
		if err = json.Unmarshal(body, &e); err == nil {
			err = s.Edit(e)
		}
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	b, err := json.MarshalIndent(s.status(), "", "  ")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(b) // who asked may have gone
}

func (s *Server) status() status {
	counts := s.Counts()
	s.mu.Lock()
	defer s.mu.Unlock()
	out := status{
		Now: iso(s.o.Clock.Now()), Born: s.state.Born.String(), Requests: s.state.Requests, Counts: counts, Faults: slices.Clone(s.faults),
		Known: KnownFaults(), Changes: slices.Clone(s.state.AdChanges), Patches: slices.Clone(s.state.Patches), Problems: slices.Clone(s.problems),
	}
	for k := range s.state.Asked {
		out.Asked = append(out.Asked, k)
	}
	slices.Sort(out.Asked)
	return out
}

// Edit is a change that the seller makes elsewhere: of a listing's price, or of something in Sponsored Products.
type Edit struct {
	Market string         `json:"market"`
	SKU    core.SKU       `json:"sku,omitempty"`
	Price  int64          `json:"price,omitempty"`  // of the SKU, minor units
	List   string         `json:"list,omitempty"`   // "campaigns", "keywords", "targetingClauses", …
	ID     string         `json:"id,omitempty"`     // of the thing in the list
	Fields map[string]any `json:"fields,omitempty"` // what is set
}

// Edit changes something at Amazon as the seller would by hand, at once.
func (s *Server) Edit(e Edit) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Clock.Now().UTC()
	s.live(now)
	m, ok := core.MarketplaceByCode(e.Market)
	switch {
	case !ok:
		return errors.New("there is no such marketplace")
	case e.Price > 0:
		if !slices.ContainsFunc(s.listingsAt(m, now), func(l listing) bool { return l.SKU == e.SKU }) {
			return errors.New("there is no such SKU")
		}
		s.state.Patches = append(s.state.Patches, &patch{ID: s.uuid("edit", s.next()), Market: m.Code, SKU: e.SKU, Price: e.Price, At: now, Applies: now})
		s.mature(now)
	case e.List != "":
		if len(s.book(m.Code).find(e.List, e.ID)) == 0 {
			return errors.New("there is nothing of that number in the list")
		}
		s.state.AdChanges = append(s.state.AdChanges, adChange{At: now, Market: m.Code, List: e.List, ID: e.ID, Fields: e.Fields})
	default:
		return errors.New("an edit names a price or a list")
	}
	return s.save()
}
