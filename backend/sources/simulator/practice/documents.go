package practice

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"purser/backend/sources/simulator"
)

// How long the address of a document is good.
const (
	documentLife    = 5 * time.Minute
	adsDocumentLife = time.Hour
)

const settlementType = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"

// settlementReports are the settlements closed in the last 90 days; Amazon makes them by itself.
func (c *call) settlementReports() []*report {
	var out []*report
	for _, m := range c.markets(c.region) {
		w := simulator.Span{From: c.now.Add(-reportLife - 24*time.Hour), To: c.now}
		for _, s := range c.seller.Closed(m.Code, w, c.now) {
			out = append(out, &report{
				ID: s.ID + "0", Region: c.region, Type: settlementType, Markets: []string{m.Code}, From: s.Start, To: s.End, Created: s.Closed,
				Started: s.Closed, Ended: s.Closed, Outcome: done, Document: "amzn1.spdoc.1.4." + c.region + ".settlement-" + s.ID, Settled: s.ID, End: s.End,
			})
		}
	}
	return out
}

func (c *call) getReportDocument() answer {
	id := c.parts["reportDocumentId"]
	if v := c.query.Get("enableContentEncodingUrlHeader"); v != "" && v != "true" && v != "false" {
		return c.invalid("enableContentEncodingUrlHeader is true or false", "")
	}
	r := c.findReport(func(r *report) bool { return r.Document == id })
	if r == nil || c.now.Before(r.Ended) {
		return c.fail(http.StatusNotFound, "NotFound", "Report document "+id+" was not found", "")
	}
	out := object{"reportDocumentId": id, "url": c.address(id, documentLife, c.query.Get("enableContentEncodingUrlHeader") == "true")}
	if r.Error == "" && !c.strikes(GzipUnsaid) {
		out["compressionAlgorithm"] = "GZIP"
	}
	return c.ok(http.StatusOK, out)
}

// address is where a document can be fetched, signed, for a time.
func (c *call) address(id string, life time.Duration, encoded bool) string {
	q := url.Values{"expires": {strconv.FormatInt(c.now.Add(life).Unix(), 10)}}
	if encoded {
		q.Set("encoding", "gzip")
	}
	q.Set("signature", c.sign("document", id, q.Get("expires"), q.Get("encoding")))
	return "http://" + c.r.Host + "/documents/" + c.region + "/" + url.PathEscape(id) + "?" + q.Encode()
}

func documentOperations() []*operation {
	return []*operation{{name: "document", api: apiDocuments, family: "documents", method: http.MethodGet, path: "/documents/{region}/{id}", handle: (*call).document}}
}

// document gives the bytes of a report, as the store does that Amazon keeps them in: it knows nothing of tokens.
func (c *call) document() answer {
	id, q := c.parts["id"], c.query
	store := func(status int, code, message string) answer {
		return answer{status: status, media: "application/xml", body: []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>")}
	}
	expires, err := strconv.ParseInt(q.Get("expires"), 10, 64)
	switch {
	case c.r.Header.Get("Authorization") != "" || c.r.Header.Get("X-Amz-Access-Token") != "":
		return store(http.StatusBadRequest, "InvalidArgument", "Only one auth mechanism allowed")
	case err != nil || q.Get("signature") != c.sign("document", id, q.Get("expires"), q.Get("encoding")):
		return store(http.StatusForbidden, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")
	}
	body, media, gz, ok := c.contents(id)
	switch {
	case !ok:
		return store(http.StatusNotFound, "NoSuchKey", "The specified key does not exist.")
	case c.now.Unix() >= expires || c.strikes(DocumentGone):
		return store(http.StatusForbidden, "AccessDenied", "Request has expired")
	}
	a := answer{status: http.StatusOK, body: body, media: media, header: http.Header{}}
	if gz {
		c.compress(&a)
		if q.Get("encoding") == "gzip" {
			a.header.Set("Content-Encoding", "gzip")
		}
	}
	return a
}

// contents makes the bytes of a document before they are compressed.
func (c *call) contents(id string) (body []byte, media string, gz, ok bool) {
	if r := c.findReport(func(r *report) bool { return r.Document == id }); r != nil && !c.now.Before(r.Ended) {
		if r.Error != "" {
			return []byte(r.Error + "\n"), "text/plain;charset=UTF-8", false, true
		}
		kind := reportTypes()[r.Type]
		body = c.reportFile(r)
		if kind.json {
			if r.Empty {
				body = emptied(body)
			}
			return body, "application/json", true, true
		}
		if r.Empty {
			body = body[:bytes.IndexByte(body, '\n')+1]
		}
		body, media = c.spoilText(body, r.toldAgain(c.now))
		return body, media, true, true
	}
	for _, r := range c.state.AdReports {
		if r.ID == id && r.Region == c.region {
			c.about = append(c.about, r.Market, r.Config.Type)
			return c.adsFile(r, true), "application/x-gzip", true, true
		}
	}
	return nil, "", false, false
}

// emptied is Sales and Traffic before Amazon has counted.
func emptied(body []byte) []byte {
	out, ok := rewrite(body, 0, func(k string, v any) (any, bool) {
		_, list := v.([]any)
		return []any{}, list && strings.HasPrefix(k, "salesAndTraffic")
	})
	if !ok {
		return body
	}
	if next, ok := rewrite(out, 1, func(k string, v any) (any, bool) {
		l, list := v.([]any)
		return []any{}, list && len(l) > 0 && strings.HasPrefix(k, "salesAndTraffic")
	}); ok {
		out = next
	}
	return out
}

// compress packs a document, or what passes for it.
func (c *call) compress(a *answer) {
	if c.strikes(GzipPlain) {
		return
	}
	plain := a.body
	a.body = pack(plain)
	switch {
	case c.strikes(GzipCut):
		a.body = a.body[:len(a.body)*2/3]
	case c.strikes(GzipGarbage):
		a.body = append([]byte{0x1f, 0x8b, 0x08, 0}, plain[:min(len(plain), 400)]...)
	case c.strikes(GzipBomb):
		a.body = bomb()
	}
}

// pack compresses; the same bytes give the same.
func pack(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write(b)
	if err != nil || z.Close() != nil {
		return nil // a buffer takes everything
	}
	return out.Bytes()
}

// reportFile makes a report as Amazon would have made it when it was finished.
func (c *call) reportFile(r *report) []byte {
	kind := reportTypes()[r.Type]
	by := r.Options["asinGranularity"]
	if by == "" {
		by = "PARENT"
	}
	if strings.Contains(r.Type, "BY_ORDER_DATE") {
		by = "date"
	}
	at := r.Started
	if kind.file == "settlement" {
		at = r.Created
	}
	var out []byte
	for i, market := range r.Markets {
		b, _ := c.seller.FileAt(simulator.File{Kind: kind.file, Market: market, Span: simulator.Span{From: r.From, To: r.To}, By: by, End: r.End}, at)
		switch {
		case kind.json && i > 0:
			out = joinHealth(out, b)
		case i > 0:
			b = b[bytes.IndexByte(b, '\n')+1:]
			out = append(out, b...)
		default:
			out = b
		}
	}
	if kind.file == "account-health" && c.strikes(Suspended) {
		out = bytes.ReplaceAll(out, []byte(`"NORMAL"`), []byte(`"DEACTIVATED"`))
	}
	return out
}

// joinHealth puts the marketplaces of two reports on account health into one.
func joinHealth(a, b []byte) []byte {
	a = bytes.Replace(a, []byte(`],"performanceMetrics":[`), slices.Concat([]byte(","), inner(b, `"accountStatuses":[`, `],"performanceMetrics"`), []byte(`],"performanceMetrics":[`)), 1)
	return slices.Concat(bytes.TrimSuffix(a, []byte("]}")), []byte(","), inner(b, `"performanceMetrics":[`, ""))
}

// inner is what stands between two words; to the end where the second is empty.
func inner(b []byte, from, to string) []byte {
	_, b, _ = bytes.Cut(b, []byte(from))
	if to != "" {
		b, _, _ = bytes.Cut(b, []byte(to))
	}
	return b
}

// spoilText lets faults befall a flat file, and says in what it is written. again: a later one tells its last rows too.
func (c *call) spoilText(body []byte, again bool) ([]byte, string) {
	lines := strings.SplitAfter(strings.TrimSuffix(string(body), "\r\n"), "\r\n")
	japan := c.strikes(CP932)
	if n := len(lines); n > 2 {
		if japan {
			inTitles(lines, " ステンレス")
		}
		// The youngest rows: of what is told for the last time nobody could know.
		if again && c.strikes(DuplicateRows) {
			lines = slices.Insert(lines, n-1, lines[n-2])
		}
		if again && c.strikes(MissingRows) {
			lines = slices.Delete(lines, len(lines)-1, len(lines))
		}
		if c.strikes(ShuffledRows) {
			last := len(lines) - 1
			lines[last] += "\r\n"
			slices.Reverse(lines[1:])
		}
		lines = c.spoilCells(lines)
	}
	text := strings.TrimSuffix(strings.Join(lines, ""), "\r\n") + "\r\n"
	switch {
	case c.strikes(CP1252):
		return recode(text, charmap.Windows1252), "text/plain;charset=Cp1252"
	case japan:
		return recode(text, japanese.ShiftJIS), "text/plain;charset=UTF-8" // it says so, and it is not so
	}
	return []byte(text), "text/plain;charset=UTF-8"
}

func recode(text string, e encoding.Encoding) []byte {
	b, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		return []byte(text) // what has no place in it is replaced
	}
	return b
}

// spoilCells changes cells of a flat file.
func (c *call) spoilCells(lines []string) []string {
	if c.strikes(LoneQuotes) {
		inTitles(lines, ` 5" wide`)
	}
	if c.strikes(DecimalComma) {
		for i := 1; i < len(lines); i++ {
			lines[i] = commas(lines[i])
		}
	}
	if c.strikes(UnknownColumn) {
		for i := range lines {
			cell := "practice-column"
			if i > 0 {
				cell = strconv.Itoa(i)
			}
			lines[i] = cell + "\t" + lines[i]
		}
	}
	if c.strikes(PoisonRow) {
		lines = slices.Insert(lines, 1, strings.Repeat("?\t", max(1, strings.Count(lines[0], "\t")-1))+"?\r\n")
	}
	return lines
}

// inTitles puts a text behind the title of every third row, or where a report has none behind the second cell.
func inTitles(lines []string, text string) {
	column := 1
	for i, name := range strings.Split(lines[0], "\t") {
		if name == "item-name" || name == "product-name" || name == "Product Name" {
			column = i
		}
	}
	for i := 1; i < len(lines); i += 3 {
		if cells := strings.Split(lines[i], "\t"); column < len(cells)-1 {
			cells[column] += text
			lines[i] = strings.Join(cells, "\t")
		}
	}
}

// commas writes the amounts of a row with decimal commas.
func commas(line string) string {
	cells := strings.Split(line, "\t")
	for i, v := range cells {
		whole, part, ok := strings.Cut(v, ".")
		if _, err := strconv.ParseFloat(v, 64); ok && err == nil && len(part) == 2 {
			cells[i] = whole + "," + part
		}
	}
	return strings.Join(cells, "\t")
}
