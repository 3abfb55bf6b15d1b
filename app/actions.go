package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"purser/backend/core"
	"purser/backend/platform/keychain"
	"purser/backend/platform/supervise"
	"purser/backend/services/actions"
	"purser/backend/services/audits"
	"purser/backend/services/decisions"
	"purser/backend/services/notifications"
)

// stopFile is the file in the data folder whose existence stops everything.
const stopFile = "STOP"

// carryOut opens what carries approvals out, and gives it to the decisions.
func (s *session) carryOut(ctx context.Context) (err error) {
	s.hook = webhook{dir: s.dir, demo: s.demo, keys: keychain.New("Purser", supervise.New(ctx, "keychain"))}
	s.actions, err = actions.Open(ctx, actions.Options{
		DB: s.ledger, Clock: s.clk, Log: s.log, Executors: Executors(s.around(ctx)), StopFile: filepath.Join(s.dir, stopFile),
		Record: recordIn(s.decisions), Moved: s.decisions.Moved, NewMode: s.newMode, Changed: s.acted, Sound: s.sound,
		HandsOff: s.switchedOff,
		Alert: func(ctx context.Context, a actions.Alert) {
			s.needs(ctx, notifications.Notice{Key: a.Key, Cause: "kinds of action are stopped", Title: a.Title, Urgent: true})
		},
		VersionOf: func(policy string) (int, bool) {
			if policy == audits.Policy {
				return 1, true // a person made a task of a finding
			}
			p, ok := s.rules.InForceOf(policy)
			return p.Version, ok && p.On
		},
	})
	if err != nil {
		return err
	}
	s.decisions.Use(s.actions)
	return nil
}

// around is what executors work with. Nobody waits for the tree of its channel: a notification service that hangs must
// not keep Purser from closing.
func (s *session) around(ctx context.Context) around {
	return around{
		book: s.decisions.Book(), screen: Channels(supervise.New(ctx, "notices"))[0], uploads: filepath.Join(s.dir, "uploads"),
		target: s.hook.target, amazon: s.amazon, clk: s.clk,
	}
}

// work carries out what is approved, until the session ends: what leaves the computer beside what stays on it, so
// that a slow peer keeps nobody waiting. Beside it the switch is watched and the audit is checked.
func (s *session) work() {
	s.tree.Add("switch", s.watchSwitch, nil)
	s.tree.Add("audit", s.checkAudit, nil)
	for name, outbound := range map[string]bool{"actions here": false, "actions outbound": true} {
		s.tree.Add(name, func(ctx context.Context) error { return s.actions.Work(ctx, outbound) }, nil)
	}
}

// actionKinds names what can be carried out.
func actionKinds() []string {
	var out []string
	for _, e := range Executors(around{}) {
		out = append(out, e.Kind().Name)
	}
	return out
}

// automate does what rules may do by themselves.
func (s *session) automate(ctx context.Context) error {
	if s.lock == nil {
		return nil // this session only reads
	}
	n, err := s.decisions.Automate(ctx, s.alone())
	if n > 0 {
		s.log.LogAttrs(ctx, slog.LevelInfo, "Done without asking", slog.Int("decisions", n))
	}
	return err
}

// alone says what may be done without asking.
func (s *session) alone() decisions.Automation {
	return decisions.Automation{Alone: s.actions.ActsAlone, May: s.actions.MayAct}
}

// newMode is how a policy comes: a shipped one proposes, one that the seller wrote is watched first.
func (s *session) newMode(policy string) (mode string, since time.Time) {
	p, ok := s.rules.InForceOf(policy)
	if ok && p.Own {
		return actions.Observe, p.Since
	}
	return actions.Propose, time.Time{}
}

// observed says whether a policy is only watched.
func (s *session) observed(policy string) bool {
	m, err := s.actions.ModeOf(s.ctx, policy)
	if err != nil {
		s.log.LogAttrs(s.ctx, slog.LevelError, "The mode of a policy was not read", slog.String("policy", policy), slog.String("error", err.Error()))
		return true // what is not known to be asked for asks nobody
	}
	return m.Mode == actions.Observe
}

// acted tells everyone that an action moved on.
func (s *session) acted() {
	if err := s.decisions.Anchor(s.ctx); err != nil && s.ctx.Err() == nil {
		s.log.LogAttrs(s.ctx, slog.LevelWarn, "The audit was not anchored", slog.String("error", err.Error()))
	}
	if s.audits != nil {
		s.audits.Touched()
	}
	s.bus.Publish("changed:actions", nil)
	s.bus.Publish("changed:decisions", nil)
}

// deskAccount is what actions and audits must know of the account.
type deskAccount struct{ s *session }

// Policies implements actions.Account.
func (a deskAccount) Policies(context.Context) ([]actions.Policy, error) {
	var out []actions.Policy
	for _, p := range a.s.rules.InForce() {
		if p.Guard {
			continue
		}
		kind := ""
		if len(p.Kinds) == 1 {
			kind = p.Kinds[0]
		}
		out = append(out, actions.Policy{Name: p.Name, Title: p.Title, Kind: kind, Noun: nounOf(p.Subject)})
	}
	return out, nil
}

// Standing implements actions.Account.
func (a deskAccount) Standing(ctx context.Context, policy string) (actions.Standing, error) {
	p, ok := a.s.rules.InForceOf(policy)
	if !ok {
		return actions.Standing{}, nil
	}
	kind := ""
	if len(p.Kinds) == 1 {
		kind = p.Kinds[0]
	}
	st, err := a.s.audits.Standing(ctx, policy, p.Version, kind)
	return actions.Standing{Looked: st.Looked, Wrong: st.Wrong, Clean: st.Clean}, err
}

// Currencies implements actions.Account.
func (a deskAccount) Currencies() []core.Currency {
	var out []core.Currency
	seen := map[core.Currency]bool{}
	for _, m := range a.s.marketplaces() {
		if !seen[m.Currency] {
			seen[m.Currency] = true
			out = append(out, m.Currency)
		}
	}
	return out
}
