package rules

import (
	"maps"
	"slices"

	"purser/backend/core"
)

// account is everything the seller changed about the rules, as the store has it at one moment.
type account struct {
	policies   map[string]savedPolicy        // the latest version of each
	switches   map[string]bool               // true: switched on
	figures    map[string]map[string]float64 // thresholds changed beside the text, by policy and name
	changes    map[string]figureChanges
	exceptions map[string][]exception
}

// figureChanges is how often thresholds of a policy were changed, ever, and when last (Unix seconds).
type figureChanges struct {
	count int
	last  int64
}

func newAccount() account {
	return account{map[string]savedPolicy{}, map[string]bool{}, map[string]map[string]float64{}, map[string]figureChanges{}, map[string][]exception{}}
}

// with is the account as it would be with other versions of policies: their figures are in their texts.
func (a account) with(saved ...savedPolicy) account {
	a.policies, a.figures = maps.Clone(a.policies), maps.Clone(a.figures)
	for _, p := range saved {
		p.changes = a.changes[p.name].count
		a.policies[p.name] = p
		delete(a.figures, p.name)
	}
	return a
}

// without is the account as it would be if it had no such policy of its own.
func (a account) without(policy string) account {
	a.policies = maps.Clone(a.policies)
	delete(a.policies, policy)
	return a
}

// entry is a policy that can be listed: in force, switched off or broken.
type entry struct {
	name    string
	yaml    string    // its text; what the figures changed beside it are is not in it
	policy  Policy    // as far as it can be read
	c       *compiled // nil: it does not compile
	on      bool
	own     bool   // the seller wrote it: there is no shipped one by its name
	shipped string // text of the shipped one; "": none
	saved   bool   // the text is the seller's
	at      int64  // when it was kept, Unix seconds; 0: as shipped
	note    string
	extra   int // to add to the version of the text
	figures map[string]float64
	changed figureChanges // since the text was kept
	fault   *PolicyError
}

// version grows with every kept text and every changed figure.
func (x *entry) version() int { return x.policy.Version + x.extra }

// differs says whether the policy is another than the one that is shipped.
func (x *entry) differs() bool {
	if x.own || len(x.figures) > 0 {
		return true
	}
	if !x.saved {
		return false
	}
	same, err := withVersion(x.shipped, x.policy.Version)
	return err != nil || same != x.yaml
}

// policyText is a file of policies.
type policyText struct{ file, name, yaml string }

// entries lays the seller's policies over the shipped ones; those of his own follow, by name.
// What the set before had read from the same text is taken over.
func (e *Engine) entries(a account, before *ruleSet) []*entry {
	known := map[string]*entry{}
	if before != nil {
		for _, x := range before.entries {
			known[x.yaml] = x
		}
	}
	var out []*entry
	seen := map[string]bool{}
	for _, t := range e.shipped {
		x := &entry{name: t.name, yaml: t.yaml, shipped: t.yaml}
		seen[t.name] = true
		if s, ok := a.policies[t.name]; ok {
			x.lay(s)
		}
		x.read(t.file, a, known)
		out = append(out, x)
	}
	for _, name := range slices.Sorted(maps.Keys(a.policies)) {
		s := a.policies[name]
		if seen[name] {
			continue
		}
		x := &entry{name: name, own: true}
		x.lay(s)
		x.read(name+".yaml", a, known)
		out = append(out, x)
	}
	return out
}

// lay puts a kept version over what there is.
func (x *entry) lay(s savedPolicy) {
	x.at, x.note = s.at, s.note
	if !s.follows || x.own {
		x.yaml, x.saved = s.yaml, true
		return
	}
	// The shipped text is in force again. Its own version may be lower than those that were kept meanwhile, and it
	// grows when Purser brings a newer one.
	if was, err := ParsePolicy(x.name, []byte(s.yaml)); err == nil {
		x.extra = s.version - was.Version
	}
}

// read parses the text and adds what is set beside it.
func (x *entry) read(file string, a account, known map[string]*entry) {
	if k, ok := known[x.yaml]; ok && k.name == x.name && k.c != nil {
		x.policy, x.c = k.policy, k.c
	} else if p, err := ParsePolicy(file, []byte(x.yaml)); err != nil {
		fault := asPolicyError(x.name, err)
		x.policy, x.fault = p, &fault
	} else {
		x.policy = p
		if p.Name != x.name {
			x.fault = &PolicyError{Policy: x.name, Field: "name", Message: "the text is of policy " + p.Name}
		}
	}
	x.figures = a.figures[x.name]
	x.changed = a.changes[x.name]
	if s, ok := a.policies[x.name]; ok {
		x.changed.count -= s.changes
	}
	x.extra += x.changed.count
	on, switched := a.switches[x.name]
	x.on = on || (!switched && !x.policy.Off)
}

// exception is a subject that the seller took out of a policy or of one of its cases.
type exception struct {
	policy, caseName, subject, reason string
	until                             core.Day // last day; 0: for good
	at                                int64    // Unix seconds
}
