package practice_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// models are Amazon's published models, where a copy is at hand: then every answer is held to them.
type models struct{ files []map[string]any }

func loadModels(t *testing.T) *models {
	t.Helper()
	m := &models{}
	paths, err := filepath.Glob(filepath.Join(shared(), "spapi-models", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var f map[string]any
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatal(err)
		}
		m.files = append(m.files, f)
	}
	return m
}

// check finds the operation and compares an answer with its schema.
func (m *models) check(method, path string, status int, body []byte) error {
	if len(m.files) == 0 {
		return nil
	}
	for _, f := range m.files {
		paths, _ := f["paths"].(map[string]any)
		for pattern, item := range paths {
			if !fits(pattern, path) {
				continue
			}
			op, ok := item.(map[string]any)[strings.ToLower(method)].(map[string]any)
			if !ok {
				continue
			}
			responses, _ := op["responses"].(map[string]any)
			r, ok := responses[fmt.Sprint(status)].(map[string]any)
			if !ok {
				return fmt.Errorf("status %d is not in the model", status)
			}
			schema, ok := r["schema"].(map[string]any)
			if !ok || len(body) == 0 {
				return nil
			}
			var v any
			if err := json.Unmarshal(body, &v); err != nil {
				return err
			}
			return errors.Join(match(f, schema, v, "answer")...)
		}
	}
	return errors.New("no model has " + method + " " + path)
}

func fits(pattern, path string) bool {
	a, b := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !strings.HasPrefix(a[i], "{") && a[i] != b[i] {
			return false
		}
	}
	return true
}

func match(f, schema map[string]any, v any, at string) []error {
	if ref, ok := schema["$ref"].(string); ok {
		name := ref[strings.LastIndex(ref, "/")+1:]
		definitions, _ := f["definitions"].(map[string]any)
		next, ok := definitions[name].(map[string]any)
		if !ok {
			return []error{errors.New(at + ": no definition " + name)}
		}
		return match(f, next, v, at)
	}
	if all, ok := schema["allOf"].([]any); ok {
		merged := map[string]any{"type": "object", "properties": map[string]any{}}
		for _, s := range all {
			merge(f, merged, s.(map[string]any))
		}
		return match(f, merged, v, at)
	}
	switch x := v.(type) {
	case map[string]any:
		return matchObject(f, schema, x, at)
	case []any:
		if schema["type"] != "array" {
			return []error{fmt.Errorf("%s is a list, not %v", at, schema["type"])}
		}
		var out []error
		items, _ := schema["items"].(map[string]any)
		for i, e := range x {
			out = append(out, match(f, items, e, fmt.Sprintf("%s[%d]", at, i))...)
		}
		return out
	case string:
		return matchText(schema, x, at)
	case float64:
		if t := schema["type"]; t != "number" && (t != "integer" || x != float64(int64(x))) {
			return []error{fmt.Errorf("%s is a number, not %v", at, t)}
		}
	case bool:
		if schema["type"] != "boolean" {
			return []error{fmt.Errorf("%s is a boolean, not %v", at, schema["type"])}
		}
	case nil:
		return []error{fmt.Errorf("%s is null", at)}
	}
	return nil
}

// merge puts the parts of an allOf into one object.
func merge(f, into, part map[string]any) {
	if ref, ok := part["$ref"].(string); ok {
		definitions, _ := f["definitions"].(map[string]any)
		part, _ = definitions[ref[strings.LastIndex(ref, "/")+1:]].(map[string]any)
	}
	properties, _ := part["properties"].(map[string]any)
	for k, v := range properties {
		into["properties"].(map[string]any)[k] = v
	}
	needs, _ := into["required"].([]any)
	more, _ := part["required"].([]any)
	into["required"] = append(needs, more...)
}

func matchObject(f, schema, x map[string]any, at string) []error {
	if t, ok := schema["type"]; ok && t != "object" {
		return []error{fmt.Errorf("%s is an object, not %v", at, t)}
	}
	properties, _ := schema["properties"].(map[string]any)
	_, open := schema["additionalProperties"]
	var out []error
	for k, e := range x {
		s, ok := properties[k].(map[string]any)
		switch {
		case ok:
			out = append(out, match(f, s, e, at+"."+k)...)
		case !open && len(properties) > 0:
			out = append(out, fmt.Errorf("%s: the model has no %s", at, k))
		}
	}
	needs, _ := schema["required"].([]any)
	for _, k := range needs {
		if _, ok := x[k.(string)]; !ok {
			out = append(out, fmt.Errorf("%s lacks %v", at, k))
		}
	}
	return out
}

func matchText(schema map[string]any, x, at string) []error {
	if t := schema["type"]; t != "string" && t != nil {
		return []error{fmt.Errorf("%s is a text, not %v", at, t)}
	}
	if words, ok := schema["enum"].([]any); ok && !slices.Contains(words, any(x)) {
		return []error{fmt.Errorf("%s is %q, not one of %v", at, x, words)}
	}
	if schema["format"] == "date-time" {
		if _, err := time.Parse(time.RFC3339, x); err != nil {
			return []error{fmt.Errorf("%s: %w", at, err)}
		}
	}
	return nil
}

// The checker itself must find what is wrong.
func TestModels_FindFaults(t *testing.T) {
	t.Parallel()
	m := loadModels(t)
	if len(m.files) == 0 {
		t.Skip("Amazon's models are not at hand: set PURSER_SHARED to the folder that holds spapi-models")
	}
	const path = "/reports/2021-06-30/reports/1"
	good := `{"reportId":"1","reportType":"A","createdTime":"2026-01-01T00:00:00Z","processingStatus":"DONE"}`
	if err := m.check("GET", path, 200, []byte(good)); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{
		strings.Replace(good, "DONE", "NEARLY", 1), strings.Replace(good, `"reportId":"1",`, "", 1), strings.Replace(good, `"1"`, "1", 1),
		strings.Replace(good, "{", `{"more":1,`, 1), strings.Replace(good, "2026-01-01T00:00:00Z", "today", 1),
	} {
		if m.check("GET", path, 200, []byte(bad)) == nil {
			t.Errorf("nothing is wrong with %s", bad)
		}
	}
}
