package table_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"purser/backend/sources/sellercentral/internal/table"
)

func records(tb testing.TB, rd *table.Delimited) []string {
	tb.Helper()
	var out []string
	for {
		cells, line, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			return append(out, err.Error())
		}
		out = append(out, fmt.Sprintf("%d%q", line, cells))
	}
}

func TestDelimited(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, in string
		sep      byte
		quoted   bool
		want     string
	}{
		{"tabs", "a\tb\n\tc\n", '\t', false, `1["a" "b"] 2["" "c"]`},
		{"quotes off", "\"a\tb\"\n", '\t', false, `1["\"a" "b\""]`},
		{"CRLF and no last end", "a\tb\r\nc\td", '\t', false, `1["a" "b"] 2["c" "d"]`},
		{"quoted", "\"a,b\",\"c\"\"d\"\n", ',', true, `1["a,b" "c\"d"]`},
		{"over lines", "a,\"b\nc\",d\ne,f,g\n", ',', true, `1["a" "b\nc" "d"] 3["e" "f" "g"]`},
		{"over CRLF lines", "a,\"b\r\nc\",d\r\ne,f,g\r\n", ',', true, `1["a" "b\r\nc" "d"] 3["e" "f" "g"]`},
		{"never closed", "a,\"b,c\nd,e,f\n", ',', true, `1["a" "\"b" "c"] 2["d" "e" "f"]`},
		{"mark inside", "12\" pan,x\n", ',', true, `1["12\" pan" "x"]`},
		{"empty cells", ",\n\"\",\"\"\n", ',', true, `1["" ""] 2["" ""]`},
		{"empty line", "\n\na\n", '\t', false, `1[""] 2[""] 3["a"]`},
	} {
		for _, slow := range []bool{false, true} {
			var r io.Reader = strings.NewReader(tc.in)
			if slow {
				r = iotest.OneByteReader(r)
			}
			if got := strings.Join(records(t, table.NewDelimited(r, tc.sep, tc.quoted)), " "); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
			}
		}
	}
}

func TestLongLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", table.MaxLine-10)
	got := records(t, table.NewDelimited(strings.NewReader("a\n"+long+"\nb\n"), '\t', false))
	if len(got) != 3 || len(got[1]) < table.MaxLine-10 || got[2] != `3["b"]` {
		t.Errorf("got %d records", len(got))
	}
	rd := table.NewDelimited(strings.NewReader(strings.Repeat("x", 3*table.MaxLine)), '\t', false)
	if _, _, err := rd.Next(); !errors.Is(err, table.ErrLineTooLong) {
		t.Errorf("got %v", err)
	}
}

func TestSplitAgreesWithStrings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringMatching(`[\t\x08\x0a-\x0c\x89a-c ]{0,60}`).Draw(t, "line")
		line = strings.NewReplacer("\n", "", "\r", "").Replace(line)
		if line == "" {
			return
		}
		cells, _, err := table.NewDelimited(strings.NewReader(line), '\t', false).Next()
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split(line, "\t")
		if fmt.Sprintf("%q", cells) != fmt.Sprintf("%q", want) {
			t.Fatalf("got %q, want %q", cells, want)
		}
	})
}
