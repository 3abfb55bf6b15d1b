package practice

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"purser/backend/core"
)

// wrong is what Amazon has against one item of a request.
type wrong struct {
	kind    string // "rangeError"
	reason  string // "TOO_LOW"
	field   string
	message string
	trigger string
}

// changeAds makes or changes things of one kind, each for itself.
func (c *call) changeAds(r resource, create bool) answer {
	var q map[string][]object
	if a, ok := c.decode(&q); !ok {
		return a
	}
	limit, err := limits()
	items, named := q[r.list]
	if err != nil || !named || len(q) != 1 || len(items) == 0 || len(items) > limit.Items {
		return c.fail(http.StatusBadRequest, "", fmt.Sprintf("The body must hold 1 to %d %s.", limit.Items, r.list), "")
	}
	partial := c.happens(Partial207)
	success, failed := []object{}, []object{}
	for i, item := range items {
		b := c.book(c.profile) // with what the items before have changed
		var e object
		w := &wrong{"throttledError", "THROTTLED", "", "The item could not be processed. Try again.", ""}
		if partial == nil || i%2 == 0 && len(items) > 1 {
			if create {
				e, w = c.created(r, b, item, limit)
			} else {
				e, w = c.updated(r, b, item, limit)
			}
		}
		if w != nil {
			failed = append(failed, w.shown(r, i))
			continue
		}
		done := object{"index": i, r.answers: e[r.id]}
		if strings.Contains(c.r.Header.Get("Prefer"), "return=representation") {
			done[r.single] = e
		}
		success = append(success, done)
	}
	return c.ok(http.StatusMultiStatus, object{r.list: object{"success": success, "error": failed}})
}

func (w *wrong) shown(r resource, i int) object {
	at := fmt.Sprintf("$.%s[%d]", r.list, i)
	if w.field != "" {
		at += "." + w.field
	}
	return object{"index": i, "errors": []object{{"errorType": w.kind, "errorValue": object{w.kind: object{
		"reason": w.reason, "message": w.message, "cause": object{"location": at, "trigger": w.trigger},
	}}}}}
}

// updated changes a thing by absolute values and gives it as it is then.
func (c *call) updated(r resource, b *adsBook, item object, limit adsLimits) (object, *wrong) {
	id, _ := item[r.id].(string)
	i := slices.IndexFunc(b.lists[r.list], func(e object) bool { return e[r.id] == id })
	switch {
	case id == "":
		return nil, &wrong{"missingValueError", "MISSING_VALUE", r.id, r.id + " is needed.", ""}
	case i < 0:
		return nil, &wrong{"entityNotFoundError", "ENTITY_NOT_FOUND", r.id, "There is no such " + r.single + ".", id}
	case b.lists[r.list][i]["state"] == "ARCHIVED":
		return nil, &wrong{"entityStateError", "ENTITY_IS_ARCHIVED", "state", "What is archived cannot be changed.", id}
	}
	fields := object{}
	for k, v := range item {
		if k == r.id {
			continue
		}
		if !slices.Contains(r.change, k) {
			return nil, &wrong{"malformedValueError", "MALFORMED_VALUE", k, k + " cannot be changed.", fmt.Sprint(v)}
		}
		fields[k] = v
	}
	if w := c.checkAds(r, fields, limit); w != nil {
		return nil, w
	}
	return c.keep(r, b, adChange{At: c.now, Market: c.profile, List: r.list, ID: id, Fields: fields})
}

// keep writes a change down and gives the thing as it is then.
func (c *call) keep(r resource, b *adsBook, ch adChange) (object, *wrong) {
	c.state.AdChanges = append(c.state.AdChanges, ch)
	b.apply(ch)
	for _, e := range b.lists[r.list] {
		if e[r.id] == ch.ID {
			return e, nil
		}
	}
	return nil, &wrong{"entityNotFoundError", "ENTITY_NOT_FOUND", r.id, "It is gone.", ch.ID}
}

// created makes a new thing; one of the same kind, place and words is refused.
func (c *call) created(r resource, b *adsBook, item object, limit adsLimits) (object, *wrong) {
	for _, k := range r.needs {
		if v, ok := item[k]; !ok || v == "" {
			return nil, &wrong{"missingValueError", "MISSING_VALUE", k, k + " is needed.", ""}
		}
	}
	for k, v := range item {
		if !slices.Contains(r.change, k) && !slices.Contains(r.needs, k) {
			return nil, &wrong{"malformedValueError", "MALFORMED_VALUE", k, "There is no " + k + ".", fmt.Sprint(v)}
		}
	}
	for _, parent := range [][2]string{{"campaigns", "campaignId"}, {"adGroups", "adGroupId"}} {
		id, given := item[parent[1]]
		if given && !slices.ContainsFunc(b.lists[parent[0]], func(e object) bool { return e[parent[1]] == id }) {
			return nil, &wrong{"entityNotFoundError", "ENTITY_NOT_FOUND", parent[1], "There is no such parent.", fmt.Sprint(id)}
		}
	}
	if w := c.checkAds(r, item, limit); w != nil {
		return nil, w
	}
	if slices.ContainsFunc(b.lists[r.list], func(e object) bool { return natural(e) == natural(item) && e["state"] != "ARCHIVED" }) {
		return nil, &wrong{"duplicateValueError", "DUPLICATE_VALUE", "", "There is one like it already.", natural(item)}
	}
	id := c.digits(15, "made", r.list, fmt.Sprint(c.next()))
	item[r.id] = id
	return c.keep(r, b, adChange{At: c.now, Market: c.profile, List: r.list, ID: id, Fields: item, New: true})
}

// natural is what a thing is told by when it has no number yet.
func natural(e object) string {
	var parts []string
	for _, k := range []string{"campaignId", "adGroupId", "name", "keywordText", "matchType", "sku", "expression"} {
		v := e[k]
		if k == "campaignId" && e["targetingType"] != nil {
			v = nil // the campaign itself
		}
		if k == "adGroupId" && e["defaultBid"] != nil {
			v = nil // the ad group itself
		}
		b, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		parts = append(parts, lower(string(b)))
	}
	return strings.Join(parts, " ")
}

// checkAds holds values to what Amazon takes.
func (c *call) checkAds(r resource, fields object, limit adsLimits) *wrong {
	m, _ := core.MarketplaceByCode(c.profile)
	bounds := limit.Currencies[string(m.Currency)]
	if v, ok := fields["state"]; ok && v != "ENABLED" && v != "PAUSED" {
		return &wrong{"malformedValueError", "MALFORMED_VALUE", "state", "state is ENABLED or PAUSED.", fmt.Sprint(v)}
	}
	for _, k := range []string{"bid", "defaultBid"} {
		if v, ok := fields[k]; ok {
			if w := ranged(k, v, m.Currency, bounds.BidLow, bounds.BidHigh); w != nil {
				return w
			}
		}
	}
	if v, ok := fields["budget"]; ok {
		b, isObject := v.(map[string]any)
		if !isObject || b["budgetType"] != "DAILY" {
			return &wrong{"malformedValueError", "MALFORMED_VALUE", "budget", "budget holds budget and budgetType DAILY.", fmt.Sprint(v)}
		}
		if w := ranged("budget.budget", b["budget"], m.Currency, bounds.BudgetLow, bounds.BudgetHigh); w != nil {
			return w
		}
		b["effectiveBudget"] = b["budget"]
	}
	if v, ok := fields["name"].(string); ok && (v == "" || len([]rune(v)) > limit.NameLength) {
		return &wrong{"rangeError", "TOO_LONG", "name", "The name is empty or too long.", v}
	}
	return checkWords(r, fields, limit)
}

// ranged checks an amount.
func ranged(field string, v any, currency core.Currency, low, high int64) *wrong {
	f, ok := v.(float64)
	if !ok {
		return &wrong{"malformedValueError", "MALFORMED_VALUE", field, field + " is a number.", fmt.Sprint(v)}
	}
	money := core.FromMajor(f, currency)
	shown := fmt.Sprint(v)
	switch {
	case money.Minor < low:
		return &wrong{"rangeError", "TOO_LOW", field, field + " is too low.", shown}
	case money.Minor > high:
		return &wrong{"rangeError", "TOO_HIGH", field, field + " is too high.", shown}
	}
	if _, ok := exact(json.Number(shown), currency); !ok {
		return &wrong{"malformedValueError", "MALFORMED_VALUE", field, field + " has too many decimals.", shown}
	}
	return nil
}

func checkWords(r resource, fields object, limit adsLimits) *wrong {
	text, ok := fields["keywordText"].(string)
	if !ok {
		return nil
	}
	match, _ := fields["matchType"].(string)
	most, known := limit.NegativeWords[match]
	if !strings.Contains(r.list, "egativeKeywords") {
		most, known = limit.KeywordWords, slices.Contains([]string{"BROAD", "PHRASE", "EXACT"}, match)
	}
	switch {
	case !known:
		return &wrong{"malformedValueError", "MALFORMED_VALUE", "matchType", "matchType has a value that it cannot have.", match}
	case len([]rune(text)) > limit.KeywordLength || len(strings.Fields(text)) > most:
		return &wrong{"rangeError", "TOO_LONG", "keywordText", "keywordText has too many letters or words.", text}
	case strings.ContainsAny(text, "<>{}[]|\\^`!@#$%*()=+;:?"):
		return &wrong{"malformedValueError", "FORBIDDEN_CHARACTERS", "keywordText", "keywordText has characters that it cannot have.", text}
	}
	return nil
}
