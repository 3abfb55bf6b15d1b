package retention_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/services/retention"
)

const canary = "CANARY-7f3a"

func madeHere() []retention.Made {
	return []retention.Made{
		{Kind: "vault", Title: "Vault", Unit: "files", Patterns: []string{"secrets.*"}},
		{Kind: "databases", Title: "Databases", Unit: "files", Patterns: []string{"*.db", "*.db-*"}},
		{Kind: "documents", Title: "Originals", Unit: "files", Patterns: []string{"documents"}},
		{Kind: "demo", Title: "The demo shop", Unit: "files", Patterns: []string{"demo"}},
	}
}

// folder fills a data folder with canaries, and with one file that is not Purser's.
func folder(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range []string{"market.db", "market.db-wal", "lock.db", "secrets.vault", "documents/ab/abc.zst", "documents/cd/cde.zst", "demo/market.db", "demo/lock.db"} {
		write(t, filepath.Join(root, name), canary+" in "+name)
	}
	write(t, filepath.Join(root, "my notes.txt"), "mine")
	return root
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// canaries lists the files below root that hold one, or are in a place that should be gone.
func canaries(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), canary) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func erasureOf(root string, demo bool, forget func(string) error) retention.Erasure {
	e := retention.Erasure{
		Root: root, Dir: root, Demo: demo, Made: madeHere(), Last: []string{"lock.db"},
		Now: func() time.Time { return time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC) }, Release: func() error { return nil },
		Forget: func(_ context.Context, entry string) error { return forget(entry) },
	}
	if demo {
		e.Dir = filepath.Join(root, "demo")
	}
	return e
}

func order(t *testing.T, e retention.Erasure) retention.EraseBeginOutput {
	t.Helper()
	plan, err := e.Plan([]retention.AmazonOutput{{API: "spapi", Title: "Selling Partner API, Europe", Text: "Disable it there.", Link: "https://sellercentral.amazon.co.uk/apps/manage"}},
		[]retention.OutsideOutput{{Path: "/elsewhere", Text: "It stays."}})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Order(" Erase  EVERYTHING ", "the window", plan, []string{"", "vault key 1"}); err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestErase(t *testing.T) {
	t.Parallel()
	root := folder(t)
	var forgotten []string
	e := erasureOf(root, false, func(entry string) error { forgotten = append(forgotten, entry); return nil })
	plan := order(t, e)
	if plan.Files != 8 || plan.Bytes == 0 || len(plan.Items) != 4 || plan.Word == "" || plan.Text == "" {
		t.Errorf("plan: %+v", plan)
	}
	if i := slices.IndexFunc(plan.Outside, func(o retention.OutsideOutput) bool { return filepath.Base(o.Path) == "my notes.txt" }); i < 0 {
		t.Errorf("the plan does not name what is not Purser's: %+v", plan.Outside)
	}
	if ordered, demo, err := retention.Ordered(root); !ordered || demo || err != nil {
		t.Fatalf("not ordered: %v, %v", ordered, err)
	}
	r, err := e.Finish(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if got := canaries(t, root); got != nil {
		t.Errorf("left: %v", got)
	}
	if b, err := os.ReadFile(filepath.Join(root, "my notes.txt")); err != nil || string(b) != "mine" {
		t.Errorf("what is not Purser's: %q, %v", b, err)
	}
	if !slices.Equal(forgotten, []string{"vault key 1"}) {
		t.Errorf("forgot %v", forgotten)
	}
	if ordered, _, err := retention.Ordered(root); ordered || err != nil {
		t.Errorf("still ordered: %v", err)
	}
	text, err := os.ReadFile(r.TextPath)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"8 files", "Originals: 2 files", "Selling Partner API, Europe", "https://sellercentral.amazon.co.uk/apps/manage", "/elsewhere", "my notes.txt", "2026-11-26T09:30:00Z"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the receipt does not say %q:\n%s", want, text)
		}
	}
	all, err := retention.Receipts(root)
	if err != nil || len(all) != 1 || all[0].Files != 8 || all[0].Text != string(text) || all[0].Resumed {
		t.Errorf("receipts: %+v, %v", all, err)
	}
}

func TestEraseTheDemoOnly(t *testing.T) {
	t.Parallel()
	root := folder(t)
	e := erasureOf(root, true, func(string) error { return nil })
	order(t, e)
	if _, demo, err := retention.Ordered(root); !demo || err != nil {
		t.Fatalf("not the demo's: %v", err)
	}
	r, err := e.Finish(t.Context(), false)
	if err != nil || !r.Demo || r.Files != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := canaries(t, root); len(got) != 6 {
		t.Errorf("of the seller's own six files are there: %v", got)
	}
	if _, err := os.Stat(filepath.Join(root, "demo")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the demo's folder: %v", err)
	}
}

func TestEraseNeedsItsWord(t *testing.T) {
	t.Parallel()
	root := folder(t)
	e := erasureOf(root, false, func(string) error { return nil })
	plan, err := e.Plan(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"", "erase", "yes", "erase everything!", "eraseeverything"} {
		var ce *core.Error
		if err := e.Order(word, "the window", plan, nil); !errors.As(err, &ce) || ce.Code != core.CodeInvalid {
			t.Errorf("%q: %v", word, err)
		}
	}
	if ordered, _, _ := retention.Ordered(root); ordered || len(canaries(t, root)) != 8 {
		t.Error("something was done")
	}
}

// TestKilledErase kills an erasure after any part of it: the next start ends it.
func TestKilledErase(t *testing.T) {
	t.Parallel()
	killed := errors.New("killed")
	for seed := range uint64(40) {
		root := folder(t)
		rnd := rand.New(rand.NewPCG(seed, 1))
		order(t, erasureOf(root, false, func(string) error { return nil }))
		// A kill leaves any of the files; where it came after the last, the receipt is there and the order too.
		if seed%4 == 0 {
			half := erasureOf(root, false, func(string) error { return nil })
			half.Release = func() error { return killed }
			if _, err := half.Finish(t.Context(), false); !errors.Is(err, killed) {
				t.Fatalf("it was not cut: %v", err)
			}
		} else {
			for _, path := range canaries(t, root) {
				if rnd.IntN(2) == 0 && filepath.Base(path) != "erasing.json" {
					if err := os.Remove(path); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		forgotten := 0
		r, err := erasureOf(root, false, func(string) error { forgotten++; return nil }).Finish(t.Context(), true)
		if err != nil {
			t.Fatal(err)
		}
		if got := canaries(t, root); got != nil {
			t.Errorf("seed %d: left %v", seed, got)
		}
		if !r.Resumed || r.Files != 8 || forgotten != 1 || !strings.Contains(r.Text, "cut off") {
			t.Errorf("seed %d: %+v", seed, r)
		}
		if ordered, _, err := retention.Ordered(root); ordered || err != nil {
			t.Errorf("seed %d: still ordered, %v", seed, err)
		}
	}
}

func TestWhatCannotBeErasedIsSaid(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("needs a folder that its owner may not change")
	}
	root := folder(t)
	e := erasureOf(root, false, func(string) error { return errors.New("the keychain is locked") })
	order(t, e)
	dir := filepath.Join(root, "documents", "ab")
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	var ce *core.Error
	if _, err := e.Finish(t.Context(), false); !errors.As(err, &ce) || !strings.Contains(ce.Message, "documents") || ce.Hint == "" {
		t.Fatalf("%v", err)
	}
	if ordered, _, _ := retention.Ordered(root); !ordered {
		t.Error("the order is gone though it was not done")
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := e.Finish(t.Context(), true)
	if err != nil || len(r.Left) != 1 || !strings.Contains(r.Left[0].Text, "the keychain is locked") {
		t.Errorf("%+v, %v", r.Left, err)
	}
}

// TestPointersAreNotFollowed erases a pointer to a folder, not the folder.
func TestPointersAreNotFollowed(t *testing.T) {
	t.Parallel()
	root, other := folder(t), t.TempDir()
	write(t, filepath.Join(other, "precious"), "mine too")
	if err := errors.Join(os.RemoveAll(filepath.Join(root, "documents")), os.Symlink(other, filepath.Join(root, "documents"))); err != nil {
		t.Skip("no pointers here: ", err)
	}
	e := erasureOf(root, false, func(string) error { return nil })
	plan := order(t, e)
	if !slices.ContainsFunc(plan.Outside, func(o retention.OutsideOutput) bool { return strings.Contains(o.Text, "points to it") }) {
		t.Errorf("the plan does not say so: %+v", plan.Outside)
	}
	if _, err := e.Finish(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(other, "precious")); err != nil || string(b) != "mine too" {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := os.Lstat(filepath.Join(root, "documents")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the pointer: %v", err)
	}
}

func TestADamagedOrder(t *testing.T) {
	t.Parallel()
	root := folder(t)
	write(t, filepath.Join(root, "erasing.json"), "{")
	var ce *core.Error
	if _, _, err := retention.Ordered(root); !errors.As(err, &ce) || ce.Hint == "" {
		t.Errorf("%v", err)
	}
	if len(canaries(t, root)) != 8 {
		t.Error("something was erased on an order that cannot be read")
	}
}
