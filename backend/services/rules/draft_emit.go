package rules

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// widest is where lines of a policy are broken.
const widest = 118

// emit writes fields as block YAML, each line with that many spaces before it.
func emit(f fields, indent int) []string {
	var out []string
	for _, x := range f {
		out = append(out, emitField(x, indent, nil)...)
	}
	return out
}

// emitField writes one field, in the style in which its value was written before.
func emitField(x field, indent int, was *yaml.Node) []string {
	pad := strings.Repeat(" ", indent)
	head := pad + scalar(x.key, nil) + ":"
	switch v := x.value.(type) {
	case plain:
		return []string{head + " " + string(v)}
	case string:
		return emitText(head, v, indent, was)
	case []string:
		return []string{head + " " + flow(v)}
	case steps:
		return emitSteps(head, v, indent)
	case fields:
		if was != nil && was.Style == yaml.FlowStyle && flat(v) {
			return []string{head + " " + flowMap(v)}
		}
		return append([]string{head}, emit(v, indent+2)...)
	case items:
		out := []string{head}
		for _, item := range v {
			out = append(out, emitItem(item, indent+2)...)
		}
		return out
	}
	return nil
}

// emitItem writes a mapping as an item of a list whose dash stands after that many spaces.
func emitItem(f fields, indent int) []string {
	lines := emit(f, indent+2)
	lines[0] = strings.Repeat(" ", indent) + "- " + strings.TrimLeft(lines[0], " ")
	return lines
}

func emitSteps(head string, list []string, indent int) []string {
	out := []string{head}
	pad := strings.Repeat(" ", indent+2) + "-"
	for _, s := range list {
		out = append(out, emitText(pad, s, indent+2, nil)...)
	}
	return out
}

// emitText writes a text behind its key or dash: in one line, folded where that is long, line by line where it has several.
func emitText(head, text string, indent int, was *yaml.Node) []string {
	pad := strings.Repeat(" ", indent+2)
	if strings.Contains(text, "\n") {
		out := []string{head + " |-"}
		for _, l := range strings.Split(text, "\n") {
			if l = strings.TrimRight(l, " \r"); l != "" {
				l = pad + l
			}
			out = append(out, l)
		}
		return out
	}
	one := head + " " + scalar(text, was)
	folded := was != nil && (was.Style == yaml.FoldedStyle || was.Style == yaml.LiteralStyle)
	if text == "" || strings.Join(strings.Fields(text), " ") != text || (!folded && len(one) <= widest) {
		return []string{one}
	}
	out := []string{head + " >-"}
	line := pad
	for _, w := range strings.Fields(text) {
		if line != pad && len(line)+1+len(w) > widest {
			out = append(out, line)
			line = pad
		}
		if line != pad {
			line += " "
		}
		line += w
	}
	return append(out, line)
}

// scalar writes a text in one line, quoted where YAML needs it or where it was.
func scalar(text string, was *yaml.Node) string {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	if was != nil && (was.Style == yaml.DoubleQuotedStyle || was.Style == yaml.SingleQuotedStyle) {
		n.Style = was.Style
	}
	if strings.Contains(text, "\n") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return oneLine(n)
}

func flow(list []string) string {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, s := range list {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s})
	}
	return oneLine(n)
}

func flowMap(f fields) string {
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for _, x := range f {
		v := &yaml.Node{Kind: yaml.ScalarNode}
		switch s := x.value.(type) {
		case plain:
			v.Value = string(s)
		case string:
			v.Tag, v.Value = "!!str", s
		}
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: x.key}, v)
	}
	return oneLine(n)
}

// flat says whether all values are scalars, so that they can stand in one line.
func flat(f fields) bool {
	for _, x := range f {
		switch x.value.(type) {
		case plain, string:
		default:
			return false
		}
	}
	return true
}

func oneLine(n *yaml.Node) string {
	b, err := yaml.Marshal(n)
	if err != nil { // yaml writes every text there is
		return ""
	}
	return strings.TrimSuffix(string(b), "\n")
}
