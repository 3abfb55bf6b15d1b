package sellercentral_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// The column of buyers' e-mail addresses is emptied whatever the header calls it.
func TestBuyerColumnsOfUnknownNamesAreEmptied(t *testing.T) {
	t.Parallel()
	row := "3/4/26\t5\tok\t\t111-0000001-0000001\tcanary\n"
	orders := strings.Split(strings.TrimSuffix(ordersHeader, "\n"), "\t")
	for name, text := range map[string]string{
		"Japanese":   "日付\t評価\tコメント\t返答\t注文番号\t評価者のEメールアドレス\n" + row,
		"half known": "Date\tRating\tComments\tYour Response\tOrder ID\tArvioijan osoite\n" + row,
		"unknown":    "Päiväys\tArvosana\tKommentit\tVastaus\tTilaus\tArvioija\tPuhelin\n" + strings.Replace(row, "canary", "canary\tcanary", 1),
		"more columns": strings.Join(append(orders, "buyer-name", "Buyer E-mail", "buyer-phone-number", "recipient-name", "ship-address-1", "bill-city", "ship-county", "delivery-Instructions"), "\t") + "\n" +
			strings.TrimSuffix(orderLine(nil), "\n") + strings.Repeat("\tcanary", 8) + "\n",
		"other places": strings.NewReplacer("ship-city", "Stadt", "ship-postal-code", "PLZ").Replace(ordersHeader) +
			orderLine(map[int]string{24: "canary", 26: "canary"}),
	} {
		f := memFile("f.txt", []byte(text))
		in := inspected(t, f, source.Options{Marketplace: "US"})
		var out bytes.Buffer
		if err := sellercentral.New().Redact(context.Background(), f, in, &out); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Contains(out.String(), "canary") || in.Rows != 1 || in.BadRows != 0 {
			t.Errorf("%s: %d rows, %d bad, kept %q", name, in.Rows, in.BadRows, out.String())
		}
	}
}
