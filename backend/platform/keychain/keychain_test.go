package keychain_test

import (
	"errors"
	"os"
	"testing"

	"github.com/zalando/go-keyring"

	"purser/backend/platform/keychain"
	"purser/backend/platform/supervise"
)

func roundTrip(t *testing.T) {
	t.Helper()
	tree := supervise.New(t.Context(), "test")
	t.Cleanup(tree.Stop)
	k := keychain.New("purser-test", tree)
	if _, err := k.Get(t.Context(), "secret"); !errors.Is(err, keychain.ErrMissing) {
		t.Fatalf("before: %v", err)
	}
	for _, s := range []string{"first", "zweites, mit Ümlaut"} {
		if err := k.Set(t.Context(), "secret", s); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Get(t.Context(), "secret"); err != nil || got != s {
			t.Fatalf("got %q %v, want %q", got, err, s)
		}
	}
	for range 2 {
		if err := k.Delete(t.Context(), "secret"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Get(t.Context(), "secret"); !errors.Is(err, keychain.ErrMissing) {
		t.Fatalf("after: %v", err)
	}
}

func TestRoundTrip(t *testing.T) { //nolint:paralleltest // the mock is one for the whole process
	keyring.MockInit()
	roundTrip(t)
}

func TestBrokenKeychainSaysSo(t *testing.T) { //nolint:paralleltest // the mock is one for the whole process
	keyring.MockInitWithError(errors.New("failed to unlock correct collection"))
	tree := supervise.New(t.Context(), "test")
	t.Cleanup(tree.Stop)
	k := keychain.New("purser-test", tree)
	for name, err := range map[string]error{"set": k.Set(t.Context(), "a", "b"), "delete": k.Delete(t.Context(), "a")} {
		if err == nil || errors.Is(err, keychain.ErrMissing) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSecretService runs against a real secret service, which build/ci/keychain.sh starts.
func TestSecretService(t *testing.T) { //nolint:paralleltest // it needs the real keychain
	if os.Getenv("PURSER_KEYCHAIN") == "" {
		t.Skip("no secret service was started for this test; make keychain-test does")
	}
	roundTrip(t)
}
