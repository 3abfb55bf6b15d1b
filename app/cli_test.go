package app_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core/module"
)

// now is when the tests' command lines run.
func now() time.Time { return time.Date(2026, 11, 25, 18, 0, 0, 0, time.UTC) }

// cli runs a command line on a data folder and fails the test if its status is not want.
func cli(t *testing.T, dir string, want int, args ...string) (out, errs string) {
	t.Helper()
	status, out, errs := app.RunCLI(t.Context(), now(), nil, append([]string{"--data-dir", dir}, args...)...)
	if status != want {
		t.Fatalf("purser %s: status %d, want %d\n%s\n%s", strings.Join(args, " "), status, want, out, errs)
	}
	return out, errs
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("not JSON: %v\n%.400s", err, text)
	}
	return v
}

// file is what the import answers of one file, as its users read it.
type file struct {
	File        string `json:"file"`
	SHA256      string `json:"sha256"`
	Kind        string `json:"kind"`
	Marketplace string `json:"marketplace"`
	Rows        int    `json:"rows"`
	Stored      int    `json:"stored"`
	Duplicates  int    `json:"duplicates"`
	Quarantined int    `json:"quarantined"`
	FirstDay    string `json:"first_day"`
	LastDay     string `json:"last_day"`
	Problems    []struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"problems"`
}

const ordersHeader = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\n"

// order is one line of an all-orders report.
func order(id, at, updated, status, channel, sku string, qty int, currency, price string) string {
	return fmt.Sprintf("%s\t\t%s\t%s\t%s\tAmazon\t%s\t\t\tExpedited\tTitle of %s\t%s\tB000000001\t%s\t%d\t%s\t%s\t0.00\t\t\t\t\t\t\tSeattle\tWA\t98101\tUS\t\tfalse\t\t\n",
		id, at, updated, status, channel, sku, sku, status, qty, currency, price)
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func someOrders() string {
	return ordersHeader +
		order("113-0000001-0000001", "2026-11-20T10:00:00+00:00", "2026-11-21T10:00:00+00:00", "Shipped", "Amazon.com", "A-1", 2, "USD", "39.98") +
		order("113-0000001-0000002", "2026-11-20T11:00:00+00:00", "2026-11-21T10:00:00+00:00", "Cancelled", "Amazon.com", "A-1", 1, "USD", "") +
		order("113-0000001-0000003", "2026-11-21T11:00:00+00:00", "2026-11-21T12:00:00+00:00", "Shipped", "Amazon.de", "A-1", 1, "EUR", "21.50") +
		order("113-0000001-0000003", "2026-11-21T11:00:00+00:00", "2026-11-21T12:00:00+00:00", "Shipped", "Amazon.de", "A-1", 1, "EUR", "21.50") +
		order("249-0000001-0000004", "2026-11-21T11:00:00+00:00", "2026-11-21T12:00:00+00:00", "Shipped", "Amazon.co.jp", "A-2", 3, "JPY", "4500")
}

func TestImportAnswersEachFile(t *testing.T) {
	t.Parallel()
	dir, in := t.TempDir(), t.TempDir()
	write(t, in, "orders.txt", someOrders())
	write(t, in, "page.txt", "<!DOCTYPE html><html><body>Sign in</body></html>")
	out, _ := cli(t, dir, 1, "import", in, "--json")
	files := decode[[]file](t, out)
	if len(files) != 2 {
		t.Fatalf("%d files", len(files))
	}
	got := files[0]
	if got.Kind != "all_orders" || got.Rows != 5 || got.Stored != 5 || got.Duplicates != 0 || got.Quarantined != 0 ||
		got.FirstDay != "2026-11-20" || got.LastDay != "2026-11-21" || len(got.SHA256) != 64 {
		t.Errorf("orders: %+v", got)
	}
	if len(files[1].Problems) == 0 || files[1].Problems[0].Code != "html_page" || files[1].Stored != 0 {
		t.Errorf("page: %+v", files[1])
	}
	out, _ = cli(t, dir, 0, "import", filepath.Join(in, "orders.txt"), "--json")
	again := decode[[]file](t, out)[0]
	if again.Stored != 0 || again.Duplicates != 5 {
		t.Errorf("again: %+v", again)
	}
	out, _ = cli(t, dir, 0, "import", "--again", filepath.Join(in, "orders.txt"), "--json")
	if forced := decode[[]file](t, out)[0]; forced.Stored != 0 || forced.Duplicates != 5 {
		t.Errorf("row by row again: %+v", forced)
	}
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"import"},
		{"nonsense"},
		{"import", "--marketplace", "XY", "."},
		{"brief", "--as-of", "yesterday"},
		{"facts", "--subject", "planet"},
		{"rules"},
		{"rules", "explain"},
		{"doctor", "extra"},
		{"--nonsense"},
	} {
		_, errs := cli(t, t.TempDir(), 2, args...)
		if errs == "" {
			t.Errorf("%v: nothing said", args)
		}
	}
}

// sums adds a CSV export up by marketplace.
func sums(t *testing.T, text string) (units, minor map[string]int64) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "day,marketplace,sku,units,sales_minor,currency" {
		t.Fatalf("columns %s", got)
	}
	units, minor = map[string]int64{}, map[string]int64{}
	for _, r := range rows[1:] {
		var u, m int64
		if _, err := fmt.Sscan(r[3]+" "+r[4], &u, &m); err != nil {
			t.Fatal(err)
		}
		units[r[1]] += u
		minor[r[1]+r[5]] += m
	}
	return units, minor
}

func TestOrderTotals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cli(t, dir, 0, "import", write(t, t.TempDir(), "o.txt", someOrders()))
	out, _ := cli(t, dir, 0, "export", "sales.daily", "--csv")
	units, minor := sums(t, out)
	for k, want := range map[string]int64{"US": 2, "DE": 2, "JP": 3} {
		if units[k] != want {
			t.Errorf("units %s %d, want %d", k, units[k], want)
		}
	}
	for k, want := range map[string]int64{"USUSD": 3998, "DEEUR": 4300, "JPJPY": 4500} {
		if minor[k] != want {
			t.Errorf("sales %s %d, want %d", k, minor[k], want)
		}
	}
}

func TestOlderFileKeepsNewerData(t *testing.T) {
	t.Parallel()
	dir, in := t.TempDir(), t.TempDir()
	const id = "113-0000001-0000001"
	newer := write(t, in, "newer.txt", ordersHeader+order(id, "2026-11-20T10:00:00+00:00", "2026-11-22T10:00:00+00:00", "Cancelled", "Amazon.com", "A-1", 1, "USD", "19.99"))
	older := write(t, in, "older.txt", ordersHeader+order(id, "2026-11-20T10:00:00+00:00", "2026-11-20T12:00:00+00:00", "Shipped", "Amazon.com", "A-1", 1, "USD", "19.99"))
	cli(t, dir, 0, "import", newer)
	out, _ := cli(t, dir, 0, "import", older, "--json")
	got := decode[[]file](t, out)[0]
	if got.Stored != 0 || got.Duplicates != 1 || len(got.Problems) == 0 || got.Problems[0].Code != "older_data" {
		t.Errorf("older file: %+v", got)
	}
	out, _ = cli(t, dir, 0, "export", "sales.daily")
	if _, minor := sums(t, out); minor["USUSD"] != 0 {
		t.Errorf("the older file brought back %d", minor["USUSD"])
	}
}

func TestRebuildGivesTheSameTables(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cli(t, dir, 0, "import", write(t, t.TempDir(), "o.txt", someOrders()))
	before, _ := cli(t, dir, 0, "export", "sales.daily")
	cli(t, dir, 0, "rebuild")
	after, _ := cli(t, dir, 0, "export", "sales.daily")
	if before != after || len(strings.Split(before, "\n")) < 4 {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestKeptDocumentHasNoBuyer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cli(t, dir, 0, "import", write(t, t.TempDir(), "o.txt", strings.ReplaceAll(someOrders(), "Seattle", "CANARYVILLE")))
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := readMaybeZstd(path)
		if strings.Contains(string(b), "CANARYVILLE") {
			t.Errorf("%s holds the buyer's city", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestQuarantineKeepsTheRest(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString(ordersHeader)
	for i := range 300 {
		qty := 1
		b.WriteString(order(fmt.Sprintf("113-0000001-%07d", i), "2026-11-20T10:00:00+00:00", "2026-11-21T10:00:00+00:00", "Shipped", "Amazon.com", "A-1", qty, "USD", "10.00"))
	}
	text := strings.Replace(b.String(), "Shipped\t1\tUSD\t10.00", "Shipped\ttwo\tUSD\t10.00", 1)
	out, _ := cli(t, dir, 0, "import", write(t, t.TempDir(), "o.txt", text), "--json")
	got := decode[[]file](t, out)[0]
	if got.Rows != 300 || got.Stored != 299 || got.Quarantined != 1 {
		t.Errorf("%+v", got)
	}
}

// broken is a module that fails in a chosen way.
type broken struct {
	module.Module
	init func() error
}

func (b broken) Init(context.Context, module.Host) error { return b.init() }

func TestThreeModulesFailAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	modules := func() []module.Module {
		all := app.Modules()
		for i, m := range all {
			switch m.Manifest().Name {
			case "reviews":
				all[i] = broken{m, func() error { return errors.New("planted start error") }}
			case "advertising":
				all[i] = broken{m, func() error { panic("planted panic") }}
			case "listings":
				all[i] = brokenMigration{m}
			}
		}
		return all
	}
	do := func(want int, args ...string) string {
		status, out, errs := app.RunCLI(t.Context(), now(), modules, append([]string{"--data-dir", dir}, args...)...)
		if status != want {
			t.Fatalf("%v: status %d, want %d\n%s%s", args, status, want, out, errs)
		}
		return out
	}
	do(0, "import", write(t, t.TempDir(), "o.txt", someOrders()))
	doctor := do(1, "doctor")
	for _, want := range []string{"planted start error", "planted panic", "planted", "✓ module sales", "✓ module inventory", "✗ module reviews", "✗ module advertising", "✗ module listings"} {
		if !strings.Contains(doctor, want) {
			t.Errorf("doctor does not say %q:\n%s", want, doctor)
		}
	}
	if facts := do(0, "facts", "--subject", "sku", "--name", "sales.units_7d"); !strings.Contains(facts, "US/A-1") {
		t.Errorf("sales does not answer:\n%s", facts)
	}
	do(0, "brief")
}

func TestLinks(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]bool{
		"https://sellercentral.amazon.com/inventory":   true,
		"https://www.amazon.de/dp/B000000001":          true,
		"http://sellercentral.amazon.com/":             false,
		"https://sellercentral.amazon.com.evil.test/":  false,
		"https://evil.test/?https://www.amazon.com":    false,
		"javascript:alert(1)":                          false,
		"file:///etc/passwd":                           false,
		"https://user@sellercentral.amazon.com/":       false,
		"https://sellercentral.amazon.com:8443/secret": false,
	} {
		if got := app.AllowedLink(url); got != want {
			t.Errorf("%s: %v, want %v", url, got, want)
		}
	}
}

// demoDir is a folder with the demo seller of the tests' day.
func demoDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cli(t, dir, 0, "brief", "--demo")
	return dir
}

// TestDemoSurfaces checks that every planted situation reaches the brief.
func TestDemoSurfaces(t *testing.T) {
	t.Parallel()
	out, _ := cli(t, demoDir(t), 0, "brief", "--demo", "--json")
	type decision struct {
		Policy, Case, Subject, Severity, Sentence string
		AtStake                                   *struct{ Minor int64 } `json:"at_stake"`
		Why                                       []struct {
			Result string `json:"result"`
		}
	}
	brief := decode[struct {
		AsOf      string `json:"as_of"`
		Decisions []decision
	}](t, out)
	if brief.AsOf != "2026-11-25" {
		t.Errorf("as of %s", brief.AsOf)
	}
	have := map[string]decision{}
	for _, d := range brief.Decisions {
		have[d.Policy+"/"+d.Case+" "+d.Subject] = d
		if d.Sentence == "" || len(d.Why) == 0 {
			t.Errorf("%s %s says nothing: %+v", d.Policy, d.Subject, d)
		}
	}
	for _, want := range []string{
		"default/reevaluate US/SKU-087", "default/restock US/SKU-104", "not_sellable/suppressed DE/SKU-031",
		"not_sellable/stranded US/SKU-076", "returns_jump/investigate US/SKU-052",
	} {
		if _, ok := have[want]; !ok {
			t.Errorf("%s is missing from %v", want, keys(have))
		}
	}
	for _, part := range []string{"US/late_shipment_rate", "US/Hydration", "document"} {
		found := false
		for k := range have {
			found = found || strings.Contains(k, part)
		}
		if !found {
			t.Errorf("nothing about %s", part)
		}
	}
}

func keys[T any](m map[string]T) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
