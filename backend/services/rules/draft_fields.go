package rules

import (
	"reflect"
	"strconv"
	"strings"
)

// field is an entry of a mapping of the YAML text, in the order in which Purser writes them.
type field struct {
	key   string
	value any // string, plain, []string (in one line), steps, fields or items
}

type (
	plain  string   // a number, or true
	steps  []string // texts, each on a line of its own
	fields []field
	items  []fields // mappings that have names
)

func (f fields) get(key string) (any, bool) {
	for _, x := range f {
		if x.key == key {
			return x.value, true
		}
	}
	return nil, false
}

func (f fields) name() string {
	v, _ := f.get("name")
	s, _ := v.(string)
	return s
}

// add adds a field unless it is empty: what is not written is empty.
func (f *fields) add(key string, value any) {
	switch v := value.(type) {
	case string:
		value = strings.TrimSpace(v)
	case int:
		value = plain(strconv.Itoa(v))
		if v == 0 {
			return
		}
	case bool:
		value = plain("true")
		if !v {
			return
		}
	case float64:
		value = plain(figure(v))
	}
	if v := reflect.ValueOf(value); v.Len() > 0 {
		*f = append(*f, field{key, value})
	}
}

// fieldsOf is a policy as its YAML text has it.
func fieldsOf(m PolicyModel) fields {
	var f fields
	f.add("name", m.Name)
	f.add("title", m.Title)
	f.add("version", m.Version)
	f.add("subject", m.Subject)
	f.add("topic", m.Topic)
	f.add("off", m.Off)
	f.add("stage", m.Stage)
	f.add("priority", m.Priority)
	f.add("description", m.Description)
	f.add("source", m.Source)
	f.add("date", m.Date)
	f.add("scope", m.Scope.written())
	f.add("accepts", m.Accepts)
	f.add("accepts_stale", m.AcceptsStale)
	f.add("min_age", m.MinAge)
	f.add("unknown", m.Unknown)
	var thresholds, clauses, cases items
	for _, t := range m.Thresholds {
		thresholds = append(thresholds, thresholdFields(t))
	}
	for _, cl := range m.Clauses {
		var c fields
		c.add("name", cl.Name)
		c.add("title", cl.Title)
		c.add("when", cl.When.written())
		c.add("words", cl.Words)
		clauses = append(clauses, c)
	}
	for _, cs := range m.Cases {
		cases = append(cases, caseFields(cs))
	}
	f.add("thresholds", thresholds)
	f.add("clauses", clauses)
	f.add("cases", cases)
	f.add("otherwise", m.Otherwise)
	return f
}

func thresholdFields(t ThresholdModel) fields {
	var f fields
	f.add("name", t.Name)
	f.add("title", t.Title)
	if t.Value != nil {
		f.add("value", *t.Value)
	}
	f.add("from", t.From)
	f.add("unit", t.Unit)
	f.add("meaning", t.Meaning)
	f.add("min", t.Min)
	f.add("max", t.Max)
	f.add("source", t.Source)
	f.add("date", t.Date)
	return f
}

func caseFields(cs CaseModel) fields {
	var f, stake, act fields
	f.add("name", cs.Name)
	f.add("when", cs.When.written())
	f.add("needed", cs.Needed)
	f.add("hold", cs.Hold)
	f.add("keep", cs.Keep)
	f.add("cooldown", cs.Cooldown)
	f.add("severity", cs.Severity)
	f.add("critical_when", cs.CriticalWhen)
	f.add("inhibited_by", cs.InhibitedBy)
	f.add("effects", cs.Effects)
	f.add("blocks", cs.Blocks)
	f.add("group", cs.Group)
	f.add("title", cs.Title)
	f.add("sentence", cs.Sentence)
	f.add("do", cs.Do)
	f.add("if_you_wait", cs.IfYouWait)
	stake.add("money", cs.Money)
	stake.add("per", cs.Per)
	f.add("at_stake", stake)
	f.add("worse", cs.Worse)
	f.add("due", cs.Due)
	f.add("due_fixed", cs.DueFixed)
	act.add("kind", cs.ActionKind)
	act.add("label", cs.ActionLabel)
	act.add("link", cs.Link)
	act.add("checklist", steps(cs.Checklist))
	act.add("units", cs.Units)
	act.add("target", cs.Target)
	f.add("action", act)
	return f
}

// written is the text of a condition; that of its tree where they differ.
func (c ConditionModel) written() string {
	if c.Tree == nil || SameCondition(c.Text, c.Tree.Text()) {
		return c.Text
	}
	return c.Tree.Text()
}
