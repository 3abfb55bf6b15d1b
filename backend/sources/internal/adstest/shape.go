package adstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// shape is what a value of JSON may be.
type shape struct {
	what   string
	fields map[string]shape // of an object
	needs  []string         // fields that must be there
	open   bool             // other fields may be there too
	of     *shape           // of a list, and of every value of a map
	words  []string         // of an enum
	most   int              // longest list or text; 0: any
	null   bool             // may be null
}

// The kinds of value.
const (
	anObject = "an object"
	aMap     = "an object of equal things"
	aList    = "a list"
	aText    = "a text"
	anEnum   = "one of some words"
	anID     = "an id: digits in a text"
	aCount   = "a whole number"
	aNumber  = "a number"
	aFlag    = "true or false"
	aDay     = "a day, YYYY-MM-DD"
	aTime    = "an instant, RFC 3339"
	anything = "anything"
)

func object(needs []string, fields map[string]shape) shape {
	return shape{what: anObject, fields: fields, needs: needs}
}

func (s shape) andMore() shape { s.open = true; return s }
func (s shape) orNull() shape  { s.null = true; return s }

func list(of shape, most int) shape { return shape{what: aList, of: &of, most: most} }
func mapOf(of shape) shape          { return shape{what: aMap, of: &of} }
func enum(words ...string) shape    { return shape{what: anEnum, words: words} }
func text(most int) shape           { return shape{what: aText, most: most} }
func a(what string) shape           { return shape{what: what} }

var (
	digits  = regexp.MustCompile(`^[0-9]{1,24}$`)
	whole   = regexp.MustCompile(`^-?[0-9]+$`)
	decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)
)

// parse reads exactly one value of JSON; numbers stay as they are written.
func parse(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("it is no JSON: %w", err)
	}
	if d.More() {
		return nil, fmt.Errorf("something stands behind it")
	}
	return v, nil
}

// faults lists what is wrong with a value, each with its place.
func (s shape) faults(at string, v any) []string {
	if v == nil && (s.null || s.what == anything) {
		return nil
	}
	switch s.what {
	case anObject, aMap:
		return s.ofObject(at, v)
	case aList:
		rows, ok := v.([]any)
		if !ok {
			return s.not(at, v)
		}
		var out []string
		if s.most > 0 && len(rows) > s.most {
			out = append(out, fmt.Sprintf("%s has %d entries, more than %d", at, len(rows), s.most))
		}
		for i, row := range rows {
			out = append(out, s.of.faults(fmt.Sprintf("%s[%d]", at, i), row)...)
		}
		return out
	case aFlag:
		if _, ok := v.(bool); !ok {
			return s.not(at, v)
		}
	case aCount, aNumber:
		n, ok := v.(json.Number)
		if !ok || s.what == aCount && !whole.MatchString(n.String()) || !decimal.MatchString(n.String()) {
			return s.not(at, v)
		}
	case anything:
	default:
		t, ok := v.(string)
		if !ok || !s.fits(t) {
			return s.not(at, v)
		}
	}
	return nil
}

func (s shape) fits(t string) bool {
	switch s.what {
	case anEnum:
		return slices.Contains(s.words, t)
	case anID:
		return digits.MatchString(t)
	case aDay:
		_, err := time.Parse(time.DateOnly, t)
		return err == nil
	case aTime:
		_, err := time.Parse(time.RFC3339, t)
		return err == nil
	}
	return s.most == 0 || len([]rune(t)) <= s.most
}

func (s shape) not(at string, v any) []string {
	what := s.what
	if s.what == anEnum {
		what = "one of " + strings.Join(s.words, ", ")
	}
	return []string{fmt.Sprintf("%s is %.80q, not %s", at, fmt.Sprint(v), what)}
}

func (s shape) ofObject(at string, v any) []string {
	m, ok := v.(map[string]any)
	if !ok {
		return s.not(at, v)
	}
	var out []string
	for _, name := range s.needs {
		if _, ok := m[name]; !ok {
			out = append(out, at+" has no "+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		f, known := s.fields[name]
		switch {
		case s.what == aMap:
			out = append(out, s.of.faults(at+"."+name, m[name])...)
		case known:
			out = append(out, f.faults(at+"."+name, m[name])...)
		case !s.open:
			out = append(out, at+" has "+name+", which nothing documents")
		}
	}
	return out
}
