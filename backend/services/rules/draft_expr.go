package rules

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"cel.dev/cel-go/cel"
)

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// expr notes every fault of an expression.
func (r *reading) expr(c *compiler, env *cel.Env, where, field string, t Text, want *cel.Type) {
	if t.Value == "" {
		return
	}
	for _, f := range r.exprFaults(c, env, t.Value, want) {
		r.faultAt(where, field, t.Value, &f.span, f.message)
	}
}

type exprFault struct {
	span
	message string
}

func (r *reading) exprFaults(c *compiler, env *cel.Env, text string, want *cel.Type) []exprFault {
	runes := []rune(text)
	_, err := c.expr(env, "", "", Text{Value: text}, want)
	if err == nil {
		return nil
	}
	_, iss := env.Compile(text)
	if iss.Err() == nil {
		return []exprFault{{span{0, len(runes)}, r.typeFault(err)}}
	}
	var out []exprFault
	seen := map[span]bool{}
	for _, e := range iss.Errors() {
		s := wordAt(runes, e.Location.Line(), e.Location.Column())
		if seen[s] {
			continue
		}
		seen[s] = true
		out = append(out, exprFault{s, r.plainMessage(c, string(runes[s.from:s.to]), e.Message)})
		if strings.HasPrefix(e.Message, "Syntax error") {
			break // what follows is only a consequence of the first
		}
	}
	return out
}

// typeFault is a fault of an expression that reads well but is none of what is wanted.
func (r *reading) typeFault(err error) string {
	message := err.Error()
	var pe PolicyError
	if errors.As(err, &pe) {
		message = pe.Message
	}
	var got, want string
	if _, err := fmt.Sscanf(message, "the expression gives %s where %s is wanted", &got, &want); err == nil {
		return fmt.Sprintf("this gives %s, but %s is wanted here", typeWords(got), typeWords(want))
	}
	return message
}

func typeWords(t string) string {
	switch {
	case t == "bool":
		return "yes or no"
	case t == "double" || t == "int":
		return "a number"
	case t == "string":
		return "a text"
	case strings.HasPrefix(t, "list"):
		return "the values of several subjects"
	}
	return t
}

// wordAt is the name, the number or the operator at a place of the text; line counts from 1, column from 0.
func wordAt(text []rune, line, column int) span {
	at := 0
	for ; line > 1 && at < len(text); at++ {
		if text[at] == '\n' {
			line--
		}
	}
	at = min(at+max(column, 0), max(len(text)-1, 0))
	if len(text) == 0 {
		return span{}
	}
	same := func(r rune) bool { return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	if !same(text[at]) {
		same = func(r rune) bool { return strings.ContainsRune("<>=!&|", r) }
	}
	s := span{at, at + 1}
	if !same(text[at]) {
		return s
	}
	for s.from > 0 && same(text[s.from-1]) {
		s.from--
	}
	for s.to < len(text) && same(text[s.to]) {
		s.to++
	}
	return s
}

// plainMessage says what CEL found in words that a seller can act on.
func (r *reading) plainMessage(c *compiler, word, message string) string {
	switch {
	case strings.HasPrefix(message, "undeclared reference"):
		return r.unknownName(c, word)
	case strings.HasPrefix(message, "Syntax error"):
		if strings.Contains(message, "<EOF>") {
			return "something is missing at the end"
		}
		return fmt.Sprintf("“%s” cannot stand here", word)
	case strings.Contains(message, "no matching overload") && strings.Contains(message, "list("):
		return "the values of several subjects cannot be compared: write lowest(…), highest(…), total(…), any(…) or every(…) around them"
	case strings.Contains(message, "no matching overload") && strings.Contains(message, "int") && strings.Contains(message, "double"):
		return fmt.Sprintf("“%s” mixes a whole number with one with decimals: write double(…) around the whole one, or 7.0 instead of 7", word)
	case strings.Contains(message, "no matching overload"):
		return fmt.Sprintf("“%s” does not go with %s", word, overloadWords(message))
	}
	return message
}

func overloadWords(message string) string {
	_, applied, ok := strings.Cut(message, "applied to '")
	if !ok {
		return "what it is given"
	}
	applied = strings.Trim(strings.TrimSuffix(strings.TrimSpace(applied), "'"), "()")
	var words []string
	for _, t := range strings.Split(applied, ", ") {
		words = append(words, typeWords(t))
	}
	return strings.Join(words, " and ")
}

func (r *reading) unknownName(c *compiler, word string) string {
	if d, ok := r.engine.defs[word]; ok {
		return fmt.Sprintf("%s is about %s, which a policy about %s cannot see", word, kindTitle(d.Subject), kindTitle(c.policy.Subject))
	}
	var names []string
	for name, d := range r.engine.defs {
		if r.engine.reach(c.policy.Subject, d.Subject) != unseen {
			names = append(names, name)
		}
	}
	for _, t := range c.policy.Thresholds {
		names = append(names, "threshold."+t.Name)
	}
	for _, cl := range c.policy.Clauses {
		names = append(names, cl.Name)
	}
	s := fmt.Sprintf("there is no fact, threshold, clause or function %s for a policy about %s", word, kindTitle(c.policy.Subject))
	if near := nearest(word, append(append(names, functionNames()...), subjectNames()...)); near != "" {
		s += ": did you mean " + near + "?"
	}
	return s
}

// nearest is the name that differs least, when it differs by little.
func nearest(word string, names []string) string {
	slices.Sort(names)
	best, least := "", len(word)/5+2
	for _, n := range names {
		if d := distance(word, n); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance counts the letters to add, drop or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// template notes every fault of a sentence: each placeholder is compiled on its own.
func (r *reading) template(c *compiler, where, field string, t Text) {
	_, err := c.template(where, field, t)
	if err == nil {
		return
	}
	found := false
	for _, m := range regexp.MustCompile(`\{[^{}]*\}`).FindAllStringIndex(t.Value, -1) {
		one := t.Value[m[0]:m[1]]
		_, err := c.template(where, field, Text{Value: one})
		if err == nil {
			continue
		}
		found = true
		start := len([]rune(t.Value[:m[0]]))
		r.placeholder(c, where, field, t.Value, one, start, err)
	}
	if !found {
		r.faultAt(where, field, t.Value, nil, asPolicyError("", err).Message)
	}
}

func (r *reading) placeholder(c *compiler, where, field, text, one string, start int, err error) {
	source := strings.TrimSuffix(one[1:], "}")
	if i := strings.LastIndex(source, " | "); i >= 0 {
		source = source[:i]
	}
	if strings.TrimSpace(source) != "" {
		if faults := r.exprFaults(c, c.full, source, nil); len(faults) > 0 {
			for _, f := range faults {
				r.faultAt(where, field, text, &span{start + 1 + f.from, start + 1 + f.to}, f.message)
			}
			return
		}
	}
	r.faultAt(where, field, text, &span{start, start + len([]rune(one))}, asPolicyError("", err).Message)
}
