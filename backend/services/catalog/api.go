package catalog

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// API is what the window may ask of the catalog.
type API struct{ at atomic.Pointer[attachment] }

type attachment struct {
	ctx context.Context //nolint:containedctx // bound methods get none: the life of the session stands in
	s   *Service
}

// Attach connects the API to a running service; before that every method answers "unavailable".
func Attach(ctx context.Context, a *API, s *Service) { a.at.Store(&attachment{ctx, s}) }

func (a *API) ready() (*attachment, error) {
	if at := a.at.Load(); at != nil {
		return at, nil
	}
	return nil, core.Unavailable("catalog", "The catalog is not open yet.", nil)
}

// MoneyOutput is an amount with its text.
type MoneyOutput struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
	Text     string `json:"text"`
}

func money(m core.Money) *MoneyOutput {
	if m.Currency == "" {
		return nil
	}
	return &MoneyOutput{m.Minor, string(m.Currency), m.Text()}
}

// ItemOutput is one SKU of one marketplace.
type ItemOutput struct {
	Marketplace  string       `json:"marketplace"`
	SKU          string       `json:"sku"`
	ASIN         string       `json:"asin"`
	Title        string       `json:"title"`
	Price        *MoneyOutput `json:"price"`
	Cost         *MoneyOutput `json:"cost"`
	LeadTimeDays int          `json:"lead_time_days"`
	LeadAssumed  bool         `json:"lead_assumed"`
	Tags         []string     `json:"tags"`
	Group        string       `json:"group"`
}

// ItemsInput asks for a window of the catalog.
type ItemsInput struct {
	Filter      string `json:"filter"` // part of SKU, ASIN or title
	MissingCost bool   `json:"missing_cost"`
	Offset      int    `json:"offset"`
	Limit       int    `json:"limit"` // at most 500
}

// ItemsOutput is a window of the catalog.
type ItemsOutput struct {
	Rows            []ItemOutput `json:"rows"`
	Total           int          `json:"total"`
	MissingCost     int          `json:"missing_cost"`
	DefaultLeadTime int          `json:"default_lead_time"`
}

// Items lists SKUs with the seller's own figures.
func (a *API) Items(in ItemsInput) (ItemsOutput, error) {
	out := ItemsOutput{Rows: []ItemOutput{}}
	at, err := a.ready()
	if err != nil {
		return out, err
	}
	c, err := at.s.current(at.ctx)
	if err != nil {
		return out, err
	}
	out.DefaultLeadTime = c.lead
	f := strings.ToLower(strings.TrimSpace(in.Filter))
	limit := min(max(in.Limit, 1), 500)
	for i, it := range c.items {
		missing := it.Cost.Currency == ""
		if missing {
			out.MissingCost++
		}
		if (in.MissingCost && !missing) || !strings.Contains(c.search[i], f) {
			continue
		}
		out.Total++
		if out.Total > in.Offset && len(out.Rows) < limit {
			out.Rows = append(out.Rows, c.output(it))
		}
	}
	return out, nil
}

func (c *snapshot) output(it module.Item) ItemOutput {
	m := c.marks[fact.SubjectID(it.Marketplace, string(it.SKU))]
	return ItemOutput{
		it.Marketplace, string(it.SKU), string(it.ASIN), it.Title, money(it.Price), money(it.Cost), it.LeadTime, it.LeadAssumed,
		append([]string{}, m.Tags...), m.Group,
	}
}

// SetItemInput carries what the seller typed; an empty text means "not known".
type SetItemInput struct {
	Marketplace  string `json:"marketplace"`
	SKU          string `json:"sku"`
	Cost         string `json:"cost"`
	LeadTimeDays string `json:"lead_time_days"`
}

// SetItem stores cost and lead time of one SKU and answers the row as it is now.
func (a *API) SetItem(in SetItemInput) (ItemOutput, error) {
	at, err := a.ready()
	if err != nil {
		return ItemOutput{}, err
	}
	own := Own{Marketplace: in.Marketplace, SKU: core.SKU(in.SKU)}
	if in.Cost != "" {
		cost, err := ParseCost(in.Marketplace, in.Cost, "")
		if err != nil {
			return ItemOutput{}, core.Invalid("catalog", in.SKU+": "+err.Error()+".", "")
		}
		own.Cost = &cost
	}
	if in.LeadTimeDays != "" {
		n, err := strconv.Atoi(strings.TrimSpace(in.LeadTimeDays))
		if err != nil || n < 1 {
			return ItemOutput{}, core.Invalid("catalog", in.SKU+": "+strconv.Quote(in.LeadTimeDays)+" is not a number of days.", "Give whole days from 1 to 365, or leave it empty.")
		}
		own.LeadDays = n
	}
	if err := at.s.Set(at.ctx, own); err != nil {
		return ItemOutput{}, err
	}
	c, err := at.s.current(at.ctx)
	if err != nil {
		return ItemOutput{}, err
	}
	for _, it := range c.items {
		if it.Marketplace == in.Marketplace && string(it.SKU) == in.SKU {
			return c.output(it), nil
		}
	}
	return ItemOutput{}, core.NotFound("catalog", "SKU "+in.SKU+" is in no imported report of "+in.Marketplace+"; its figures were stored and will be used once it is.")
}

// SetDefaultLeadTimeInput is the account's default.
type SetDefaultLeadTimeInput struct {
	Days int `json:"days"`
}

// EmptyOutput is the answer of what has nothing to say.
type EmptyOutput struct{}

// SetDefaultLeadTime stores the lead time of SKUs that have none of their own.
func (a *API) SetDefaultLeadTime(in SetDefaultLeadTimeInput) (EmptyOutput, error) {
	at, err := a.ready()
	if err != nil {
		return EmptyOutput{}, err
	}
	return EmptyOutput{}, at.s.SetDefaultLeadTime(at.ctx, in.Days)
}

// ImportCostsInput is a costs file as text.
type ImportCostsInput struct {
	Text string `json:"text"`
}

// ImportCostsOutput says what was taken.
type ImportCostsOutput struct {
	Set      int           `json:"set"`
	Problems []CostProblem `json:"problems"`
}

// ImportCosts stores costs and lead times from CSV.
func (a *API) ImportCosts(in ImportCostsInput) (ImportCostsOutput, error) {
	out := ImportCostsOutput{Problems: []CostProblem{}}
	at, err := a.ready()
	if err != nil {
		return out, err
	}
	n, problems, err := at.s.ImportCosts(at.ctx, in.Text)
	if err != nil {
		return out, err
	}
	out.Set = n
	out.Problems = append(out.Problems, problems...)
	return out, nil
}
