package actiontest

import (
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"sync"
)

// Mood is how a peer treats one request.
type Mood int

// The moods. All but the first are lies or losses that happen.
const (
	Honest      Mood = iota // does it and says so
	Refuses                 // does nothing and says so: 422
	DoneButFail             // does it and answers 503
	DoneButCut              // does it and cuts the line
	Fails                   // does nothing and answers 503
	Cuts                    // does nothing and cuts the line
	Late                    // answers 503 and does it later, see Settle
	Idle                    // says that it was done and does nothing
	Redirects               // does nothing and names another address
	Unseen                  // does it, says so, and shows the value before until Settle
)

// Arrival is a request as it reached a peer.
type Arrival struct {
	Key    string
	Body   string
	Header http.Header // nil for those of the executor in memory
	Mood   Mood
}

// Peer is the other side of actions. It counts what it really did. It is safe for concurrent use.
type Peer struct {
	// Mood is asked about every request; nil: always Honest.
	Mood func(key string) Mood
	// KeyHeader is the header that carries the key over HTTP.
	KeyHeader string
	// Drops: a key that was done before is answered and not done again.
	Drops bool

	mu       sync.Mutex
	arrivals []Arrival
	effects  map[string]int
	late     []Arrival
	values   map[string]string // by entity, as they are shown
	unseen   map[string]string // by entity, what they are where that is not shown yet
}

// NewPeer makes a peer that nothing has been done to, with the values it has.
func NewPeer(values map[string]string) *Peer {
	p := &Peer{effects: map[string]int{}, values: map[string]string{}, unseen: map[string]string{}}
	for k, v := range values {
		p.values[k] = v
	}
	return p
}

// take treats one request and gives its mood.
func (p *Peer) take(a Arrival) Mood {
	if p.Mood != nil {
		a.Mood = p.Mood(a.Key)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.arrivals = append(p.arrivals, a)
	switch a.Mood {
	case Honest, DoneButFail, DoneButCut:
		p.effect(a, p.values)
	case Unseen:
		p.effect(a, p.unseen)
	case Late:
		p.late = append(p.late, a)
	default: // nothing is done
	}
	return a.Mood
}

// effect is the only place where something really happens.
func (p *Peer) effect(a Arrival, values map[string]string) {
	if p.Drops && p.effects[a.Key] > 0 {
		return
	}
	p.effects[a.Key]++
	if b, err := readBid(a.Body); err == nil {
		values[b.Entity] = b.Set
	}
}

// Settle lets happen what is late, and shows what is not shown yet.
func (p *Peer) Settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for entity, v := range p.unseen {
		p.values[entity] = v
	}
	clear(p.unseen)
	for _, a := range p.late {
		p.effect(a, p.values)
	}
	p.late = nil
}

// Effects is how often the request of a key was really done.
func (p *Peer) Effects(key string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.effects[key]
}

// Twice lists the keys that were done more than once, in order.
func (p *Peer) Twice() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for k, n := range p.effects {
		if n > 1 {
			out = append(out, k)
		}
	}
	sort.Strings(out)
	return out
}

// Arrivals lists what reached the peer, oldest first, done or not.
func (p *Peer) Arrivals() []Arrival {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Arrival(nil), p.arrivals...)
}

// Bodies lists the bodies of what reached the peer, oldest first: Subject.Seen.
func (p *Peer) Bodies() []string {
	var out []string
	for _, a := range p.Arrivals() {
		out = append(out, a.Body)
	}
	return out
}

// Value is what an entity has, "" for nothing.
func (p *Peer) Value(entity string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.values[entity]
}

// Set changes a value as somebody else would.
func (p *Peer) Set(entity, value string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.values[entity] = value
	delete(p.unseen, entity)
}

// State is everything it holds and did, as one text: Subject.State. Keys are left out: the same effect under two
// keys is a difference in how often, not in what is there.
func (p *Peer) State() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	lines := make([]string, 0, len(p.values))
	for k, v := range p.values {
		if v != "" {
			lines = append(lines, k+"="+v)
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

// Done is State for peers without values: how often which key was done.
func (p *Peer) Done() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprint(p.effects) // fmt sorts the keys
}

const largestBody = 1 << 20

// ServeHTTP implements http.Handler.
func (p *Peer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, largestBody))
	if err != nil {
		http.Error(w, "cut short", http.StatusBadRequest)
		return
	}
	switch p.take(Arrival{Key: r.Header.Get(p.KeyHeader), Body: string(body), Header: r.Header.Clone()}) {
	case Refuses:
		http.Error(w, "no", http.StatusUnprocessableEntity)
	case DoneButFail, Fails, Late:
		http.Error(w, "try later", http.StatusServiceUnavailable)
	case DoneButCut, Cuts:
		panic(http.ErrAbortHandler) // the server closes the line without an answer
	case Redirects:
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	default:
		w.WriteHeader(http.StatusOK)
	}
}
