package secrets_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"purser/backend/platform/keychain"
	"purser/backend/platform/secrets"
)

// canary is what must never be found on disk.
const canary = "Atzr|canary-5f1c9e-refresh-token"

// ring is a keychain in memory; fail makes it answer so.
type ring struct {
	mu   sync.Mutex
	kept map[string]string
	fail error
	lie  bool // gives back something else
}

func newRing() *ring { return &ring{kept: map[string]string{}} }

func (r *ring) Get(_ context.Context, name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.kept[name]
	switch {
	case r.fail != nil:
		return "", r.fail
	case !ok:
		return "", keychain.ErrMissing
	case r.lie:
		return s[1:], nil
	}
	return s, nil
}

func (r *ring) Set(_ context.Context, name, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail == nil {
		r.kept[name] = secret
	}
	return r.fail
}

func (r *ring) Delete(_ context.Context, name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail == nil {
		delete(r.kept, name)
	}
	return r.fail
}

// ticking is a clock the test moves.
type ticking struct{ now time.Time }

func (c *ticking) Now() time.Time { return c.now }

func newClock() *ticking { return &ticking{time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)} }

const pass = "correct horse battery"

// open opens the vault of a folder with cheap passphrases.
func open(tb testing.TB, dir string, k secrets.Keychain) *secrets.Vault {
	tb.Helper()
	return openAt(tb, dir, k, newClock())
}

func openAt(tb testing.TB, dir string, k secrets.Keychain, c *ticking) *secrets.Vault {
	tb.Helper()
	v, err := secrets.Open(secrets.Options{Dir: dir, Keychain: k, Clock: c, Work: 6})
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// create makes a vault and gives its recovery words.
func create(tb testing.TB, v *secrets.Vault, m secrets.Mode) secrets.Text {
	tb.Helper()
	p := secrets.Text{}
	if m == secrets.ByPassphrase {
		p = secrets.NewText(pass)
	}
	words, err := v.Create(context.Background(), m, p)
	if err != nil {
		tb.Fatal(err)
	}
	return words
}

func put(tb testing.TB, v *secrets.Vault, pairs ...string) {
	tb.Helper()
	all := map[string]secrets.Text{}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = secrets.NewText(pairs[i+1])
	}
	if err := v.Put(context.Background(), all); err != nil {
		tb.Fatal(err)
	}
}

func unlock(tb testing.TB, v *secrets.Vault, passphrase string) {
	tb.Helper()
	if err := v.Unlock(context.Background(), secrets.NewText(passphrase)); err != nil {
		tb.Fatal(err)
	}
}

func want(tb testing.TB, v *secrets.Vault, name, secret string) {
	tb.Helper()
	got, err := v.Get(context.Background(), name)
	if err != nil || got.Reveal() != secret {
		tb.Fatalf("%s: got %.40q %v", name, got.Reveal(), err)
	}
}

func state(tb testing.TB, v *secrets.Vault, s secrets.State) secrets.Status {
	tb.Helper()
	got := v.Status()
	if got.State != s || (got.Reason == "") != (s == secrets.StateUnlocked) {
		tb.Fatalf("state %+v, want %s", got, s)
	}
	return got
}

func is(tb testing.TB, err, target error) {
	tb.Helper()
	if !errors.Is(err, target) {
		tb.Fatalf("got %v, want %v", err, target)
	}
}

// noPlain walks all files of a folder for secrets in any usual writing.
func noPlain(tb testing.TB, dir string, texts ...string) {
	tb.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if info, err := d.Info(); err != nil || info.Mode().Perm() != 0o600 {
			tb.Errorf("%s: %v %v", path, info.Mode(), err)
		}
		for _, t := range texts {
			for _, form := range []string{t, base64.StdEncoding.EncodeToString([]byte(t)), hex.EncodeToString([]byte(t))} {
				if bytes.Contains(b, []byte(form)) {
					tb.Errorf("%s holds a secret bare", path)
				}
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		tb.Fatalf("%d files, %v", files, err)
	}
}

func files(tb testing.TB, dir string) (names []string) {
	tb.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range all {
		names = append(names, f.Name())
	}
	return names
}
