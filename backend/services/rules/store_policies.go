package rules

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// savedPolicy is one version of a policy that the seller kept.
type savedPolicy struct {
	name    string
	version int
	at      int64 // Unix seconds
	note    string
	yaml    string
	changes int  // threshold changes before it was kept
	follows bool // from here the shipped text is in force
}

func scanPolicy(rows *sql.Rows) (p savedPolicy, err error) {
	err = rows.Scan(&p.name, &p.version, &p.at, &p.note, &p.yaml, &p.changes, &p.follows)
	return p, err
}

// keep adds versions of policies, all or none. Their texts have the figures, so those that were changed beside them go.
func (s *Store) keep(ctx context.Context, all []savedPolicy) error {
	var st []statement
	at := s.clock.Now().Unix()
	for _, p := range all {
		st = append(st, statement{"AddPolicy", []any{p.name, p.version, at, p.note, p.yaml, p.follows}},
			statement{"ResetThresholds", []any{p.name}})
	}
	return s.write(ctx, "keep policies", st...)
}

// remove forgets a policy and everything about it but the log of its threshold changes.
func (s *Store) remove(ctx context.Context, policy string) error {
	var st []statement
	for _, q := range []string{"RemovePolicy", "ResetThresholds", "RemoveSwitch", "RemoveExceptions", "RemoveTests"} {
		st = append(st, statement{q, []any{policy}})
	}
	return s.write(ctx, "remove policy "+policy, st...)
}

// versions lists what was kept of a policy, newest first.
func (s *Store) versions(ctx context.Context, policy string) (out []savedPolicy, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		return s.each(ctx, tx, "PolicyVersions", func(rows *sql.Rows) error {
			p, err := scanPolicy(rows)
			out = append(out, p)
			return err
		}, policy)
	})
	return out, err
}

func (s *Store) switchTo(ctx context.Context, policy string, on bool) error {
	return s.write(ctx, "switch policy "+policy, statement{"SetSwitch", []any{policy, on}})
}

func (s *Store) except(ctx context.Context, x exception) error {
	return s.write(ctx, "add an exception to policy "+x.policy,
		statement{"AddException", []any{x.policy, x.caseName, x.subject, x.reason, int64(x.until), s.clock.Now().Unix()}})
}

func (s *Store) readmit(ctx context.Context, x exception) error {
	return s.write(ctx, "remove an exception of policy "+x.policy,
		statement{"RemoveException", []any{x.policy, x.caseName, x.subject}})
}

// tests gives the seller's own tests of a policy; false where there are none.
func (s *Store) tests(ctx context.Context, policy string) (text string, own bool, err error) {
	err = s.db.Reader().QueryRowContext(ctx, s.q["GetTests"], policy).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("read the tests of policy %s: %w", policy, err)
	}
	return text, true, nil
}

// keepTests keeps the seller's own tests of a policy; an empty text forgets them.
func (s *Store) keepTests(ctx context.Context, policy, text string) error {
	st := statement{"SetTests", []any{policy, text}}
	if text == "" {
		st = statement{"RemoveTests", []any{policy}}
	}
	return s.write(ctx, "keep the tests of policy "+policy, st)
}

// account reads everything the seller changed, as it is at one moment.
func (s *Store) account(ctx context.Context) (account, error) {
	a := newAccount()
	err := s.read(ctx, func(tx *sql.Tx) error {
		return errors.Join(s.readFigures(ctx, tx, a), s.readPolicies(ctx, tx, a), s.each(ctx, tx, "ListExceptions", func(rows *sql.Rows) error {
			var x exception
			err := rows.Scan(&x.policy, &x.caseName, &x.subject, &x.reason, &x.until, &x.at)
			a.exceptions[x.policy] = append(a.exceptions[x.policy], x)
			return err
		}))
	})
	return a, err
}

func (s *Store) readPolicies(ctx context.Context, tx *sql.Tx, a account) error {
	err := s.each(ctx, tx, "LatestPolicies", func(rows *sql.Rows) error {
		p, err := scanPolicy(rows)
		a.policies[p.name] = p
		return err
	})
	return errors.Join(err, s.each(ctx, tx, "ListSwitches", func(rows *sql.Rows) error {
		var policy string
		var on bool
		err := rows.Scan(&policy, &on)
		a.switches[policy] = on
		return err
	}))
}

func (s *Store) readFigures(ctx context.Context, tx *sql.Tx, a account) error {
	err := s.each(ctx, tx, "ListThresholds", func(rows *sql.Rows) error {
		var policy, name string
		var v float64
		if err := rows.Scan(&policy, &name, &v); err != nil {
			return err
		}
		if a.figures[policy] == nil {
			a.figures[policy] = map[string]float64{}
		}
		a.figures[policy][name] = v
		return nil
	})
	return errors.Join(err, s.each(ctx, tx, "CountChanges", func(rows *sql.Rows) error {
		var policy string
		var c figureChanges
		err := rows.Scan(&policy, &c.count, &c.last)
		a.changes[policy] = c
		return err
	}))
}
