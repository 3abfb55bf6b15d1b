package app_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/ingest"
)

// buyers are twelve things that Amazon tells of who bought, by the column in which it does, and by the key.
func buyers() []struct{ column, key, text string } {
	return []struct{ column, key, text string }{
		{"buyer-name", "buyerName", "Ottokar Xylander-Quist"},
		{"buyer-email", "buyerEmail", "xq7canary41@marketplace.amazon.com"},
		{"buyer-phone-number", "phoneNumber", "+1 555 0139 447162"},
		{"recipient-name", "recipientName", "Wilhelmina Pfefferkuchen"},
		{"ship-address-1", "addressLine1", "4711 Zyzzyva Crescent"},
		{"ship-address-2", "addressLine2", "Apartment 93-Quokka"},
		{"ship-city", "city", "Xanadubury-on-Canary"},
		{"ship-postal-code", "postalCode", "99873-447188"},
		{"bill-county", "county", "Brobdingnagshire-Canary"},
		{"gift-message-text", "giftMessageText", "Happy canary day dear Zebulon"},
		{"delivery-instructions", "deliveryInstructions", "Behind the blue canary cage"},
		{"buyer-tax-registration-address", "taxRegistrations", "CANARYVAT-88120447"},
	}
}

// cellsOf cuts a line at a separator that stands outside of quotation marks.
func cellsOf(line, sep string) []string {
	var out []string
	open, from := false, 0
	for i := range len(line) {
		switch {
		case line[i] == '"' && sep == ",":
			open = !open
		case line[i] == sep[0] && !open:
			out = append(out, line[from:i])
			from = i + 1
		}
	}
	return append(out, line[from:])
}

// ownColumns are columns of buyers that reports have of themselves.
var ownColumns = []string{"ship-city", "ship-state", "ship-postal-code", "rater email", "order city", "order state", "order postal"}

// withBuyers puts the canaries into a report: into the columns of buyers that it has, and into twelve that it is given.
func withBuyers(text string, bad bool) string {
	sep := ","
	if strings.Count(text, "\t") > strings.Count(text, ",") {
		sep = "\t"
	}
	lines := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	head := 0
	for i, l := range lines[:min(len(lines), 12)] {
		if len(cellsOf(l, sep)) > len(cellsOf(lines[head], sep)) {
			head = i
		}
	}
	names := cellsOf(strings.TrimRight(lines[head], "\r"), sep)
	for i := head; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], "\r")
		cells := cellsOf(line, sep)
		if len(cells) != len(names) {
			continue
		}
		for k, name := range names {
			at := slices.Index(ownColumns, strings.ToLower(strings.Trim(name, `"`)))
			if at >= 0 && i > head {
				cells[k] = buyers()[at].text
			}
		}
		for _, b := range buyers() {
			if i == head {
				cells = append(cells, b.column)
			} else {
				cells = append(cells, b.text)
			}
		}
		lines[i] = strings.Join(cells, sep)
	}
	if bad { // rows that cannot be read: of nonsense, and with a cell too few, so that all behind it stands one too far left
		cells := slices.Repeat([]string{"?!"}, len(names))
		for _, b := range buyers() {
			cells = append(cells, b.text)
		}
		lines = append(lines, strings.Join(cells, sep), strings.Join(cells[1:], sep))
	}
	return strings.Join(lines, "\n") + "\n"
}

// answerWithBuyers puts the canaries into every object of an answer of an API.
func answerWithBuyers(t *testing.T, data []byte) []byte {
	t.Helper()
	var planted strings.Builder
	for _, b := range buyers() {
		v, _ := json.Marshal(b.text)
		_, _ = fmt.Fprintf(&planted, "%q:%s,", b.key, v)
	}
	planted.WriteString(`"buyer":{"x":[` + strings.Repeat(`"`+buyers()[0].text+`",`, 2) + `null]},`)
	body := bytes.Index(data, []byte(`"body"`))
	if body < 0 {
		t.Fatalf("%.60s is no answer", data)
	}
	var out bytes.Buffer
	inside, escaped := false, false
	for i, c := range data {
		out.WriteByte(c)
		switch {
		case escaped:
			escaped = false
		case c == '\\' && inside:
			escaped = true
		case c == '"':
			inside = !inside
		case c == '{' && !inside && i > body:
			rest := bytes.TrimLeft(data[i+1:], " \r\n\t")
			if !bytes.HasPrefix(rest, []byte(`"purser"`)) && !bytes.HasPrefix(rest, []byte(`"api"`)) && !bytes.HasPrefix(rest, []byte(`}`)) {
				out.WriteString(planted.String())
			}
		}
	}
	return out.Bytes()
}

// book makes a workbook of a report.
func book(t *testing.T, text string) []byte {
	t.Helper()
	x := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if err := x.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := x.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// reportsOfBuyers are the samples of all kinds of reports that have rows of text or are answers, with buyers in them.
func reportsOfBuyers(t *testing.T) map[string][]byte {
	t.Helper()
	const dir = "../backend/sources/sellercentral/testdata/samples"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(e.Name(), "api_"):
			out[e.Name()] = answerWithBuyers(t, data)
		case strings.HasSuffix(e.Name(), ".json"), strings.Contains(e.Name(), "utf16"), strings.Contains(e.Name(), "_cn."), strings.Contains(e.Name(), "sjis"):
			// Reports in JSON are sums and have no place for a buyer; bytes of other alphabets are put in below.
		default:
			out[e.Name()] = []byte(withBuyers(string(data), false))
			out["bad "+e.Name()] = []byte(withBuyers(string(data), true))
		}
	}
	orders, err := os.ReadFile(filepath.Join(dir, "all_orders_us.txt"))
	if err != nil {
		t.Fatal(err)
	}
	another := strings.ReplaceAll(withBuyers(string(orders), false), "111-000000", "113-000000")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(strings.ReplaceAll(another, "113-", "114-")))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out["orders_us.txt.gz"], out["orders_us.xlsx"] = packed.Bytes(), book(t, another)
	out["wide_orders_us.txt"] = []byte("\xff\xfe" + wide(strings.ReplaceAll(another, "113-", "115-"), false))
	return out
}

// storeOf is where a sample was downloaded, by its name.
func storeOf(name string) string {
	for part, code := range map[string]string{"_us": "US", "_de": "DE", "_jp": "JP", "_mx": "MX", "_uk": "UK", "_fr": "FR", "_it": "IT", "_es": "ES", "_xx": "DE", "_eur": "DE"} {
		if strings.Contains(name, part) {
			return code
		}
	}
	return "US"
}

// TestBuyersAreNowhere stores reports of 20 kinds with twelve things in them that Amazon tells of who bought, and looks for
// them in every file of the folder, in the log, in what a page and the command line are told, and in exports. What buyers
// write in public or of a return is not among them: it is what these reports are for.
func TestBuyersAreNowhere(t *testing.T) {
	t.Parallel()
	dir, copies := t.TempDir(), t.TempDir()
	a := &account{t: t, dir: dir, log: &kept{}, made: artefacts{}}
	var err error
	if a.w, err = app.OpenOverheard(t.Context(), dir, &peer{}, a.log); err != nil {
		t.Fatal(err)
	}
	for _, b := range buyers() {
		a.needle.hide(b.column, b.text)
	}
	files := reportsOfBuyers(t)
	kinds, refused := map[string]bool{}, 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data := files[name]
		if strings.Contains(name, "fba_inventory_empty") {
			continue
		}
		if len((artefacts{"x": data}).found(&a.needle)) == 0 && !strings.HasSuffix(name, "z") && !strings.HasSuffix(name, "x") {
			t.Errorf("no buyer is in %s", name)
		}
		f := source.File{Name: strings.ReplaceAll(name, " ", "_"), Size: int64(len(data)), ModTime: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(data)), nil
		}}
		o := source.Options{}
		if !strings.HasPrefix(name, "api_") {
			o.Marketplace = storeOf(name)
			if strings.Contains(name, "by_item") {
				o.Period = core.Period{From: core.Date(2026, 10, 1), To: core.Date(2026, 10, 31)}
			}
		}
		results, err := a.w.Import(t.Context(), ingest.Document{File: f, Options: o})
		a.tells("answer to importing "+name, results, err)
		for _, r := range results {
			if r.Refused {
				refused++
			} else if r.Rows > 0 {
				kinds[r.Kind] = true
			}
		}
	}
	if len(kinds) < 20 || refused == 0 {
		t.Errorf("only %d kinds were stored, %d files refused: %v", len(kinds), refused, slices.Sorted(maps.Keys(kinds)))
	}
	pages := a.w.Bound()["ingest.API"].(*ingest.API)
	docs, err := pages.Documents(ingest.PageInput{Limit: 500})
	a.tells("documents", docs, err)
	for id := range int64(docs.Total) + 1 {
		for line := range 6 {
			o, err := pages.Original(ingest.OriginalInput{Document: id, Line: line})
			a.tells("originals", o, err)
		}
		q, err := pages.Quarantine(ingest.QuarantineInput{DocumentID: id})
		a.tells("quarantine", q, err)
	}
	a.asksAll()
	if err := a.w.Backup(t.Context(), copies); err != nil {
		t.Error(err)
	}
	a.made.folder(t, dir)
	a.w.Close(t.Context())
	a.commandLine(time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC))
	a.made.folder(t, dir)
	a.made.folder(t, copies)
	a.made["log"] = a.log.bytes()
	for i, f := range a.made.found(&a.needle) {
		if i < 25 {
			t.Error(f)
		}
	}
	a.made.control(t, &a.needle, buyers()[1].text)
	t.Logf("%d files of %d kinds, %d refused; %d artefacts", len(files), len(kinds), refused, len(a.made))
}
