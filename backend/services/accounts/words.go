package accounts

import (
	_ "embed" // what errors mean
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"purser/backend/core/source"
)

//go:embed words.yaml
var wordsText []byte

type wording struct {
	Name  string          `yaml:"name"`
	LWA   string          `yaml:"lwa"` // "*": any
	Code  string          `yaml:"code"`
	Says  string          `yaml:"says"` // part of the message that goes with the code, in any case
	Fault source.APIFault `yaml:"fault"`
	// Message is what Purser itself says, where Amazon said nothing.
	Message string   `yaml:"message"`
	API     string   `yaml:"api"`
	At      string   `yaml:"at"`
	Field   string   `yaml:"field"`
	Title   string   `yaml:"title"`
	Text    string   `yaml:"text"`
	Steps   []string `yaml:"steps"`
}

type wordings struct {
	Source      string    `yaml:"source"`
	Date        string    `yaml:"date"`
	Words       []wording `yaml:"words"`
	MissingRole wording   `yaml:"missing_role"`
}

//nolint:gochecknoglobals // read once from what is embedded
var allWords = sync.OnceValues(func() (wordings, error) {
	var w wordings
	if err := yaml.Unmarshal(wordsText, &w); err != nil {
		return w, fmt.Errorf("the words for errors: %w", err)
	}
	if n := len(w.Words); n == 0 || w.Words[n-1].Name != "other" || w.MissingRole.Title == "" {
		return w, fmt.Errorf("the words for errors do not end with those for any other one")
	}
	return w, nil
})

// Where in connecting an error came.
const (
	atPlaces = "places"
	atProbe  = "probe"
)

// said is what Amazon answered, as far as it can be read.
type said struct {
	lwa    string
	errors []struct{ Code, Message string }
}

func readRaw(raw string) said {
	var body struct {
		Error  any `json:"error"`
		Errors []struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			Details string `json:"details"`
		} `json:"errors"`
	}
	var out said
	if json.Unmarshal([]byte(raw), &body) != nil {
		return out
	}
	out.lwa, _ = body.Error.(string)
	for _, e := range body.Errors {
		out.errors = append(out.errors, struct{ Code, Message string }{e.Code, e.Message + " " + e.Details})
	}
	return out
}

func (w wording) fits(e *source.APIError, s said, at string) bool {
	switch {
	case w.API != "" && w.API != e.API, w.At != "" && w.At != at, w.Fault != "" && w.Fault != e.Fault, w.Message != "" && w.Message != e.Message:
		return false
	case w.LWA != "":
		return s.lwa != "" && (w.LWA == "*" || w.LWA == s.lwa)
	case w.Code != "":
		return slices.ContainsFunc(s.errors, func(x struct{ Code, Message string }) bool {
			return x.Code == w.Code && strings.Contains(strings.ToLower(x.Message), strings.ToLower(w.Says))
		})
	}
	return true
}

// Explain says in plain words what an error of Amazon's means and what to do, for a region.
func Explain(e *source.APIError, region string) ProblemOutput { return explain(e, region, "") }

func explain(e *source.APIError, region, at string) ProblemOutput {
	out := ProblemOutput{Fault: string(e.Fault), Raw: e.Raw, Request: e.Request, Steps: []string{}}
	all, err := allWords()
	if err != nil { // a fault of the program's, which a test finds
		out.Title, out.Text = "Amazon did not accept it", e.Message
		return out
	}
	s := readRaw(e.Raw)
	for _, w := range all.Words {
		if !w.fits(e, s, at) {
			continue
		}
		fill := strings.NewReplacer("{region}", regionTitle(region))
		out.Name, out.Field, out.Title, out.Text = w.Name, w.Field, fill.Replace(w.Title), fill.Replace(w.Text)
		for _, step := range w.Steps {
			out.Steps = append(out.Steps, fill.Replace(step))
		}
		if w.Name == "other" && e.Message != "" {
			out.Text = e.Message
		}
		return out
	}
	return out
}

// missing says what to do about a capability that was denied.
func missing(api, region string, c CapabilityOutput) ProblemOutput {
	if api != sellingPartner {
		return explain(&source.APIError{API: api, Fault: source.FaultDenied, Message: c.Text, Raw: c.Text}, region, atProbe)
	}
	out := ProblemOutput{Name: "missing_role", Fault: string(source.FaultDenied), Raw: c.Text, Steps: []string{}}
	all, err := allWords()
	if err != nil {
		out.Title, out.Text = c.Title, c.Text
		return out
	}
	role := c.Role
	if role == "" {
		role = "a role that allows it"
	}
	fill := strings.NewReplacer("{capability}", c.Title, "{role}", role)
	out.Title, out.Text = fill.Replace(all.MissingRole.Title), fill.Replace(all.MissingRole.Text)
	for _, step := range all.MissingRole.Steps {
		out.Steps = append(out.Steps, fill.Replace(step))
	}
	return out
}

func regionTitle(region string) string {
	for _, r := range regions() {
		if r.Region == region {
			return r.Title
		}
	}
	return region
}

// regions lists Amazon's regions, in which tokens are made.
func regions() []RegionOutput {
	return []RegionOutput{
		{Region: "na", Title: "North America"},
		{Region: "eu", Title: "Europe, Middle East, India and Africa"},
		{Region: "fe", Title: "Far East and Australia"},
	}
}

func apiTitle(api string) string {
	switch api {
	case sellingPartner:
		return "Selling Partner API"
	case advertising:
		return "Amazon Ads API"
	}
	return api
}
