package practice

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"purser/backend/core"
)

// listAds lists things of one kind.
func (c *call) listAds(r resource) answer {
	var q map[string]json.RawMessage
	if len(c.body) > 0 {
		if a, ok := c.decode(&q); !ok {
			return a
		}
	}
	size, token := 100, ""
	keep := map[string][]string{}
	for k, raw := range q {
		var err error
		switch field, filter := r.filters[k]; {
		case k == "maxResults":
			err = json.Unmarshal(raw, &size)
		case k == "nextToken":
			err = json.Unmarshal(raw, &token)
		case k == "includeExtendedDataFields":
			var v bool
			err = json.Unmarshal(raw, &v)
		case filter:
			keep[field], err = readFilter(field, raw)
		default:
			err = fmt.Errorf("there is no field %s", k)
		}
		if err != nil {
			return c.fail(http.StatusBadRequest, "", "Invalid "+k+": "+err.Error(), "")
		}
	}
	if size < 1 || size > 1000 {
		return c.fail(http.StatusBadRequest, "", "maxResults must be 1 to 1000.", "")
	}
	delete(q, "nextToken")
	same, err := json.Marshal(q)
	p := pages{token: token, size: size, life: time.Hour, params: string(same)}
	_, t, ok := c.begin(&p)
	if err != nil || !ok {
		return c.fail(http.StatusBadRequest, "", "The nextToken is not valid.", "")
	}
	all := slices.DeleteFunc(c.book(c.profile).lists[r.list], func(e object) bool {
		for field, values := range keep {
			if v, _ := e[field].(string); !slices.Contains(values, v) {
				return true
			}
		}
		return false
	})
	page, next := cut(c, all, p, t)
	if page == nil {
		page = []object{}
	}
	out := object{r.list: page, "totalResults": len(all)}
	if next != "" {
		out["nextToken"] = next
	}
	return c.ok(http.StatusOK, out)
}

// readFilter reads what a filter includes.
func readFilter(field string, raw json.RawMessage) ([]string, error) {
	var f struct {
		Include []string `json:"include"`
		Match   string   `json:"queryTermMatchType"`
	}
	var plain []string
	if json.Unmarshal(raw, &plain) == nil && (field == "matchType" || field == "expressionType") {
		return plain, nil
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, err
	}
	if len(f.Include) == 0 || len(f.Include) > 1000 {
		return nil, fmt.Errorf("include holds %d values", len(f.Include))
	}
	for _, v := range f.Include {
		if field == "state" && !slices.Contains([]string{"ENABLED", "PAUSED", "ARCHIVED", "PROPOSED"}, v) {
			return nil, fmt.Errorf("%s is no state", v)
		}
	}
	return f.Include, nil
}

// budgetUsage tells how much of its budget a campaign has spent today.
func (c *call) budgetUsage() answer {
	var q struct {
		IDs []string `json:"campaignIds"`
	}
	if a, ok := c.decode(&q); !ok {
		return a
	}
	if len(q.IDs) == 0 || len(q.IDs) > 100 {
		return c.fail(http.StatusBadRequest, "", "campaignIds must name 1 to 100 campaigns.", "")
	}
	m, _ := core.MarketplaceByCode(c.profile)
	today := core.DayOf(c.now, c.zone(m))
	passed := min(1, c.now.Sub(today.Start(c.zone(m))).Hours()/24)
	spent := map[string]int64{}
	for _, r := range c.seller.AdResults(c.profile, today, today+1) {
		spent[c.adIDs(r.AdTerm).campaign] += int64(float64(r.Spend) * passed)
	}
	success, failed := []object{}, []object{}
	all := c.book(c.profile).lists["campaigns"]
	for i, id := range q.IDs {
		at := slices.IndexFunc(all, func(e object) bool { return e["campaignId"] == id })
		if at < 0 {
			failed = append(failed, object{"index": i, "campaignId": id, "code": "404", "details": "There is no such campaign."})
			continue
		}
		budget := budgetOf(all[at], m.Currency)
		success = append(success, object{
			"index": i, "campaignId": id, "budget": number(budget, m.Currency), "usageUpdatedTimestamp": iso(c.now),
			"budgetUsagePercent": float64(spent[id]*10000/max(1, budget)) / 100,
		})
	}
	return c.ok(http.StatusMultiStatus, object{"success": success, "error": failed})
}

// budgetOf is a campaign's daily budget in minor units.
func budgetOf(campaign object, currency core.Currency) int64 {
	b, err := json.Marshal(campaign["budget"])
	var v struct{ Budget json.Number }
	if err != nil || json.Unmarshal(b, &v) != nil {
		return 0
	}
	f, err := v.Budget.Float64()
	if err != nil {
		return 0
	}
	return core.FromMajor(f, currency).Minor
}
