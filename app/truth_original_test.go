package app_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/services/ingest"
)

// original is a row of a file, by the header of its column in lower case.
type original struct {
	ingest.OriginalOutput
	cells map[string]string
}

// original reads a row of a file.
func (a *audit) original(document int64, line int) (original, error) {
	out, err := a.desk.Ingest.Original(ingest.OriginalInput{Document: document, Line: line})
	if err != nil {
		return original{}, fmt.Errorf("line %d of document %d: %w", line, document, err)
	}
	o := original{OriginalOutput: out, cells: map[string]string{}}
	for i, h := range out.Header {
		if i < len(out.Cells) {
			o.cells[strings.ToLower(h)] = out.Cells[i]
		}
	}
	return o, nil
}

// made is the day on which the file was made, in the marketplace.
func (o original) made(market string) core.Day { return o.date(o.AsOf, market) }

// find gives the cell under one of the headers; of a JSON document, under the last part of a path.
func (o original) find(headers ...string) (string, bool) {
	for _, h := range headers {
		if v, ok := o.cells[h]; ok {
			return v, true
		}
		for path, v := range o.cells {
			if strings.HasSuffix(path, "."+h) {
				return v, true
			}
		}
	}
	return "", false
}

// number reads a number in the style of the file: 1,234.56 or 1.234,56, with a currency or % about it.
func (o original) number(text string) (float64, bool) {
	text = strings.Trim(text, " $€%")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "−", "-"), "\u00a0", "")
	if at := strings.LastIndexAny(text, ".,"); at >= 0 {
		mark, rest := text[at], text[at+1:]
		grouped := len(rest) == 3 && strings.Count(text, string(mark)) >= 1 && mark == ',' && !strings.Contains(text, ".") && o.pointed()
		whole := strings.NewReplacer(".", "", ",", "").Replace(text[:at])
		if grouped {
			text = whole + rest
		} else {
			text = whole + "." + rest
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

// pointed says whether the file writes decimals with a point: only the German payments files don't.
func (o original) pointed() bool {
	return !strings.Contains(o.File, "_DE_") || (o.Kind != "settlement" && o.Kind != "transactions")
}

// date reads a day or an instant of the file as a day of the marketplace.
func (o original) date(text, market string) core.Day {
	zone, err := time.LoadLocation(map[string]string{"US": "America/Los_Angeles", "DE": "Europe/Berlin"}[market])
	if err != nil {
		return 0
	}
	for _, style := range []string{time.RFC3339, "2006-01-02 15:04:05 MST", "02.01.2006 15:04:05 MST", "Jan 2, 2006 3:04:05 PM MST"} {
		if t, err := time.Parse(style, text); err == nil {
			if strings.HasSuffix(style, "PM MST") {
				return core.Date(t.Date()) // a time of the marketplace
			}
			return core.DayOf(t, zone)
		}
	}
	for _, style := range []string{time.DateOnly, "2.1.2006", "2.1.06", "1/2/06", "01/02/2006", "Jan 2, 2006"} {
		if t, err := time.Parse(style, text); err == nil {
			return core.Date(t.Date())
		}
	}
	return 0
}

// headers are where the columns of rows stand in a kind of file, and "-" where a column is not from the file.
func headers() map[string]map[string][]string {
	one := func(pairs ...string) map[string][]string {
		out := map[string][]string{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = strings.Split(pairs[i+1], "|")
		}
		return out
	}
	ads := []string{
		"day", "date", "campaign", "campaign name", "ad_group", "ad group name", "sku", "advertised sku", "target", "targeting", "match_type", "match type",
		"term", "customer search term", "status", "status", "budget", "budget amount", "impressions", "impressions", "clicks", "clicks", "spend", "spend",
		"orders", "7 day total orders (#)", "sales", "7 day total sales",
	}
	return map[string]map[string][]string{
		"all_orders": one("day", "purchase-date", "order", "amazon-order-id", "sku", "sku", "status", "item-status|order-status", "units", "quantity", "amount", "item-price"),
		"sales_and_traffic": one("from", "date|startDate", "to", "date|endDate", "asin", "childasin|parentasin|asin", "sku", "sku", "sessions", "sessions", "page_views", "pageviews",
			"units", "unitsordered", "featured_offer_pct", "buyboxpercentage"),
		"fba_fee_estimates":       one("sku", "sku", "fee", "estimated-fee-total", "per_unit", "estimated-fee-total"),
		"settlement":              one("day", "posted-date-time|posted-date", "order", "order-id", "sku", "sku", "refunded", "amount", "settlement", "settlement-id"),
		"transactions":            one("day", "date/time|datum/uhrzeit", "order", "order id|bestellnummer", "sku", "sku", "refunded", "product sales|umsätze"),
		"sp_advertised_products":  one(ads...),
		"sp_campaigns":            one(ads...),
		"sp_search_terms":         one(ads...),
		"sp_targeting":            one(ads...),
		"fba_returns":             one("day", "return-date", "order_id", "order-id", "sku", "sku", "units", "quantity", "reason", "reason"),
		"seller_feedback":         one("day", "date|datum", "order_id", "order id|bestellnummer", "rating", "rating|bewertung", "comment", "comments|kommentare", "response", "your response|ihre antwort"),
		"fba_inventory":           one("on_hand", "afn-fulfillable-quantity", "inventory.on_hand", "afn-fulfillable-quantity", "sku", "sku"),
		"fba_inventory_planning":  one("age_181_270", "inv-age-181-to-270-days", "age_271_365", "inv-age-271-to-365-days", "excess", "estimated-excess-quantity", "figure", "days-of-supply"),
		"restock_recommendations": one("figure", "recommended replenishment qty"),
		"merchant_listings":       one("sku", "seller-sku", "price", "price", "status", "status", "quantity", "quantity"),
		"stranded_inventory": one("sku", "sku", "reason", "stranded-reason", "fulfillable", "fulfillable-qty", "unfulfillable", "unfulfillable-qty", "since", "date-stranded",
			"removal", "date-to-take-auto-removal"),
		"suppressed_listings": one("sku", "sku", "reason", "reason", "issue", "issue description", "since", "status change date"),
		"account_health": one("rate", "rate", "target", "targetvalue", "condition", "targetcondition", "status", "status|ahrstatus", "from", "reportingdatefrom", "to", "reportingdateto",
			"orders", "ordercount|shipmentcount|shipmentcountwithvalidtracking|totalunitcount"),
	}
}

// elsewhere says of the columns of rows that don't stand in the file as they are why not.
func elsewhere() map[string]string {
	return map[string]string{
		"title":  "the name of a metric in plain words",
		"period": "which of two periods the row is in", "counts": "whether a day counts", "skus": "the orders file says what an order held",
		"marketplace": "the store of the file", "fulfilment": "Amazon's code of the warehouse in plain words",
		"all_orders/per_unit": "what one unit costs comes from another row", "all_orders/orders": "only of days known from totals",
		"fba_fee_estimates/status": "names the row",
		"settlement/start":         "in the first line of the statement", "settlement/end": "in the first line of the statement",
		"fba_inventory/day": "the day for which the report speaks", "fba_inventory/units": "worked out from several cells, or from sales",
		"fba_inventory_planning/age_365_plus": "the sum of two cells", "account_health/count": "its name differs by metric",
	}
}

// trace follows up to three rows of a number to their originals.
func (a *audit) trace(q ask, s sheet) error {
	var from []line
	for _, l := range s.rows {
		if l.Document != 0 && l.Line > 0 {
			from = append(from, l)
		}
	}
	for range min(3, len(from)) {
		l := from[a.rand.IntN(len(from))]
		o, err := a.original(l.Document, l.Line)
		if err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
		if sku, ok := o.find("sku", "seller-sku", "merchant sku", "advertised sku"); ok && sku != "" && strings.HasPrefix(l.Subject, q.market()+"/SKU-") {
			if l.Subject != q.market()+"/"+sku {
				return fmt.Errorf("%s: a row of %s is listed of %s", q, sku, l.Subject)
			}
		}
		for column := range s.at {
			if err := a.same(q, l, o, column); err != nil {
				return fmt.Errorf("%s: line %d of %s (%s): %w\n%v", q, o.Line, o.File, o.Kind, err, o.cells)
			}
		}
		a.followed++
		a.traced[o.Kind]++
	}
	return nil
}

// same compares a cell of a row with the file.
func (a *audit) same(q ask, l line, o original, column string) error {
	market := q.market()
	n, isNum := l.num(column)
	said := l.text(column)
	if said == "" && !isNum {
		return nil // the row does not say
	}
	heads := headers()[o.Kind][column]
	if len(heads) == 0 {
		return a.special(q, l, o, column)
	}
	cell, ok := o.find(heads...)
	if !ok && o.Kind == "sales_and_traffic" && (column == "to" || strings.Contains(o.File, said)) {
		return nil // rows of items don't repeat the days of their report
	}
	if !ok {
		return fmt.Errorf("no %v in the file, for %s %s", heads, column, said)
	}
	switch {
	case isNum:
		v, ok := o.number(cell)
		if column == "refunded" {
			v = -v
		}
		if !ok && cell == "" && n == 0 {
			return nil
		}
		if !ok || !near(v, n) {
			return fmt.Errorf("%s is %v, in the file %q", column, n, cell)
		}
	case l.day(column) != 0 && len(said) == len(time.DateOnly):
		if d := o.date(cell, market); d != l.day(column) {
			return fmt.Errorf("%s is %s, in the file %q", column, said, cell)
		}
	case column == "from" || column == "to":
		return o.instant(said, cell, column, market)
	default:
		if cell != said && !slices.ContainsFunc(heads, func(h string) bool { v, _ := o.find(h); return v == said }) {
			return fmt.Errorf("%s is %q, in the file %q", column, said, cell)
		}
	}
	return nil
}

// instant compares the beginning or end of a reporting range, whose days are those of the marketplace.
func (o original) instant(said, cell, column, market string) error {
	at, err := time.Parse("2006-01-02 15:04 MST", said)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(map[string]string{"US": "America/Los_Angeles", "DE": "Europe/Berlin"}[market])
	if err != nil {
		return err
	}
	if d := core.DayOf(at, zone).String(); !strings.HasPrefix(cell, d) {
		return fmt.Errorf("%s is %s, in the file %q", column, said, cell)
	}
	return nil
}

// special compares what does not stand in one cell as it is.
func (a *audit) special(q ask, l line, o original, column string) error {
	cells := func(headers ...string) (sum float64) {
		for _, h := range headers {
			v, _ := o.find(h)
			n, _ := o.number(v)
			sum += n
		}
		return sum
	}
	n, _ := l.num(column)
	want := math.NaN()
	switch o.Kind + "/" + column {
	case "settlement/report", "transactions/report":
		return nil // names the kind of file
	case "fba_inventory_planning/age_365_plus":
		want = cells("inv-age-366-to-455-days", "inv-age-456-plus-days")
	case "fba_inventory/units":
		switch q.name {
		case "inventory.on_hand":
			want = cells("afn-fulfillable-quantity")
		case "inventory.reserved":
			want = cells("afn-reserved-quantity")
		case "inventory.inbound":
			want = cells("afn-inbound-shipped-quantity", "afn-inbound-receiving-quantity")
		case "inventory.inbound_working":
			want = cells("afn-inbound-working-quantity")
		case "inventory.unsellable":
			want = cells("afn-unsellable-quantity")
		}
	case "fba_inventory/inventory.inbound":
		want = cells("afn-inbound-shipped-quantity", "afn-inbound-receiving-quantity")
	case "account_health/count":
		for path, v := range o.cells {
			if f, ok := o.number(v); ok && strings.HasSuffix(path, "count") && near(f, n) {
				return nil
			}
		}
		return fmt.Errorf("no count of the line is %v", n)
	}
	if !math.IsNaN(want) {
		if n != want {
			return fmt.Errorf("%s is %v, the file's cells come to %v", column, n, want)
		}
		return nil
	}
	if column == "report" || column == "as_of" || o.Kind+"/"+column == "fba_fee_estimates/day" {
		if d := o.made(q.market()); d != l.day(column) {
			return fmt.Errorf("%s is %s, the file was made on %s", column, l.text(column), d)
		}
		return nil
	}
	if _, ok := a.facts[column]; ok {
		return nil // a fact, which is worked out by itself
	}
	why := elsewhere()
	if why[column] == "" && why[o.Kind+"/"+column] == "" {
		return fmt.Errorf("the test does not know where the file says %s", column)
	}
	return nil
}
