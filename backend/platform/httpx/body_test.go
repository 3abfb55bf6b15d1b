package httpx_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"purser/backend/platform/httpx"
)

func packed(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The first bytes tell what a body is packed with, and no header does.
func TestGzipIsToldByContent(t *testing.T) {
	t.Parallel()
	plain := []byte("sku\tquantity\nA-1\t3\n")
	two := append(packed(t, plain[:5]), packed(t, plain[5:])...)
	for name, c := range map[string]struct {
		encoding string
		body     []byte
	}{
		"packed and said so":  {"gzip", packed(t, plain)},
		"packed, not said":    {"", packed(t, plain)},
		"plain, said packed":  {"gzip", plain},
		"plain":               {"", plain},
		"packed in two parts": {"gzip", two},
		"packed within":       {"", packed(t, packed(t, plain))},
	} {
		addr := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if c.encoding != "" {
				w.Header().Set("Content-Encoding", c.encoding)
			}
			_, _ = w.Write(c.body)
		})
		want := plain
		if name == "packed within" {
			want = packed(t, plain) // unpacked once, not more
		}
		res, err := get(t, client(), addr)
		if err != nil || !bytes.Equal(res.Body, want) {
			t.Errorf("%s: %v, %v", name, res, err)
		}
	}
}

func TestEmptyBodies(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "\x1f"} {
		addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
		res, err := get(t, client(), addr)
		if err != nil || string(res.Body) != body {
			t.Errorf("%q: %v, %v", body, res, err)
		}
	}
}

// Fault 17: a body cut at any byte is an error, never a shorter body.
func TestCutBodies(t *testing.T) {
	t.Parallel()
	whole := packed(t, []byte(strings.Repeat("row of a report\n", 40)))
	for cut := 2; cut < len(whole); cut++ {
		addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(whole[:cut]) })
		_, err := get(t, client(), addr)
		var broken *httpx.BodyError
		if !errors.As(err, &broken) || broken.TooLarge || broken.Status != 200 {
			t.Fatalf("cut at %d of %d: %v", cut, len(whole), err)
		}
	}
	for _, head := range []string{"Content-Length: 100\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n64\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"} {
		_, err := get(t, client(), raw(t, "HTTP/1.1 201 Created\r\n"+head))
		var broken *httpx.BodyError
		if !errors.As(err, &broken) || broken.Status != 201 {
			t.Errorf("%q: %v", head, err)
		}
	}
}

// raw answers every connection with the same bytes and closes it.
func raw(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestResetAfterTheRequestWasSent(t *testing.T) {
	t.Parallel()
	_, err := get(t, client(), raw(t, ""))
	var off *httpx.OfflineError
	if !errors.As(err, &off) || !off.Sent {
		t.Fatalf("%#v: what it asked for may have been done", err)
	}
}

// Fault 27: garbage that begins like gzip.
func TestGarbageThatBeginsLikeGzip(t *testing.T) {
	t.Parallel()
	whole := packed(t, []byte("hello"))
	damaged := bytes.Clone(whole)
	damaged[len(damaged)-6] ^= 0xff // its checksum
	for name, body := range map[string][]byte{
		"no gzip": []byte("\x1f\x8bnot gzip at all"), "damaged": damaged, "more behind it": append(bytes.Clone(whole), "tail"...),
	} {
		addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
		_, err := get(t, client(), addr)
		var broken *httpx.BodyError
		if !errors.As(err, &broken) || broken.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Fault 27: a gzip bomb, and a body without an end.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	const limit = 1000
	bomb := packed(t, make([]byte, 4<<20))
	for _, c := range []struct {
		body []byte
		ok   bool
	}{
		{make([]byte, limit), true},
		{make([]byte, limit+1), false},
		{packed(t, make([]byte, limit)), true},
		{packed(t, make([]byte, limit+1)), false},
		{bomb, false},
	} {
		addr := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(c.body) })
		res, err := client().Do(t.Context(), httpx.Request{URL: addr, MaxBody: limit, Loopback: true})
		var broken *httpx.BodyError
		switch {
		case c.ok && err != nil:
			t.Errorf("%d bytes: %v", len(c.body), err)
		case !c.ok && (!errors.As(err, &broken) || !broken.TooLarge):
			t.Errorf("%d bytes: %v, %v", len(c.body), res, err)
		}
	}
}

// A body that trickles is waited for as long as something comes; one that stands still is not.
func TestStandingStill(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for i := range 8 {
			_, _ = fmt.Fprint(w, i)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(50 * time.Millisecond)
		}
		if r.URL.Path == "/still" {
			<-over
		}
	})
	t.Cleanup(func() { close(over) }) // before the server waits for its handlers
	c := httpx.New(httpx.Options{Timeout: 250 * time.Millisecond})
	if res, err := get(t, c, addr); err != nil || string(res.Body) != "01234567" {
		t.Errorf("trickling: %v, %v", res, err)
	}
	_, err := get(t, c, addr+"/still")
	var broken *httpx.BodyError
	if !errors.As(err, &broken) || broken.Read != 8 {
		t.Errorf("standing still: %v", err)
	}
}
