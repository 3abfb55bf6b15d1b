package adnegatives

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
)

//go:embed words.yaml
var wordsText []byte

type words struct {
	Source     string         `yaml:"source"`
	Date       string         `yaml:"date"`
	Characters int            `yaml:"characters"`
	Words      map[string]int `yaml:"words"`
}

//nolint:gochecknoglobals // read once from what is embedded
var published = sync.OnceValues(func() (words, error) {
	var w words
	if err := yaml.Unmarshal(wordsText, &w); err != nil {
		return w, fmt.Errorf("negative keywords that Amazon takes: %w", err)
	}
	return w, nil
})

// product is an ASIN, which search term reports list among the terms.
var product = regexp.MustCompile(`^b0[0-9a-z]{8}$`)

// check says in words why Amazon would not take a negative keyword.
func check(match, term string) error {
	w, err := published()
	if err != nil {
		return err
	}
	most, known := w.Words[match]
	n := len(strings.Fields(term))
	why := ""
	switch {
	case !known:
		return core.Invalid("actions", fmt.Sprintf("%q is not how a negative keyword matches.", match), `Write "exact" or "phrase".`)
	case term == "":
		why = "is empty"
	case !utf8.ValidString(term) || strings.ContainsFunc(term, unicode.IsControl):
		why = "has characters that are no text"
	case strings.TrimSpace(term) != term:
		why = "begins or ends with a space"
	case utf8.RuneCountInString(term) > w.Characters:
		why = fmt.Sprintf("has more than %d characters", w.Characters)
	case n > most:
		why = fmt.Sprintf("has %d words, and Amazon takes at most %d for %s", n, most, match)
	case strings.Count(term, `"`)%2 != 0:
		why = "has a quotation mark without its other half"
	case term == "*":
		why = "stands for no term at all"
	case product.MatchString(term):
		why = "is a product's ASIN, which only a negative product target keeps away"
	default:
		return nil
	}
	return core.Invalid("actions", fmt.Sprintf("The negative keyword %q %s.", term, why), "")
}
