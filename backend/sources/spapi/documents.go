package spapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

func httpxRedact(b []byte) string { return httpx.Redact(string(b[:min(len(b), 4*mostRaw)])) }

// isPage says whether a document is a web page, such as the one a network asks to sign in with.
func isPage(body []byte) bool {
	head := strings.ToLower(string(bytes.TrimLeft(body[:min(len(body), 256)], " \t\r\n\ufeff")))
	return strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html")
}

// fetched makes a document of what was downloaded, as it came.
func fetched(name string, res *httpx.Response, at time.Time, request string) source.Fetched {
	return source.Fetched{
		File: file(name, res.Body, at), Request: request,
		Options: source.Options{ObservedAt: at, Encoding: encoding(res.Header.Get("Content-Type"), res.Body)},
	}
}

func file(name string, body []byte, at time.Time) source.File {
	return source.File{
		Name: name, Size: int64(len(body)), ModTime: at,
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil },
	}
}

// encoding is what the store says of the characters of a document; "" where the document tells it itself. What is whole
// UTF-8 is that, whatever is claimed: as any other encoding it would be so only by a very odd chance.
func encoding(media string, body []byte) string {
	if utf8.Valid(body) {
		return ""
	}
	_, p, err := mime.ParseMediaType(media)
	if err != nil {
		return ""
	}
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(p["charset"])) {
	case "cp1252", "windows1252", "iso88591", "latin1", "usascii":
		return "windows-1252"
	case "shiftjis", "sjis", "cp932", "ms932", "windows31j":
		return "shift_jis"
	case "gbk", "gb2312", "gb18030":
		return "gbk"
	}
	return ""
}

// about is what stands before an answer in its document.
type about struct {
	API         string `json:"api"`
	Operation   string `json:"operation"`
	Region      string `json:"region"`
	Marketplace string `json:"marketplace,omitempty"`
	From        string `json:"from,omitempty"`
	To          string `json:"to,omitempty"` // no longer in it
	Page        int    `json:"page"`
	FetchedAt   string `json:"fetched_at"`
}

// page makes a document of one page: Amazon's answer stands in it byte for byte. All pages of a pass over how things
// are now carry the moment it began.
func (t task) page(operation, what string, res *httpx.Response, at time.Time) (source.Fetched, error) {
	a := about{
		API: Name, Operation: operation, Region: t.Region, Marketplace: t.market.Code, Page: t.state.Page, FetchedAt: at.UTC().Format(time.RFC3339),
	}
	name := fmt.Sprintf("%s %s %s page %d.json", what, t.market.Code, at.UTC().Format("2006-01-02 150405"), a.Page)
	if !t.From.IsZero() {
		a.From, a.To = moment(t.From), moment(t.To)
		name = fmt.Sprintf("%s %s %s to %s page %d.json", what, t.market.Code,
			t.From.UTC().Format("2006-01-02 1504"), t.To.UTC().Format("2006-01-02 1504"), a.Page)
	}
	head, err := json.Marshal(a)
	if err != nil {
		return source.Fetched{}, fmt.Errorf("write what a document is: %w", err)
	}
	body := bytes.Join([][]byte{[]byte(`{"purser":`), head, []byte(`,"body":`), bytes.TrimPrefix(res.Body, []byte("\ufeff")), []byte("}")}, nil)
	return source.Fetched{
		File: file(name, body, at), Options: source.Options{Marketplace: t.market.Code, ObservedAt: at}, Request: res.RequestID(),
	}, nil
}
