package retention

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/sqlite"
)

// Parts of a purge that are no modules.
const (
	partOriginals = "originals"
	partCopies    = "copies"
)

// due is what a purge would let go now.
type due struct {
	limits
	apis      []int64
	originals map[string][]Document // by class
	copies    []file
}

type file struct {
	path  string
	bytes int64
}

func (s *Service) due(ctx context.Context, docs []Document) (due, error) {
	l, err := s.limits(ctx)
	if err != nil {
		return due{}, err
	}
	d := due{limits: l, apis: apis(docs), originals: map[string][]Document{}}
	for _, doc := range docs {
		if c := s.originalClass(doc); doc.API && !doc.Cleared && s.received(doc) < l.original(c) {
			d.originals[c] = append(d.originals[c], doc)
		}
	}
	if len(d.apis) > 0 {
		d.copies, err = s.oldCopies()
	}
	return d, err
}

// oldCopies lists the copies of the market file that were made before an update, too long ago.
func (s *Service) oldCopies() ([]file, error) {
	all, err := filepath.Glob(s.o.Market.Path() + ".before-*")
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	var out []file
	for _, path := range all {
		st, err := os.Stat(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look for copies: %w", err)
		}
		if s.o.Clock.Now().Sub(st.ModTime()) >= time.Duration(s.shipped.Copies.Days)*24*time.Hour {
			out = append(out, file{path, st.Size()})
		}
	}
	return out, nil
}

// Preview says what a purge would let go now.
func (s *Service) Preview(ctx context.Context) (RunOutput, error) {
	h, err := s.count(ctx)
	if err != nil {
		return noRun(), err
	}
	d, err := s.due(ctx, h.documents)
	if err != nil {
		return noRun(), err
	}
	var steps []step
	for _, class := range []string{classRaw, classLegal} {
		if docs := d.originals[class]; len(docs) > 0 {
			steps = append(steps, originalsStep(class, docs, d.original(class)))
		}
	}
	if len(d.copies) > 0 {
		steps = append(steps, copiesStep(d.copies))
	}
	for _, k := range s.o.Modules.Keepers() {
		gone := map[string]int{}
		for _, r := range h.rows[k.Name] {
			if r.API && r.Day < d.before(r.Class) {
				gone[r.Class] += r.Rows
			}
		}
		for _, class := range []string{classFact, classLegal} {
			if gone[class] > 0 {
				steps = append(steps, step{Part: k.Name, Class: class, Rows: gone[class], Before: int64(d.before(class))})
			}
		}
	}
	return s.runOutput(run{parts: steps, who: byPerson, waiting: h.waiting}), nil
}

// before is the day before which rows go.
func (l limits) before(class string) core.Day {
	if class == classLegal {
		return l.legalBefore
	}
	return l.factsBefore
}

// step is what one part let go, as it is stored.
type step struct {
	Part      string `json:"part"`
	Class     string `json:"class"`
	Documents int    `json:"documents"`
	Rows      int    `json:"rows"`
	Bytes     int64  `json:"bytes"`
	Before    int64  `json:"before"` // days since 1970
	// Unread names files of the seller's that speak of the same days and could not be read again.
	Unread []string `json:"unread,omitempty"`
}

func originalsStep(class string, docs []Document, before core.Day) step {
	st := step{Part: partOriginals, Class: class, Documents: len(docs), Before: int64(before)}
	for _, d := range docs {
		st.Bytes += d.Bytes
	}
	return st
}

func copiesStep(files []file) step {
	st := step{Part: partCopies, Class: classRaw, Documents: len(files)}
	for _, f := range files {
		st.Bytes += f.bytes
	}
	return st
}

// Purge lets go what is due. It may be cut at any moment: each part is one transaction, and what was cut goes on with
// the next call, as the same run.
func (s *Service) Purge(ctx context.Context, who string) (RunOutput, error) {
	s.one.Lock()
	defer s.one.Unlock()
	id, began, err := s.begin(ctx, who)
	if err != nil {
		return noRun(), err
	}
	size := s.size()
	waiting, err := s.letGo(ctx, id)
	if err != nil {
		return noRun(), err
	}
	steps, err := s.steps(ctx, id)
	if err != nil {
		return noRun(), err
	}
	r := run{id: id, began: began, who: who, parts: steps, waiting: waiting}
	if len(steps) > 0 {
		if err := s.shrink(ctx); err != nil {
			return noRun(), err
		}
		r.freed = max(size-s.size(), 0) + originalBytes(steps)
	}
	if err := s.end(ctx, &r); err != nil {
		return noRun(), err
	}
	if len(steps) > 0 {
		s.o.Changed()
	}
	return s.runOutput(r), nil
}

// letGo has every part let go, and says which could not.
func (s *Service) letGo(ctx context.Context, id int64) (waiting []string, err error) {
	if err := s.o.Documents.Sweep(ctx); err != nil {
		return nil, err
	}
	docs, err := s.o.Documents.Documents(ctx)
	if err != nil {
		return nil, err
	}
	d, err := s.due(ctx, docs)
	if err != nil {
		return nil, err
	}
	for _, class := range []string{classRaw, classLegal} {
		if err := s.letOriginalsGo(ctx, id, originalsStep(class, d.originals[class], d.original(class)), d.originals[class]); err != nil {
			return nil, err
		}
	}
	if err := s.letCopiesGo(ctx, id, d.copies); err != nil {
		return nil, err
	}
	p := module.Purge{Documents: d.apis, Facts: d.factsBefore, Legal: d.legalBefore}
	for _, k := range s.o.Modules.Keepers() {
		if len(d.apis) == 0 {
			break
		}
		err := s.o.Documents.Purge(ctx, k.Name, p, func(tx *sql.Tx, gone module.Purged) error {
			return s.addRows(ctx, tx, id, k.Name, p, gone)
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // the others go on; it is asked again tomorrow
			s.o.Log.LogAttrs(ctx, slog.LevelError, "A part did not let go what is too old", slog.String("part", k.Name), slog.String("error", err.Error()))
			waiting = append(waiting, k.Title+": "+core.AsError(err).Error())
		}
	}
	return waiting, nil
}

func (s *Service) letOriginalsGo(ctx context.Context, id int64, st step, docs []Document) error {
	if len(docs) == 0 {
		return nil
	}
	ids := make([]int64, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
	}
	return s.o.Documents.Clear(ctx, ids, func(tx *sql.Tx) error { return s.addStep(ctx, tx, id, st) })
}

// letCopiesGo deletes copies of the database one by one; each is noted when it is gone.
func (s *Service) letCopiesGo(ctx context.Context, id int64, copies []file) error {
	for _, f := range copies {
		if err := os.Remove(f.path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("delete a copy made before an update: %w", err)
		}
		err := s.o.Market.Write(ctx, func(tx *sql.Tx) error { return s.addStep(ctx, tx, id, copiesStep([]file{f})) })
		if err != nil {
			return err
		}
	}
	return nil
}

// Run purges once a day until ctx is done, at the first chance of each day.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		if err := s.Tick(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.LogAttrs(ctx, slog.LevelError, "What is too old was not deleted; it is tried again", slog.String("error", err.Error()))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Tick purges if none was done on this day, or if one was cut.
func (s *Service) Tick(ctx context.Context) error {
	next, err := s.nextRun(ctx)
	if err != nil || s.o.Clock.Now().Before(next) {
		return err
	}
	_, err = s.Purge(ctx, byPurser)
	return err
}

// retry is how long after a purge the parts that could not let go are asked again.
const retry = time.Hour

// nextRun is when the next purge is due; zero: now.
func (s *Service) nextRun(ctx context.Context) (time.Time, error) {
	var open, last int64
	err := s.o.Ledger.Reader().QueryRowContext(ctx, s.ledger["OpenRun"]).Scan(&open)
	if err == nil { // it was cut
		return time.Time{}, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, fmt.Errorf("look for the last purge: %w", err)
	}
	var waiting string
	err = s.o.Ledger.Reader().QueryRowContext(ctx, s.ledger["LastRun"]).Scan(&last, &waiting)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look for the last purge: %w", err)
	}
	now, at := s.o.Clock.Now(), time.Unix(last, 0)
	next := (core.DayOf(at, s.o.Zone) + 1).Start(s.o.Zone)
	if waiting != "[]" {
		next = at.Add(retry)
	}
	if at.After(now) || !next.After(now) { // the clock was set back, or it is time
		return time.Time{}, nil
	}
	return next.UTC(), nil
}

// size is how large the market file is with what belongs to it.
func (s *Service) size() int64 {
	var sum int64
	for _, suffix := range []string{"", "-wal"} {
		if st, err := os.Stat(s.o.Market.Path() + suffix); err == nil {
			sum += st.Size()
		}
	}
	return sum
}

// shrink gives the room back that rows had.
func (s *Service) shrink(ctx context.Context) error {
	if err := s.o.Market.Shrink(ctx); err != nil {
		return fmt.Errorf("give room back: %w", err)
	}
	return nil
}

func originalBytes(steps []step) int64 {
	var sum int64
	for _, st := range steps {
		sum += st.Bytes
	}
	return sum
}

// title is how a person knows a part.
func (s *Service) title(part string) string {
	switch part {
	case partOriginals:
		return "Original documents"
	case partCopies:
		return "Copies made before an update"
	}
	for _, k := range s.o.Modules.Keepers() {
		if k.Name == part {
			return k.Title
		}
	}
	return part
}

func (s *Service) partOutput(st step) RunPartOutput {
	o := RunPartOutput{
		Part: st.Part, Title: s.title(st.Part), Class: st.Class, Documents: st.Documents, Rows: st.Rows, Bytes: st.Bytes,
		Before: core.Day(st.Before).String(),
	}
	switch st.Part {
	case partOriginals:
		o.Text = plural(st.Documents, "original document") + " taken in before " + o.Before
	case partCopies:
		o.Text = fmt.Sprintf("%s made before an update, more than %s ago", copiesOf(st.Documents), plural(s.shipped.Copies.Days, "day"))
	default:
		o.Text = plural(st.Rows, "row") + " of " + strings.ToLower(o.Title) + " of days before " + o.Before
	}
	if len(st.Unread) > 0 {
		o.Text += " (can't be read any more: “" + strings.Join(st.Unread, "”, “") + "”; import it again, or what it says of these days stays unknown)"
	}
	return o
}

func copiesOf(n int) string {
	if n == 1 {
		return "1 copy"
	}
	return fmt.Sprintf("%d copies", n)
}

// runText says in a sentence what a purge let go.
func runText(o RunOutput) string {
	var words []string
	for _, p := range o.Parts {
		words = append(words, p.Text)
	}
	verb := "Deleted: "
	if o.ID == 0 {
		verb = "To be deleted now: "
	}
	switch {
	case len(words) == 0 && o.ID == 0:
		return "Nothing is due."
	case len(words) == 0:
		return "Nothing was due."
	}
	return verb + strings.Join(words, "; ") + "."
}

// addRows notes what a module let go. Files that could not be read again are named with the first of it.
func (s *Service) addRows(ctx context.Context, tx *sql.Tx, run int64, name string, p module.Purge, gone module.Purged) error {
	steps := []step{
		{Part: name, Class: classFact, Rows: gone.Facts, Before: int64(p.Facts)},
		{Part: name, Class: classLegal, Rows: gone.Legal, Before: int64(p.Legal)},
	}
	if gone.Facts == 0 && gone.Legal > 0 {
		steps = steps[1:]
	}
	steps[0].Unread = gone.Unread
	for _, st := range steps {
		if st.Rows == 0 && len(st.Unread) == 0 {
			continue
		}
		if err := s.addStep(ctx, tx, run, st); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) addStep(ctx context.Context, tx *sql.Tx, run int64, st step) error {
	unread, err := json.Marshal(append([]string{}, st.Unread...))
	if err != nil {
		return fmt.Errorf("note what was let go: %w", err)
	}
	_, err = tx.ExecContext(ctx, s.market["AddStep"], run, st.Part, st.Class, st.Documents, st.Rows, st.Bytes, st.Before, string(unread))
	if err != nil {
		return fmt.Errorf("note what was let go: %w", err)
	}
	return nil
}

func (s *Service) steps(ctx context.Context, run int64) ([]step, error) {
	return sqlite.Collect(ctx, s.o.Market.Reader(), s.market["Steps"], []any{run}, func(r *sql.Rows, st *step) error {
		var unread string
		if err := r.Scan(&st.Part, &st.Class, &st.Documents, &st.Rows, &st.Bytes, &st.Before, &unread); err != nil {
			return err
		}
		return json.Unmarshal([]byte(unread), &st.Unread)
	})
}
