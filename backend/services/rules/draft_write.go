package rules

import (
	"context"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// Write puts a policy as the builder has it into its text: only what differs is written anew, comments and the order of
// the text stay. The answer is what Read says of the new text.
func (e *Engine) Write(ctx context.Context, in DraftInput) (Draft, error) {
	if in.Policy == nil {
		return e.Read(ctx, in)
	}
	want := fieldsOf(*in.Policy)
	text := merged(in.YAML, want)
	out, err := e.Read(ctx, DraftInput{YAML: text})
	if err != nil {
		return Draft{}, err
	}
	if out.Policy != nil {
		keepRows(out.Policy, in.Policy)
	}
	return out, nil
}

// merged is the text with these fields. A text that cannot be changed in place is written anew.
func merged(text string, want fields) string {
	fresh := strings.Join(emit(want, 0), "\n") + "\n"
	root, have, ok := parseFields(text)
	if !ok {
		return fresh
	}
	if reflect.DeepEqual(have, want) {
		return text
	}
	lines := strings.Split(text, "\n")
	end := len(lines)
	if lines[end-1] == "" {
		end--
	}
	m := merger{lines: lines}
	out := strings.Join(append(m.mapping(root, have, want, 0, end), lines[end:]...), "\n")
	if _, got, ok := parseFields(out); !ok || !reflect.DeepEqual(got, want) {
		return fresh
	}
	return out
}

// parseFields reads the fields of a text; false where it is no policy.
func parseFields(text string) (*yaml.Node, fields, bool) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) == 0 {
		return nil, nil, false
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || root.Style == yaml.FlowStyle {
		return nil, nil, false
	}
	var p Policy
	_ = root.Decode(&p) // faults are told by Read; what was read counts
	return root, fieldsOf(modelOf(p)), true
}

// merger changes a text line by line. Rows count from 0.
type merger struct{ lines []string }

// mapping writes the rows from..to of a block mapping with what is wanted instead of what it has.
func (m merger) mapping(n *yaml.Node, have, want fields, from, to int) []string {
	indent := n.Column - 1
	starts, tail := m.starts(n, from, to)
	var out []string
	written := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		start, row, end := starts[i/2], key.Line-1, tail
		if i/2+1 < len(starts) {
			end = starts[i/2+1]
		}
		was, had := have.get(key.Value)
		now, wanted := want.get(key.Value)
		written[key.Value] = true
		switch {
		case reflect.DeepEqual(was, now): // also what is not known here
			out = append(out, m.lines[start:end]...)
		case had && !wanted:
		default:
			out = append(out, m.lines[start:row]...)
			out = append(out, m.entry(field{key.Value, now}, was, value, indent, row, end)...)
		}
		out = append(out, m.following(want, have, key.Value, indent, n, written)...)
	}
	lead := m.following(want, have, "", indent, n, written)
	return append(append(lead, out...), m.lines[tail:to]...)
}

// following writes the wanted fields that come next after a key and that the text does not have.
func (m merger) following(want, have fields, after string, indent int, n *yaml.Node, written map[string]bool) []string {
	var out []string
	on := after == ""
	for _, x := range want {
		if x.key == after {
			on = true
			continue
		}
		if !on {
			continue
		}
		if valueOf(n, x.key) != nil {
			break
		}
		if _, had := have.get(x.key); !had && !written[x.key] {
			written[x.key] = true
			out = append(out, emitField(x, indent, nil)...)
		}
	}
	return out
}

// starts are the rows where each entry of a mapping or a list begins, the comments before it included, and where the
// blank lines and comments after the last one begin.
func (m merger) starts(n *yaml.Node, from, to int) ([]int, int) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	var out []int
	for i := 0; i < len(n.Content); i += step {
		if i == 0 {
			out = append(out, from)
			continue
		}
		out = append(out, m.back(n.Content[i].Line-1, n.Content[i-step].Line-1, n.Column-1))
	}
	last := from
	if len(n.Content) > 0 {
		last = n.Content[len(n.Content)-step].Line - 1
	}
	return out, m.back(to, last, n.Column-1)
}

// back goes up from a row over blank lines and comments that are no deeper than the entries.
func (m merger) back(row, stop, indent int) int {
	for row-1 > stop {
		text := strings.TrimSpace(m.lines[row-1])
		deep := len(m.lines[row-1]) - len(strings.TrimLeft(m.lines[row-1], " "))
		if text != "" && (text[0] != '#' || deep > indent) {
			break
		}
		row--
	}
	return row
}

// entry writes one field whose value changed; its rows are row..end.
func (m merger) entry(x field, was any, n *yaml.Node, indent, row, end int) []string {
	block := n.Style != yaml.FlowStyle && len(n.Content) > 0 && n.Line-1 > row
	switch now := x.value.(type) {
	case fields:
		if old, ok := was.(fields); ok && block && n.Kind == yaml.MappingNode {
			return append(m.lines[row:row+1:row+1], m.mapping(n, old, now, row+1, end)...)
		}
	case items:
		if old, ok := was.(items); ok && block && n.Kind == yaml.SequenceNode && len(old) == len(n.Content) {
			return append(m.lines[row:row+1:row+1], m.list(n, old, now, row+1, end)...)
		}
	case steps:
		if old, ok := was.(steps); ok && block && n.Kind == yaml.SequenceNode && len(old) == len(n.Content) {
			return append(m.lines[row:row+1:row+1], m.steps(n, old, now, row+1, end)...)
		}
	}
	out := emitField(x, indent, n)
	if n.LineComment != "" && len(out) == 1 {
		out[0] += " " + n.LineComment
	}
	return out
}

// endComment is the comment behind a mapping in braces, which YAML does not say whose it is.
func endComment(lines []string) string {
	last := strings.Join(lines, "\n")
	i := strings.LastIndexByte(last, '}')
	if c := strings.TrimSpace(last[i+1:]); strings.HasPrefix(c, "#") && !strings.Contains(c, "\n") {
		return c
	}
	return ""
}

// list writes the items of a block list: those that stayed as they are, in the wanted order.
func (m merger) list(n *yaml.Node, have, want items, from, to int) []string {
	starts, tail := m.starts(n, from, to)
	starts = append(starts, tail)
	pairs := pair(have, want)
	var out []string
	for i, now := range want {
		at := pairs[i]
		if at < 0 {
			out = append(out, emitItem(now, n.Column-1)...)
			continue
		}
		start, end := starts[at], starts[at+1]
		item := n.Content[at]
		if reflect.DeepEqual(have[at], now) {
			out = append(out, m.lines[start:end]...)
			continue
		}
		out = append(out, m.lines[start:item.Line-1]...)
		out = append(out, m.item(item, have[at], now, n.Column-1, item.Line-1, end)...)
	}
	return append(out, m.lines[tail:to]...)
}

// item writes one item of a list; its first field stands behind the dash.
func (m merger) item(n *yaml.Node, have, want fields, indent, row, end int) []string {
	if n.Kind != yaml.MappingNode {
		return emitItem(want, indent)
	}
	if n.Style == yaml.FlowStyle {
		if flat(want) {
			line := strings.Repeat(" ", indent) + "- " + flowMap(want)
			if c := endComment(m.lines[row:end]); c != "" {
				line += " " + c
			}
			return []string{line}
		}
		return emitItem(want, indent)
	}
	dash := m.lines[row]
	m.lines[row] = strings.Repeat(" ", n.Column-1) + dash[n.Column-1:]
	out := m.mapping(n, have, want, row, end)
	m.lines[row] = dash
	for i, l := range out {
		if text := strings.TrimSpace(l); text != "" && text[0] != '#' {
			out[i] = dash[:n.Column-1] + l[n.Column-1:]
			break
		}
	}
	return out
}

func (m merger) steps(n *yaml.Node, have, want steps, from, to int) []string {
	starts, tail := m.starts(n, from, to)
	starts = append(starts, tail)
	pad := strings.Repeat(" ", n.Column-1) + "-"
	var out []string
	used := map[int]bool{}
	for _, s := range want {
		at := -1
		for i := range have {
			if have[i] == s && !used[i] {
				at = i
				break
			}
		}
		if at < 0 {
			out = append(out, emitText(pad, s, n.Column-1, nil)...)
			continue
		}
		used[at] = true
		out = append(out, m.lines[starts[at]:starts[at+1]]...)
	}
	return append(out, m.lines[tail:to]...)
}

// pair finds for each wanted item the one that it was: that of its name, else the one in its place whose name is gone.
func pair(have, want items) []int {
	out := make([]int, len(want))
	used := map[int]bool{}
	for i, w := range want {
		out[i] = -1
		for j, h := range have {
			if h.name() == w.name() && !used[j] {
				out[i], used[j] = j, true
				break
			}
		}
	}
	for i := range want {
		if out[i] < 0 && i < len(have) && !used[i] {
			out[i], used[i] = i, true
		}
	}
	return out
}
