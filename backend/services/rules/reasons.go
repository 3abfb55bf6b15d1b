package rules

import (
	"fmt"
	"sort"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"purser/backend/core/fact"
)

// reasons says in words why a value is unknown: "reviews missing", "sales settling".
func (r *row) reasons(v ref.Val) []string {
	u, ok := v.(*types.Unknown)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for _, id := range u.IDs() {
		seen[r.reason(id, u)] = true
	}
	out := make([]string, 0, len(seen))
	for s := range seen {
		out = append(out, s)
	}
	sort.Strings(out)
	return out
}

func (r *row) reason(id int64, u *types.Unknown) string {
	switch id {
	case byZero:
		return "division by zero"
	case byFault:
		if trails, ok := u.GetAttributeTrails(id); ok && len(trails) > 0 {
			return "fault: " + trails[0].Variable()
		}
		return "fault"
	}
	for i := range r.tab.cols {
		if c := &r.tab.cols[i]; c.id == id {
			if c.boxed[r.at] != nil && r.tooNew(c) {
				return fmt.Sprintf("%s newer than %d days", partName(c.def.Name), r.MinAge)
			}
			return partName(c.def.Name) + " " + maturityWord(c.values[r.at].Maturity)
		}
	}
	return "not known"
}

// partName is the module of a fact as a person reads it.
func partName(name string) string {
	module, _, _ := strings.Cut(name, ".")
	if module == "accounthealth" {
		return "account health"
	}
	return module
}

func maturityWord(m fact.Maturity) string {
	if m == "" || m == fact.Fresh || m == fact.Estimated {
		return string(fact.Missing)
	}
	return string(m)
}
