package rules

import (
	"errors"
	"fmt"
	"strings"
)

// PolicyError says what is wrong with a policy and where.
type PolicyError struct {
	Policy  string
	Case    string // or the clause or threshold; may be empty
	Field   string // when, title, at_stake…; may be empty
	Line    int    // line of the policy file; 0: not known
	Column  int    // column in the expression, from 1; 0: not known
	Message string
}

// Error implements error: "policy default, case restock, when, line 31, column 4: undeclared reference to 'x'".
func (e PolicyError) Error() string {
	parts := []string{"policy " + e.Policy}
	if e.Case != "" {
		parts = append(parts, e.Case)
	}
	if e.Field != "" {
		parts = append(parts, e.Field)
	}
	if e.Line > 0 {
		parts = append(parts, fmt.Sprintf("line %d", e.Line))
	}
	if e.Column > 0 {
		parts = append(parts, fmt.Sprintf("column %d", e.Column))
	}
	return strings.Join(parts, ", ") + ": " + e.Message
}

func asPolicyError(policy string, err error) PolicyError {
	var pe PolicyError
	if errors.As(err, &pe) {
		if pe.Policy == "" {
			pe.Policy = policy
		}
		return pe
	}
	return PolicyError{Policy: policy, Message: err.Error()}
}
