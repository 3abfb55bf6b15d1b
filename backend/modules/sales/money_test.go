package sales_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

func settled(id, kind, order, sku, amountType, desc string, d core.Day, amount int64, start, end core.Day, row int32) source.SettlementLine {
	la, _ := core.MarketplaceByCode("US")
	return source.SettlementLine{
		Row: row, SettlementID: id, Start: start.Start(la.Zone()).Unix(), End: end.Start(la.Zone()).Unix(), Deposit: noon(end).Unix(), Total: 1234,
		Marketplace: "US", Currency: "USD", TransactionType: kind, OrderID: order, AmountType: amountType, AmountDesc: desc,
		Amount: amount, PostedAt: noon(d).Unix(), Day: d, SKU: core.SKU(sku), Quantity: 1,
	}
}

func refunded(settlement, order, sku string, d core.Day, productSales int64, row int32) source.Transaction {
	return source.Transaction{
		Row: row, Marketplace: "US", Currency: "USD", At: noon(d).Unix(), Day: d, SettlementID: settlement, Type: "Refund", Class: "refund",
		OrderID: order, SKU: core.SKU(sku), Quantity: 1, ProductSales: productSales, SellingFees: 150, Total: productSales + 150,
	}
}

func batch[T any](stream source.Stream, doc int64, observed core.Day, last bool, rows ...T) source.Batch {
	return source.Batch{Stream: stream, DocumentID: doc, Kind: string(stream), ObservedAt: noon(observed), Rows: rows, Len: len(rows), Last: last}
}

func TestRefundsAreNeverCountedTwice(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	from, to := d-20, d+1
	h.Apply(t, m,
		orders(1, d+1, core.LastDays(d, 28), line("US", "A", d, 1, 1, 100), line("US", "B", d, 2, 1, 100)),
		batch(source.Settlements, 2, d+1, true,
			settled("S1", "Refund", "o1", "A", "ItemPrice", "Principal", d-3, -2000, from, to, 2),
			settled("S1", "Refund", "o1", "A", "ItemPrice", "Tax", d-3, -160, from, to, 3),
			settled("S1", "Refund", "o1", "A", "ItemFees", "Commission", d-3, 300, from, to, 4),
			settled("S1", "Order", "o2", "A", "ItemPrice", "Principal", d-3, 2000, from, to, 5)),
		batch(source.Transactions, 3, d+1, true,
			refunded("S1", "o1", "A", d-3, -2000, 10),   // the settlement has it
			refunded("S2", "o1", "A", d-2, -700, 11),    // another refund of the order, in a settlement that is not in
			refunded("S2", "o9", "A", d-1, -500, 12),    // only here
			refunded("", "o1", "A", d-3, -2000, 13),     // names no settlement: the order's refund is there already
			refunded("S2", "o8", "B", d-10, -90000, 14), // out of the week
		))
	asOf := d + 1
	wantMoney(t, value(t, m, asOf, "sales.refunds_7d", "US/A"), 3200, "USD", fact.Fresh)
	wantMoney(t, value(t, m, asOf, "sales.refunds_7d", "US/B"), 0, "USD", fact.Fresh)
	wantMoney(t, value(t, m, asOf, "sales.market_refunds_7d", "US"), 3200, "USD", fact.Fresh)
	wantMissing(t, value(t, m, asOf, "sales.refunds_28d", "US/A"))
	if v := value(t, m, asOf, "sales.settled_through", "US"); v.Text != d.String() {
		t.Errorf("settled through %+v, want %s", v, d)
	}
	got := series(t, m, "sales.refunds", "US/A", core.LastDays(d, 7), asOf)["US/A"]
	if len(got) != 7 || got[d-3].Money.Minor != 2000 || got[d-1].Money.Minor != 500 || got[d].Money.Minor != 0 {
		t.Errorf("series %+v", got)
	}
}

// Equal rows of one file are all counted; the same rows of another file are not, even where
// a file comes in several batches and batches come twice.
func TestStatementsAreCountedOnce(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	row := func(n int32) source.Transaction { return refunded("S1", "o1", "A", d, -500, n) }
	first := batch(source.Transactions, 1, d+1, false, row(2), row(3))
	if got := h.Apply(t, m, first); got != (module.Applied{Stored: 2}) {
		t.Fatalf("first batch %+v", got)
	}
	if got := h.Apply(t, m, first); got != (module.Applied{Unchanged: 2}) {
		t.Fatalf("first batch again %+v", got)
	}
	if got := h.Apply(t, m, batch(source.Transactions, 1, d+1, true, row(9))); got != (module.Applied{Stored: 1}) {
		t.Fatalf("last batch %+v", got)
	}
	if got := h.Apply(t, m, batch(source.Transactions, 2, d+2, true, row(2), row(3), row(4))); got != (module.Applied{Unchanged: 3}) {
		t.Fatalf("overlapping file %+v", got)
	}
	if got := export(t, m, "sales.transactions"); len(got) != 3 {
		t.Fatalf("%d rows", len(got))
	}
	s := settled("S1", "Order", "o2", "A", "ItemPrice", "Principal", d, 617, d-14, d, 2)
	s2 := s
	s2.Row = 3
	h.Apply(t, m, batch(source.Settlements, 3, d+1, true, s, s2))
	h.Apply(t, m, batch(source.Settlements, 4, d+2, true, s, s2))
	got := export(t, m, "sales.settlements")
	if len(got) != 1 || got[0][0] != "S1" || got[0][4] != int64(1234) || got[0][5] != int64(1234) || got[0][8] != "US" {
		t.Fatalf("settlements %v", got)
	}
	if got := export(t, m, "sales.settlement_lines"); len(got) != 2 {
		t.Fatalf("%d lines", len(got))
	}
}

func TestProfit(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	fee := func(total int64) source.FeeEstimate {
		return source.FeeEstimate{Marketplace: "US", SKU: "A", Currency: "USD", Price: 2000, TotalFee: total, ReferralFee: 300, FulfilFee: total - 300}
	}
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 28), line("US", "A", d, 1, 2, 4000), line("US", "A", d-27, 2, 54, 2), line("US", "B", d, 3, 1, 100)))
	asOf := d + 1
	wantMissing(t, value(t, m, asOf, "sales.contribution_ratio", "US/A"))
	h.Apply(t, m, batch(source.FeeEstimates, 2, d+1, true, fee(700)))
	if v := value(t, m, asOf, "sales.contribution_ratio", "US/A"); v.Source != "catalog" {
		t.Errorf("the missing cost is not named: %+v", v)
	}
	for i := range h.Items {
		h.Items[i].Cost = core.Money{Minor: 800, Currency: "USD"}
	}
	wantMoney(t, value(t, m, asOf, "sales.price", "US/A"), 2000, "USD", fact.Fresh)
	wantMoney(t, value(t, m, asOf, "sales.fees_per_unit", "US/A"), 700, "USD", fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.contribution_ratio", "US/A"), 0.25, fact.Fresh)
	wantMoney(t, value(t, m, asOf, "sales.profit_day_28d", "US/A"), 1000, "USD", fact.Fresh) // 56 units ÷ 28 × 5.00
	wantMoney(t, value(t, m, asOf, "sales.daily_sales_28d", "US/A"), 143, "USD", fact.Fresh) // 40.02 ÷ 28
	wantMissing(t, value(t, m, asOf, "sales.contribution_ratio", "US/B"))
	if got := h.Apply(t, m, batch(source.FeeEstimates, 3, d+3, true, fee(900))); got != (module.Applied{Stored: 1}) {
		t.Errorf("new fees %+v", got)
	}
	wantMoney(t, value(t, m, asOf, "sales.fees_per_unit", "US/A"), 700, "USD", fact.Fresh)
	wantMoney(t, value(t, m, d+3, "sales.fees_per_unit", "US/A"), 900, "USD", fact.Fresh)
	wantMoney(t, value(t, m, d+20, "sales.fees_per_unit", "US/A"), 900, "USD", fact.Stale)
	if got := h.Apply(t, m, batch(source.FeeEstimates, 4, d+20, true, fee(900))); got != (module.Applied{Unchanged: 1}) {
		t.Errorf("the same fees %+v", got)
	}
	wantMoney(t, value(t, m, d+20, "sales.fees_per_unit", "US/A"), 900, "USD", fact.Fresh)
	h.Items[0].Cost.Currency = "EUR"
	wantMissing(t, value(t, m, asOf, "sales.profit_day_28d", "US/A"))
}

func TestChangeAndYesterday(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	rows := []source.OrderLine{line("US", "A", d, 1, 1, 3000)}
	for w := 1; w <= 4; w++ {
		rows = append(rows, line("US", "A", d-core.Day(7*w), 10+w, 1, int64(1000*w)))
	}
	rows = append(rows, line("US", "B", d, 50, 1, 0))
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 60), rows...))
	asOf := d + 1
	wantMoney(t, value(t, m, asOf, "sales.yesterday_sales", "US"), 3000, "USD", fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.yesterday_change", "US"), 0.2, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.change_7d", "US/A"), 2, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.prior_units_7d", "US/A"), 1, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.market_change_28d", "US"), (3000+1000+2000+3000)/4000.0-1, fact.Fresh)
	wantMissing(t, value(t, m, asOf, "sales.change_7d", "US/B"))
	wantMissing(t, value(t, m, asOf, "sales.change_90d", "US/A"))
}

func TestCurrenciesAreNeverAdded(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	odd := line("US", "A", d, 2, 1, 777)
	odd.Currency = "CAD"
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 7), line("US", "A", d, 1, 1, 100), odd))
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 2, fact.Fresh)
	wantMissing(t, value(t, m, d+1, "sales.sales_7d", "US/A"))
	wantMissing(t, value(t, m, d+1, "sales.market_sales_7d", "US"))
}

func TestStamps(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 7), line("US", "A", d, 1, 1, 100)))
	got, err := m.Stamps(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []fact.Stamp{{Kind: "all_orders", ObservedAt: noon(d + 1).In(time.UTC), Through: d}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}
