package retention

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"purser/backend/core"
)

// chosen is what a person chose about a class; the zero one is nothing.
type chosen struct {
	days, years int
	law         string
	changed     time.Time
}

// chosen reads what was chosen, by class.
func (s *Service) chosen(ctx context.Context) (map[string]chosen, error) {
	rows, err := s.o.Ledger.Reader().QueryContext(ctx, s.ledger["Classes"])
	if err != nil {
		return nil, fmt.Errorf("read how long data is kept: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]chosen{}
	for rows.Next() {
		var name string
		var c chosen
		var at int64
		if err := rows.Scan(&name, &c.days, &c.years, &c.law, &at); err != nil {
			return nil, fmt.Errorf("read how long data is kept: %w", err)
		}
		c.changed = time.Unix(at, 0).UTC()
		out[name] = c
	}
	return out, rows.Err()
}

// limits are the ages from which things go, in force now.
type limits struct {
	raw, facts  int      // days
	years       int      // that a law asks for; 0: none was named
	rawBefore   core.Day // what is of earlier days goes
	factsBefore core.Day
	legalBefore core.Day
}

// limits works out what goes today. A choice never outlasts what is shipped as the longest.
func (s *Service) limits(ctx context.Context) (limits, error) {
	all, err := s.chosen(ctx)
	if err != nil {
		return limits{}, err
	}
	today := s.today()
	l := limits{raw: s.daysOf(classRaw, all), facts: s.daysOf(classFact, all)}
	// A day goes before it is older than its limit, not after: it may not be kept longer.
	l.rawBefore, l.factsBefore = today-core.Day(l.raw)+1, today-core.Day(l.facts)+1
	l.legalBefore = l.factsBefore
	if l.years = min(all[classLegal].years, s.class(classLegal).YearsLongest); l.years > 0 {
		// The law's years count from the end of the calendar year in which the money was booked. Naming a law never
		// shortens what is kept without one.
		l.legalBefore = min(l.legalBefore, core.Date(today.Time().Year()-l.years, time.January, 1))
	}
	return l, nil
}

// Reach is how far back it is worth asking an API for what is of a class: what is older would go at once.
func (s *Service) Reach(ctx context.Context, class string) (time.Duration, error) {
	l, err := s.limits(ctx)
	if err != nil {
		return 0, err
	}
	before := l.factsBefore
	if class == classLegal {
		before = l.legalBefore
	}
	return time.Duration(s.today()-before) * 24 * time.Hour, nil
}

// original is the day before which the original of a document goes.
func (l limits) original(class string) core.Day {
	if class == classLegal {
		return l.legalBefore
	}
	return l.rawBefore
}

// goes is the day on which what is of a day goes.
func (l limits) goes(class string, of core.Day) core.Day {
	switch {
	case class == classRaw:
		return of + core.Day(l.raw)
	case class == classLegal && l.years > 0:
		return max(of+core.Day(l.facts), core.Date(of.Time().Year()+l.years+1, time.January, 1))
	}
	return of + core.Day(l.facts)
}

func (s *Service) class(name string) class {
	i := slices.IndexFunc(s.shipped.Classes, func(c class) bool { return c.Name == name })
	return s.shipped.Classes[i] // all of them are there: see shippedClasses
}

func (s *Service) daysOf(name string, all map[string]chosen) int {
	c := s.class(name)
	if d := all[name].days; d > 0 {
		return min(d, c.Longest)
	}
	return *c.Days
}

// longestLaw bounds the name of a law.
const longestLaw = 200

// SetClass changes how long a class is kept.
func (s *Service) SetClass(ctx context.Context, in SetClassInput) error {
	i := slices.IndexFunc(s.shipped.Classes, func(c class) bool { return c.Name == in.Name })
	if i < 0 {
		return core.NotFound(part, "There is no class of data “"+in.Name+"”.")
	}
	c := s.shipped.Classes[i]
	law := strings.Join(strings.Fields(in.Law), " ")
	next := chosen{days: in.Days, years: in.Years, law: law}
	switch c.Edit {
	case editDays:
		if in.Days < c.Shortest || in.Days > c.Longest {
			return core.Invalid(part, fmt.Sprintf("“%s” may be kept from %d to %d days, not %d.", c.Title, c.Shortest, c.Longest, in.Days), "Amazon's rules set the longest; choose fewer days.")
		}
		next.years, next.law = 0, ""
	case editLaw:
		if err := lawful(c, in.Years, law); err != nil {
			return err
		}
		next.days = 0
		if in.Years == 0 {
			next.law = ""
		}
	default:
		return core.Invalid(part, "How long “"+c.Title+"” is kept cannot be changed.", "")
	}
	return s.choose(ctx, c, next)
}

func lawful(c class, years int, law string) error {
	switch {
	case years < 0 || years > c.YearsLongest:
		return core.Invalid(part, fmt.Sprintf("A law may ask for 1 to %d years.", c.YearsLongest), "Enter the years, or 0 if no law asks you to keep this.")
	case years > 0 && utf8.RuneCountInString(law) < 3:
		return core.Invalid(part, "Without a law it may not be kept for longer.", "Name the law that asks you to keep it, with its paragraph.")
	case utf8.RuneCountInString(law) > longestLaw:
		return core.Invalid(part, fmt.Sprintf("The name of the law is longer than %d letters.", longestLaw), "Name it shorter.")
	}
	return nil
}

// choose stores what was chosen and notes it in the audit.
func (s *Service) choose(ctx context.Context, c class, next chosen) error {
	all, err := s.chosen(ctx)
	if err != nil {
		return err
	}
	before, after := keptWords(c, all[c.Name]), keptWords(c, next)
	err = s.o.Ledger.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.ledger["PutClass"], c.Name, next.days, next.years, next.law, s.o.Clock.Now().Unix()); err != nil {
			return fmt.Errorf("store how long data is kept: %w", err)
		}
		return s.o.Record(ctx, tx, Record{Subject: "retention:" + c.Name, From: before, To: after, Who: byPerson, Reason: after})
	})
	if err == nil {
		s.o.Changed()
	}
	return err
}

// keptWords says how long a class is kept.
func keptWords(c class, by chosen) string {
	switch {
	case c.Edit == editLaw && by.years > 0:
		return fmt.Sprintf("%s after the end of the year, as %s asks for", plural(by.years, "year"), by.law)
	case c.Edit == editLaw:
		return "as long as other figures, as no law was named"
	case c.Edit == editDays && by.days > 0:
		return plural(min(by.days, c.Longest), "day")
	case c.Days != nil && *c.Days == 0:
		return "not at all"
	case c.Days != nil:
		return plural(*c.Days, "day")
	case c.Least > 0:
		return "for ever, at least " + plural(c.Least, "day")
	case c.Name == classSecret:
		return "as long as the connection"
	}
	return "until you delete it"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
