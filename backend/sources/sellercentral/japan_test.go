package sellercentral_test

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// Japanese payments files name their store amazon.jp, put a space before JST and may write yen with two noughts.
func TestJapanesePaymentsAsSellersGetThem(t *testing.T) {
	t.Parallel()
	header := strings.SplitN(decoded(t, sampleBytes(t, "transactions_jp.sjis.csv"), "shift_jis"), "日付", 2)[1]
	header = "日付" + header[:strings.IndexByte(header, '\n')+1]
	row := `"2026/10/01 0:22:47 JST","20000000008","注文","250-0000001-0000001","NH-BOT","ステンレスボトル","1","amazon.jp","Amazon","","東京都","100-0001","",` +
		`"1,999.00","200.00","0","0","0","0","0","0","0","0","-330.00","-434.00","0","0","1,435.00"` + "\n"
	data, err := japanese.ShiftJIS.NewEncoder().String(header + row)
	if err != nil {
		t.Fatal(err)
	}
	got := readAll(t, memFile("t.csv", []byte(data)), source.Options{})
	if len(got.Records) != 1 {
		t.Fatalf("got %d rows: %+v", len(got.Records), got.Inspection.Problems)
	}
	for _, want := range []string{`Marketplace="JP"`, "Day=2026-10-01", "At=2026-09-30T15:22:47Z", `Currency="JPY"`, "ProductSales=1999", "Total=1435"} {
		if !strings.Contains(got.Records[0], want) {
			t.Errorf("want %s in %s", want, got.Records[0])
		}
	}
}

// The ends of a health metric's window come as midnight and 23:59 "Z", yet they are days of the
// marketplace: elsewhere than in UTC they must not slip to the day before or after.
func TestHealthWindowsAreDaysOfTheMarketplace(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"ATVPDKIKX0DER", "A1PA6795UKMFR9", "A1VC38T7YXB528", "A39IBJ37TRP1C6"} {
		doc := `{"accountStatuses":[],"performanceMetrics":[{"marketplaceId":"` + id + `","lateShipmentRate":{"reportingDateRange":` +
			`{"reportingDateFrom":"2026-10-21T00:00Z","reportingDateTo":"2026-11-19T23:59Z"},"status":"GOOD","targetValue":0.04,` +
			`"targetCondition":"LESS_THAN","orderCount":1000,"lateShipmentCount":32,"rate":0.032}}]}`
		in := inspected(t, memFile("h.json", []byte(doc)), source.Options{})
		if want := periodOf("2026-10-21", "2026-11-19"); in.Period != want {
			t.Errorf("%s: got %s to %s", id, in.Period.From, in.Period.To)
		}
	}
}

// Dates such as 26/11/1 need the marketplace; without it the file is asked about, not condemned.
func TestDatesThatNeedTheMarketplaceAreNotBadRows(t *testing.T) {
	t.Parallel()
	text := "日付\t評価\tコメント\t返答\t注文番号\t評価者のEメールアドレス\n26/11/1\t5\tok\t\t250-0000001-0000001\ta@b.c\n26/11/2\t5\tok\t\t250-0000001-0000002\ta@b.c\n"
	f := memFile("f.txt", []byte(text))
	in, err := sellercentral.New().Inspect(context.Background(), f, source.Options{})
	if got := problemCodes(in); err != nil || got != "needs_marketplace" {
		t.Errorf("got %q, %v", got, err)
	}
	if got := readAll(t, f, source.Options{Marketplace: "JP"}); got.Summary.Rows != 2 || got.Summary.BadRows != 0 || !strings.Contains(got.Records[0], "Day=2026-11-01") {
		t.Errorf("got %+v %v", got.Summary, got.Records)
	}
}
