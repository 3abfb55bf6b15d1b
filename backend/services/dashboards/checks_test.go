package dashboards_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
)

func (d *desk) checks(t *testing.T) map[string]dashboards.CheckOutput {
	t.Helper()
	out, err := d.Checks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	order := []string{"account", "violations", "not_sellable", "running_out", "orders", "yesterday", "profit", "ads", "featured_offer", "claims", "feedback", "due"}
	got := map[string]dashboards.CheckOutput{}
	for i, c := range out.Checks {
		if i >= len(order) || c.Key != order[i] || c.Number != i+1 || c.Title == "" || !strings.HasSuffix(strings.TrimSuffix(c.Asks, ")"), "?") && c.Key != "claims" {
			t.Errorf("check %d: %+v", i+1, c)
		}
		got[c.Key] = c
	}
	if len(got) != 12 {
		t.Fatalf("%d checks", len(got))
	}
	return got
}

// expect compares what a person sees of a check.
func expect(t *testing.T, c dashboards.CheckOutput, state, value, detail string) {
	t.Helper()
	if c.State != state || c.Value != value || c.Detail != detail {
		t.Errorf("%s: got %s, %q, %q; want %s, %q, %q", c.Key, c.State, c.Value, c.Detail, state, value, detail)
	}
}

// leads compares where a check leads: the page, and the number whose rows it shows.
func leads(t *testing.T, c dashboards.CheckOutput, link, name, subject string) {
	t.Helper()
	if c.Link != link || c.Name != name || c.Subject != subject {
		t.Errorf("%s leads to %s, %s of %q; want %s, %s of %q", c.Key, c.Link, c.Name, c.Subject, link, name, subject)
	}
}

// goodMorning is an account of two marketplaces without trouble.
func goodMorning(d *desk) {
	d.m.pages["inventory"] = page.Page{Title: "Inventory", Tables: []page.Table{{Name: "skus", Subject: fact.SKU, Presets: []page.Preset{
		{Name: "out", Title: "Runs out before restock"}, {Name: "week", Title: "Order this week"},
	}}}}
	d.m.pages["listings"] = page.Page{Title: "Listings", Tables: []page.Table{{Name: "skus", Subject: fact.SKU, Presets: []page.Preset{{Name: "dead", Title: "Not sellable"}}}}}
	d.skus("US/A", "DE/A", "DE/B")
	for _, code := range []string{"US", "DE"} {
		d.give("accounthealth.account_status", code, text("NORMAL"))
		d.give("accounthealth.rating", code, text("GREAT"))
		d.give("accounthealth.worst_target_share", code, num(0.4))
		d.give("accounthealth.violations", code, num(0))
		d.give("accounthealth.new_violations_7d", code, num(0))
		d.give("accounthealth.count", code+"/order_defect_rate", num(0))
		d.give("accounthealth.count_change_7d", code+"/order_defect_rate", num(0))
		d.give("accounthealth.count", code+"/late_shipment_rate", num(7)) // no claim
		d.give("sales.settled_through", code, text("2026-11-10"))
		d.give("advertising.wasted_spend_28d", code, money(0, map[string]core.Currency{"US": "USD", "DE": "EUR"}[code]))
		d.give("reviews.new_negative_7d", code, num(0))
	}
	for _, id := range []string{"US/A", "DE/A", "DE/B"} {
		d.give("listings.not_sellable", id, flag(false))
		d.give("inventory.cover_days", id, num(90))
		d.give("inventory.order_by_days", id, num(40))
		d.give("inventory.suggested_units", id, num(0))
		d.give("sales.featured_offer_pct_7d", id, num(99))
	}
	d.give("inventory.cover_days", "DE/B", num(60))
	d.give("sales.featured_offer_pct_7d", "DE/A", num(97))
	d.give("sales.sales_28d", "DE/A", money(500_00, "EUR"))
	d.give("sales.sales_28d", "US/A", money(100_00, "USD"))
	d.give("sales.yesterday_sales", "US", fact.Value{Money: core.Money{Minor: 120_50, Currency: "USD"}, AsOf: today - 1})
	d.give("sales.yesterday_change", "US", num(0.125))
	for _, code := range []string{"US", "DE"} {
		d.on("sales.sales", code, 200_00)
		d.on("sales.cogs", code, 150_00)
		d.on("advertising.spend", code, 10_00)
	}
	d.a.tasks = []dashboards.Task{{Title: "Order", Due: today + 5, Subject: "DE/A", Fact: "inventory.cover_days"}}
}

func TestChecksOfAGoodMorning(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning)
	c := d.checks(t)
	expect(t, c["account"], "good", "Normal", "rating great")
	expect(t, c["violations"], "good", "0 open", "0 new in 7 d")
	expect(t, c["not_sellable"], "good", "0 SKUs", "all can be bought")
	expect(t, c["running_out"], "good", "0 SKUs", "stock lasts")
	expect(t, c["orders"], "good", "0 SKUs", "nothing this week")
	expect(t, c["yesterday"], "neutral", "$120.50", "▲ 12 % vs Tuesdays")
	expect(t, c["profit"], "neutral", "$40.00", "20 % margin, 10 of 24 d settled")
	expect(t, c["ads"], "good", "$0.00 · €0.00", "28 d, TACoS 5.0 %")
	expect(t, c["featured_offer"], "good", "97 %", "A, best seller")
	expect(t, c["claims"], "good", "0 defects", "claims, chargebacks, feedback")
	expect(t, c["feedback"], "good", "0 negative", "1–2 stars in 7 d")
	expect(t, c["due"], "good", "0 tasks", "next on 30 Nov")

	leads(t, c["account"], "/health", "accounthealth.account_status", "US")
	leads(t, c["running_out"], "/inventory?table=skus", "inventory.cover_days", "DE/B")
	leads(t, c["not_sellable"], "/listings?table=skus", "listings.not_sellable", "DE/A")
	leads(t, c["yesterday"], "/sales?range=yesterday", "sales.yesterday_sales", "US")
	leads(t, c["profit"], "/sales?range=month", "sales.profit", "US")
	leads(t, c["featured_offer"], "/listings?sort=sales.featured_offer_pct&table=skus", "sales.featured_offer_pct_7d", "DE/A")
	leads(t, c["due"], "/today?tab=waiting", "inventory.cover_days", "DE/A")
	if !c["yesterday"].Money || !c["profit"].Money || !c["ads"].Money || c["orders"].Money {
		t.Error("amounts that can be hidden are not marked")
	}
}

func TestChecksOfABadMorning(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning, func(d *desk) {
		d.give("accounthealth.account_status", "DE", text("AT_RISK"))
		d.give("accounthealth.violations", "DE", num(3))
		d.give("accounthealth.new_violations_7d", "DE", num(2))
		d.give("accounthealth.document_requests", "DE", num(1))
		d.give("accounthealth.count", "DE/order_defect_rate", num(4))
		d.give("accounthealth.count_change_7d", "DE/order_defect_rate", num(1))
		d.give("listings.not_sellable", "DE/A", flag(true))
		d.give("listings.not_sellable", "DE/B", flag(true))
		d.give("listings.daily_sales_at_stake", "DE/B", money(12_50, "EUR"))
		d.give("listings.daily_sales_at_stake", "DE/A", money(2_00, "EUR"))
		for id, days := range map[string]float64{"US/A": -3, "DE/A": -9, "DE/B": 5} {
			d.give("inventory.order_by_days", id, num(days))
			d.give("inventory.suggested_units", id, num(10))
		}
		d.give("inventory.on_hand", "US/A", num(0))
		d.give("inventory.on_hand", "DE/A", num(3))
		d.give("inventory.lost_sales_day", "US/A", money(7_00, "USD"))
		d.give("inventory.lost_sales_day", "DE/A", money(8_00, "EUR"))
		d.give("sales.unit_cost", "US/A", money(2_50, "USD"))
		d.give("sales.unit_cost", "DE/A", money(3_00, "EUR"))
		d.give("sales.yesterday_change", "US", num(-0.5))
		d.give("advertising.wasted_spend_28d", "DE", money(33_00, "EUR"))
		d.give("sales.featured_offer_pct_7d", "DE/B", num(40))
		d.give("sales.featured_offer_pct_7d", "US/A", num(89.9))
		d.give("reviews.new_negative_7d", "DE", num(2))
		d.on("sales.cogs", "US", 500_00)
		d.a.tasks = append(d.a.tasks, dashboards.Task{Due: today, Subject: "US/A", Fact: "inventory.on_hand"}, dashboards.Task{})
	})
	c := d.checks(t)
	expect(t, c["account"], "critical", "At risk", "DE")
	expect(t, c["violations"], "critical", "3 open", "2 new in 7 d, 1 documents asked")
	expect(t, c["not_sellable"], "warning", "2 SKUs", "€14.50 a day")
	expect(t, c["running_out"], "warning", "2 SKUs", "1 out, $7.00 · €8.00 a day")
	expect(t, c["orders"], "warning", "3 SKUs", "$25.00 · €30.00, 1 without cost")
	expect(t, c["yesterday"], "neutral", "$120.50", "▼ 50 % vs Tuesdays")
	expect(t, c["profit"], "warning", "−$460.00", "−230 % margin, 10 of 24 d settled")
	expect(t, c["ads"], "warning", "$0.00 · €33.00", "28 d, TACoS 5.0 %")
	expect(t, c["featured_offer"], "warning", "97 %", "2 SKUs under 90 %")
	expect(t, c["claims"], "warning", "4 defects", "1 more in 7 d")
	expect(t, c["feedback"], "warning", "2 negative", "1–2 stars in 7 d")
	expect(t, c["due"], "warning", "1 task", "3 tasks open")

	leads(t, c["account"], "/health", "accounthealth.account_status", "DE")
	leads(t, c["violations"], "/health", "accounthealth.violations", "DE")
	leads(t, c["claims"], "/health?sel=DE%2Forder_defect_rate&table=metrics", "accounthealth.count", "DE/order_defect_rate")
	leads(t, c["not_sellable"], "/listings?preset=dead&sel=DE%2FB&table=skus", "listings.not_sellable", "DE/B")
	leads(t, c["running_out"], "/inventory?preset=out&sel=DE%2FA&table=skus", "inventory.cover_days", "DE/A")
	leads(t, c["orders"], "/inventory?preset=week&sel=DE%2FA&table=skus", "inventory.suggested_units", "DE/A")
	leads(t, c["ads"], "/ads?table=terms", "advertising.wasted_spend_28d", "DE")
	leads(t, c["featured_offer"], "/listings?sel=DE%2FB&sort=sales.featured_offer_pct&table=skus", "sales.featured_offer_pct_7d", "DE/B")
	leads(t, c["feedback"], "/reviews?table=reviews.feedback", "reviews.new_negative_7d", "DE")
	leads(t, c["due"], "/today?tab=waiting", "inventory.on_hand", "US/A")
}

// Of an empty account nothing is good: each check names what would tell it.
func TestChecksOfNothing(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*desk{
		"no facts":        newDesk(t, func(d *desk) { d.m.known["US"], d.m.known["DE"] = core.Period{}, core.Period{} }),
		"no marketplaces": newDesk(t, func(d *desk) { d.a.markets = nil }),
		"all missing": newDesk(t, goodMorning, func(d *desk) {
			d.m.events = nil
			d.m.known["US"], d.m.known["DE"] = core.Period{}, core.Period{}
			for _, col := range d.m.facts {
				for id := range col {
					col[id] = absent("planted")
				}
			}
			d.a.tasks = nil
		}),
	} {
		for key, c := range d.checks(t) {
			switch {
			case key == "due":
				expect(t, c, "good", "0 tasks", "nothing is promised")
			case c.State != "unknown" || c.Value != "?" || !strings.HasPrefix(c.Detail, "needs "):
				t.Errorf("%s: %s is %s, %q, %q", name, key, c.State, c.Value, c.Detail)
			}
		}
	}
}

func TestChecksOfAModuleThatIsDown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning, func(d *desk) { d.m.down["accounthealth"] = "Account health is not running: planted" })
	c := d.checks(t)
	for _, key := range []string{"account", "violations", "claims"} {
		expect(t, c[key], "unknown", "?", "Account health is not running: planted")
	}
	expect(t, c["running_out"], "good", "0 SKUs", "stock lasts")
}

// What a check can't compare is not said to be nothing.
func TestChecksDoNotTakeUnknownForZero(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning, func(d *desk) {
		for _, code := range []string{"US", "DE"} {
			d.give("accounthealth.new_violations_7d", code, absent("one report only"))
			d.give("accounthealth.violations", code, num(2))
		}
		delete(d.m.facts, "sales.yesterday_change")
		delete(d.m.facts, "sales.settled_through")
		delete(d.m.facts, "sales.sales_28d")
		d.give("inventory.order_by_days", "US/A", num(-1))
		delete(d.m.facts, "inventory.lost_sales_day")
		d.give("listings.not_sellable", "US/A", flag(true))
		d.a.tasks = []dashboards.Task{{Title: "Without a day"}}
	})
	c := d.checks(t)
	expect(t, c["violations"], "warning", "4 open", "no report to compare with")
	expect(t, c["yesterday"], "neutral", "$120.50", "no comparison yet")
	expect(t, c["profit"], "neutral", "$40.00", "20 % margin, nothing settled")
	expect(t, c["running_out"], "warning", "1 SKU", "1 out")
	expect(t, c["not_sellable"], "warning", "1 SKU", "nothing known at stake")
	expect(t, c["featured_offer"], "good", "97 %", "A, lowest")
	expect(t, c["due"], "good", "0 tasks", "1 task open")
}

func TestChecksNearALimit(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning, func(d *desk) { d.give("accounthealth.worst_target_share", "DE", num(0.8)) })
	expect(t, d.checks(t)["account"], "warning", "Normal", "80 % of an allowance used")
	d = newDesk(t, goodMorning, func(d *desk) {
		d.give("reviews.negative_count_90d", "DE/B", num(3))
		d.give("reviews.negative_count_90d", "DE/A", num(1))
	})
	c := d.checks(t)["feedback"]
	expect(t, c, "good", "0 negative", "1–2 stars in 7 d")
	leads(t, c, "/reviews?table=reviews.feedback", "reviews.negative_count_90d", "DE/B")
}

// On the first of a month no day of it is over: the check speaks of the month before, and says which.
func TestProfitOnTheFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning, func(d *desk) { d.a.day = day("2026-12-01") })
	c := d.checks(t)["profit"]
	if c.Title != "Profit, November" || c.Value != "$40.00" {
		t.Errorf("%+v", c)
	}
}

// The checks are the same however often they are asked for.
func TestChecksAreSteady(t *testing.T) {
	t.Parallel()
	d := newDesk(t, goodMorning, func(d *desk) {
		for _, id := range []string{"DE/order_defect_rate", "US/order_defect_rate", "FR/order_defect_rate", "UK/order_defect_rate"} {
			d.give("accounthealth.count", id, num(2))
		}
	})
	first, err := d.Checks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, err := d.Checks(t.Context()); err != nil || !slices.Equal(again.Checks, first.Checks) {
			t.Fatalf("%+v, %v", again, err)
		}
	}
	d.a.err = errors.New("planted")
	if _, err := d.Checks(t.Context()); err == nil {
		t.Error("tasks that can't be read were swallowed")
	}
}
