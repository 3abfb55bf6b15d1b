package charset_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"purser/backend/sources/sellercentral/internal/charset"
)

func TestResult(t *testing.T) {
	t.Parallel()
	latin, sjis, gbk := charmap.Windows1252.NewEncoder(), japanese.ShiftJIS.NewEncoder(), simplifiedchinese.GBK.NewEncoder()
	must := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, tc := range []struct {
		name, data string
		store      bool
		want       charset.Encoding
	}{
		{"ASCII", "sku\tasin\n", false, charset.UTF8},
		{"UTF-8", "Gußeiserne Pfanne, ステンレス, 不锈钢", false, charset.UTF8},
		{"UTF-8 cut in a rune", "Gußeiserne Pfanne é"[:20], false, charset.UTF8},
		{"German", must(latin.String("Gußeiserne Pfanne für Öfen")), false, charset.Windows1252},
		{"euro sign and dashes", must(latin.String("5 € – „gut“")), false, charset.Windows1252},
		{"undefined byte", "caf\x81 \x9d", false, charset.Windows1252},
		{"Japanese", must(sjis.String("ステンレスボトル 大容量")), false, charset.ShiftJIS},
		{"kanji only of the Japanese store", must(sjis.String("東京都千代田区")), true, charset.ShiftJIS},
		{"Chinese", must(gbk.String("不锈钢保温杯，大号")), false, charset.GBK},
	} {
		for _, size := range []int{1, 3, 7, 1000} {
			d := &charset.Detector{}
			for rest := tc.data; rest != ""; {
				n := min(size, len(rest))
				_, _ = d.Write([]byte(rest[:n]))
				rest = rest[n:]
			}
			if got := d.Result(tc.store); got != tc.want && (size == 1000 || tc.want == charset.UTF8) {
				t.Errorf("%s in pieces of %d: got %s, want %s", tc.name, size, got, tc.want)
			}
		}
	}
}

func TestSniff(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		data   string
		want   charset.Encoding
		binary bool
	}{
		{"\xef\xbb\xbfsku", charset.UTF8, false},
		{"\xff\xfes\x00", charset.UTF16LE, false},
		{"s\x00k\x00u\x00\t\x00a\x00", charset.UTF16LE, false},
		{"\x00s\x00k\x00u\x00\t\x00a", charset.UTF16BE, false},
		{"sku\tasin\r\n", "", false},
		{strings.Repeat("\x00\x01\x02", 50), "", true},
	} {
		if e, binary := charset.Sniff([]byte(tc.data)); e != tc.want || binary != tc.binary {
			t.Errorf("%q: got %q %t", tc.data, e, binary)
		}
	}
}

func TestEveryByteOfWindows1252IsRead(t *testing.T) {
	t.Parallel()
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	got, err := io.ReadAll(charset.NewReader(bytes.NewReader(all), charset.Windows1252))
	if err != nil {
		t.Fatal(err)
	}
	if n := len([]rune(string(got))); n != 256 || !strings.Contains(string(got), "€") {
		t.Errorf("got %d runes", n)
	}
}
