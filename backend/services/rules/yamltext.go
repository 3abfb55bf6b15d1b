package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// normal is a policy's text as it is kept: lines end with a line feed, the last one too, and no document marks around it.
func normal(text string) string {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		text = rest
	}
	text = strings.TrimRight(text, "\n \t")
	if text == "" {
		return ""
	}
	return text + "\n"
}

// documents splits a YAML stream. A line that begins with --- always begins a document, whatever it stands in.
func documents(stream string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if t := normal(b.String()); strings.TrimSpace(t) != "" {
			out = append(out, t)
		}
		b.Reset()
	}
	for _, line := range strings.SplitAfter(strings.ReplaceAll(stream, "\r\n", "\n"), "\n") {
		mark := strings.TrimRight(line, "\n \t")
		switch {
		case mark == "---" || mark == "...":
			flush()
		case strings.HasPrefix(line, "--- "):
			flush()
			b.WriteString(strings.TrimPrefix(line, "--- "))
		default:
			b.WriteString(line)
		}
	}
	flush()
	return out
}

// stream joins policies to one YAML text of a document each.
func stream(texts []string) string { return strings.Join(texts, "---\n") }

// withVersion is a policy's text with another version; nothing else of it changes.
func withVersion(text string, version int) (string, error) {
	return edit(text, func(root *yaml.Node) []textChange {
		return []textChange{{valueOf(root, "version"), fmt.Sprint(version)}}
	})
}

// withFigures is a policy's text with other values of thresholds; a value takes the place of a fact that it came from.
func withFigures(text string, figures map[string]float64) (string, error) {
	if len(figures) == 0 {
		return text, nil
	}
	return edit(text, func(root *yaml.Node) []textChange {
		var out []textChange
		all := valueOf(root, "thresholds")
		if all == nil {
			return nil
		}
		for _, t := range all.Content {
			name := valueOf(t, "name")
			if name == nil {
				continue
			}
			v, ok := figures[name.Value]
			if !ok {
				continue
			}
			if from := keyOf(t, "from"); from != nil {
				out = append(out, textChange{from, "value"}, textChange{valueOf(t, "from"), figure(v)})
				continue
			}
			out = append(out, textChange{valueOf(t, "value"), figure(v)})
		}
		return out
	})
}

// textChange is a scalar that gets another text.
type textChange struct {
	node *yaml.Node
	text string
}

// edit changes scalars of a YAML text in place; comments, order and style stay.
func edit(text string, changes func(root *yaml.Node) []textChange) (string, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return "", fmt.Errorf("read the policy: %w", err)
	}
	if len(doc.Content) == 0 {
		return "", errors.New("the policy is empty")
	}
	all := changes(doc.Content[0])
	slices.SortFunc(all, func(a, b textChange) int {
		if a.node == nil || b.node == nil {
			return 0
		}
		return cmp.Or(cmp.Compare(b.node.Line, a.node.Line), cmp.Compare(b.node.Column, a.node.Column))
	})
	lines := strings.Split(text, "\n")
	for _, c := range all {
		if c.node == nil {
			return "", errors.New("the policy lacks what is to be changed")
		}
		if !c.inPlace(lines) {
			return rewritten(&doc, all)
		}
	}
	return strings.Join(lines, "\n"), nil
}

// inPlace puts the text where the scalar is written; false where it is not written plainly.
func (c textChange) inPlace(lines []string) bool {
	if c.node.Line < 1 || c.node.Line > len(lines) {
		return false
	}
	line := []rune(lines[c.node.Line-1])
	at := c.node.Column - 1
	if at < 0 || at > len(line) {
		return false
	}
	rest := string(line[at:])
	was := c.node.Value
	switch c.node.Style {
	case yaml.DoubleQuotedStyle:
		was = `"` + was + `"`
	case yaml.SingleQuotedStyle:
		was = "'" + was + "'"
	default:
	}
	after, ok := strings.CutPrefix(rest, was)
	if !ok || c.node.Kind != yaml.ScalarNode {
		return false
	}
	lines[c.node.Line-1] = string(line[:at]) + c.text + after
	return true
}

// rewritten writes the whole document anew; used where a value is an alias or written over several lines.
func rewritten(doc *yaml.Node, all []textChange) (string, error) {
	for _, c := range all {
		*c.node = yaml.Node{Kind: yaml.ScalarNode, Value: c.text, LineComment: c.node.LineComment}
	}
	var b strings.Builder
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(doc), enc.Close()); err != nil {
		return "", fmt.Errorf("write the policy: %w", err)
	}
	return b.String(), nil
}

// keyOf and valueOf give the parts of an entry of a mapping; nil where it is not there.
func keyOf(m *yaml.Node, key string) *yaml.Node { k, _ := findKey(m, key); return k }

func valueOf(m *yaml.Node, key string) *yaml.Node { _, v := findKey(m, key); return v }

func findKey(m *yaml.Node, key string) (k, v *yaml.Node) {
	if m == nil || m.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i], m.Content[i+1]
		}
	}
	return nil, nil
}

// figure writes a number of a threshold.
func figure(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
