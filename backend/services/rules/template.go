package rules

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// A template is a sentence with placeholders:
//
//	{inventory.cover_days}          a fact, written as its type and unit want
//	{expression | format}           any CEL expression, written in a format (see formats)
//	{is} {are} {has}                in a clause's words: "is" or "is not"
//	[[ … ]]                         left out when a value inside it is not known
//
// Outside of [[ ]] a value that is not known is written "not known".
type template struct{ groups []group }

type group struct {
	optional bool
	parts    []part
}

type part struct {
	text   string      // literal text, or the verb
	verb   bool        // {is}: depends on the result
	expr   *expression // nil for literals
	format string
}

const notKnown = "not known"

func verbs() []string { return []string{"is", "are", "has", "have", "does"} }

// template parses t and compiles its placeholders; nil for an empty text.
func (c *compiler) template(where, field string, t Text) (*template, error) {
	if t.Value == "" {
		return nil, nil
	}
	out := &template{}
	rest := strings.Join(strings.Fields(t.Value), " ")
	for rest != "" {
		open := strings.Index(rest, "[[")
		if open != 0 {
			end := len(rest)
			if open > 0 {
				end = open
			}
			g, err := c.group(where, field, t, rest[:end], false)
			if err != nil {
				return nil, err
			}
			out.groups = append(out.groups, g)
			rest = rest[end:]
			continue
		}
		end := strings.Index(rest, "]]")
		if end < 0 {
			return nil, c.fail(where, field, t, 0, "[[ without ]]")
		}
		g, err := c.group(where, field, t, rest[2:end], true)
		if err != nil {
			return nil, err
		}
		out.groups = append(out.groups, g)
		rest = rest[end+2:]
	}
	return out, nil
}

func (c *compiler) group(where, field string, t Text, text string, optional bool) (group, error) {
	g := group{optional: optional}
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			g.parts = append(g.parts, part{text: text})
			break
		}
		if open > 0 {
			g.parts = append(g.parts, part{text: text[:open]})
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			return g, c.fail(where, field, t, 0, "{ without }")
		}
		p, err := c.placeholder(where, field, t, text[open+1:open+end])
		if err != nil {
			return g, err
		}
		g.parts = append(g.parts, p)
		text = text[open+end+1:]
	}
	return g, nil
}

func (c *compiler) placeholder(where, field string, t Text, inside string) (part, error) {
	inside = strings.TrimSpace(inside)
	if slices.Contains(verbs(), inside) {
		return part{text: inside, verb: true}, nil
	}
	source, format := inside, ""
	if i := strings.LastIndex(inside, " | "); i >= 0 {
		source, format = strings.TrimSpace(inside[:i]), strings.TrimSpace(inside[i+3:])
	}
	x, err := c.expr(c.full, where, field, Text{Value: source, Line: t.Line}, nil)
	if err != nil {
		return part{}, err
	}
	if x == nil {
		return part{}, c.fail(where, field, t, 0, "{} has nothing inside")
	}
	if x.tree.OutputType().Kind() == types.ListKind {
		return part{}, c.fail(where, field, t, 0, fmt.Sprintf("{%s} is the values of several subjects: write lowest(…), highest(…), total(…), any(…) or every(…) around it", inside))
	}
	if format == "" {
		format = c.defaultFormat(source)
	}
	if format == "" {
		return part{}, c.fail(where, field, t, 0, fmt.Sprintf("{%s} needs a format: one of %s", inside, strings.Join(formats(), ", ")))
	}
	if !slices.Contains(formats(), format) {
		return part{}, c.fail(where, field, t, 0, fmt.Sprintf("there is no format %s: use one of %s", format, strings.Join(formats(), ", ")))
	}
	return part{expr: x, format: format}, nil
}

func (c *compiler) defaultFormat(name string) string {
	switch name {
	case subjectName, subjectLabel, subjectMarketplace, subjectParent:
		return "text"
	}
	if d, ok := c.defs[name]; ok {
		return formatOf(d)
	}
	for _, t := range c.policy.Thresholds {
		if "threshold."+t.Name == name {
			return formatOfUnit(t.Unit)
		}
	}
	return ""
}

// render writes the template for a row; negated chooses "is not" for {is}.
func (t *template) render(r *row, negated bool) string {
	if t == nil {
		return ""
	}
	var b strings.Builder
	for _, g := range t.groups {
		s, known := g.render(r, negated)
		if known || !g.optional {
			b.WriteString(s)
		}
	}
	return strings.TrimSpace(b.String())
}

func (g group) render(r *row, negated bool) (string, bool) {
	var b strings.Builder
	known := true
	for _, p := range g.parts {
		switch {
		case p.verb && negated:
			b.WriteString(p.text + " not")
		case p.expr == nil:
			b.WriteString(p.text)
		default:
			v := r.loose(p.expr)
			if isUnknown(v) {
				known = false
				b.WriteString(notKnown)
				continue
			}
			b.WriteString(r.formatter(p.expr).write(p.format, v))
		}
	}
	return b.String(), known
}

func isUnknown(v ref.Val) bool { return v == nil || types.IsUnknownOrError(v) }
