package parse_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/sources/sellercentral/internal/parse"
)

func TestMinor(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in    string
		exp   int
		comma bool
		want  int64
		ok    bool
	}{
		{"12.34", 2, false, 1234, true},
		{"-12.3", 2, false, -1230, true},
		{"12", 2, false, 1200, true},
		{"0.005", 2, false, 1, true},
		{"-0.005", 2, false, -1, true},
		{"17.989999999999998", 2, false, 1799, true},
		{"1.5E-2", 2, false, 2, true},
		{"1.2e3", 2, false, 120000, true},
		{"$12,905.25", 2, false, 1290525, true},
		{"MX$2,000.00", 2, false, 200000, true},
		{"1,23,456.00", 2, false, 12345600, true},
		{"(5.00)", 2, false, -500, true},
		{"5.00-", 2, false, -500, true},
		{"−5.00", 2, false, -500, true},
		{"1141,18", 2, true, 114118, true},
		{"1.141,18 €", 2, true, 114118, true},
		{"1 141,18", 2, true, 114118, true},
		{"1 234,56 zł", 2, true, 123456, true},
		{"1.234", 2, true, 123400, true},
		{"1,234", 0, false, 1234, true},
		{"¥3,980", 0, false, 3980, true},
		{"3980", 0, false, 3980, true},
		{"1.234", 3, false, 1234, true},
		{"12,34", 2, false, 0, false},
		{"12.34", 2, true, 0, false},
		{"1,2345", 2, false, 0, false},
		{"1234,567.00", 2, false, 0, false},
		{"1.2.3", 2, false, 0, false},
		{"12 apples", 2, false, 0, false},
		{"1-2", 2, false, 0, false},
		{"", 2, false, 0, false},
		{"-", 2, false, 0, false},
		{"$", 2, false, 0, false},
		{"99999999999999999999999", 2, false, 0, false},
		{"1e99", 2, false, 0, false},
	} {
		got, ok := parse.Minor([]byte(tc.in), tc.exp, tc.comma)
		if got != tc.want && tc.ok || ok != tc.ok {
			t.Errorf("%q: got %d %t, want %d %t", tc.in, got, ok, tc.want, tc.ok)
		}
	}
}

func TestAmountsSurviveAnyWriting(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Int64Range(-99_999_999_999, 99_999_999_999).Draw(t, "minor")
		currency := rapid.SampledFrom([]core.Currency{"USD", "JPY", "KWD"}).Draw(t, "currency")
		comma := rapid.Bool().Draw(t, "comma")
		whole, frac, _ := strings.Cut(strings.TrimPrefix(core.Money{Minor: want, Currency: currency}.Decimal(), "-"), ".")
		if rapid.Bool().Draw(t, "group") {
			for i := len(whole) - 3; i > 0; i -= 3 {
				whole = whole[:i] + "," + whole[i:]
			}
		}
		s := whole
		if frac != "" {
			s += "." + frac
		}
		if comma {
			s = strings.NewReplacer(",", ".", ".", ",").Replace(s)
		}
		if want < 0 {
			s = "-" + s
		}
		got, ok := parse.Minor([]byte(s), currency.Exponent(), comma)
		if !ok || got != want {
			t.Fatalf("%s: got %d %t, want %d", s, got, ok, want)
		}
	})
}

func TestInt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"12": "12", "12,131": "12131", "-3": "-3", "12.0": "12", "1.2E1": "12", "12.5": "no", "two": "no", "3000000000": "no", "": "no", "2147483647": "2147483647",
	} {
		v, ok := parse.Int([]byte(in), false)
		got := strconv.Itoa(int(v))
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ in, order, want string }{
		{"2026-06-17T08:04:21+00:00", "", "2026-06-17T08:04:21Z"},
		{"2026-06-17T08:04:21-07:00", "", "2026-06-17T15:04:21Z"},
		{"2026-06-17T08:04:21.123Z", "", "2026-06-17T08:04:21Z"},
		{"2026-10-21T00:00Z", "", "2026-10-21T00:00:00Z"},
		{"2026-03-06 08:52:26 UTC", "", "2026-03-06T08:52:26Z"},
		{"2013-01-07 07:35:42 PST", "", "2013-01-07T15:35:42Z"},
		{"14.03.2023 07:49:55 UTC", "dmy", "2023-03-14T07:49:55Z"},
		{"Sep 4, 2026 1:05:07 AM PDT", "", "2026-09-04T08:05:07Z"},
		{"Sep 4, 2026 12:05:07 AM PDT", "", "2026-09-04T07:05:07Z"},
		{"Sep 4, 2026 12:05:07 PM PDT", "", "2026-09-04T19:05:07Z"},
		{"15 Mar 2026 3:22:08 PM UTC", "", "2026-03-15T15:22:08Z"},
		{"15 mars 2026 15:22:08 UTC", "", "2026-03-15T15:22:08Z"},
		{"15 févr. 2026 15:22:08 GMT+00:00", "", "2026-02-15T15:22:08Z"},
		{"15 mar 2026 10:30:10 p. m. GMT-7", "", "2026-03-16T05:30:10Z"},
		{"2026/03/15 15:22:08JST", "", "2026-03-15T06:22:08Z"},
		{"8/3/26", "mdy", "2026-08-03T00:00:00Z"},
		{"8/3/26", "dmy", "2026-03-08T00:00:00Z"},
		{"26/3/8", "ymd", "2026-03-08T00:00:00Z"},
		{"Jul 06, 2026", "", "2026-07-06T00:00:00Z"},
		{"15 de marzo de 2026", "", "2026-03-15T00:00:00Z"},
		{"2026年3月15日", "", "2026-03-15T00:00:00Z"},
		{"46346", "", "2026-11-20T00:00:00Z"},
		{"46346.5", "", "2026-11-20T12:00:00Z"},
		{"2028-02-29", "", "2028-02-29T00:00:00Z"},
		{"2026-02-29", "", ""},
		{"2026-13-01", "", ""},
		{"31/4/26", "dmy", ""},
		{"8/3/26", "", ""},
		{"2026-06-17T25:00:00Z", "", ""},
		{"2026-06-17T08:04:21 XYZ", "", ""},
		{"Sep 4, 2026 13:05:07 PM PDT", "", ""},
		{"tomorrow", "", ""},
		{"", "", ""},
	} {
		s, ok := parse.Date([]byte(tc.in), tc.order, true)
		got := ""
		if ok {
			got = time.Unix(s.Unix(time.UTC), 0).UTC().Format(time.RFC3339)
		}
		if got != tc.want {
			t.Errorf("%q as %q: got %q, want %q", tc.in, tc.order, got, tc.want)
		}
	}
}

func TestDecimalEvidence(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		cells string
		comma bool
	}{
		{"1141,18", true},
		{"1.141,18", true},
		{"12.99", false},
		{"1,234.50", false},
		{"1,234", false},
		{"1.234", true},
		{"1.234 0.99", false},
		{"1.234.567", true},
		{"1,234,567", false},
		{"0.125", false},
		{"12 400", false},
		{"1 234,56 1 000", true},
		{"", false},
	} {
		var d parse.Decimal
		for _, c := range strings.Split(tc.cells, " ") {
			d.Add([]byte(c))
		}
		if d.Comma() != tc.comma {
			t.Errorf("%q: comma %t", tc.cells, d.Comma())
		}
	}
}

func TestDateEvidence(t *testing.T) {
	t.Parallel()
	for cells, want := range map[string]string{
		"8/3/26 8/13/26": "mdy", "13/8/26 1/2/2026": "dmy", "26/3/15 26/3/31": "", "2026/03/15": "ymd", "15.03.2026": "dmy",
		"8/3/2026": "", "2026-03-15": "", "13/8/2026 8/13/2026": "?", "Sep 4, 2026": "",
	} {
		var d parse.Dates
		for _, c := range strings.Split(cells, " ") {
			d.Add([]byte(c))
		}
		if got := d.Order(); got != want {
			t.Errorf("%q: got %q, want %q", cells, got, want)
		}
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"\ufeffamazon-order-id": "amazon-order-id", "7 Day Total Sales ": "7-day-total-sales", "Data/Ora:": "data-ora", "product_name": "product-name",
		"Sessions - Total": "sessions-total", "（父）ASIN": "(父)asin", "crédits d’expédition": "crédits-d'expédition", "cre\u0301dits": "crédits", `"Date"`: "date",
	} {
		if got := parse.Header(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"12.34", "1.141,18 €", "-0,5", "1e5", "(3)", "1,23,456", "MX$2", "−5"} {
		f.Add([]byte(s), 2, true)
		f.Add([]byte(s), 0, false)
	}
	f.Fuzz(func(t *testing.T, b []byte, exp int, comma bool) {
		exp = max(exp, -exp) % 4
		v, ok := parse.Minor(b, exp, comma)
		r, okReal := parse.Real(b, comma)
		if ok && !okReal {
			t.Fatalf("%q is an amount but no number", b)
		}
		if scaled := r * []float64{1, 10, 100, 1000}[exp]; ok && scaled < 1e15 && scaled > -1e15 && (float64(v)-scaled > 0.51 || scaled-float64(v) > 0.51) {
			t.Fatalf("%q: %d beside %f", b, v, scaled)
		}
		var d parse.Decimal
		d.Add(b)
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-06-17T08:04:21+00:00", "14.03.2023 07:49:55 UTC", "Sep 4, 2026 1:05:07 AM PDT", "8/3/26", "2026年3月15日", "46346.5", "15 mar 2026 10:30:10 p. m. GMT-7"} {
		f.Add([]byte(s), "dmy", true)
	}
	f.Fuzz(func(t *testing.T, b []byte, order string, serial bool) {
		s, ok := parse.Date(b, order, serial)
		if ok && (s.Day < core.Date(1990, 1, 1) || s.Day > core.Date(2099, 12, 31) || s.Second < 0 || s.Second > 86400) {
			t.Fatalf("%q: %+v", b, s)
		}
		var d parse.Dates
		d.Add(b)
	})
}
