package sales_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/source"
)

// TestARowThatCameTwiceIsOneAgain: a report had the row of an order twice; the next one, which has it once, puts it
// right. An order that has a SKU in two lines keeps both.
func TestARowThatCameTwiceIsOneAgain(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	one, again := line("US", "A", d, 1, 1, 1500), line("US", "A", d, 1, 1, 1500)
	again.Seq, again.Row = 1, 9
	two, other := line("US", "B", d, 2, 1, 700), line("US", "B", d, 2, 2, 1300)
	other.Seq, other.Row = 1, 10
	sold := func(a, b int64) {
		t.Helper()
		want := [][]any{
			{"2026-11-20", "US", "A", a, 1500 * a, "USD"},
			{"2026-11-20", "US", "B", b, int64(2000), "USD"},
		}
		if diff := cmp.Diff(want, export(t, m, "sales.daily")); diff != "" {
			t.Error(diff)
		}
	}
	h.Apply(t, m, orders(1, d+1, core.Period{}, one, again, two, other))
	sold(2, 3)
	h.Apply(t, m, orders(2, d+2, core.Period{}, one, two, other))
	sold(1, 3)
}

// TestMoneyThatCameTwiceIsOnceAgain: the same of reimbursements and of settlements, whose rows have no key of their own.
func TestMoneyThatCameTwiceIsOnceAgain(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	paid := source.Reimbursement{Marketplace: "US", Day: d, ID: "R1", Reason: "Lost", SKU: "A", Currency: "USD", PerUnit: 900, Total: 900, CashUnits: 1, Row: 2}
	again := paid
	again.Row = 3
	give := func(doc int64, rows ...source.Reimbursement) {
		h.Apply(t, m, source.Batch{
			Stream: source.Reimbursements, DocumentID: doc, Kind: "reimbursements", ObservedAt: noon(d + core.Day(doc)), Rows: rows, Len: len(rows), Last: true,
		})
	}
	for i, n := range []int{2, 1, 2, 1} {
		give(int64(i+1), []source.Reimbursement{paid, again}[:n]...)
		if got := len(export(t, m, "sales.reimbursements")); got != n {
			t.Errorf("document %d has %d rows, %d are there", i+1, n, got)
		}
	}
	fee := source.SettlementLine{
		SettlementID: "S1", Start: noon(d - 14).Unix(), End: noon(d).Unix(), Total: -500, Marketplace: "US", Currency: "USD", TransactionType: "ServiceFee",
		AmountType: "ServiceFee", AmountDesc: "Storage", Amount: -500, PostedAt: noon(d - 3).Unix(), Day: d - 3, Row: 3,
	}
	twice := fee
	twice.Row = 4
	for i, n := range []int{2, 1} {
		rows := []source.SettlementLine{fee, twice}[:n]
		h.Apply(t, m, source.Batch{
			Stream: source.Settlements, DocumentID: int64(20 + i), Kind: "settlement", ObservedAt: noon(d), Rows: rows, Len: n, Last: true,
		})
		if got := len(export(t, m, "sales.settlement_lines")); got != n {
			t.Errorf("the settlement has %d lines, %d are there", n, got)
		}
	}
}

// TestALineThatADocumentLacksStays: two equal fees that the total needs both stay when a later copy of the settlement
// has one of them.
func TestALineThatADocumentLacksStays(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	fee := source.SettlementLine{
		SettlementID: "S1", Start: noon(d - 14).Unix(), End: noon(d).Unix(), Total: -1000, Marketplace: "US", Currency: "USD", TransactionType: "ServiceFee",
		AmountType: "ServiceFee", AmountDesc: "Storage", Amount: -500, PostedAt: noon(d - 3).Unix(), Day: d - 3, Row: 3,
	}
	second := fee
	second.Row = 4
	other := fee
	other.AmountDesc, other.Amount, other.Row = "Label", -30, 5
	fee.Total, second.Total, other.Total = -1030, -1030, -1030
	again := other
	again.Row = 6
	for i, c := range []struct {
		rows []source.SettlementLine
		want int
	}{
		{[]source.SettlementLine{fee, second, other}, 3},
		{[]source.SettlementLine{fee, other}, 3},
		{[]source.SettlementLine{fee, second, other, again}, 3}, // a line came twice
	} {
		h.Apply(t, m, source.Batch{
			Stream: source.Settlements, DocumentID: int64(20 + i), Kind: "settlement", ObservedAt: noon(d), Rows: c.rows, Len: len(c.rows), Last: true,
		})
		if got := len(export(t, m, "sales.settlement_lines")); got != c.want {
			t.Errorf("copy %d: %d lines are there", i, got)
		}
	}
}

// TestATransactionWithoutItsIDIsTheSame: one answer forgot the id of a transaction; told before or after it, with its
// id, it counts once.
func TestATransactionWithoutItsIDIsTheSame(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	paid := source.Transaction{ID: "T1", Marketplace: "US", Currency: "USD", At: noon(d).Unix(), Day: d, Type: "Refund", Class: "refund", SKU: "A", ProductSales: -900, Total: -900, Row: 1}
	nameless := paid
	nameless.ID = ""
	paid.Description = "Refund Order" // the other answer forgot it as well
	for _, list := range [][]source.Transaction{{paid, nameless}, {nameless, paid}} {
		m, h := start(t)
		for i, r := range list {
			h.Apply(t, m, source.Batch{
				Stream: source.TransactionsByAPI, DocumentID: int64(i + 1), Kind: "api_transactions", ObservedAt: noon(d + core.Day(i) + 1),
				Rows: []source.Transaction{r}, Len: 1, Last: true, Covers: source.Coverage{Marketplace: "US", Period: core.Period{From: d - 3, To: d}},
			})
		}
		if got := series(t, m, "sales.refunds", "US/A", core.Period{From: d, To: d}, d+9)["US/A"][d]; got.Money.Minor != 900 {
			t.Errorf("%+v", got)
		}
	}
}

// TestAReleaseIsNoTransaction: one answer forgot that an entry only releases money; told so before or after it, it never counts.
func TestAReleaseIsNoTransaction(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	held, taken := told("T1", 0, "A", d, 900), told("R1", 0, "A", d, 900)
	release := source.Transaction{ID: "R1", Marketplace: "US", Class: source.ClassReleased, Row: 1}
	for _, list := range [][]source.Transaction{{held, taken, release}, {held, release, taken}, {release, taken, held}, {taken, held, release, taken}} {
		m, h := start(t)
		h.Apply(t, m, sold(d))
		for i, r := range list {
			h.Apply(t, m, livePage(int64(i+1), d+core.Day(i)+1, core.LastDays(d, 4), r))
		}
		if got := series(t, m, "sales.refunds", "US/A", core.Period{From: d, To: d}, d+9)["US/A"][d]; got.Money.Minor != 900 {
			t.Errorf("%+v", got)
		}
	}
}

// TestATransactionOfSeveralItemsWithoutItsIDIsTheSame: as above, of transactions that have several records each, of which
// one could not be read.
func TestATransactionOfSeveralItemsWithoutItsIDIsTheSame(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	item := func(id string, part, row int32, minor int64) source.Transaction {
		r := told(id, part, "A", d, minor)
		r.OrderID, r.Row = "o-1", row
		return r
	}
	// Rows 1 to 3 are one transaction, 4 to 6 another whose first item was rejected, 7 one that Amazon has twice, in 7 and 8.
	page := func(a, b, c, e string) []source.Transaction {
		return []source.Transaction{
			item(a, 0, 1, 500), item(a, 1, 2, 70), item(a, 2, 3, 3), item(b, 1, 5, 90), item(b, 2, 6, 9), item(c, 0, 7, 1), item(e, 0, 8, 1),
		}
	}
	named, nameless, half := page("T1", "T2", "T3", "T4"), page("", "", "", ""), page("T1", "", "T3", "")
	for _, list := range [][][]source.Transaction{{nameless}, {nameless, nameless}, {named, nameless}, {nameless, named}, {nameless, half, named}, {named, half, nameless}} {
		m, h := start(t)
		h.Apply(t, m, sold(d))
		for i, rows := range list {
			a := h.Apply(t, m, livePage(int64(i+1), d+core.Day(i)+1, core.LastDays(d, 4), rows...))
			if a.Stored+a.Unchanged+a.Older != len(rows) {
				t.Errorf("%+v of %d records", a, len(rows))
			}
		}
		if got := series(t, m, "sales.refunds", "US/A", core.Period{From: d, To: d}, d+9)["US/A"][d]; got.Money.Minor != 674 {
			t.Errorf("%d pages: %+v", len(list), got)
		}
	}
}

// TestDetailIsNotLost: an answer that leaves out what a transaction was told with, and comes to the same total, changes
// nothing, in whichever order the two came; one with another total counts.
func TestDetailIsNotLost(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	full := source.Transaction{
		ID: "T1", Marketplace: "US", Currency: "USD", At: noon(d).Unix(), Day: d, Type: "Refund", Class: "refund", OrderID: "111-0000001-0000001", SKU: "A", Quantity: 1,
		ProductSales: -900, SellingFees: 100, Total: -800, Row: 1,
	}
	bare, other := full, full
	bare.SKU, bare.Quantity, bare.SellingFees, bare.Other = "", 0, 0, 100
	other.ProductSales, other.Total = -700, -600
	give := func(rows ...source.Transaction) func(order []int) core.Money {
		return func(order []int) core.Money {
			m, h := start(t)
			h.Apply(t, m, orders(99, d+1, core.LastDays(d, 120), line("US", "A", d, 1, 1, 100)))
			for _, i := range order {
				h.Apply(t, m, livePage(int64(i+1), d+core.Day(i)+1, core.Period{From: d - 3, To: d}, rows[i]))
			}
			return series(t, m, "sales.refunds", "US/A", core.Period{From: d, To: d}, d+9)["US/A"][d].Money
		}
	}
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		if got := give(full, bare)(order); got.Minor != 900 {
			t.Errorf("full, then bare, as %v: %s", order, got)
		}
		if got := give(bare, full)(order); got.Minor != 900 {
			t.Errorf("bare, then full, as %v: %s", order, got)
		}
		if got := give(full, other)(order); got.Minor != 700 {
			t.Errorf("restated, as %v: %s", order, got)
		}
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}} {
		if got := give(bare, full, bare)(order); got.Minor != 900 {
			t.Errorf("bare, full, bare, as %v: %s", order, got)
		}
	}
}
