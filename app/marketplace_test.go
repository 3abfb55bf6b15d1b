package app_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// A first report that does not name its marketplace is asked about: nothing says that it is from the United States.
func TestFirstReportWithoutMarketplaceIsAskedAbout(t *testing.T) {
	t.Parallel()
	dir, in := t.TempDir(), t.TempDir()
	listings := write(t, in, "listings.txt", "item-name\tlisting-id\tseller-sku\tprice\tquantity\topen-date\titem-condition\tasin1\tfulfillment-channel\tstatus\n"+
		"Becher\t0101\tA-1\t19,99\t\t2023-01-07 07:35:42 MET\t11\tB000000001\tAMAZON_EU\tActive\n")
	out, _ := cli(t, dir, 1, "import", listings, "--json")
	if f := decode[[]file](t, out)[0]; f.Stored != 0 || f.Marketplace != "" || len(f.Problems) != 1 || f.Problems[0].Code != "needs_marketplace" {
		t.Errorf("asked nothing: %+v", f)
	}
	orders := write(t, in, "orders.txt", strings.ReplaceAll(strings.ReplaceAll(someOrders(), "Amazon.com", "Amazon.de"), "USD", "EUR"))
	cli(t, dir, 0, "import", orders)
	out, _ = cli(t, dir, 0, "import", listings, "--json")
	if f := decode[[]file](t, out)[0]; f.Stored != 1 || f.Marketplace != "DE" {
		t.Errorf("the SKU is sold in Germany: %+v", f)
	}
	cli(t, t.TempDir(), 0, "import", "--marketplace", "DE", filepath.Join(in, "listings.txt"))
}

// A preview of the first files says of each what their import will.
func TestFirstReportsSettleTheMarketplaceOfTheOthers(t *testing.T) {
	t.Parallel()
	in := t.TempDir()
	write(t, in, "orders.txt", ordersHeader+order("302-0000001-0000001", "2026-11-20T10:00:00+00:00", "2026-11-21T10:00:00+00:00", "Shipped", "Amazon.de", "A-1", 2, "EUR", "39.98"))
	write(t, in, "a_stock.txt", "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-warehouse-quantity\tafn-fulfillable-quantity\tafn-unsellable-quantity\t"+
		"afn-reserved-quantity\tafn-total-quantity\tafn-inbound-working-quantity\tafn-inbound-shipped-quantity\tafn-inbound-receiving-quantity\n"+
		"A-1\tX1\tB000000001\tBecher\tNew\t19.99\t5\t5\t0\t0\t5\t0\t0\t0\n")
	for _, dry := range []bool{true, false} {
		args := []string{"import", in, "--json"}
		if dry {
			args = append(args, "--dry-run")
		}
		out, _ := cli(t, t.TempDir(), 0, args...)
		for _, f := range decode[[]file](t, out) {
			if f.Marketplace != "DE" {
				t.Errorf("dry=%t: %+v", dry, f)
			}
		}
	}
}
