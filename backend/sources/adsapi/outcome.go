package adsapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// became is what became of one item of a write.
type became int

const (
	untold   became = iota // the answer does not say, or says two things
	taken                  // done
	declined               // not done
)

// outcome is what an answer says of one item. Writes are not all or nothing: each has an outcome of its own.
type outcome struct {
	became became
	code   string // why it was declined, in Amazon's own codes: "biddingError, BID_TOO_LOW"
}

// again says whether it was declined only for now.
func (o outcome) again() bool { return strings.HasPrefix(o.code, "throttledError") }

// outcomes reads the answer to a write of n items, each by its index, whatever order they stand in:
// {"keywords":{"success":[{"index":0,…}],"error":[{"index":1,"errors":[{"errorType":…,"errorValue":{…}}]}]}}.
func outcomes(text []byte, key string, n int) ([]outcome, error) {
	var answer map[string]json.RawMessage
	if err := decode(text, &answer); err != nil {
		return nil, err
	}
	raw, ok := answer[key]
	if !ok {
		return nil, fmt.Errorf("there is no %q in it", key)
	}
	var got struct {
		Success []struct {
			Index *int `json:"index"`
		} `json:"success"`
		Error []struct {
			Index  *int        `json:"index"`
			Errors []itemError `json:"errors"`
		} `json:"error"`
	}
	if err := decode(raw, &got); err != nil {
		return nil, err
	}
	out, told := make([]outcome, n), make([]int, n)
	note := func(i *int, o outcome) {
		if i == nil || *i < 0 || *i >= n {
			return
		}
		if told[*i]++; told[*i] > 1 {
			o = outcome{}
		}
		out[*i] = o
	}
	for _, s := range got.Success {
		note(s.Index, outcome{became: taken})
	}
	for _, e := range got.Error {
		o := outcome{became: declined, code: codes(e.Errors)}
		if strings.HasPrefix(o.code, "internalServerError") {
			o = outcome{} // a fault of Amazon's own, which says nothing of what was done
		}
		note(e.Index, o)
	}
	return out, nil
}

type itemError struct {
	Type  string `json:"errorType"`
	Value map[string]struct {
		Reason string `json:"reason"`
	} `json:"errorValue"`
}

// codes joins what an error is called; words of Amazon's are left out.
func codes(all []itemError) string {
	var out []string
	for _, e := range all {
		out = append(out, code(e.Type))
		for _, name := range slices.Sorted(maps.Keys(e.Value)) {
			out = append(out, code(e.Value[name].Reason))
		}
	}
	if s := strings.Trim(strings.Join(out, ", "), ", "); s != "" {
		return s
	}
	return "without a reason"
}

// code keeps what looks like a code.
func code(s string) string {
	const most = 60
	return strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s[:min(len(s), most)])
}
