package sales_test

import (
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// covering says what an orders batch covers.
func covering(b source.Batch, c source.Coverage) source.Batch {
	b.Covers = c
	return b
}

// An old order among those that changed of late says nothing of the days since then, nor do the days of the page.
func TestChangedOrdersCoverNoDay(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	page := orders(1, d+1, core.LastDays(d, 3), line("US", "A", d-60, 1, 1, 100), line("US", "A", d, 2, 2, 200))
	page.Kind = "api_orders"
	h.Apply(t, m, covering(page, source.Coverage{None: true}))
	wantMissing(t, value(t, m, d+1, "sales.units_7d", "US/A"))
	wantMissing(t, value(t, m, d+1, "sales.yesterday_sales", "US"))
	if got := series(t, m, "sales.units", "US/A", core.LastDays(d, 70), d+1)["US/A"]; len(got) != 0 {
		t.Errorf("days are known: %v", got)
	}

	// A window by order date tells its days, also those without an order; what changed of late counts in them.
	h.Apply(t, m, covering(orders(2, d+1, core.Period{From: d - 3, To: d - 3}, line("US", "A", d-3, 3, 4, 400)),
		source.Coverage{Marketplace: "US", Period: core.LastDays(d, 7)}))
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 6, fact.Fresh)
	wantMissing(t, value(t, m, d+1, "sales.units_28d", "US/A"))
	got := series(t, m, "sales.units", "US/A", core.LastDays(d, 70), d+1)["US/A"]
	if len(got) != 7 || got[d-6].Num != 0 || got[d-3].Num != 4 || got[d].Num != 2 {
		t.Errorf("series %v", got)
	}
}

// A window without a single order is known to have none; only the marketplace that was asked for is.
func TestWindowWithoutOrdersIsKnown(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d-6, core.Period{}, line("US", "A", d-8, 1, 1, 100), line("DE", "A", d-8, 2, 1, 100)))
	none := covering(orders(2, d+1, core.LastDays(d, 7)), source.Coverage{Marketplace: "US", Period: core.LastDays(d, 7)})
	none.Marketplace = "US"
	h.Apply(t, m, none, none)
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 0, fact.Fresh)
	if v := value(t, m, d+1, "sales.units_7d", "DE/A"); v.Maturity != fact.Missing {
		t.Errorf("DE %+v", v)
	}
	// A page stated to cover nothing takes nothing back.
	h.Apply(t, m, covering(orders(3, d+1, core.Period{}), source.Coverage{None: true}))
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 0, fact.Fresh)
}
