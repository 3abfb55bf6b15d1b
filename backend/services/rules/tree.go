package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/parser"
)

// parseOnly reads CEL without asking what its names mean.
var parseOnly = sync.OnceValues(func() (*cel.Env, error) { //nolint:gochecknoglobals // made once, and never changed
	return cel.NewEnv(cel.EnableMacroCallTracking(), cel.ExpressionNodeLimit(500))
})

var dotted = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)

// ParseCondition makes the rows of the builder from CEL; nil for an empty text. What a row says is kept as it is
// written. Names are not looked up, but those that are clauses become clause rows. The error is a fault of the text.
func ParseCondition(text string, clauses []string) (*Condition, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	tree, err := parseText(text)
	if err != nil {
		return nil, err
	}
	whole := Condition{Kind: CondFormula, Parts: []Condition{}, Left: text}
	if hasComment(text) {
		return &whole, nil
	}
	b := treeBuilder{text: []rune(text), info: tree.SourceInfo(), clauses: clauses}
	out := b.build(tree.Expr(), 0, len(b.text))
	if !SameCondition(text, out.Text()) {
		return &whole, nil
	}
	return &out, nil
}

func parseText(text string) (*ast.AST, error) {
	env, err := parseOnly()
	if err != nil {
		return nil, fmt.Errorf("read a condition: %w", err)
	}
	tree, iss := env.Parse(text)
	if iss.Err() != nil {
		return nil, fmt.Errorf("read a condition: %w", iss.Err())
	}
	return tree.NativeRep(), nil
}

// SameCondition says whether two texts are the same expression, however they are spaced and bracketed. A text with a
// fault is the same as none.
func SameCondition(a, b string) bool {
	x, err := unparsed(a)
	if err != nil {
		return false
	}
	y, err := unparsed(b)
	return err == nil && x == y
}

func unparsed(text string) (string, error) {
	tree, err := parseText(text)
	if err != nil {
		return "", err
	}
	s, err := parser.Unparse(tree.Expr(), tree.SourceInfo(), parser.WrapOnOperators())
	if err != nil {
		return "", fmt.Errorf("write a condition: %w", err)
	}
	return s, nil
}

// treeBuilder cuts a text along its syntax tree, which knows where each operator stands.
type treeBuilder struct {
	text    []rune
	info    *ast.SourceInfo
	clauses []string
}

func (b treeBuilder) build(x ast.Expr, from, to int) Condition {
	from, to = unbracketed(b.text, from, to)
	out := Condition{Parts: []Condition{}}
	if x.Kind() == ast.CallKind {
		at, ok := b.info.GetOffsetRange(x.ID())
		start, stop := int(at.Start), int(at.Stop)
		name, args := x.AsCall().FunctionName(), x.AsCall().Args()
		switch op := comparison(name); {
		case !ok || start < from || stop > to:
		case name == operators.LogicalAnd, name == operators.LogicalOr:
			out.Kind = CondAll
			if name == operators.LogicalOr {
				out.Kind = CondAny
			}
			b.join(&out, name, x, from, to)
			return out
		case name == operators.LogicalNot && start == from:
			out.Kind = CondNot
			out.Parts = append(out.Parts, b.build(args[0], stop, to))
			return out
		case op != "":
			out.Kind, out.Op = CondCompare, op
			out.Left, out.Right = b.side(from, start), b.side(stop, to)
			return out
		}
	}
	out.Kind, out.Left = CondFormula, string(b.text[from:to])
	if isName(x) && dotted.MatchString(out.Left) {
		out.Kind = CondFlag
		if slices.Contains(b.clauses, out.Left) {
			out.Kind = CondClause
		}
	}
	return out
}

// join adds the parts of an and, or of an or; those of the same kind inside it become its own.
func (b treeBuilder) join(into *Condition, name string, x ast.Expr, from, to int) {
	from, to = unbracketed(b.text, from, to)
	at, ok := b.info.GetOffsetRange(x.ID())
	if x.Kind() != ast.CallKind || x.AsCall().FunctionName() != name || !ok {
		into.Parts = append(into.Parts, b.build(x, from, to))
		return
	}
	args := x.AsCall().Args()
	b.join(into, name, args[0], from, int(at.Start))
	b.join(into, name, args[1], int(at.Stop), to)
}

func (b treeBuilder) side(from, to int) string {
	from, to = unbracketed(b.text, from, to)
	return string(b.text[from:to])
}

func isName(x ast.Expr) bool {
	for x.Kind() == ast.SelectKind {
		if x.AsSelect().IsTestOnly() {
			return false
		}
		x = x.AsSelect().Operand()
	}
	return x.Kind() == ast.IdentKind
}

func comparison(name string) string {
	switch name {
	case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals, operators.Equals, operators.NotEquals:
		return strings.Trim(name, "_")
	case operators.In:
		return "in"
	}
	return ""
}

// Text writes the condition as CEL; empty groups are left out.
func (c Condition) Text() string {
	switch c.Kind {
	case CondAll:
		return c.joined(" && ")
	case CondAny:
		return c.joined(" || ")
	case CondNot:
		if len(c.Parts) == 0 || c.Parts[0].Text() == "" {
			return ""
		}
		if p := c.Parts[0]; (p.Kind == CondFlag || p.Kind == CondClause) && dotted.MatchString(p.Left) {
			return "!" + p.Left
		}
		return "!(" + c.Parts[0].Text() + ")"
	case CondCompare:
		if strings.TrimSpace(c.Left+c.Right) == "" {
			return ""
		}
		return bracketed(c.Left, bindsRelation) + " " + c.Op + " " + bracketed(c.Right, bindsRelation)
	}
	return strings.TrimSpace(c.Left)
}

func (c Condition) joined(by string) string {
	var parts []string
	for _, p := range c.Parts {
		text := p.Text()
		switch {
		case text == "":
			continue
		case p.Kind == CondAll || p.Kind == CondAny:
			if len(p.Parts) > 1 {
				text = bracketed(text, bindsAnd)
			}
		case p.Kind == CondFormula || p.Kind == CondFlag || p.Kind == CondClause:
			text = bracketed(text, bindsAnd)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, by)
}

// How tightly the outermost operator of a text binds.
const (
	bindsChoice = iota
	bindsOr
	bindsAnd
	bindsRelation
	bindsTightly
)

// bracketed puts brackets around a text whose operator binds no tighter than that.
func bracketed(text string, loosest int) string {
	text = strings.TrimSpace(text)
	if binding(text) <= loosest {
		return "(" + text + ")"
	}
	return text
}

func binding(text string) int {
	runes := []rune(text)
	if from, _ := unbracketed(runes, 0, len(runes)); from > 0 {
		return bindsTightly
	}
	tree, err := parseText(text)
	if err != nil || tree.Expr().Kind() != ast.CallKind {
		return bindsTightly
	}
	switch name := tree.Expr().AsCall().FunctionName(); {
	case name == operators.Conditional:
		return bindsChoice
	case name == operators.LogicalOr:
		return bindsOr
	case name == operators.LogicalAnd:
		return bindsAnd
	case comparison(name) != "":
		return bindsRelation
	}
	return bindsTightly
}
