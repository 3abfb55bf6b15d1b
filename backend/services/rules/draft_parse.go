package rules

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// parse reads the text as YAML, strictly, and notes where each part of the policy stands.
func (r *reading) parse(text string) {
	var doc yaml.Node
	d := yaml.NewDecoder(strings.NewReader(text))
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		r.problems = append(r.problems, ProblemOutput{Message: "There is no policy here yet: give it a name, a title, a subject and a case."})
		return
	case err != nil:
		line, what := yamlFault(err.Error())
		r.problems = append(r.problems, ProblemOutput{Line: line, Message: "This is not YAML: " + what + "."})
		return
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		r.problems = append(r.problems, ProblemOutput{Line: root.Line, Column: root.Column, Message: "A policy is a list of fields: begin with name: and title:."})
		return
	}
	r.isPolicy = true
	r.index(root)
	strict := yaml.NewDecoder(strings.NewReader(text))
	strict.KnownFields(true)
	err := strict.Decode(&r.policy)
	var typed *yaml.TypeError
	switch {
	case errors.As(err, &typed):
		for _, e := range typed.Errors {
			r.strict(e)
		}
	case err != nil:
		r.strict(err.Error())
	}
	var more yaml.Node
	if err := d.Decode(&more); err == nil && len(more.Content) > 0 {
		at := more.Content[0]
		r.problems = append(r.problems, ProblemOutput{Line: at.Line, Column: at.Column, Message: "Only one policy can be written at a time: import the text to keep several."})
	}
}

// index remembers the node of every field by the words that problems use.
func (r *reading) index(root *yaml.Node) {
	r.places[""] = root
	eachField(root, func(key string, v *yaml.Node) {
		r.places["/"+key] = v
		word, ok := map[string]string{"thresholds": "threshold", "clauses": "clause", "cases": "case"}[key]
		if !ok || v.Kind != yaml.SequenceNode {
			return
		}
		for i, item := range v.Content {
			where := word + " " + nameIn(item, i)
			r.places[where] = item
			eachField(item, func(key string, v *yaml.Node) { r.indexField(where, key, v) })
		}
	})
}

func (r *reading) indexField(where, key string, v *yaml.Node) {
	r.places[where+"/"+key] = v
	switch key {
	case "at_stake":
		eachField(v, func(key string, v *yaml.Node) {
			if key == "money" {
				r.places[where+"/at_stake"] = v
			} else {
				r.places[where+"/"+key] = v
			}
		})
	case "action":
		eachField(v, func(key string, v *yaml.Node) {
			r.places[where+"/"+key] = v
			for i, step := range v.Content {
				r.places[where+"/"+key+"/"+strconv.Itoa(i)] = step
			}
		})
	}
}

func eachField(n *yaml.Node, do func(key string, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		do(n.Content[i].Value, n.Content[i+1])
	}
}

// nameIn is the name that an item of a list gives itself; "" where it has none, as compiling has it.
func nameIn(item *yaml.Node, _ int) string {
	var name string
	eachField(item, func(key string, v *yaml.Node) {
		if key == "name" {
			name = v.Value
		}
	})
	return name
}

func checklistField(i int) string { return "checklist/" + strconv.Itoa(i) }

var (
	faultLine    = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(?s:(.*))$`)
	unknownField = regexp.MustCompile(`^field (\S+) not found in type`)
	wrongType    = regexp.MustCompile("^cannot unmarshal (!!\\w+)(?: `(.*)`)? into (\\S+)")
	givenTwice   = regexp.MustCompile(`^mapping key "(.*)" already defined at line (\d+)`)
)

func yamlFault(s string) (int, string) {
	m := faultLine.FindStringSubmatch(s)
	line, _ := strconv.Atoi(m[1]) // "" gives 0: not known
	return line, m[2]
}

// strict notes a fault of the form of the text, in words.
func (r *reading) strict(s string) {
	line, what := yamlFault(s)
	p := ProblemOutput{Line: line, Message: spoken(what)}
	if m := unknownField.FindStringSubmatch(what); m != nil {
		p.Field = m[1]
		p.Message = fmt.Sprintf("There is no field %s here: remove it or correct its name.", m[1])
	} else if m := wrongType.FindStringSubmatch(what); m != nil {
		p.Message = typeWanted(m[3]) + " is wanted here."
		if m[2] != "" {
			p.Message = typeWanted(m[3]) + " is wanted here, not “" + m[2] + "”."
		}
	} else if m := givenTwice.FindStringSubmatch(what); m != nil {
		p.Field = m[1]
		p.Message = fmt.Sprintf("%s is given twice, on line %s as well: keep one of them.", m[1], m[2])
	}
	p.Where, p.Column = r.around(line, &p.Field)
	r.problems = append(r.problems, p)
}

func typeWanted(goType string) string {
	switch {
	case strings.Contains(goType, "int"):
		return "A whole number"
	case strings.Contains(goType, "float"):
		return "A number"
	case goType == "bool":
		return "true or false"
	case strings.HasPrefix(goType, "[]"):
		return "A list"
	case strings.HasPrefix(goType, "rules."):
		return "A list of fields"
	}
	return "A text"
}

// around finds which part of the policy stands on a line, and the column at which the field begins.
func (r *reading) around(line int, field *string) (where string, column int) {
	best := 0
	for place, n := range r.places {
		w, f, isField := strings.Cut(place, "/")
		if !isField && n.Line <= line && n.Line > best && w != "" {
			best, where = n.Line, w
		}
		if isField && n.Line == line && *field == "" {
			*field = f
		}
	}
	if line > 0 && line <= len(r.lines) {
		text := r.lines[line-1]
		column = len(text) - len(strings.TrimLeft(text, " -")) + 1
	}
	if top := r.places["/"+*field]; top != nil && top.Line == line {
		where = ""
	}
	return where, column
}
