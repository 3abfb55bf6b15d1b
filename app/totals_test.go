package app_test

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// column sums a column of a CSV export.
func column(t *testing.T, text, name string) (sum int64, rows int) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for i, c := range all[0] {
		if c == name {
			at = i
		}
	}
	if at < 0 {
		t.Fatalf("no column %s in %v", name, all[0])
	}
	for _, r := range all[1:] {
		n, err := strconv.ParseInt(r[at], 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sum += n
	}
	return sum, len(all) - 1
}

const settlementHeader = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmerchant-order-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id\tposted-date\tposted-date-time\torder-item-code\tmerchant-order-item-id\tmerchant-adjustment-item-id\tsku\tquantity-purchased\tpromotion-id\n"

// settlement makes a settlement report whose lines have the given amounts, as they are written there.
func settlement(id, currency, store, total string, amounts []string, day func(int) string) string {
	var b strings.Builder
	b.WriteString(settlementHeader)
	fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\t%s%s\n", id, day(0), day(13), day(15), total, currency, strings.Repeat("\t", 18))
	for i, a := range amounts {
		fmt.Fprintf(&b, "%s\t\t\t\t\t\tOrder\t113-0000001-%07d\t\t\t\t%s\tItemPrice\tPrincipal\t%s\tAFN\t%s\t%s\t%d\t\t\tA-1\t1\t\n", id, i, store, a, day(1)[:10], day(1), 1000+i)
	}
	return b.String()
}

// TestSettlementTotals compares what is exported with total-amount, in three number styles.
func TestSettlementTotals(t *testing.T) {
	t.Parallel()
	us := func(n int) string { return fmt.Sprintf("2026-11-%02d 08:52:26 UTC", 1+n) }
	de := func(n int) string { return fmt.Sprintf("%02d.11.2026 07:49:55 UTC", 1+n) }
	for _, c := range []struct {
		name, text string
		want       int64
	}{
		{"USD", settlement("101", "USD", "Amazon.com", "1234.56", []string{"1300.00", "-65.43", "-0.01"}, us), 123456},
		{"EURDecimalComma", settlement("102", "EUR", "Amazon.de", "1141,18", []string{"1200,00", "-58,80", "-0,02"}, de), 114118},
		{"JPY", settlement("103", "JPY", "Amazon.co.jp", "98765", []string{"100000", "-1235"}, us), 98765},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out, _ := cli(t, dir, 0, "import", write(t, t.TempDir(), "s.txt", c.text), "--json")
			if got := decode[[]file](t, out)[0]; got.Kind != "settlement" || len(got.Problems) != 0 {
				t.Fatalf("%+v", got)
			}
			lines, _ := cli(t, dir, 0, "export", "sales.settlement_lines", "--csv")
			if sum, _ := column(t, lines, "amount_minor"); sum != c.want {
				t.Errorf("lines add up to %d, want %d", sum, c.want)
			}
			heads, _ := cli(t, dir, 0, "export", "sales.settlements", "--csv")
			if sum, n := column(t, heads, "total_minor"); sum != c.want || n != 1 {
				t.Errorf("%d settlements state %d, want %d", n, sum, c.want)
			}
		})
	}
}

func TestSettlementThatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	text := settlement("104", "USD", "Amazon.com", "10.00", []string{"9.99"}, func(n int) string { return fmt.Sprintf("2026-11-%02d 08:52:26 UTC", 1+n) })
	out, _ := cli(t, t.TempDir(), 0, "import", write(t, t.TempDir(), "s.txt", text), "--json")
	got := decode[[]file](t, out)[0]
	if len(got.Problems) != 1 || got.Problems[0].Code != "total_mismatch" {
		t.Errorf("%+v", got)
	}
}

// quoted joins cells as the payments report writes them.
func quoted(cells ...string) string { return `"` + strings.Join(cells, `","`) + "\"\n" }

// TestTransactionTotals compares the exported totals with the total column, in dollars, in euros
// with a decimal comma and German headers, and in yen with Japanese ones.
func TestTransactionTotals(t *testing.T) {
	t.Parallel()
	usHead := strings.Split("date/time,settlement id,type,order id,sku,description,quantity,marketplace,account type,fulfillment,order city,order state,order postal,tax collection model,product sales,product sales tax,shipping credits,shipping credits tax,gift wrap credits,giftwrap credits tax,Regulatory Fee,Tax On Regulatory Fee,promotional rebates,promotional rebates tax,marketplace withheld tax,selling fees,fba fees,other transaction fees,other,total", ",")
	deHead := strings.Split("Datum/Uhrzeit,Abrechnungsnummer,Typ,Bestellnummer,SKU,Beschreibung,Menge,Marketplace,Versand,Ort der Bestellung,Bundesland,Postleitzahl,Steuererhebungsmodell,Umsätze,Produktumsatzsteuer,Gutschrift für Versandkosten,Steuer auf Versandgutschrift,Gutschrift für Geschenkverpackung,Steuer auf Geschenkverpackungsgutschriften,Rabatte aus Werbeaktionen,Steuer auf Aktionsrabatte,Einbehaltene Steuer auf Marketplace,Verkaufsgebühren,Gebühren zu Versand durch Amazon,Andere Transaktionsgebühren,Andere,Gesamt", ",")
	jpHead := strings.Split("日付/時間,決済番号,トランザクションの種類,注文番号,SKU,説明,数量,Amazon 出品サービス,フルフィルメント,市町村,都道府県,郵便番号,税金徴収型,商品売上,商品の売上税,配送料,配送料の税金,ギフト包装手数料,ギフト包装クレジットの税金,Amazonポイントの費用,プロモーション割引額,プロモーション割引の税金,源泉徴収税を伴うマーケットプレイス,手数料,FBA 手数料,トランザクションに関するその他の手数料,その他,合計", ",")
	preamble := "\"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions\"\n\"All amounts in USD, unless specified\"\n\"Definitions:\"\n\"Sales tax collected: Includes sales tax collected from buyers for product sales, shipping, and gift wrap.\"\n\"Selling fees: Includes variable closing fees and referral fees.\"\n\"Other transaction fees: Includes shipping chargebacks, shipping holdbacks, per-item fees  and sales tax collection fees.\"\n\"Other: Includes non-order transaction amounts. For more details, see the \"\"Type\"\" and \"\"Description\"\" columns for each order ID.\"\n"
	usRow := func(kind, id, sales, fee, fba, total string) string {
		return quoted("Nov 4, 2026 1:05:07 AM PST", "101", kind, id, "A-1", "Thing", "1", "amazon.com", "Standard Orders", "Amazon", "Seattle", "WA", "98101", "MarketplaceFacilitator", sales, "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", fee, fba, "0", "0", total)
	}
	deRow := func(kind, id, sales, fee, fba, total string) string {
		return quoted("04.11.2026 01:05:07 UTC", "102", kind, id, "A-1", "Ding", "1", "amazon.de", "Amazon", "Berlin", "Berlin", "10115", "", sales, "0", "0", "0", "0", "0", "0", "0", "0", fee, fba, "0", "0", total)
	}
	jpRow := func(kind, id, sales, fee, fba, total string) string {
		return quoted("2026/11/04 1:05:07JST", "103", kind, id, "A-1", "もの", "1", "amazon.co.jp", "Amazon", "東京", "東京", "100-0001", "", sales, "0", "0", "0", "0", "0", "0", "0", "0", "0", fee, fba, "0", "0", total)
	}
	for _, c := range []struct {
		name, text string
		want       int64
	}{
		{"USD", preamble + quoted(usHead...) + usRow("Order", "113-0000001-0000001", "1,039.98", "-156.00", "-5.42", "878.56") + usRow("Refund", "113-0000001-0000001", "-39.98", "6.00", "0", "-33.98"), 87856 - 3398},
		{"EURDecimalComma", strings.ReplaceAll(preamble, "USD", "EUR") + quoted(deHead...) + deRow("Bestellung", "303-0000001-0000001", "1.039,98", "-156,00", "-5,42", "878,56") + deRow("Erstattung", "303-0000001-0000001", "-39,98", "6,00", "0", "-33,98"), 87856 - 3398},
		{"JPY", strings.ReplaceAll(preamble, "USD", "JPY") + quoted(jpHead...) + jpRow("注文", "503-0000001-0000001", "4500", "-450", "-532", "3518") + jpRow("返金", "503-0000001-0000001", "-1500", "150", "0", "-1350"), 3518 - 1350},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out, _ := cli(t, dir, 0, "import", write(t, t.TempDir(), "t.csv", c.text), "--json")
			got := decode[[]file](t, out)[0]
			if got.Kind != "transactions" || got.Stored != 2 || got.Quarantined != 0 {
				t.Fatalf("%+v", got)
			}
			text, _ := cli(t, dir, 0, "export", "sales.transactions", "--csv")
			if sum, n := column(t, text, "total_minor"); sum != c.want || n != 2 {
				t.Errorf("%d rows add up to %d, want %d", n, sum, c.want)
			}
			cli(t, dir, 0, "import", "--again", write(t, t.TempDir(), "t.csv", c.text))
			if again, _ := cli(t, dir, 0, "export", "sales.transactions", "--csv"); again != text {
				t.Error("importing again changed the table")
			}
		})
	}
}
