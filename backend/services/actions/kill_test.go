package actions_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/platform/sqlite"
)

// childEnv names the folder in which this program, run as a child, works until it is killed.
const childEnv = "PURSER_OUTBOX_CHILD"

// truth is a peer on a file: what is in it was done, and survives every kill.
type truth struct {
	kind action.Kind
	dir  string
	rand *rand.Rand
	lies bool
}

func (p truth) file(name string) string { return filepath.Join(p.dir, name) }

// write adds a line to a file and does not return before it is on disk.
func write(path string, line string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// read gives the keys that were done, in their order, and the value of every entity.
func read(path string) (keys []string, values map[string]string) {
	values = map[string]string{}
	f, err := os.Open(path)
	if err != nil {
		return nil, values
	}
	defer func() { _ = f.Close() }()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if part := strings.Split(sc.Text(), "\t"); len(part) == 3 {
			keys = append(keys, part[0])
			values[part[1]] = part[2]
		}
	}
	return keys, values
}

func (p truth) Kind() action.Kind { return p.kind }

func (p truth) Prepare(_ context.Context, w action.Wish) (action.Request, error) {
	return action.Request{
		Kind: p.kind.Name, Decision: w.Decision, Entity: w.Subject, Field: p.kind.Name, After: strconv.Itoa(w.Units), Payload: w.Title,
		Size: action.Size{Units: w.Units, To: float64(w.Units)},
	}, nil
}

func (p truth) Value(_ context.Context, r action.Request) (string, error) {
	if !p.kind.Readable {
		return r.Before, nil
	}
	_, values := read(p.file("truth"))
	return values[r.Entity], nil
}

func (p truth) knows(key string) bool {
	keys, _ := read(p.file("truth"))
	for _, k := range keys {
		if k == key {
			return true
		}
	}
	return false
}

func (p truth) Execute(_ context.Context, r action.Request) (action.Receipt, error) {
	line := r.Key + "\t" + r.Entity + "\t" + r.After
	do := func() error {
		if p.kind.Repeatable && p.knows(r.Key) {
			return nil
		}
		return write(p.file("truth"), line)
	}
	if !p.lies {
		return action.Receipt{Ref: r.Key}, do()
	}
	switch p.rand.IntN(12) {
	case 0:
		return action.Receipt{}, action.Refuse("not wanted", nil)
	case 1:
		return action.Receipt{}, errors.Join(do(), errors.New("503"))
	case 2:
		return action.Receipt{}, errors.Join(do(), context.DeadlineExceeded)
	case 3:
		return action.Receipt{}, errors.Join(write(p.file("late"), line), errors.New("504"))
	case 4:
		return action.Receipt{}, errors.New("500")
	}
	return action.Receipt{Ref: r.Key}, do()
}

// settle does what was still to come.
func (p truth) settle() error {
	keys, _ := read(p.file("late"))
	text, _ := os.ReadFile(p.file("late"))
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if i < len(keys) && !p.knows(keys[i]) {
			if err := write(p.file("truth"), line); err != nil {
				return err
			}
		}
	}
	if err := os.Remove(p.file("late")); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (p truth) Found(_ context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	switch {
	case p.knows(r.Key):
		return action.Done, action.Receipt{Ref: r.Key}, nil
	case p.kind.Name == "mail":
		return action.Open, action.Receipt{}, nil
	}
	return action.NotDone, action.Receipt{}, nil
}

func (p truth) Reverse(action.Request) (action.Request, error) {
	return action.Request{}, action.ErrFinal
}

func truths(dir string, lies bool) []action.Executor {
	needs := []string{action.PerDay}
	r := rand.New(rand.NewPCG(uint64(os.Getpid()), 7))
	var out []action.Executor
	for _, k := range []action.Kind{
		{Name: "mail", Title: "Send a mail", Level: action.Final, Needs: needs},
		{Name: "review", Title: "Ask for a review", Level: action.Final, Readable: true, Needs: needs},
		{Name: "price", Title: "Set a price", Level: action.Outbound, Repeatable: true, Readable: true, Needs: needs},
	} {
		out = append(out, truth{kind: k, dir: dir, rand: r, lies: lies})
	}
	return out
}

// broken is where a child cannot go on; its exit status tells.
type broken struct{}

func (broken) Helper()                        {}
func (b broken) Fatal(args ...any)            { panic(fmt.Sprint(args...)) }
func (b broken) Fatalf(f string, args ...any) { panic(fmt.Sprintf(f, args...)) }
func (b broken) Errorf(f string, args ...any) { panic(fmt.Sprintf(f, args...)) }

// killWorld opens the ledger of the folder as the program does, every commit on disk, at a time that only goes on.
func killWorld(t failer, dir string, lies bool) *world {
	path := filepath.Join(dir, "ledger.db")
	w := &world{t: t, clk: &ticking{now: start}, stop: filepath.Join(dir, "STOP"), moved: map[string]action.State{}, version: 1, handsOff: map[string]string{}}
	var err error
	if w.db, err = sqlite.Open(context.Background(), path, sqlite.Options{Durable: true}); err != nil {
		t.Fatal(err)
	}
	w.p = newPeer(w.clk.Now)
	w.sql(`CREATE TABLE IF NOT EXISTS test_audit (subject TEXT, was TEXT, state TEXT, who TEXT, reason TEXT)`)
	w.s = w.another(truths(dir, lies)...)
	var latest int64
	if err := w.db.Reader().QueryRow(`SELECT latest FROM actions_clock`).Scan(&latest); err != nil {
		t.Fatal(err)
	}
	if at := time.Unix(latest, 0); at.After(start) {
		w.clk.now = at.UTC()
	}
	return w
}

// child approves and carries out until it is killed.
func child(dir string) int {
	w := killWorld(broken{}, dir, true)
	for _, e := range truths(dir, true) {
		if err := e.(truth).settle(); err != nil {
			panic(err)
		}
	}
	_, _ = fmt.Fprintln(os.Stdout, "ready")
	for n := 0; ; n++ {
		var wishes []action.Wish
		for i, kind := range []string{"mail", "review", "price"} {
			subject := fmt.Sprintf("%s/%d/%d/%d", kind, os.Getpid(), n, w.clk.Now().Unix())
			wishes = append(wishes, action.Wish{Kind: kind, Decision: subject, Subject: subject, Title: subject, Units: n*3 + i + 1})
		}
		for _, wish := range wishes { // each by itself: a batch would stop at its first unknown
			w.approve(wish)
		}
		w.clk.add(held)
		w.pass()
		_, _ = fmt.Fprintln(os.Stdout, "round")
	}
}

// TestKilled kills a process at random moments while it carries out actions against a peer that lies, and looks what the
// peer has really got.
func TestKilled(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes")
	}
	kills := 50
	if gate() {
		kills = 500
	}
	dir := t.TempDir()
	w := killWorld(t, dir, false)
	for _, kind := range []string{"mail", "review", "price"} {
		if err := w.s.SetLimit(t.Context(), kind, action.PerDay, "1000000", "1000000"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	for range kills {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+dir)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for range 1 + rand.IntN(5) { // it is ready, and some rounds are over
			if line, err := lines.ReadString('\n'); err != nil {
				t.Fatalf("the child said %q: %v", line, err)
			}
		}
		time.Sleep(time.Duration(rand.IntN(25_000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var ended *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &ended) || ended.ExitCode() != -1 {
			t.Fatalf("the child ended by itself: %v", err)
		}
	}
	afterKills(t, dir)
}

// afterKills lets a process that nobody kills end the work, and holds what is said against what is so.
func afterKills(t *testing.T, dir string) {
	t.Helper()
	w := killWorld(t, dir, false)
	defer func() { _ = w.db.Close() }()
	p := truths(dir, false)[2].(truth)
	if err := p.settle(); err != nil {
		t.Fatal(err)
	}
	for range 12 {
		w.run(3 * time.Hour)
	}
	w.audited()
	done := map[string]int{}
	keys, _ := read(p.file("truth"))
	for _, k := range keys {
		done[k]++
	}
	states := map[string]int{}
	all := w.all()
	for _, a := range all {
		n := done[w.key(a.ID)]
		states[a.Kind+" "+string(a.State)]++
		switch {
		case n > 1:
			t.Errorf("%s was done %d times", a.Title, n)
		case n == 0 && (a.State == action.Verified || a.State == action.Sent):
			t.Errorf("%s is %s and was not done", a.Title, a.State)
		case n == 1 && (a.State == action.Failed || a.State == action.Cancelled):
			t.Errorf("%s is %s (%s) and was done", a.Title, a.State, a.Reason)
		case a.State == action.Approved || a.State == action.Sending || a.State == action.Sent && a.EndedAt == "":
			t.Errorf("%s is still %s: %s", a.Title, a.State, a.Waits)
		case a.State == action.Unknown && a.Reason == "":
			t.Errorf("%s is unknown and says nothing", a.Title)
		}
		delete(done, w.key(a.ID))
	}
	if len(done) != 0 {
		t.Errorf("%d effects that no action tells of", len(done))
	}
	t.Logf("%d actions after the kills: %v", len(all), states)
	if len(all) < 50 {
		t.Errorf("only %d actions: the kills came too early to show anything", len(all))
	}
}
