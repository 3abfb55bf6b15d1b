package retention

import (
	_ "embed" // the classes
	"errors"
	"fmt"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed classes.yaml
var classesText []byte

// The classes. Those of what an API gives are named in core/source.
const (
	classSecret = "secret"
	classPII    = "pii"
	classRaw    = "amazon_raw"
	classFact   = "amazon_fact"
	classLegal  = "legal"
	classOwn    = "own"
	classAudit  = "audit"
)

// What a person may change about a class.
const (
	editDays = "days"
	editLaw  = "law"
)

// class is a class as it is shipped.
type class struct {
	Name         string `yaml:"name"`
	Title        string `yaml:"title"`
	About        string `yaml:"about"`
	Days         *int   `yaml:"days"` // kept; none: no end
	Longest      int    `yaml:"longest"`
	Shortest     int    `yaml:"shortest"`
	Least        int    `yaml:"least"`
	YearsLongest int    `yaml:"years_longest"`
	Edit         string `yaml:"edit"`
	Source       string `yaml:"source"`
	Date         string `yaml:"date"`
}

// copies is how long copies of the database are kept that were made before an update.
type copies struct {
	Days   int    `yaml:"days"`
	About  string `yaml:"about"`
	Source string `yaml:"source"`
	Date   string `yaml:"date"`
}

type shipped struct {
	Bound       string  `yaml:"bound"`
	BoundSource string  `yaml:"bound_source"`
	BoundDate   string  `yaml:"bound_date"`
	Classes     []class `yaml:"classes"`
	Copies      copies  `yaml:"copies"`
}

//nolint:gochecknoglobals // read once from what is embedded
var shippedClasses = sync.OnceValues(func() (shipped, error) {
	var s shipped
	if err := yaml.Unmarshal(classesText, &s); err != nil {
		return s, fmt.Errorf("the classes of data: %w", err)
	}
	var names []string
	for _, c := range s.Classes {
		names = append(names, c.Name)
		if (c.Days != nil || c.Least > 0 || c.Edit != "") && (c.Source == "" || c.Date == "") {
			return s, fmt.Errorf("class %s: a figure without its source and date", c.Name)
		}
		if c.Edit == editDays && (c.Days == nil || c.Longest == 0 || *c.Days > c.Longest || c.Shortest < 1) {
			return s, fmt.Errorf("class %s: its limits are not whole", c.Name)
		}
	}
	if want := []string{classSecret, classPII, classRaw, classFact, classLegal, classOwn, classAudit}; !slices.Equal(names, want) {
		return s, fmt.Errorf("the classes of data are %v, not %v", names, want)
	}
	if s.Bound == "" || s.BoundSource == "" || s.BoundDate == "" || s.Copies.Days <= 0 || s.Copies.Source == "" {
		return s, errors.New("the classes of data do not say for what they hold")
	}
	return s, nil
})
