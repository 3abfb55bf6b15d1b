package secrets_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/keychain"
	"purser/backend/platform/secrets"
	"purser/backend/platform/supervise"
)

// answerWithin is how long a vault may take to say that the keychain cannot be used.
const answerWithin = 3500 * time.Millisecond

// real is a vault over the keychain of the computer, as the program has it.
func realVault(t *testing.T, dir string) (*secrets.Vault, *keychain.Keychain) {
	t.Helper()
	k := keychain.New("purser-vault-test", supervise.New(context.Background(), "keychain")) // nobody waits for it
	v, err := secrets.Open(secrets.Options{Dir: dir, Keychain: k, Clock: clock.Real{}, Work: 10})
	if err != nil {
		t.Fatal(err)
	}
	return v, k
}

func timed(t *testing.T, what string, fn func() error) error {
	t.Helper()
	began := time.Now()
	err := fn()
	took := time.Since(began)
	t.Logf("%s: %d ms: %v", what, took.Milliseconds(), err)
	if took > answerWithin {
		t.Errorf("%s took %s", what, took)
	}
	return err
}

// TestKeychainSetups runs once for each state of a real keychain, which build/ci/keychain.sh brings about: works makes
// the vault in a folder that the others find it in.
func TestKeychainSetups(t *testing.T) { //nolint:paralleltest // it needs the real keychain
	setup, dir := os.Getenv("PURSER_KEYCHAIN"), os.Getenv("PURSER_KEYCHAIN_DIR")
	if dir == "" {
		t.Skip("no keychain was started for this test; make keychain-test does")
	}
	t.Log("state of the keychain: " + setup)
	switch setup {
	case "works":
		works(t, dir)
	case "deleted":
		deleted(t, dir)
	case "locked", "hung":
		unusable(t, dir)
	case "denied", "nobus":
	default:
		t.Fatalf("no such state: %s", setup)
	}
	if setup != "works" && setup != "deleted" {
		byPassphraseInstead(t, filepath.Join(dir, "new"))
	}
	noPlain(t, dir, canary)
}

func works(t *testing.T, dir string) {
	t.Helper()
	v, _ := realVault(t, dir)
	var words secrets.Text
	err := timed(t, "create", func() (err error) {
		words, err = v.Create(t.Context(), secrets.ByKeychain, secrets.Text{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	put(t, v, "lwa/na/refresh_token", canary)
	v, _ = realVault(t, dir)
	if err := timed(t, "unlock", func() error { return v.Unlock(t.Context(), secrets.Text{}) }); err != nil {
		t.Fatal(err)
	}
	want(t, v, "lwa/na/refresh_token", canary)
	noPlain(t, dir, canary, words.Reveal())
	// The words wait outside the folder, as on paper, for the states that come after this one.
	if err := os.WriteFile(dir+".words", []byte(words.Reveal()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func paper(t *testing.T, dir string) secrets.Text {
	t.Helper()
	b, err := os.ReadFile(dir + ".words")
	if err != nil {
		t.Fatal(err)
	}
	return secrets.NewText(string(b))
}

func deleted(t *testing.T, dir string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "secrets.vault"))
	if err != nil {
		t.Fatal(err)
	}
	v, k := realVault(t, dir)
	if err := k.Delete(t.Context(), "vault key "+idOf(t, b)); err != nil {
		t.Fatal(err)
	}
	is(t, timed(t, "unlock", func() error { return v.Unlock(t.Context(), secrets.Text{}) }), secrets.ErrKeyLost)
	state(t, v, secrets.StateLost)
	if err := timed(t, "restore", func() error { return v.Restore(t.Context(), paper(t, dir), secrets.ByKeychain, secrets.Text{}) }); err != nil {
		t.Fatal(err)
	}
	v, _ = realVault(t, dir)
	if err := timed(t, "unlock", func() error { return v.Unlock(t.Context(), secrets.Text{}) }); err != nil {
		t.Fatal(err)
	}
	want(t, v, "lwa/na/refresh_token", canary)
}

// unusable finds a vault whose keychain does not answer, and gets in with the recovery words.
func unusable(t *testing.T, dir string) {
	t.Helper()
	v, _ := realVault(t, dir)
	var kc *secrets.KeychainError
	if err := timed(t, "unlock", func() error { return v.Unlock(t.Context(), secrets.Text{}) }); !errors.As(err, &kc) {
		t.Fatalf("unlock: %v", err)
	}
	state(t, v, secrets.StateLocked)
	if _, err := v.Get(t.Context(), "lwa/na/refresh_token"); !errors.Is(err, secrets.ErrLocked) {
		t.Fatalf("get: %v", err)
	}
	if err := timed(t, "restore", func() error {
		return v.Restore(t.Context(), paper(t, dir), secrets.ByPassphrase, secrets.NewText(pass))
	}); err != nil {
		t.Fatal(err)
	}
	if s := state(t, v, secrets.StateUnlocked); s.Note == "" {
		t.Error("the key is still in the keychain, and nothing says so")
	}
	want(t, v, "lwa/na/refresh_token", canary)
}

// byPassphraseInstead makes a vault where the keychain cannot be used.
func byPassphraseInstead(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	v, _ := realVault(t, dir)
	var kc *secrets.KeychainError
	err := timed(t, "create", func() error {
		_, err := v.Create(t.Context(), secrets.ByKeychain, secrets.Text{})
		return err
	})
	if !errors.As(err, &kc) {
		t.Fatalf("create: %v", err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Fatalf("a vault that was not made left %v", got)
	}
	err = timed(t, "create with a passphrase", func() error {
		_, err := v.Create(t.Context(), secrets.ByPassphrase, secrets.NewText(pass))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	put(t, v, "lwa/na/refresh_token", canary)
	v, _ = realVault(t, dir)
	unlock(t, v, pass)
	want(t, v, "lwa/na/refresh_token", canary)
}
