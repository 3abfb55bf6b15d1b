package rules

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// sentence says a comparison in words: "Term clicks 61 is at least 10".
func (w *writer) sentence(e *expression, x ast.Expr, v ref.Val, seen bool) string {
	if !seen {
		return w.source(e, x) + ": not needed"
	}
	if x.Kind() != ast.CallKind || len(x.AsCall().Args()) != 2 {
		return w.named(e, x)
	}
	verb, ok := verbOf(x.AsCall().FunctionName())
	if !ok {
		return w.named(e, x)
	}
	if v == types.False {
		verb = strings.Replace(verb, "is", "is not", 1)
	}
	args := x.AsCall().Args()
	return sentenceCase(fmt.Sprintf("%s %s %s", w.named(e, args[0]), verb, w.named(e, args[1])))
}

func verbOf(operator string) (string, bool) {
	switch operator {
	case operators.Less:
		return "is below", true
	case operators.LessEquals:
		return "is at most", true
	case operators.Greater:
		return "is above", true
	case operators.GreaterEquals:
		return "is at least", true
	case operators.Equals:
		return "is", true
	case operators.NotEquals:
		return "is other than", true
	}
	return "", false
}

// named is an operand in words: a fact's name and value, or the text of an expression.
func (w *writer) named(e *expression, x ast.Expr) string {
	switch x.Kind() {
	case ast.LiteralKind:
		return strings.Trim(w.source(e, x), `"`)
	case ast.IdentKind:
		l := &writer{row: w.row}
		l.ident(e, x, 0)
		if len(l.lines) == 0 {
			return x.AsIdent()
		}
		name := strings.ReplaceAll(x.AsIdent()[strings.IndexByte(x.AsIdent(), '.')+1:], "_", " ")
		switch {
		case strings.HasPrefix(x.AsIdent(), "threshold."):
			return l.lines[0].Value
		case l.lines[0].Value == "":
			return name + " (" + notKnown + ")"
		}
		return name + " " + l.lines[0].Value
	case ast.CallKind:
		if x.AsCall().FunctionName() == "double" {
			return w.named(e, x.AsCall().Args()[0])
		}
		return w.source(e, x)
	default:
		return w.source(e, x)
	}
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
