package catalog

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/module"
)

// CostProblem is a line of a costs file that was not taken.
type CostProblem struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// ImportCosts reads a costs file: CSV with a header naming sku and any of marketplace,
// cost, currency, lead_time_days. Without a marketplace the line goes to every marketplace
// that has the SKU; without a currency the cost is in the marketplace's. Good lines are
// stored together; each bad one is a problem with its line.
func (s *Service) ImportCosts(ctx context.Context, text string) (int, []CostProblem, error) {
	items, err := s.Items(ctx)
	if err != nil {
		return 0, nil, err
	}
	known := map[core.SKU][]string{}
	for _, it := range items {
		known[it.SKU] = append(known[it.SKU], it.Marketplace)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = true
	if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, "\t") {
		r.Comma = '\t'
	} else if strings.Contains(first, ";") && !strings.Contains(first, ",") {
		r.Comma = ';'
	}
	col, err := costHeader(r)
	if err != nil {
		return 0, nil, err
	}
	own, err := s.own(ctx)
	if err != nil {
		return 0, nil, err
	}
	var out []Own
	problems := []CostProblem{}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			problems = append(problems, CostProblem{line, err.Error()})
			continue
		}
		owns, err := costLine(rec, col, known)
		if err != nil {
			problems = append(problems, CostProblem{line, err.Error()})
			continue
		}
		for _, o := range owns {
			out = append(out, keep(o, own[key{o.Marketplace, o.SKU}]))
		}
	}
	if len(out) == 0 {
		return 0, problems, nil
	}
	return len(out), problems, s.Set(ctx, out...)
}

// keep leaves alone what a line does not mention.
func keep(o Own, have module.Item) Own {
	if o.Cost == nil && have.Cost.Currency != "" {
		o.Cost = &have.Cost
	}
	if o.LeadDays == 0 {
		o.LeadDays = have.LeadTime
	}
	return o
}

func costHeader(r *csv.Reader) (map[string]int, error) {
	head, err := r.Read()
	if err != nil {
		return nil, core.Invalid("catalog", "The costs file is empty.", costHint)
	}
	col := map[string]int{}
	for i, h := range head {
		n := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(h)), " ", "_"), "-", "_")
		if alias, ok := map[string]string{"seller_sku": "sku", "unit_cost": "cost", "cogs": "cost", "lead_time": "lead_time_days", "lead_days": "lead_time_days", "country": "marketplace"}[n]; ok {
			n = alias
		}
		col[n] = i
	}
	if _, ok := col["sku"]; !ok {
		return nil, core.Invalid("catalog", "The costs file has no column sku.", costHint)
	}
	_, hasCost := col["cost"]
	_, hasLead := col["lead_time_days"]
	if !hasCost && !hasLead {
		return nil, core.Invalid("catalog", "The costs file has neither a column cost nor lead_time_days.", costHint)
	}
	return col, nil
}

const costHint = "The first line names the columns: marketplace,sku,cost,currency,lead_time_days."

func costLine(rec []string, col map[string]int, known map[core.SKU][]string) ([]Own, error) {
	get := func(name string) string {
		if i, ok := col[name]; ok && i < len(rec) {
			return strings.TrimSpace(rec[i])
		}
		return ""
	}
	sku := core.SKU(get("sku"))
	if sku == "" {
		return nil, errors.New("the SKU is empty")
	}
	mkts := known[sku]
	if m := get("marketplace"); m != "" {
		mk, ok := core.MarketplaceByCode(m)
		if !ok {
			return nil, fmt.Errorf("marketplace %q is not known; write US, UK, DE, …", m)
		}
		mkts = []string{mk.Code}
	}
	if len(mkts) == 0 {
		return nil, fmt.Errorf("SKU %s is in no imported report; name its marketplace", sku)
	}
	lead := 0
	if v := get("lead_time_days"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 365 {
			return nil, fmt.Errorf("lead_time_days: %q is not a number of days from 1 to 365", v)
		}
		lead = n
	}
	var out []Own
	for _, m := range mkts {
		own := Own{Marketplace: m, SKU: sku, LeadDays: lead}
		if v := get("cost"); v != "" {
			cost, err := ParseCost(m, v, get("currency"))
			if err != nil {
				return nil, err
			}
			own.Cost = &cost
		}
		out = append(out, own)
	}
	return out, nil
}

// ParseCost reads a cost as a person writes it, "6.05" or "6,05", in the given currency or the marketplace's.
func ParseCost(marketplace, text, currency string) (core.Money, error) {
	mk, ok := core.MarketplaceByCode(marketplace)
	cur := core.Currency(strings.ToUpper(strings.TrimSpace(currency)))
	if cur == "" {
		if !ok {
			return core.Money{}, fmt.Errorf("cost: the currency of %s is not known; name it", marketplace)
		}
		cur = mk.Currency
	}
	minor, err := parseMinor(text, cur)
	if err != nil {
		return core.Money{}, fmt.Errorf("cost: %w", err)
	}
	if ok && cur != mk.Currency {
		return core.Money{}, fmt.Errorf("cost: %s is sold in %s; give the cost in %s too, Purser has no exchange rates yet", marketplace, mk.Currency, mk.Currency)
	}
	return core.Money{Minor: minor, Currency: cur}, nil
}

// parseMinor reads a plain decimal with point or comma and at most the currency's digits behind it.
func parseMinor(text string, cur core.Currency) (int64, error) {
	t := strings.ReplaceAll(strings.TrimSpace(text), ",", ".")
	whole, frac, _ := strings.Cut(t, ".")
	exp := cur.Exponent()
	if len(frac) > exp || strings.Contains(frac, ".") {
		return 0, fmt.Errorf("%q is not an amount of %s; write it like 6.05, without thousands marks", text, cur)
	}
	n, err := strconv.ParseUint(whole+frac+strings.Repeat("0", exp-len(frac)), 10, 62)
	if err != nil {
		return 0, fmt.Errorf("%q is not an amount of %s; write it like 6.05", text, cur)
	}
	return int64(n), nil
}
