// Command measure times what `make bench` compares.
//
// Input: "run COMMAND …", or "pages PURSER DATA-DIR" for the calls behind the window's pages.
// Output: for run one line "CPU-seconds wall-seconds peak-MB"; for pages a table of p50 and p95 in milliseconds.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"time"
)

func main() {
	if err := measure(context.Background(), os.Args[1:]); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, args []string) error {
	switch {
	case len(args) > 1 && args[0] == "run":
		return run(ctx, args[1:])
	case len(args) == 3 && args[0] == "pages":
		return pages(ctx, args[1], args[2])
	}
	return errors.New("say run COMMAND … or pages PURSER DATA-DIR")
}

func now() time.Time { return time.Now() } //nolint:forbidigo // measuring is what this program is for

// run runs a command whose answers nobody reads.
func run(ctx context.Context, args []string) error {
	c := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // the caller's own command
	var said bytes.Buffer
	c.Stderr = &said
	began := now()
	if err := c.Run(); err != nil {
		return fmt.Errorf("%v: %w\n%s", args, err, said.String())
	}
	wall := now().Sub(began)
	s := c.ProcessState
	_, err := fmt.Printf("%.2f %.2f %d\n", (s.UserTime() + s.SystemTime()).Seconds(), wall.Seconds(), peakMB(s)) //nolint:forbidigo // its answer
	return err
}

// call is one call of a page.
type call struct{ title, method, input string }

func calls() []call {
	return []call{
		{"series of a SKU, 90 days", "modulehost.API.Series", `{"series":"sales.units","subject":"US/SKU-0042"}`},
		{"series of a market, 90 days", "modulehost.API.Series", `{"series":"sales.market_sales","subject":"US"}`},
		{"documents", "ingest.API.Documents", `{"offset":0,"limit":100}`},
		{"freshness", "ingest.API.Freshness", ""},
		{"inbox", "decisions.API.Inbox", `{}`},
		{"catalog, 100 of 10,000", "catalog.API.Items", `{"filter":"","missing_cost":false,"offset":0,"limit":100}`},
		{"catalog, searched", "catalog.API.Items", `{"filter":"sku-004","missing_cost":false,"offset":0,"limit":100}`},
		{"modules", "modulehost.API.Modules", ""},
		{"policies", "rules.API.Policies", ""},
	}
}

// pages serves the folder and times every call, after a first one that fills the caches.
func pages(ctx context.Context, purser, dir string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	c := exec.CommandContext(ctx, purser, "--data-dir", dir, "serve") //nolint:gosec // the caller's own program
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if err := c.Start(); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	defer func() { _ = c.Wait() }() // ended by stop
	defer stop()
	page, client, err := login(ctx, out)
	if err != nil {
		return err
	}
	for _, k := range calls() {
		if err := k.time(ctx, client, page); err != nil {
			return err
		}
	}
	return nil
}

// login finds the address among what purser prints and trades its token for a cookie.
func login(ctx context.Context, out io.Reader) (*url.URL, *http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, nil, fmt.Errorf("cookies: %w", err)
	}
	client := &http.Client{Jar: jar}
	address := regexp.MustCompile(`http://\S+`)
	sc := bufio.NewScanner(out)
	for sc.Scan() {
		found := address.FindString(sc.Text())
		if found == "" {
			continue
		}
		page, err := url.Parse(found)
		if err != nil {
			return nil, nil, fmt.Errorf("the printed address: %w", err)
		}
		_, err = fetch(ctx, client, http.MethodGet, found, "")
		page.RawQuery = ""
		return page, client, err
	}
	return nil, nil, errors.New("purser printed no address")
}

func (k call) time(ctx context.Context, client *http.Client, page *url.URL) error {
	body := "[]"
	if k.input != "" {
		body = "[" + k.input + "]"
	}
	const rounds = 60
	took := make([]time.Duration, 0, rounds)
	size := 0
	for i := range rounds + 1 {
		began := now()
		n, err := fetch(ctx, client, http.MethodPost, page.JoinPath("__call", k.method).String(), body)
		if err != nil {
			return fmt.Errorf("%s: %w", k.method, err)
		}
		if size = n; i > 0 {
			took = append(took, now().Sub(began))
		}
	}
	slices.Sort(took)
	ms := func(share int) float64 { return float64(took[len(took)*share/100].Microseconds()) / 1000 }
	_, err := fmt.Printf("  %-30s p50 %7.1f ms   p95 %7.1f ms   %4d KB\n", k.title, ms(50), ms(95), size>>10) //nolint:forbidigo // its answer
	return err
}

func fetch(ctx context.Context, client *http.Client, method, address, body string) (size int, err error) {
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewBufferString(body))
	if err != nil {
		return 0, fmt.Errorf("ask: %w", err)
	}
	r, err := client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("ask: %w", err)
	}
	defer func() { err = errors.Join(err, r.Body.Close()) }()
	answer, err := io.ReadAll(r.Body)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %.200s", r.StatusCode, answer)
	}
	return len(answer), err
}
