package listings

import (
	"database/sql"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// line is one line of one of the three reports; what its report lacks is empty.
type line struct {
	document                   int64
	row                        int
	day                        core.Day // of the report
	market                     string
	sku                        core.SKU
	asin, title, status, state string
	fba                        bool
	quantity                   sql.NullInt64
	price                      core.Money
	opened                     int64 // Unix seconds; 0: none
	reason, issue              string
	since, removal             core.Day
	units                      sql.NullInt64
	fulfillable, unfulfillable int64
}

// lineColumn heads a column of lines.
func lineColumn(of string) fact.RowColumn {
	c := fact.RowColumn{Name: of, Type: fact.Text}
	titles := map[string]string{
		"report": "Report of", "marketplace": "Marketplace", "sku": "SKU", "asin": "ASIN", "title": "Title", "status": "Status",
		"fulfilment": "Fulfilled by", "quantity": "Own stock", "price": "Price", "opened": "Opened", "state": "State", "reason": "Reason",
		"issue": "Issue", "since": "Since", "removal": "Removal on", "units": "Units", "fulfillable": "Fulfillable",
		"unfulfillable": "Unfulfillable",
	}
	c.Title = titles[of]
	switch of {
	case "price":
		c.Type = fact.Money
	case "quantity", "units", "fulfillable", "unfulfillable":
		c.Type, c.Unit = fact.Count, "units"
	}
	return c
}

// cell is one field of a line; what the report does not say is missing.
func (l *line) cell(of string, o origin) fact.Value {
	known := func(v fact.Value, ok bool) fact.Value {
		if !ok {
			return missing(o.source, "the report does not say")
		}
		return v
	}
	switch of {
	case "report":
		return o.text(l.day.String())
	case "marketplace":
		return o.text(l.market)
	case "sku":
		return known(o.text(string(l.sku)), l.sku != "")
	case "asin":
		return known(o.text(l.asin), l.asin != "")
	case "title":
		return known(o.text(l.title), l.title != "")
	case "status":
		return o.text(l.status)
	case "state":
		return o.text(l.state)
	case "fulfilment":
		if l.fba {
			return o.text("Amazon")
		}
		return o.text("Seller")
	case "quantity":
		return known(o.num(float64(l.quantity.Int64)), l.quantity.Valid)
	case "price":
		return known(o.money(l.price), l.price.Minor > 0 && l.price.Currency != "")
	case "opened":
		return known(o.text(time.Unix(l.opened, 0).UTC().Format(time.DateOnly)), l.opened != 0)
	case "reason":
		return known(o.text(l.reason), l.reason != "")
	case "issue":
		return known(o.text(l.issue), l.issue != "")
	case "since":
		return known(o.text(l.since.String()), l.since != 0)
	case "removal":
		return known(o.text(l.removal.String()), l.removal != 0)
	case "units":
		return known(o.num(float64(l.units.Int64)), l.units.Valid)
	case "fulfillable":
		return o.num(float64(l.fulfillable))
	case "unfulfillable":
		return o.num(float64(l.unfulfillable))
	}
	return missing(o.source, "no such field")
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
