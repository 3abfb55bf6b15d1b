package actions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Modes of a policy.
const (
	Observe = "observe" // what it finds is kept and shown apart; nothing is asked
	Propose = "propose" // a person decides
	Auto    = "auto"    // what can be reverted is done without asking, within a band
)

// What a policy must have shown before it may act by itself. Source: the project's own guardrails, 2026-11: with 59
// looked at and none wrong, fewer than 5 in 100 are wrong with 95 % certainty.
const (
	CleanDays   = 30
	CleanLooks  = 59
	ObserveDays = 14
)

// Band is within what a policy acts by itself. What is missing or zero means that it does not.
type Band struct {
	PerDay   int        `json:"per_day"`   // actions in 24 hours
	UnitsMax int        `json:"units_max"` // of one action; 0 where its kind has none
	Money    core.Money `json:"money"`     // of one action; zero currency where its kind costs none
	// Only are the subjects that it may touch, "US/SKU-104", sorted. A subject that appears later is not among them
	// until the seller agrees to a list that names it.
	Only []string `json:"only"`
}

// Mode is how a policy may act.
type Mode struct {
	Policy  string
	Mode    string
	Since   time.Time // zero: as it came
	Consent string
	Band    Band
	Why     string // why it was taken back to proposing
}

// Standing is the record of a policy, to judge whether it may act by itself.
type Standing struct {
	Looked int       // decisions of it that a person has looked at in reviews
	Wrong  int       // of them
	Clean  time.Time // since when nothing of it went wrong; zero: nothing was done yet
}

func scanMode(sc scanner) (Mode, error) {
	var m Mode
	var since int64
	var band []byte
	if err := sc.Scan(&m.Policy, &m.Mode, &since, &m.Consent, &band, &m.Why); err != nil {
		return m, err
	}
	m.Since = time.Unix(since, 0).UTC()
	return m, json.Unmarshal(band, &m.Band)
}

// ModeOf gives the mode of a policy: what was set, or as it came. It is asked for every row of a list, so what is
// set is kept in memory until it changes.
func (s *Service) ModeOf(ctx context.Context, policy string) (Mode, error) {
	kept := s.modes.Load()
	if kept == nil {
		var err error
		if kept, err = s.readModes(ctx); err != nil {
			return Mode{}, err
		}
	}
	if m, ok := (*kept)[policy]; ok {
		return m, nil
	}
	return s.asItCame(policy), nil
}

// readModes reads what is set, and keeps it. What changes meanwhile waits to say so: it must not be forgotten before the
// old is kept.
func (s *Service) readModes(ctx context.Context) (*map[string]Mode, error) {
	s.reading.Lock()
	defer s.reading.Unlock()
	all, err := s.Modes(ctx)
	if err != nil {
		return nil, err
	}
	set := make(map[string]Mode, len(all))
	for _, m := range all {
		set[m.Policy] = m
	}
	s.modes.Store(&set)
	return &set, nil
}

func (s *Service) asItCame(policy string) Mode {
	mode, since := s.o.NewMode(policy)
	return Mode{Policy: policy, Mode: mode, Since: since}
}

// changedMode forgets what is kept in memory, after the transaction that changed it.
func (s *Service) changedMode() {
	s.reading.Lock()
	s.modes.Store(nil)
	s.reading.Unlock()
	s.o.Changed()
}

func (s *Service) modeOf(ctx context.Context, db querier, policy string) (Mode, error) {
	m, err := scanMode(db.QueryRowContext(ctx, s.q["OneMode"], policy))
	if errors.Is(err, sql.ErrNoRows) {
		return s.asItCame(policy), nil
	}
	if err != nil {
		return m, fmt.Errorf("read the mode of %s: %w", policy, err)
	}
	return m, nil
}

// Modes lists what was set by the seller or taken back since; all other policies are as they came.
func (s *Service) Modes(ctx context.Context) ([]Mode, error) {
	return collect(ctx, s.o.DB.Reader(), s.q["Modes"], scanMode)
}

// ConsentTo is what the seller types to let a policy act by itself.
func ConsentTo(policy string) string { return "act by itself: " + policy }

// SetMode sets how a policy may act. Acting by itself asks for a kind of action that can be reverted, a policy that
// has shown itself, a band and the seller's typed consent.
func (s *Service) SetMode(ctx context.Context, m Mode, kind string, st Standing) error {
	switch m.Mode {
	case Observe, Propose:
		m.Consent, m.Band = "", Band{}
	case Auto:
		if err := s.mayAct(kind, st); err != nil {
			return err
		}
		if err := agreedTo(&m); err != nil {
			return err
		}
	default:
		return core.Invalid("actions", fmt.Sprintf("There is no mode %q.", m.Mode), "Choose observe, propose or auto.")
	}
	m.Since, m.Why = s.now(), ""
	defer s.changedMode()
	why := m.Consent
	if m.Mode == Auto {
		why += ", " + onlyWords(m.Band.Only)
	}
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.putMode(ctx, tx, m, Person, why) })
}

// mayAct says why no consent lets a policy act by itself now.
func (s *Service) mayAct(kind string, st Standing) error {
	e, err := s.executor(kind)
	if err != nil {
		return err
	}
	k := e.Kind()
	switch {
	case !k.Automatic || k.Level >= action.Final:
		return refuse(fmt.Sprintf("%s is never done without asking.", k.Title), "It cannot be reverted, or costs money.")
	case st.Wrong > 0:
		return refuse(fmt.Sprintf("%d of its decisions that you looked at were wrong.", st.Wrong), "It goes on proposing.")
	case st.Looked < CleanLooks:
		return refuse(fmt.Sprintf("%d of its decisions were looked at in audits; %d are needed, none of them wrong.", st.Looked, CleanLooks), "Audits asks you for them month by month.")
	case st.Clean.IsZero() || s.now().Sub(st.Clean) < CleanDays*24*time.Hour:
		return refuse(fmt.Sprintf("It has not gone %d days without a fault yet.", CleanDays), "It goes on proposing until then.")
	}
	return nil
}

// agreedTo says what a consent lacks, and brings the list of what may be touched into the form in which it is kept.
func agreedTo(m *Mode) (err error) {
	if m.Band.Only, err = checkOnly(m.Band.Only); err != nil {
		return err
	}
	switch {
	case m.Band.PerDay <= 0:
		return refuse("It needs a number of actions a day.", "Without a bound nothing is done by itself.")
	case len(m.Band.Only) == 0:
		return refuse("It needs a list of what it may touch by itself.", "Name the SKUs, campaigns or whatever it is about; what is not named waits for you.")
	case m.Consent != ConsentTo(m.Policy):
		return refuse("Acting by itself needs your consent in words.", "Type: "+ConsentTo(m.Policy))
	}
	return nil
}

func refuse(text, hint string) error { return core.Invalid("actions", text, hint) }

func (s *Service) putMode(ctx context.Context, tx *sql.Tx, m Mode, who, reason string) error {
	was, err := s.modeOf(ctx, tx, m.Policy)
	if err != nil {
		return err
	}
	band, err := json.Marshal(m.Band)
	if err != nil {
		return fmt.Errorf("store the mode of %s: %w", m.Policy, err)
	}
	if _, err := tx.ExecContext(ctx, s.q["SetMode"], m.Policy, m.Mode, m.Since.Unix(), m.Consent, string(band), m.Why); err != nil {
		return fmt.Errorf("store the mode of %s: %w", m.Policy, err)
	}
	return s.o.Record(ctx, tx, Record{Subject: "mode:" + m.Policy, From: was.Mode, To: m.Mode, Who: who, Reason: reason, Content: string(band)})
}

// demote takes a policy that acts by itself back to proposing.
func (s *Service) demote(ctx context.Context, tx *sql.Tx, policy, why string) error {
	m, err := s.modeOf(ctx, tx, policy)
	if err != nil || m.Mode != Auto {
		return err
	}
	return s.putMode(ctx, tx, Mode{Policy: policy, Mode: Propose, Since: s.now(), Why: why}, Purser, why)
}

// Demote takes policies that act by themselves back to proposing. It gives those that did.
func (s *Service) Demote(ctx context.Context, policies []string, why string) (out []string, err error) {
	defer s.changedMode()
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		out = nil
		for _, p := range policies {
			m, err := s.modeOf(ctx, tx, p)
			if err != nil {
				return err
			}
			if m.Mode != Auto {
				continue
			}
			if err := s.demote(ctx, tx, p, why); err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

// InBand says why a draft is not done without asking; "" if it is.
func (s *Service) InBand(m Mode, d action.Draft, doneToday int) string {
	switch {
	case m.Mode != Auto:
		return "Its rule asks first."
	case s.Stopped():
		return stoppedText
	case len(d.Against) > 0:
		return outsideLimits
	}
	return s.outside(m.Band, d, doneToday)
}

const (
	outsideLimits = "It is outside the limits."
	uncheckedText = "The audit is being checked; nothing is done without asking until it is found whole."
)

// outside says why a draft is outside a band.
func (s *Service) outside(b Band, d action.Draft, doneToday int) string {
	switch size := d.Request.Size; {
	case s.o.Sound() == Unchecked:
		return uncheckedText
	case s.o.Sound() != Whole:
		return "The audit is not whole; nothing is done without asking until it is."
	case !d.Kind.Automatic || d.Kind.Level >= action.Final || size.Units < 0 || size.Money.Minor < 0:
		return outsideLimits
	}
	if why := b.untouchable(d); why != "" {
		return why
	}
	switch size := d.Request.Size; {
	case b.PerDay <= 0 || doneToday >= b.PerDay:
		return "As many as may be done in a day were done."
	case size.Units > b.UnitsMax:
		return "It has more units than may be done without asking."
	case size.Money.Minor != 0 && (size.Money.Currency != b.Money.Currency || size.Money.Minor > b.Money.Minor):
		return "It costs more than may be spent without asking."
	}
	return ""
}
