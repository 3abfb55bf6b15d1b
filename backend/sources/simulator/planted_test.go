package simulator_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/sources/simulator"
)

// checks is an account read once, with what a test computes from its rows.
type checks struct {
	account
	orders []order
	skus   map[string][]string         // of an order
	sales  map[string]map[core.Day]int // units by offer and day
	items  map[string]module.Item
}

func newChecks(t *testing.T, o simulator.Options) checks {
	t.Helper()
	a := load(t, o)
	c := checks{account: a, orders: a.orders(t), skus: map[string][]string{}, sales: map[string]map[core.Day]int{}, items: map[string]module.Item{}}
	for _, o := range c.orders {
		c.skus[o.id] = append(c.skus[o.id], o.sku)
		subject := o.market + "/" + o.sku
		if c.sales[subject] == nil {
			c.sales[subject] = map[core.Day]int{}
		}
		if o.status != "Cancelled" {
			c.sales[subject][o.day] += o.quantity
		}
	}
	for _, it := range a.seller.Items() {
		c.items[it.Marketplace+"/"+string(it.SKU)] = it
	}
	return c
}

// planted gives the subjects of a situation.
func (c checks) planted(t *testing.T, name string, n int) []string {
	t.Helper()
	var out []string
	for _, p := range c.seller.Planted() {
		if p.Name == name {
			out = append(out, p.Subject)
		}
	}
	if len(out) != n {
		t.Fatalf("%s is planted on %v, want %d subjects", name, out, n)
	}
	return out
}

// sold adds up the units of an offer over the n days that end with to.
func (c checks) sold(market, sku string, to core.Day, n int) int {
	units := 0
	for d := to - core.Day(n) + 1; d <= to; d++ {
		units += c.sales[market+"/"+sku][d]
	}
	return units
}

// change of the units of the 28 days that end with to, against the 28 before.
func (c checks) change(market, sku string, to core.Day) float64 {
	return float64(c.sold(market, sku, to, 28))/float64(c.sold(market, sku, to-28, 28)) - 1
}

// stock is the newest inventory row of an offer.
func (c checks) stock(t *testing.T, market, sku string) record {
	t.Helper()
	for _, r := range last(t, c.of("fba-inventory", market)).rows(t) {
		if r.at("sku") == sku {
			return r
		}
	}
	t.Fatalf("no stock of %s in %s", sku, market)
	return record{}
}

// cover is days of stock at the pace of the 28 days that end with to.
func (c checks) cover(t *testing.T, market, sku string, to core.Day) float64 {
	t.Helper()
	return float64(c.stock(t, market, sku).int(t, "afn-fulfillable-quantity")) / (float64(c.sold(market, sku, to, 28)) / 28)
}

// adTotals are clicks, spend and sales.
type adTotals struct{ clicks, spend, sales, orders int64 }

// adRows keeps the newest report of each row of the last n days, and adds up those that fit.
func (c checks) ads(t *testing.T, kind, market string, n int, fits func(record) bool) adTotals {
	t.Helper()
	newest := map[string]adTotals{}
	for _, f := range c.of(kind, market) {
		for _, r := range f.rows(t) {
			day, err := core.ParseDay(r.at("Date"))
			if err != nil {
				t.Fatal(err)
			}
			if !core.LastDays(c.asOf-1, n).Contains(day) || !fits(r) {
				continue
			}
			key := strings.Join([]string{r.at("Date"), r.at("Campaign Name"), r.at("Targeting"), r.at("Match Type"), r.at("Customer Search Term"), r.at("Advertised SKU")}, "|")
			newest[key] = adTotals{int64(r.int(t, "Clicks")), r.dollars(t, "Spend"), r.dollars(t, "7 Day Total Sales "), int64(r.int(t, "7 Day Total Orders (#)"))}
		}
	}
	var sum adTotals
	for _, a := range newest {
		sum.clicks += a.clicks
		sum.spend += a.spend
		sum.sales += a.sales
		sum.orders += a.orders
	}
	return sum
}

// dollars reads an amount of an advertising report, which a workbook writes without trailing zeros.
func (r record) dollars(tb testing.TB, col string) int64 {
	tb.Helper()
	v, err := strconv.ParseFloat(r.at(col), 64)
	if err != nil {
		tb.Fatal(err)
	}
	return int64(math.Round(v * 100))
}

// breakEven is price less fees and cost, as a share of the price.
func (c checks) breakEven(t *testing.T, market, sku string) float64 {
	t.Helper()
	it := c.items[market+"/"+sku]
	if it.Cost.Currency == "" {
		t.Fatalf("%s/%s has no cost", market, sku)
	}
	for _, r := range last(t, c.of("fee-preview", market)).rows(t) {
		if r.at("sku") == sku {
			price := r.cents(t, "your-price")
			return float64(price-r.cents(t, "estimated-fee-total")-it.Cost.Minor) / float64(price)
		}
	}
	t.Fatalf("no fees of %s in %s", sku, market)
	return 0
}

// ratings of an offer in the last n days, by its orders.
func (c checks) ratings(t *testing.T, market, sku string, n int) (all, bad int) {
	t.Helper()
	date, rating, id, layout := "Date", "Rating", "Order ID", "1/2/06"
	if market == "DE" {
		date, rating, id, layout = "Datum", "Bewertung", "Bestellnummer", "2.1.06"
	}
	seen := map[string]bool{} // files overlap
	for _, f := range c.of("seller-feedback", market) {
		for _, r := range f.rows(t) {
			if seen[r.at(id)] {
				continue
			}
			seen[r.at(id)] = true
			at, err := time.Parse(layout, r.at(date))
			if err != nil {
				t.Fatal(err)
			}
			if of := c.skus[r.at(id)]; len(of) != 1 {
				t.Fatalf("feedback for %q, which is an order of %v", r.at(id), of)
			}
			if c.skus[r.at(id)][0] == sku && core.LastDays(c.asOf-1, n).Contains(core.DayOf(at, time.UTC)) {
				all++
				if r.int(t, rating) <= 2 {
					bad++
				}
			}
		}
	}
	return all, bad
}

// returns of an offer in a period, and how many of them name the reason.
func (c checks) returns(t *testing.T, market, sku, reason string, p core.Period) (all, of int) {
	t.Helper()
	seen := map[string]bool{} // files overlap
	for _, f := range c.of("fba-returns", market) {
		for _, r := range f.rows(t) {
			if seen[r.at("license-plate-number")] {
				continue
			}
			seen[r.at("license-plate-number")] = true
			day, err := core.ParseDay(r.at("return-date")[:10])
			if err != nil {
				t.Fatal(err)
			}
			if r.at("sku") == sku && p.Contains(day) {
				all++
				if r.at("reason") == reason {
					of++
				}
			}
		}
	}
	return all, of
}

// health is a metric of a marketplace in one report.
func health(t *testing.T, f file, market core.MarketplaceID, name string) map[string]any {
	t.Helper()
	var r struct {
		Statuses []map[string]string `json:"accountStatuses"`
		Metrics  []map[string]any    `json:"performanceMetrics"`
	}
	if err := json.Unmarshal(f.data, &r); err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Statuses {
		if s["status"] != "NORMAL" {
			t.Errorf("account status %v", s)
		}
	}
	for _, m := range r.Metrics {
		if m["marketplaceId"] == string(market) {
			v, _ := m[name].(map[string]any)
			return v
		}
	}
	t.Fatalf("no %s of %s", name, market)
	return nil
}

// TestDemo reads the default demo once and looks at it from all sides.
func TestDemo(t *testing.T) { //nolint:tparallel // the subtests share the rows that each file is read into once
	t.Parallel()
	c := newChecks(t, simulator.Options{Seed: 7, AsOf: asOf()})
	t.Run("row counts", c.rowCounts)
	t.Run("headers are Amazon's", c.headersAreAmazons)
	t.Run("settlements add up", c.settlementsAddUp)
	t.Run("transactions match settlements", c.transactionsMatchSettlements)
	t.Run("ad reports agree", c.adReportsAgree)
	t.Run("traffic is restated", c.trafficIsRestated)
	t.Run("orders are restated", c.ordersAreRestated)
	t.Run("stock follows sales", c.stockFollowsSales)
	c.situations(t)
}

// TestPlanted looks for the planted situations on other days, in and after sales events, and in other sizes.
func TestPlanted(t *testing.T) {
	t.Parallel()
	cases := []simulator.Options{
		{Seed: 1, AsOf: core.Date(2026, time.December, 3)},
		{Seed: 2, AsOf: core.Date(2026, time.July, 16), SKUs: 30},
		{Seed: 3, AsOf: core.Date(2027, time.January, 2), Days: 500, SKUs: 70},
	}
	for _, o := range cases {
		t.Run(o.AsOf.String(), func(t *testing.T) {
			t.Parallel()
			newChecks(t, o).situations(t)
		})
	}
}

func (c checks) situations(t *testing.T) {
	t.Helper()
	t.Run("decline", c.decline)
	t.Run("running out", c.runningOut)
	t.Run("suppressed", c.suppressed)
	t.Run("stranded", c.stranded)
	t.Run("late shipments", c.lateShipments)
	t.Run("wasteful terms", c.wasteful)
	t.Run("returns jump", c.returnsJump)
	t.Run("document request", c.documentRequest)
	t.Run("overstock", c.overstock)
	t.Run("everything else is quiet", c.quiet)
}

func (c checks) decline(t *testing.T) {
	subject := c.planted(t, simulator.PlantDecline, 1)[0]
	market, sku, _ := strings.Cut(subject, "/")
	for _, to := range []core.Day{c.asOf - 1, c.asOf - 2, c.asOf - 3} {
		if d := c.change(market, sku, to); d > -0.32 || d < -0.6 {
			t.Errorf("%s changed by %.2f up to %s", subject, d, to)
		}
	}
	limit := c.breakEven(t, market, sku)
	for _, n := range []int{14, 28, 30} {
		a := c.ads(t, "sp-advertised-product", market, n, func(r record) bool { return r.at("Advertised SKU") == sku })
		if acos := float64(a.spend) / float64(a.sales); acos < 1.5*limit || a.clicks < 100 {
			t.Errorf("%s: ACoS %.2f over %d days with %d clicks, break-even %.2f", subject, acos, n, a.clicks, limit)
		}
	}
	if all, bad := c.ratings(t, market, sku, 90); all != 14 || bad != 9 {
		t.Errorf("%s: %d of %d ratings are bad", subject, bad, all)
	}
}

func (c checks) runningOut(t *testing.T) {
	subject := c.planted(t, simulator.PlantRunningOut, 1)[0]
	market, sku, _ := strings.Cut(subject, "/")
	if cover := c.cover(t, market, sku, c.asOf-1); math.Abs(cover-19) > 0.6 {
		t.Errorf("%s: cover %.1f days", subject, cover)
	}
	r := c.stock(t, market, sku)
	if r.at("afn-inbound-shipped-quantity") != "0" || r.at("afn-inbound-receiving-quantity") != "0" {
		t.Errorf("%s has stock on its way: %v", subject, r)
	}
	if lead := c.items[subject].LeadTime; lead != 28 {
		t.Errorf("%s: lead time %d", subject, lead)
	}
	if d := c.change(market, sku, c.asOf-1); math.Abs(d) > 0.12 {
		t.Errorf("%s changed by %.2f", subject, d)
	}
}

func (c checks) suppressed(t *testing.T) {
	subject := c.planted(t, simulator.PlantSuppressed, 1)[0]
	market, sku, _ := strings.Cut(subject, "/")
	rows := last(t, c.of("suppressed-listings", market)).rows(t)
	if len(rows) != 1 || rows[0].at("SKU") != sku || !strings.Contains(rows[0].at("Issue Description"), "main image is missing") ||
		rows[0].at("Status Change Date") != (c.asOf-3).String() {
		t.Errorf("suppressed: %v", rows)
	}
	if n := c.sold(market, sku, c.asOf-4, 7); n < 35 {
		t.Errorf("%s sold only %d in the week before", subject, n)
	}
	if n := c.sold(market, sku, c.asOf-1, 3); n != 0 {
		t.Errorf("%s still sold %d", subject, n)
	}
	if c.stock(t, market, sku).int(t, "afn-fulfillable-quantity") < 100 {
		t.Errorf("%s is out of stock", subject)
	}
}

func (c checks) stranded(t *testing.T) {
	subject := c.planted(t, simulator.PlantStranded, 1)[0]
	market, sku, _ := strings.Cut(subject, "/")
	rows := last(t, c.of("stranded-inventory", market)).rows(t)
	if len(rows) != 1 || rows[0].at("sku") != sku || rows[0].int(t, "fulfillable-qty") < 50 {
		t.Errorf("stranded: %v", rows)
	}
	if n := c.sold(market, sku, c.asOf-1, 9); n != 0 {
		t.Errorf("%s still sold %d", subject, n)
	}
	before := c.of("stranded-inventory", market)[0].rows(t)
	if len(before) != 1 || before[0].at("sku") == sku {
		t.Errorf("two weeks ago: %v", before)
	}
}

func (c checks) lateShipments(t *testing.T) {
	c.planted(t, simulator.PlantLateShipments, 1)
	files := c.of("account-health", "")
	m := health(t, last(t, files), "ATVPDKIKX0DER", "lateShipmentRate")
	count, orders, target := m["lateShipmentCount"].(float64), m["orderCount"].(float64), m["targetValue"].(float64)
	rate := m["rate"].(float64)
	if math.Abs(rate-count/orders) > 1e-5 || rate >= target || (count+1)/orders < target || rate < 0.9*target || m["status"] != "GOOD" {
		t.Errorf("late shipments %v", m)
	}
	before := health(t, files[len(files)-30], "ATVPDKIKX0DER", "lateShipmentRate")
	if before["rate"].(float64) > 0.02 {
		t.Errorf("a month ago late shipments were %v", before)
	}
}

func (c checks) wasteful(t *testing.T) {
	for _, subject := range c.planted(t, simulator.PlantWastefulTerm, 4) {
		parts := strings.Split(subject, "/")
		fits := func(r record) bool {
			return r.at("Campaign Name") == parts[1] && r.at("Customer Search Term") == parts[2]
		}
		a := c.ads(t, "sp-search-term", parts[0], 30, fits)
		if a.orders != 0 || a.clicks < 33 || a.spend < 1800 {
			t.Errorf("%s: %+v", subject, a)
		}
	}
}

func (c checks) returnsJump(t *testing.T) {
	subject := c.planted(t, simulator.PlantReturns, 1)[0]
	market, sku, _ := strings.Cut(subject, "/")
	now, defective := c.returns(t, market, sku, "DEFECTIVE", core.LastDays(c.asOf-1, 28))
	before, _ := c.returns(t, market, sku, "", core.LastDays(c.asOf-29, 168))
	rate := float64(now) / float64(c.sold(market, sku, c.asOf-1, 28))
	base := float64(before) / float64(c.sold(market, sku, c.asOf-29, 168))
	if now < 12 || rate < 3.4*base || 2*defective < now {
		t.Errorf("%s: %d returns, %d defective, rate %.3f, baseline %.3f", subject, now, defective, rate, base)
	}
}

func (c checks) documentRequest(t *testing.T) {
	c.planted(t, simulator.PlantDocumentRequest, 1)
	files := c.of("account-health", "")
	if m := health(t, last(t, files), "ATVPDKIKX0DER", "documentRequests"); m["defectsCount"] != 1.0 {
		t.Errorf("document requests %v", m)
	}
	if m := health(t, files[len(files)-3], "ATVPDKIKX0DER", "documentRequests"); m["defectsCount"] != 0.0 {
		t.Errorf("document requests before: %v", m)
	}
}

func (c checks) overstock(t *testing.T) {
	subject := c.planted(t, simulator.PlantOverstock, 1)[0]
	market, sku, _ := strings.Cut(subject, "/")
	if cover := c.cover(t, market, sku, c.asOf-1); cover < 230 {
		t.Errorf("%s: cover %.0f", subject, cover)
	}
	for _, r := range last(t, c.of("fba-inventory-planning", market)).rows(t) {
		if r.at("sku") == sku && (r.at("alert") != "Excess inventory" || r.int(t, "estimated-excess-quantity") < 50) {
			t.Errorf("%s: planning says %q", subject, r.at("alert"))
		}
	}
}

// quiet says that SKUs with nothing planted look ordinary: few are short of stock, and none
// advertises at a loss, has bad ratings on balance, or loses a third of its sales.
func (c checks) quiet(t *testing.T) {
	planted := map[string]bool{}
	for _, p := range c.seller.Planted() {
		planted[p.Subject] = true
	}
	var odd, dear, falling []string
	for subject, it := range c.items {
		market, sku, _ := strings.Cut(subject, "/")
		if planted[subject] || slices.Contains([]string{"SKU-063", "SKU-089", "SKU-112", "SKU-125"}, sku) {
			continue
		}
		if cover := c.cover(t, market, sku, c.asOf-1); cover < 45 || cover > 120 {
			odd = append(odd, subject)
		}
		if c.change(market, sku, c.asOf-1) < -0.3 {
			falling = append(falling, subject)
		}
		a := c.ads(t, "sp-advertised-product", market, 28, func(r record) bool { return r.at("Advertised SKU") == sku })
		if it.Cost.Currency != "" && a.clicks > 0 && float64(a.spend) > float64(a.sales)*c.breakEven(t, market, sku) {
			dear = append(dear, subject)
		}
		if all, bad := c.ratings(t, market, sku, 90); bad > 1 && 2*bad > all {
			t.Errorf("%s: %d of %d ratings are bad", subject, bad, all)
		}
	}
	t.Logf("odd cover: %v, dear ads: %v, falling: %v", odd, dear, falling)
	if len(odd) > 6 || len(dear) > 1 {
		t.Errorf("odd cover: %v, dear ads: %v", odd, dear)
	}
}

func (c checks) rowCounts(t *testing.T) {
	orders := c.orders
	if n := len(orders); n < 30000 || n > 60000 {
		t.Errorf("%d order lines", n)
	}
	if len(c.files) > 1200 {
		t.Errorf("%d documents", len(c.files))
	}
	items := c.seller.Items()
	costs := 0
	for _, it := range items {
		if it.Cost.Currency != "" {
			costs++
		}
		if it.LeadTime <= 0 || it.Title == "" || it.Price.Minor <= 0 {
			t.Errorf("incomplete item %+v", it)
		}
	}
	if share := float64(costs) / float64(len(items)); share < 0.8 || share > 0.92 {
		t.Errorf("%.2f of the items have a cost", share)
	}
	days := map[core.Day]bool{}
	for _, o := range orders {
		days[o.day] = true
	}
	if len(days) != 430 {
		t.Errorf("orders on %d days", len(days))
	}
	if c.sold("US", "SKU-104", asOf()-1, 1) == 0 {
		t.Error("yesterday is missing")
	}
}
