package advertising

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// ledger keeps in memory which report tells which day, and sums of packed rows, so that a
// page is answered without decoding a year of rows. Nothing in it is believed blindly: a
// book is read again when its count of changes is another (advertising_revisions), and a
// sum is dropped when the rows that it was made of are not the same any more.
type ledger struct {
	mu    sync.Mutex
	books map[bookKey]*book
}

// bookKey names what a stream says of a marketplace.
type bookKey struct {
	market string
	stream source.Stream
}

// calendarsKept is for how many as-of days a book remembers what was known: today, and
// some for whoever looks back day by day.
const calendarsKept = 16

// maxCalendarDays bounds a calendar where a report names absurd days.
const maxCalendarDays = 20_000

// book is what a stream says of a marketplace.
type book struct {
	key bookKey

	mu        sync.Mutex
	read      bool
	revision  int64
	docs      []document
	spans     []core.Period // of docs
	sums      []summary
	calendars map[core.Day]calendar
	stacks    map[groupKind]*stack
}

// forget drops everything; what is asked next is read anew.
func (l *ledger) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.books = map[bookKey]*book{}
}

func (l *ledger) book(k bookKey) *book {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.books == nil {
		l.books = map[bookKey]*book{}
	}
	if l.books[k] == nil {
		l.books[k] = &book{key: k, stacks: map[groupKind]*stack{}}
	}
	return l.books[k]
}

// fresh reads the book again if it is not what the snapshot sees. The caller holds b.mu.
func (b *book) fresh(ctx context.Context, s *snapshot) error {
	if now := s.revisions[b.key]; !b.read || b.revision != now {
		b.read = false // until everything is read
		if err := b.reload(ctx, s); err != nil {
			return err
		}
		b.read, b.revision = true, now
	}
	return nil
}

func (b *book) reload(ctx context.Context, s *snapshot) error {
	docs, err := b.documents(ctx, s)
	if err != nil {
		return err
	}
	used, err := b.attachSheets(ctx, s, docs)
	if err != nil {
		return err
	}
	b.docs, b.spans, b.calendars = b.docs[:0], nil, map[core.Day]calendar{}
	for _, d := range docs {
		b.docs = append(b.docs, *d)
		b.spans = append(b.spans, d.span)
	}
	slices.SortFunc(b.docs, func(x, y document) int {
		return cmp.Or(cmp.Compare(x.observed, y.observed), cmp.Compare(x.id, y.id))
	})
	return b.keepDigests(ctx, s, used)
}

// documents of the book, by id.
func (b *book) documents(ctx context.Context, s *snapshot) (map[int64]*document, error) {
	rows, err := s.tx.QueryContext(ctx, s.m.q["Documents"], b.key.market, string(b.key.stream))
	if err != nil {
		return nil, fmt.Errorf("advertising: read reports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[int64]*document{}
	zone := zoneOf(b.key.market)
	for rows.Next() {
		d := &document{}
		if err := rows.Scan(&d.id, &d.observed, &d.span.From, &d.span.To, &d.daily); err != nil {
			return nil, fmt.Errorf("advertising: read reports: %w", err)
		}
		d.seen = core.DayOf(time.Unix(d.observed, 0), zone)
		out[d.id] = d
	}
	return out, rows.Err()
}

// attachSheets hangs single days on their documents, keeps the summaries, and gives the contents in use.
func (b *book) attachSheets(ctx context.Context, s *snapshot, docs map[int64]*document) (map[int64]bool, error) {
	rows, err := s.tx.QueryContext(ctx, s.m.q["Sheets"], b.key.market, string(b.key.stream))
	if err != nil {
		return nil, fmt.Errorf("advertising: read sheets: %w", err)
	}
	defer func() { _ = rows.Close() }()
	b.sums = nil
	used := map[int64]bool{}
	for rows.Next() {
		var id int64
		var p core.Period
		var sh sheet
		if err := rows.Scan(&id, &p.From, &p.To, &sh.content, &sh.clicks); err != nil {
			return nil, fmt.Errorf("advertising: read sheets: %w", err)
		}
		used[sh.content] = true
		d := docs[id]
		switch {
		case d == nil:
		case p.From == p.To:
			d.sheets = append(d.sheets, daySheet{p.From, sh})
		default:
			b.sums = append(b.sums, summary{p, d.observed, d.seen, d.id, sh.content})
		}
	}
	return used, rows.Err()
}

// keepDigests drops the sums of contents that are no longer in use or, their number being
// given anew, hold other rows.
func (b *book) keepDigests(ctx context.Context, s *snapshot, used map[int64]bool) error {
	var ids []int64
	for id := range used {
		for _, st := range b.stacks {
			if st.days[id] != nil {
				ids = append(ids, id)
				break
			}
		}
	}
	same := map[int64][]byte{}
	if len(ids) > 0 {
		rows, err := s.byID(ctx, "ContentHashes", ids)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id int64
			var hash []byte
			if err := rows.Scan(&id, &hash); err != nil {
				return fmt.Errorf("advertising: read packed rows: %w", err)
			}
			same[id] = hash
		}
		if err := rows.Err(); err != nil {
			return fmt.Errorf("advertising: read packed rows: %w", err)
		}
	}
	for _, st := range b.stacks {
		for id, d := range st.days {
			if !bytes.Equal(same[id], d.hash[:]) {
				st.drop(id)
			}
		}
	}
	return nil
}

// calendar says which report tells each day, as of a day. The caller holds b.mu.
func (b *book) calendar(asOf core.Day) calendar {
	if c, ok := b.calendars[asOf]; ok {
		return c
	}
	var span core.Period
	for _, d := range b.docs {
		if last := min(d.span.To, d.seen, asOf-1); d.daily && last >= d.span.From {
			span = span.Include(d.span.From).Include(last)
		}
	}
	span.From = max(span.From, span.To-maxCalendarDays)
	c := knownDays(b.docs, span, asOf)
	if len(b.calendars) >= calendarsKept {
		clear(b.calendars)
	}
	b.calendars[asOf] = c
	return c
}
