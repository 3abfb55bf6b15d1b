package rules

import (
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// shownAs is how the value of an expression is written: its format, and the unit that stands behind it.
type shownAs struct{ format, unit string }

// beside is how a value is written next to another: like that where nothing tells more of it than that it is a number.
func beside(s, other shownAs) shownAs {
	if s.neutral() || (s == shownAs{format: "number"}) {
		return other
	}
	return s
}

// neutral is how a bare number is written: like what it stands beside.
func (s shownAs) neutral() bool { return s.format == "" }

// shownAs works out from its facts and thresholds how the value of an expression is written.
func (c *compiled) shownAs(x ast.Expr) shownAs {
	switch x.Kind() {
	case ast.IdentKind:
		return c.nameShownAs(x.AsIdent())
	case ast.CallKind:
	default:
		return shownAs{}
	}
	args := operands(x)
	switch x.AsCall().FunctionName() {
	case "double", "int", "abs", "lowest", "highest", "total", operators.Negate:
		return c.shownAs(args[0])
	case operators.Add, operators.Subtract:
		return alike(c.shownAs(args[0]), c.shownAs(args[1]))
	case operators.Multiply:
		return product(c.shownAs(args[0]), c.shownAs(args[1]))
	case operators.Divide:
		if by := c.shownAs(args[1]); !isMoney(by) {
			return product(c.shownAs(args[0]), by)
		}
	case operators.Conditional:
		return alike(c.shownAs(args[1]), c.shownAs(args[2]))
	}
	return shownAs{format: "number"}
}

func (c *compiled) nameShownAs(name string) shownAs {
	if d, ok := c.defs[name]; ok {
		s := shownAs{format: formatOf(d)}
		if s.format == "number" || s.format == "int" {
			s.unit = d.Unit
		}
		return s
	}
	for _, t := range c.Thresholds {
		if "threshold."+t.Name == name {
			s := shownAs{format: formatOfUnit(t.Unit)}
			if s.format == "number" {
				s.unit = shownUnit(t.Unit)
			}
			return s
		}
	}
	return shownAs{format: "text"}
}

func isMoney(s shownAs) bool { return s.format == "money" }

// alike is how the sum of two is written.
func alike(a, b shownAs) shownAs {
	switch {
	case a.neutral() || a == b:
		return b
	case b.neutral():
		return a
	case strings.HasPrefix(a.format, "days") && strings.HasPrefix(b.format, "days"):
		return shownAs{format: "days1"}
	}
	return shownAs{format: "number"}
}

// product is how a product is written, or a quotient whose divisor is no money.
func product(a, b shownAs) shownAs {
	switch {
	case isMoney(a) != isMoney(b):
		return shownAs{format: "money"}
	case b.neutral():
		return a
	case a.neutral():
		return b
	}
	return shownAs{format: "number"}
}

// valueText writes the value of an expression with its unit; "" where there is none.
func (r *row) valueText(e *expression, v ref.Val, as shownAs) string {
	if isUnknown(v) {
		return ""
	}
	if list, ok := v.(traits.Lister); ok {
		return r.listText(list, as)
	}
	if as.neutral() {
		as.format = "number"
	}
	s := r.formatter(e).write(as.format, v)
	if _, isNumber := number(v); isNumber && as.unit != "" {
		s += " " + as.unit
	}
	return s
}

// listText writes the first of several values: "12.0 days, 20.1 days, of 3".
func (r *row) listText(list traits.Lister, as shownAs) string {
	var shown []string
	n := 0
	for it := list.Iterator(); it.HasNext().Value() == true; n++ {
		if v := it.Next(); n < mostListed {
			shown = append(shown, r.valueText(nil, v, as))
		}
	}
	if n > mostListed {
		return strings.Join(shown, ", ") + ", …"
	}
	return strings.Join(shown, ", ")
}

// sideWords names one side of a comparison: the title of its fact or threshold, else its text.
func (c *compiled) sideWords(e *expression) string {
	x := e.tree.NativeRep().Expr()
	for x.Kind() == ast.CallKind && x.AsCall().FunctionName() == "double" {
		x = x.AsCall().Args()[0]
	}
	if x.Kind() != ast.IdentKind {
		return e.text
	}
	if d, ok := c.defs[x.AsIdent()]; ok {
		return factTitle(d)
	}
	for _, t := range c.Thresholds {
		if "threshold."+t.Name == x.AsIdent() {
			return t.title()
		}
	}
	return e.text
}
