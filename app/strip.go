package app

import (
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// StripCell is one state of the morning line above the inbox.
type StripCell struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Value  string `json:"value"`
	Detail string `json:"detail"`
	State  string `json:"state"` // good, warning, critical, info, unknown, neutral
	Link   string `json:"link"`  // page of the window
}

// StripOutput is the morning line.
type StripOutput struct {
	Cells []StripCell `json:"cells"`
}

// Strip answers the morning line: the account, what can't be sold, what runs out,
// yesterday's sales and wasted ad spend. Amounts of several currencies are never added:
// the first marketplace is shown, and named.
func (a *API) Strip() (StripOutput, error) {
	out := StripOutput{Cells: []StripCell{}}
	s, err := a.session()
	if err != nil {
		return out, err
	}
	names := []string{
		"accounthealth.account_status", "accounthealth.rating", "listings.not_sellable", "listings.daily_sales_at_stake",
		"inventory.skus_out_of_stock", "inventory.skus_low", "sales.yesterday_sales", "sales.yesterday_change", "advertising.wasted_spend_28d",
	}
	cols, err := s.host.Columns(s.ctx, fact.Query{AsOf: s.today(), Names: names})
	if err != nil {
		return out, err
	}
	v := view{cols: map[string]map[string]fact.Value{}}
	for _, c := range cols {
		v.cols[c.Name] = c.Values
	}
	for _, m := range s.marketplaces() {
		v.markets = append(v.markets, m.Code)
	}
	out.Cells = append(out.Cells, v.account(), v.notSellable(), v.runningOut(), v.yesterday(), v.wasted())
	return out, nil
}

type view struct {
	cols    map[string]map[string]fact.Value
	markets []string
}

// first is a marketplace fact of the first marketplace that has it.
func (v view) first(name string) (string, fact.Value, bool) {
	for _, m := range v.markets {
		if x, ok := v.cols[name][m]; ok && x.Known() {
			return m, x, true
		}
	}
	return "", fact.Value{}, false
}

func unknownCell(key, title, link, needs string) StripCell {
	return StripCell{Key: key, Title: title, Value: "?", Detail: needs, State: "unknown", Link: link}
}

// account shows the worst status of all marketplaces.
func (v view) account() StripCell {
	c := StripCell{Key: "account", Title: "Account", State: "good", Link: "/m/accounthealth"}
	for _, m := range v.markets {
		x, ok := v.cols["accounthealth.account_status"][m]
		if !ok || !x.Known() {
			continue
		}
		if c.Value == "" || x.Text != "NORMAL" {
			c.Value, c.Detail = words(x.Text), m
			if r, ok := v.cols["accounthealth.rating"][m]; ok && r.Known() {
				c.Detail = "rating " + words(r.Text)
			}
		}
		if x.Text != "NORMAL" {
			c.State, c.Detail = "critical", m
		}
	}
	if c.Value == "" {
		return unknownCell(c.Key, c.Title, c.Link, "needs the account health report")
	}
	return c
}

// words turns Amazon's capitals into a word: "AT_RISK" is "at risk", "NORMAL" is "Normal".
func words(s string) string {
	switch s {
	case "NORMAL":
		return "Normal"
	case "AT_RISK":
		return "At risk"
	case "DEACTIVATED":
		return "Deactivated"
	case "GREAT":
		return "great"
	}
	return s
}

func (v view) notSellable() StripCell {
	c := StripCell{Key: "not_sellable", Title: "Not sellable", State: "good", Link: "/m/listings"}
	col, ok := v.cols["listings.not_sellable"]
	if !ok || len(col) == 0 {
		return unknownCell(c.Key, c.Title, c.Link, "needs the listings report")
	}
	n, lost := 0, map[core.Currency]core.Money{}
	for id, x := range col {
		if !x.Known() || !x.Flag {
			continue
		}
		n++
		if m, ok := v.cols["listings.daily_sales_at_stake"][id]; ok && m.Known() {
			sum, err := lost[m.Money.Currency].Add(m.Money)
			if err == nil {
				lost[m.Money.Currency] = sum
			}
		}
	}
	c.Value, c.Detail = fmt.Sprint(n), "nothing lost"
	if n > 0 {
		c.State, c.Detail = "warning", "SKUs"
		if len(lost) > 0 {
			c.Detail = amounts(lost) + " a day"
		}
	}
	return c
}

func (v view) runningOut() StripCell {
	c := StripCell{Key: "running_out", Title: "Running out", State: "good", Link: "/m/inventory"}
	low, out, known := 0.0, 0.0, false
	for _, m := range v.markets {
		if x, ok := v.cols["inventory.skus_low"][m]; ok && x.Known() {
			low, known = low+x.Num, true
		}
		if x, ok := v.cols["inventory.skus_out_of_stock"][m]; ok && x.Known() {
			out += x.Num
		}
	}
	if !known {
		return unknownCell(c.Key, c.Title, c.Link, "needs stock and orders")
	}
	c.Value, c.Detail = fmt.Sprintf("%.0f", low), fmt.Sprintf("%.0f out of stock", out)
	if low > 0 {
		c.State = "warning"
	}
	return c
}

func (v view) yesterday() StripCell {
	c := StripCell{Key: "yesterday", Title: "Yesterday", State: "neutral", Link: "/m/sales"}
	m, x, ok := v.first("sales.yesterday_sales")
	if !ok {
		return unknownCell(c.Key, c.Title, c.Link, "needs the orders report")
	}
	c.Title = "Yesterday, " + m
	c.Value = x.Money.Text()
	c.Detail = "no comparison yet"
	if d, ok := v.cols["sales.yesterday_change"][m]; ok && d.Known() {
		arrow := "▲"
		if d.Num < 0 {
			arrow = "▼"
		}
		c.Detail = fmt.Sprintf("%s %.0f %% vs %ss", arrow, abs(d.Num)*100, x.AsOf.Weekday())
	}
	return c
}

func (v view) wasted() StripCell {
	c := StripCell{Key: "wasted", Title: "Ads, wasted", State: "good", Link: "/m/advertising"}
	sum, known := map[core.Currency]core.Money{}, false
	for _, m := range v.markets {
		if x, ok := v.cols["advertising.wasted_spend_28d"][m]; ok && x.Known() {
			known = true
			if t, err := sum[x.Money.Currency].Add(x.Money); err == nil {
				sum[x.Money.Currency] = t
			}
		}
	}
	if !known {
		return unknownCell(c.Key, c.Title, c.Link, "needs the search term report")
	}
	c.Value, c.Detail = amounts(sum), "28 days"
	for _, m := range sum {
		if m.Minor > 0 {
			c.State = "warning"
		}
	}
	return c
}

// amounts writes one amount a currency, never a sum across them.
func amounts(by map[core.Currency]core.Money) string {
	out := ""
	for _, m := range core.Marketplaces() {
		x, ok := by[m.Currency]
		if !ok {
			continue
		}
		delete(by, m.Currency)
		if out != "" {
			out += " · "
		}
		out += x.Text()
	}
	return out
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}
