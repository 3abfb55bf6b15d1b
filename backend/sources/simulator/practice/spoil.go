package practice

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// How an answer is sent that a fault befalls.
const (
	spoilReset   = "reset"
	spoilCut     = "cut"
	spoilTrickle = "trickle"
)

// breakdown lets what stands between a request and Amazon fail.
func (c *call) breakdown() (answer, bool) {
	switch {
	case c.strikes(Down):
		return c.unavailable(http.StatusServiceUnavailable), true
	case c.strikes(Reset):
		return answer{status: http.StatusOK, spoil: spoilReset}, true
	case c.strikes(CaptivePortal):
		page := "<!DOCTYPE html><html><head><title>Guest network</title></head><body><form action=\"/login\">Please sign in to use this network.</form></body></html>"
		return answer{status: http.StatusOK, body: []byte(page), media: "text/html; charset=utf-8"}, true
	}
	if c.op.api == apiLWA || c.op.api == apiDocuments {
		if c.strikes(ServerError) {
			return c.unavailable(http.StatusInternalServerError), true
		}
		return answer{}, false
	}
	if f := c.happens(ServerError); f != nil {
		return c.unavailable([]int{http.StatusInternalServerError, http.StatusServiceUnavailable}[f.Hits%2]), true
	}
	switch {
	case c.strikes(BadRequest):
		return c.invalid("Request has missing or invalid parameters and cannot be parsed.", ""), true
	case c.strikes(Forbidden):
		return c.denied(""), true
	case c.strikes(NotFound):
		return c.fail(http.StatusNotFound, "NotFound", "The requested resource doesn't exist.", ""), true
	}
	return answer{}, false
}

func (c *call) unavailable(status int) answer {
	if status == http.StatusServiceUnavailable {
		return c.fail(status, "ServiceUnavailable", "Service is temporarily unavailable. Please try again.", "")
	}
	return c.fail(status, "InternalFailure", "We encountered an internal error. Please try again.", "")
}

// spoil lets faults befall an answer that is otherwise right.
func (c *call) spoil(a answer) answer {
	if c.op.changes && a.status < 300 {
		switch {
		case c.strikes(DoneBut503):
			return c.unavailable(http.StatusServiceUnavailable)
		case c.strikes(DoneButCut):
			return answer{status: http.StatusOK, spoil: spoilReset}
		}
	}
	if a.status < 300 && strings.Contains(a.media, "json") {
		a.body = c.drift(a.body)
	}
	if f := c.happens(SkewedDate); f != nil {
		a.header.Set("Date", c.now.Add(f.lasts(10*time.Minute)).Format(http.TimeFormat))
	}
	if f := c.happens(Slow); f != nil {
		a.delay = f.lasts(5 * time.Second)
	}
	switch {
	case c.strikes(CutBody):
		a.spoil = spoilCut
	case c.strikes(Trickle):
		a.spoil = spoilTrickle
	}
	return a
}

// drift changes what an answer looks like.
func (c *call) drift(body []byte) []byte {
	for _, d := range []struct {
		fault  string
		change func(path string, v any) (any, bool)
	}{
		{ExtraFields, addField},
		{UnknownEnum, newWord},
		{MissingFields, dropField},
		{NullFields, nullField},
		{HugeNumber, hugeNumber},
		{WrongType, otherType},
	} {
		f := c.happens(d.fault)
		if f == nil {
			continue
		}
		if out, ok := rewrite(body, hash(c.o.Seed, d.fault, fmt.Sprint(f.Hits)), d.change); ok {
			body = out
		}
	}
	return body
}

// rewrite changes one place of a JSON text that can be changed, chosen by chance.
func rewrite(body []byte, chance uint64, change func(string, any) (any, bool)) ([]byte, bool) {
	var root any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&root) != nil {
		return nil, false
	}
	n := 0
	walk(root, "", func(path string, v any) (any, bool) {
		if _, ok := change(path, v); ok {
			n++
		}
		return nil, false
	})
	if n == 0 {
		return nil, false
	}
	pick := int(chance % uint64(n))
	root = walk(root, "", func(path string, v any) (any, bool) {
		next, ok := change(path, v)
		if ok {
			pick--
		}
		return next, ok && pick == -1
	})
	out, err := json.Marshal(root)
	return out, err == nil
}

// walk visits every value below the root in an order that is always the same, and puts in what visit gives.
func walk(v any, path string, visit func(string, any) (any, bool)) any {
	switch x := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if next, ok := visit(k, x[k]); ok {
				if next == (dropped{}) {
					delete(x, k)
					continue
				}
				x[k] = next
			}
			x[k] = walk(x[k], k, visit)
		}
	case []any:
		for i := range x {
			x[i] = walk(x[i], path, visit)
		}
	}
	return v
}

type dropped struct{}

func addField(_ string, v any) (any, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	out := map[string]any{"practiceExtension": map[string]any{"revision": 3, "labels": []string{"new"}}}
	for k, x := range m {
		out[k] = x
	}
	return out, true
}

// newWord replaces a word in capitals, which is how Amazon writes the words of a list.
func newWord(k string, v any) (any, bool) {
	s, ok := v.(string)
	if !ok || len(s) < 3 || strings.ToUpper(s) != s || strings.ContainsAny(s, "0123456789- .|") || strings.Contains(strings.ToLower(k), "currency") {
		return nil, false
	}
	return "SOMETHING_NEW", true
}

func dropField(string, any) (any, bool) { return dropped{}, true }

func nullField(_ string, v any) (any, bool) { return nil, v != nil }

func hugeNumber(_ string, v any) (any, bool) {
	_, ok := v.(json.Number)
	return json.Number("1e400"), ok
}

// otherType leaves what names something: as a number it would name something else, which no change of a type does.
func otherType(k string, v any) (any, bool) {
	switch x := v.(type) {
	case json.Number:
		return "n/a", true
	case string:
		k = strings.ToLower(k)
		return len(x), !strings.HasSuffix(k, "id") && !strings.HasSuffix(k, "sku") && k != "asin" && !strings.HasSuffix(k, "value")
	}
	return nil, false
}

// bomb is a megabyte that becomes a gigabyte of zeros when it is unpacked: 64 members of 16 MiB.
func bomb() []byte { return bytes.Repeat(pack(make([]byte, 1<<24)), 64) }
