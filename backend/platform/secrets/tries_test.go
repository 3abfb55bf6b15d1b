package secrets_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"purser/backend/platform/secrets"
)

// wrong tries a wrong passphrase.
func wrong(tb testing.TB, v *secrets.Vault) *secrets.PassphraseError {
	tb.Helper()
	var e *secrets.PassphraseError
	if err := v.Unlock(tb.(*testing.T).Context(), secrets.NewText("not the passphrase")); !errors.As(err, &e) {
		tb.Fatalf("a wrong passphrase: %v", err)
	}
	return e
}

func TestTenWrongPassphrases(t *testing.T) {
	t.Parallel()
	dir, k, c := t.TempDir(), newRing(), newClock()
	v := openAt(t, dir, k, c)
	create(t, v, secrets.ByPassphrase)
	put(t, v, "a", canary)
	v = openAt(t, dir, k, c)
	is(t, v.Unlock(t.Context(), secrets.Text{}), secrets.ErrNeedsWord) // no try
	for n := 1; n <= 10; n++ {
		if n == 6 {
			v = openAt(t, dir, k, c) // the count survives a restart
		}
		if e := wrong(t, v); e.Refused || e.Left != 10-n || (e.Wait > 0) != (n == 10) {
			t.Fatalf("try %d: %+v", n, e)
		}
	}
	// The 11th is refused, though it is the right one.
	var e *secrets.PassphraseError
	if err := v.Unlock(t.Context(), secrets.NewText(pass)); !errors.As(err, &e) || !e.Refused || e.Wait != time.Second {
		t.Fatalf("the 11th: %v %+v", err, e)
	}
	for _, seconds := range []int{1, 2, 4, 8, 16, 32, 60, 60} {
		if s := v.Status(); s.Wait != time.Duration(seconds)*time.Second || s.Left != 0 {
			t.Fatalf("%+v, want a wait of %d s", s, seconds)
		}
		c.now = c.now.Add(time.Duration(seconds)*time.Second - time.Millisecond)
		if e := wrong(t, v); !e.Refused {
			t.Fatalf("tried before %d s were over", seconds)
		}
		c.now = c.now.Add(time.Millisecond)
		if e := wrong(t, v); e.Refused {
			t.Fatalf("refused after %d s", seconds)
		}
	}
	restarts(t, dir, k, c)
}

// restarts shows that neither a restart nor another time of day shortens a wait of 60 s, or makes it longer.
func restarts(t *testing.T, dir string, k *ring, c *ticking) {
	t.Helper()
	for _, jump := range []time.Duration{0, 10 * 365 * 24 * time.Hour, -20 * 365 * 24 * time.Hour} {
		c.now = c.now.Add(jump)
		v := openAt(t, dir, k, c)
		if e := wrong(t, v); !e.Refused || e.Wait != time.Minute {
			t.Fatalf("after a restart and %s: %+v", jump, e)
		}
	}
	v := openAt(t, dir, k, c)
	c.now = c.now.Add(-24 * time.Hour) // the clock is set back while it runs
	if s := v.Status(); s.Wait != time.Minute {
		t.Fatalf("%+v", s)
	}
	c.now = c.now.Add(time.Minute)
	unlock(t, v, pass)
	if s := v.Status(); s.Left != 10 {
		t.Fatalf("%+v", s)
	}
	v = openAt(t, dir, k, c)
	if e := wrong(t, v); e.Refused || e.Left != 9 {
		t.Fatalf("after the right one: %+v", e)
	}
}

func TestACountThatCannotBeReadIsFull(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	create(t, open(t, dir, k), secrets.ByPassphrase)
	writeFile(t, filepath.Join(dir, "secrets.tries"), []byte("many"))
	if e := wrong(t, open(t, dir, k)); !e.Refused {
		t.Fatalf("%+v", e)
	}
	// A try that cannot be counted is not made.
	if err := os.Remove(filepath.Join(dir, "secrets.tries")); err != nil {
		t.Fatal(err)
	}
	v := open(t, dir, k)
	if err := os.Mkdir(filepath.Join(dir, "secrets.vault.new"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := v.Unlock(t.Context(), secrets.NewText(pass)); err == nil {
		t.Fatal("tried without being counted")
	}
}

func TestPassphrasesAreComparedAsTheyRead(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	is1 := "Schlu\u0308ssel fu\u0308rs Schiff" // as some keyboards compose it
	if _, err := v.Create(t.Context(), secrets.ByPassphrase, secrets.NewText(is1)); err != nil {
		t.Fatal(err)
	}
	unlock(t, open(t, dir, k), "Schlüssel fürs Schiff")
	for _, short := range []string{"", "elf Zeichen", "äöüäöüäöüäö"} {
		_, err := open(t, t.TempDir(), k).Create(t.Context(), secrets.ByPassphrase, secrets.NewText(short))
		is(t, err, secrets.ErrShort)
	}
}
