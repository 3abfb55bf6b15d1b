package actions

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/source"
)

// mostLooked is how many dry runs are remembered.
const mostLooked = 1000

// looked remembers the last dry run of each wish that leaves this computer, for as long as an approval holds and until
// the program ends. It stands in while nobody answers, so that what was looked at can still be approved: it is done only
// over the value that was seen, which is read again before.
type looked struct {
	mu  sync.Mutex
	all map[string]look
}

type look struct {
	request action.Request
	at      time.Time
}

func (l *looked) keep(w action.Wish, r action.Request, now time.Time) {
	key, err := json.Marshal(w)
	if err != nil {
		return // it is only not remembered
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all = map[string]look{}
	}
	l.all[string(key)] = look{r, now}
	if len(l.all) > mostLooked {
		l.drop()
	}
}

// drop forgets the oldest. The caller holds l.mu.
func (l *looked) drop() {
	oldest := ""
	for k, x := range l.all {
		if oldest == "" || x.at.Before(l.all[oldest].at) {
			oldest = k
		}
	}
	delete(l.all, oldest)
}

func (l *looked) of(w action.Wish, now time.Time) (look, bool) {
	key, err := json.Marshal(w)
	if err != nil {
		return look{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	x, ok := l.all[string(key)]
	return x, ok && now.Sub(x.at).Abs() < action.ValidFor
}

// away says whether an error means that nobody answers just now, and nothing of what was asked.
func away(err error) bool {
	var api *source.APIError
	return errors.As(err, &api) && (api.Fault == source.FaultOffline || api.Fault == source.FaultUnavailable)
}

// standIn takes the last dry run of a wish in place of one that nobody answers.
func (s *Service) standIn(d *action.Draft, w action.Wish) bool {
	x, ok := s.looked.of(w, s.now())
	if ok {
		d.Request = x.request
		d.Note = fmt.Sprintf("Amazon gives no answer now. It is as it was at %s; it is sent once Amazon answers, and only if nothing was changed there since.",
			x.at.UTC().Format("2 Jan, 15:04 UTC"))
	}
	return ok
}
