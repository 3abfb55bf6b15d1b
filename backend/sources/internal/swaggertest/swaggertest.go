// Package swaggertest holds requests and answers to Amazon's published models (Swagger 2.0). Only tests use it.
//
// Input: the folder of the models; requests and answers.
// Output: what is wrong with them by the model.
package swaggertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// Models are the operations of all models of a folder. They are safe for concurrent use.
type Models struct{ operations []operation }

// operation is one operation of a model.
type operation struct {
	file, id string
	method   string
	path     []string // its parts; "{sku}" stands for any
	raw      map[string]any
	route    routers.Route
}

// Example is a static example of the sandbox: what it is asked and what it answers.
type Example struct {
	File, Operation string
	Method, Path    string // with parameters in braces
	Status          int
	Parameters      map[string]any // by name: their values
	Response        json.RawMessage
}

// Load reads every model of a folder. Where there is none the test is skipped.
func Load(tb testing.TB, dir string) *Models {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		tb.Fatal(err)
	}
	if len(files) == 0 {
		tb.Skipf("there are no models of Amazon in %q: set PURSER_SHARED to the folder that has spapi-models", dir)
	}
	m := &Models{}
	for _, f := range files {
		if err := m.read(f); err != nil {
			tb.Fatalf("%s: %v", filepath.Base(f), err)
		}
	}
	return m
}

func (m *Models) read(file string) error {
	b, err := os.ReadFile(file) //nolint:gosec // a file of the folder that the test names
	if err != nil {
		return err
	}
	var v2 openapi2.T
	if err := json.Unmarshal(b, &v2); err != nil {
		return err
	}
	var raw map[string]any
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	v3, err := openapi2conv.ToV3(&v2)
	if err != nil {
		return err
	}
	paths, _ := raw["paths"].(map[string]any)
	for path, item := range v3.Paths.Map() {
		for method, op := range item.Operations() {
			rawItem, _ := paths[path].(map[string]any)
			rawOp, _ := rawItem[strings.ToLower(method)].(map[string]any)
			joined(item.Parameters, rawItem)
			joined(op.Parameters, rawOp)
			m.operations = append(m.operations, operation{
				file: filepath.Base(file), id: op.OperationID, method: method, path: strings.Split(path, "/"), raw: rawOp,
				route: routers.Route{Spec: v3, Server: &openapi3.Server{}, Path: path, PathItem: item, Method: method, Operation: op},
			})
		}
	}
	return nil
}

// joined says of every list in a query whether its values are joined with commas, which is what Swagger 2.0 means
// unless it says "multi".
func joined(all openapi3.Parameters, raw map[string]any) {
	multi := map[string]bool{}
	list, _ := raw["parameters"].([]any)
	for _, p := range list {
		if p, ok := p.(map[string]any); ok && p["collectionFormat"] == "multi" {
			multi[fmt.Sprint(p["name"])] = true
		}
	}
	for _, p := range all {
		if p.Value == nil || p.Value.In != openapi3.ParameterInQuery || p.Value.Schema == nil || !p.Value.Schema.Value.Type.Is("array") {
			continue
		}
		explode := multi[p.Value.Name]
		p.Value.Style, p.Value.Explode = openapi3.SerializationForm, &explode
	}
}

// find gives the operation of a method and an escaped path, and the values of its parameters there.
func (m *Models) find(method, escaped string) (*operation, map[string]string, error) {
	parts := strings.Split(escaped, "/")
	for i := range m.operations {
		o := &m.operations[i]
		if o.method != method || len(o.path) != len(parts) {
			continue
		}
		values, fits := map[string]string{}, true
		for k, want := range o.path {
			got, err := url.PathUnescape(parts[k])
			if err != nil {
				return nil, nil, fmt.Errorf("the path %q is not escaped well: %w", escaped, err)
			}
			if name, ok := strings.CutPrefix(want, "{"); ok {
				values[strings.TrimSuffix(name, "}")] = got
				fits = fits && got != ""
			} else if want != got {
				fits = false
			}
		}
		if fits {
			return o, values, nil
		}
	}
	return nil, nil, fmt.Errorf("no model has %s %s", method, escaped)
}

// Operation names the operation of a request.
func (m *Models) Operation(method, escapedPath string) (string, error) {
	o, _, err := m.find(method, escapedPath)
	if err != nil {
		return "", err
	}
	return o.id, nil
}

// CheckRequest says what the model has against a request: its path, query and body.
func (m *Models) CheckRequest(r *http.Request, body []byte) error {
	o, values, err := m.find(r.Method, r.URL.EscapedPath())
	if err != nil {
		return err
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("%s: the query cannot be read: %w", o.id, err)
	}
	for name, given := range query {
		p := o.route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
		if p == nil {
			p = o.route.PathItem.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
		}
		switch {
		case p == nil:
			return fmt.Errorf("%s has no parameter %q", o.id, name)
		case len(given) > 1 && (p.Explode == nil || !*p.Explode):
			return fmt.Errorf("%s: %s is given more than once", o.id, name)
		}
	}
	if o.route.Operation.RequestBody == nil && len(body) > 0 {
		return fmt.Errorf("%s takes no body", o.id)
	}
	c := r.Clone(r.Context())
	c.Body, c.ContentLength = nil, int64(len(body))
	if len(body) > 0 {
		c.Body = readCloser{bytes.NewReader(body)}
	}
	in := &openapi3filter.RequestValidationInput{
		Request: c, PathParams: values, QueryParams: query, Route: &o.route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true},
	}
	if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
		return fmt.Errorf("%s: %w", o.id, err)
	}
	return nil
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }

// CheckResponse says what the model has against an answer to a request of that method and escaped path.
func (m *Models) CheckResponse(method, path string, status int, body []byte) error {
	o, _, err := m.find(method, path)
	if err != nil {
		return err
	}
	res := o.route.Operation.Responses.Status(status)
	if res == nil || res.Value == nil {
		return fmt.Errorf("%s has no status %d", o.id, status)
	}
	media := res.Value.Content.Get("application/json")
	if media == nil || media.Schema == nil {
		if len(body) > 0 && status < 300 {
			return fmt.Errorf("%s answers %d without a body", o.id, status)
		}
		return nil
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return fmt.Errorf("%s: the body is no JSON: %w", o.id, err)
	}
	if err := media.Schema.Value.VisitJSON(v, openapi3.VisitAsResponse(), openapi3.MultiErrors()); err != nil {
		return fmt.Errorf("%s: %w", o.id, err)
	}
	return nil
}

// Examples gives the static examples of operations, all of them where none is named.
func (m *Models) Examples(operations ...string) ([]Example, error) {
	var out []Example
	for _, o := range m.operations {
		if len(operations) > 0 && !slices.Contains(operations, o.id) {
			continue
		}
		responses, _ := o.raw["responses"].(map[string]any)
		for code, r := range responses {
			more, err := o.examples(code, r)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	slices.SortStableFunc(out, func(a, b Example) int {
		return strings.Compare(a.File+a.Operation+fmt.Sprint(a.Status), b.File+b.Operation+fmt.Sprint(b.Status))
	})
	return out, nil
}

func (o operation) examples(code string, response any) ([]Example, error) {
	b, err := json.Marshal(response)
	if err != nil {
		return nil, err
	}
	var r struct {
		Sandbox struct {
			Static []struct {
				Request struct {
					Parameters map[string]struct {
						Value any `json:"value"`
					} `json:"parameters"`
				} `json:"request"`
				Response json.RawMessage `json:"response"`
			} `json:"static"`
		} `json:"x-amzn-api-sandbox"`
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	status := 0
	if _, err := fmt.Sscan(code, &status); err != nil {
		return nil, errors.New(o.id + ": the status " + code + " is no number")
	}
	var out []Example
	for _, s := range r.Sandbox.Static {
		e := Example{File: o.file, Operation: o.id, Method: o.method, Path: strings.Join(o.path, "/"), Status: status, Response: s.Response, Parameters: map[string]any{}}
		for name, p := range s.Request.Parameters {
			e.Parameters[name] = p.Value
		}
		out = append(out, e)
	}
	return out, nil
}
