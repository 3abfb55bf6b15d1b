package listings

import (
	"fmt"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// entry is one row of one report, whichever it is.
type entry struct {
	marketplace string
	day         core.Day // observed; set when the report is admitted
	row         int32
	key         key   // what tells it from the other rows of its marketplace
	columns     []any // from the fifth column of its table on
	item        module.Item
}

// key is the columns of a row that tell it from others: as many as its table needs.
type key [4]string

// entries reads the rows of a batch; rows that name no marketplace get the batch's.
func entries(b source.Batch) ([]entry, part, error) {
	p, ok := partOf(b.Stream)
	var out []entry
	switch rows := b.Rows.(type) {
	case []source.Listing:
		ok = ok && p.kind == kindOffers
		out = make([]entry, len(rows))
		for i := range rows {
			out[i] = offerEntry(&rows[i])
		}
	case []source.Suppressed:
		ok = ok && p.kind == kindSuppressed
		out = make([]entry, len(rows))
		for i := range rows {
			out[i] = suppressedEntry(&rows[i])
		}
	case []source.StrandedItem:
		ok = ok && p.kind == kindStranded
		out = make([]entry, len(rows))
		for i := range rows {
			out[i] = strandedEntry(&rows[i])
		}
	default:
		ok = ok && b.Rows == nil
	}
	if !ok {
		return nil, part{}, fmt.Errorf("listings: stream %q with rows of type %T", b.Stream, b.Rows)
	}
	for i := range out {
		if out[i].marketplace == "" {
			out[i].marketplace = b.Marketplace
		}
		if out[i].marketplace == "" {
			return nil, part{}, core.Invalid(name, fmt.Sprintf("Row %d of the report names no marketplace.", out[i].row),
				"Say which marketplace the file is of and import it again.")
		}
		out[i].item.Marketplace = out[i].marketplace
	}
	return out, p, nil
}

// part is one of the three reports and the statements that keep its table.
type part struct{ kind, put, claim, sweep, newer, uncarry, carry string }

func partOf(s source.Stream) (part, bool) {
	named := func(kind, table string) (part, bool) {
		return part{kind, "Put" + table, "Claim" + table, "Sweep" + table, "Newer" + table, "Uncarry" + table, "Carry" + table}, true
	}
	switch s {
	case source.Listings:
		return named(kindOffers, "Offers")
	case source.SuppressedListing:
		return named(kindSuppressed, "Suppressed")
	case source.Stranded:
		return named(kindStranded, "Stranded")
	default:
		return part{}, false
	}
}

func offerEntry(r *source.Listing) entry {
	var quantity any
	if r.HasQuantity {
		quantity = int64(r.Quantity)
	}
	fba := int64(0)
	if r.FBA {
		fba = 1
	}
	return entry{
		marketplace: r.Marketplace, row: r.Row, key: key{string(r.SKU)},
		columns: []any{
			string(r.SKU), string(r.ASIN), r.ListingID, r.Title, r.Status, fba, quantity, max(r.Price, 0), string(r.Currency), r.OpenedAt,
		},
		item: module.Item{SKU: r.SKU, ASIN: r.ASIN, Title: r.Title, Price: price(r.Price, r.Currency)},
	}
}

func suppressedEntry(r *source.Suppressed) entry {
	return entry{
		marketplace: r.Marketplace, row: r.Row, key: key{string(r.SKU), string(r.ASIN), r.Reason, r.Issue},
		columns: []any{string(r.SKU), string(r.ASIN), r.Reason, r.Issue, r.Status, int64(r.ChangedDay)},
		item:    module.Item{SKU: r.SKU, ASIN: r.ASIN, Title: r.Title},
	}
}

func strandedEntry(r *source.StrandedItem) entry {
	return entry{
		marketplace: r.Marketplace, row: r.Row, key: key{string(r.SKU), r.FNSKU},
		columns: []any{
			string(r.SKU), r.FNSKU, string(r.ASIN), r.Reason, r.Message, r.PrimaryAction, int64(r.StrandedDay), int64(r.RemovalDay),
			int64(r.Fulfillable), int64(r.Unfulfillable), int64(r.Reserved), int64(r.Inbound),
		},
		item: module.Item{SKU: r.SKU, ASIN: r.ASIN, Title: r.Title, Price: price(r.Price, r.Currency)},
	}
}

// price is unknown where the report has none.
func price(minor int64, c core.Currency) core.Money {
	if minor <= 0 {
		return core.Money{}
	}
	return core.Money{Minor: minor, Currency: c}
}

// value is a column of the table the entry goes to: marketplace, day, document and row come first in each, and last the
// moment of observation.
func (e *entry) value(col int, document, observed int64) any {
	switch col {
	case 0:
		return e.marketplace
	case 1:
		return int64(e.day)
	case 2:
		return document
	case 3:
		return int64(e.row)
	}
	if i := col - 4; i < len(e.columns) {
		return e.columns[i]
	} else if i == len(e.columns) {
		return observed
	}
	return nil
}
