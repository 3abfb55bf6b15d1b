package rules

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// span is a part of an expression's text, in characters.
type span struct{ from, to int }

// fault notes what is wrong with a field as a whole.
func (r *reading) fault(where, field, message string) {
	r.faultAt(where, field, "", nil, message)
}

// faultAt notes what is wrong with a part of an expression; a nil part is all of it.
func (r *reading) faultAt(where, field, text string, part *span, message string) {
	shown, _, _ := strings.Cut(field, "/")
	p := ProblemOutput{Where: where, Field: shown, Message: spoken(message)}
	runes := []rune(text)
	s := span{0, len(runes)}
	if part != nil {
		s = span{min(part.from, len(runes)), min(part.to, len(runes))}
	}
	p.From, p.To = units(runes[:s.from]), units(runes[:s.to])
	n, ok := r.places[where+"/"+field]
	if !ok {
		n, ok = r.places[where]
	} else if text != "" {
		p.Line, p.Column = r.position(n, runes, s.from)
		r.problems = append(r.problems, p)
		return
	}
	if ok {
		p.Line, p.Column = n.Line, n.Column
	}
	r.problems = append(r.problems, p)
}

// spoken makes a sentence of a message.
func spoken(message string) string {
	first, size := utf8.DecodeRuneInString(message)
	s := strings.TrimSuffix(string(unicode.ToUpper(first))+message[size:], ".")
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// units counts as JavaScript does.
func units(s []rune) int { return len(utf16.Encode(s)) }

// position is where a character of a scalar's value stands in the file, as far as it can be followed through folding.
func (r *reading) position(n *yaml.Node, value []rune, at int) (line, column int) {
	line, first := n.Line, n.Column-1
	switch n.Style {
	case yaml.LiteralStyle, yaml.FoldedStyle:
		line, first = line+1, 0
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		first++
	case yaml.TaggedStyle, yaml.FlowStyle:
	}
	for pos := 0; line <= len(r.lines); line, first = line+1, 0 {
		text := []rune(strings.TrimRight(r.lines[line-1], " \r"))
		first = min(first, len(text))
		for first < len(text) && text[first] == ' ' {
			first++
		}
		length := len(text) - first
		if length == 0 {
			continue
		}
		if at <= pos+length {
			return line, first + at - pos + 1
		}
		pos += length
		if pos < len(value) { // the line break: a space, or itself
			pos++
		}
		if pos > len(value) {
			break
		}
	}
	return n.Line, n.Column
}
