package adbids

import (
	_ "embed"
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

//go:embed bounds.yaml
var boundsText []byte

type bounds struct {
	Source string `yaml:"source"`
	Date   string `yaml:"date"`
	Of     map[string]struct {
		Min string `yaml:"min"`
		Max string `yaml:"max"`
	} `yaml:"bids"`
}

//nolint:gochecknoglobals // read once from what is embedded
var published = sync.OnceValues(func() (bounds, error) {
	var b bounds
	if err := yaml.Unmarshal(boundsText, &b); err != nil {
		return b, fmt.Errorf("bids that Amazon takes: %w", err)
	}
	return b, nil
})

// within holds an amount against what Amazon takes in the marketplace of an entity.
func within(entity string, m core.Money) error {
	b, err := published()
	if err != nil {
		return err
	}
	code, _ := fact.SplitID(entity)
	market, known := core.MarketplaceByCode(code)
	of, listed := b.Of[market.Code]
	if !known || !listed {
		return core.Invalid("actions", fmt.Sprintf("Which bids Amazon takes in %s is not known.", code), "Set it in the campaign manager.")
	}
	if market.Currency != m.Currency {
		return core.Invalid("actions", fmt.Sprintf("The account's currency is %s, and bids in %s are known in %s.", m.Currency, code, market.Currency), "Set it in the campaign manager.")
	}
	low, err := action.Amount(of.Min, m.Currency)
	if err != nil {
		return err
	}
	high, err := action.Amount(of.Max, m.Currency)
	if err != nil {
		return err
	}
	if m.Minor < low.Minor || m.Minor > high.Minor {
		return core.Invalid("actions", fmt.Sprintf("A bid of %s is outside what Amazon takes in %s, %s to %s.", m, code, low, high), "")
	}
	return nil
}
