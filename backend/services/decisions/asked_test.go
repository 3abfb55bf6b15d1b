package decisions_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/executors/reviewrequests"
	"purser/backend/platform/sqlite"
	"purser/backend/services/decisions"
)

// askerEnv names the folder in which this program, run as a child, asks for reviews until it is killed.
const askerEnv = "PURSER_ASKER_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(askerEnv); dir != "" {
		asker(dir)
	}
	os.Exit(m.Run())
}

// mailbox is the worst of peers: it takes any request as often as it comes, and often its answer is lost.
type mailbox struct{ dir string }

func (mailbox) Order(context.Context, string, string) (reviewrequests.Order, error) {
	return reviewrequests.Order{Earliest: start().now.AddDate(0, 0, -15), Latest: start().now.AddDate(0, 0, -12)}, nil
}

func (mailbox) Offered(context.Context, string, string) (bool, error) { return true, nil }

func (m mailbox) Ask(_ context.Context, _, order string) (string, error) {
	switch mathrand.IntN(6) {
	case 0:
		return "", action.Refuse("not wanted", nil)
	case 1:
		return "", errors.New("503")
	case 2:
		return "", errors.Join(note(m.dir, "sent", order), errors.New("the line was cut"))
	}
	return "ref", note(m.dir, "sent", order)
}

// note adds a line to a file and does not return before it is on disk.
func note(dir, name, line string) error {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

func noted(dir, name string) []string {
	text, _ := os.ReadFile(filepath.Join(dir, name))
	return strings.Fields(string(text))
}

func durable(dir string) (*sqlite.DB, decisions.Book, error) {
	db, err := sqlite.Open(context.Background(), filepath.Join(dir, "ledger.db"), sqlite.Options{Durable: true})
	if err != nil {
		return nil, decisions.Book{}, err
	}
	s, err := decisions.Open(context.Background(), decisions.Options{DB: db, Clock: start()})
	if err != nil {
		return nil, decisions.Book{}, errors.Join(err, db.Close())
	}
	return db, s.Book(), nil
}

// asker asks from several sides, each time under another key, first about what was begun when it was killed.
func asker(dir string) {
	_, book, err := durable(dir)
	if err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintln(os.Stdout, "ready")
	begun := noted(dir, "begun")
	again := begun[max(0, len(begun)-6):]
	var all sync.WaitGroup
	const sides = 3
	for side := range sides {
		all.Go(func() {
			e := reviewrequests.New(mailbox{dir}, book, start())
			for n := 0; ; n++ {
				order := fmt.Sprintf("111-%07d-0000001", mathrand.IntN(400))
				if i := n*sides + side; i < len(again) {
					order = again[i]
				}
				if err := note(dir, "begun", order); err != nil {
					panic(err)
				}
				r, err := e.Prepare(context.Background(), action.Wish{Kind: reviewrequests.Name, Subject: "US/" + order})
				if err != nil { // it was asked
					r = action.Request{
						Entity: "US/" + order, After: "asked",
						Payload: fmt.Sprintf(`{"request":"productReviewAndSellerFeedback","marketplace_id":"ATVPDKIKX0DER","order":"%s"}`, order),
					}
				}
				r.Key = rand.Text()
				_, _ = e.Execute(context.Background(), r)
				_, _ = fmt.Fprintln(os.Stdout, "round")
			}
		})
	}
	all.Wait()
}

// TestKilledWhileAsking kills a process at random moments while it asks for reviews: no buyer is asked twice, ever.
func TestKilledWhileAsking(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes")
	}
	const kills = 50
	dir := t.TempDir()
	for range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), askerEnv+"="+dir)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for range 1 + mathrand.IntN(16) { // it is ready, and some were asked about
			if line, err := lines.ReadString('\n'); err != nil {
				t.Fatalf("the child said %q: %v", line, err)
			}
		}
		time.Sleep(time.Duration(mathrand.IntN(25_000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, out)
		var ended *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &ended) || ended.ExitCode() != -1 {
			t.Fatalf("the child ended by itself: %v", err)
		}
	}
	db, book, err := durable(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	sent, begun := map[string]int{}, map[string]int{}
	for _, order := range noted(dir, "begun") {
		begun[order]++
	}
	for _, order := range noted(dir, "sent") {
		if sent[order]++; sent[order] > 1 {
			t.Errorf("the buyer of %s was asked %d times", order, sent[order])
		}
		if holder, err := book.Holder(t.Context(), "US", order); err != nil || holder == "" {
			t.Errorf("the buyer of %s was asked and nobody has it: %v", order, err)
		}
	}
	more := 0
	for order := range sent {
		if begun[order] > 1 {
			more++
		}
	}
	t.Logf("%d buyers were asked, %d of them were begun more than once, %d orders were begun", len(sent), more, len(begun))
	if len(sent) < 20 || more < 10 {
		t.Error("the kills came too early to show anything")
	}
}

// TestAsked: whoever is first has an order for ever; only it gives it back.
func TestAsked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, book, err := durable(dir)
	if err != nil {
		t.Fatal(err)
	}
	claim := func(market, order, key, want string) {
		t.Helper()
		if holder, err := book.Claim(t.Context(), market, order, key); err != nil || holder != want {
			t.Errorf("%s/%s for %s: %q, %v", market, order, key, holder, err)
		}
	}
	claim("US", "1", "a", "a")
	claim("US", "1", "b", "a")
	claim("US", "1", "a", "a")
	claim("CA", "1", "b", "b")
	if holder, err := book.Claim(t.Context(), "US", "2", ""); err == nil {
		t.Errorf("nobody claimed: %q", holder)
	}
	if err := errors.Join(book.Release(t.Context(), "US", "1", "b"), book.Release(t.Context(), "US", "9", "b"), db.Close()); err != nil {
		t.Fatal(err)
	}
	if db, book, err = durable(dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	claim("US", "1", "c", "a")
	if err := book.Release(t.Context(), "US", "1", "a"); err != nil {
		t.Fatal(err)
	}
	if holder, err := book.Holder(t.Context(), "US", "1"); err != nil || holder != "" {
		t.Errorf("given back: %q, %v", holder, err)
	}
	claim("US", "1", "c", "c")
}

var _ reviewrequests.Book = decisions.Book{}
