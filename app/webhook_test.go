package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"purser/app"
	"purser/backend/core"
)

func TestWebhookKeepsItsSecretInTheKeychain(t *testing.T) { //nolint:paralleltest // the mock is one for the whole process
	keyring.MockInit()
	dir := t.TempDir()
	h := app.NewHook(t, dir, false)
	if _, _, err := h.Target(t.Context()); err == nil || !strings.Contains(err.Error(), "no address") {
		t.Errorf("before: %v", err)
	}
	const address = "https://example.com/hook?team=1"
	out, err := h.Set(t.Context(), address)
	if err != nil || out.Address != address || !out.Signed || !strings.HasPrefix(out.Secret, "whsec_") {
		t.Fatalf("set: %+v %v", out, err)
	}
	if again := h.Output(t.Context()); again.Secret != "" || !again.Signed {
		t.Errorf("told twice: %+v", again)
	}
	to, secret, err := h.Target(t.Context())
	if err != nil || to != address || secret != out.Secret {
		t.Errorf("target: %s %v", to, err)
	}
	err = filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if b, err := os.ReadFile(path); err == nil && strings.Contains(string(b), out.Secret[6:]) {
			t.Errorf("%s holds the secret", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if out, err = h.Set(t.Context(), ""); err != nil || out.Address != "" || out.Signed {
		t.Errorf("taken away: %+v %v", out, err)
	}
}

func TestWebhookWithoutAKeychainSendsNothing(t *testing.T) { //nolint:paralleltest // as above
	keyring.MockInitWithError(errors.New("locked"))
	h := app.NewHook(t, t.TempDir(), false)
	if _, err := h.Set(t.Context(), "https://example.com/hook"); core.AsError(err) == nil || core.AsError(err).Code != core.CodeUnavailable {
		t.Errorf("kept without a keychain: %v", err)
	}
	if out := h.Output(t.Context()); out.Address != "" {
		t.Errorf("the address stays although its secret does not: %+v", out)
	}
	t.Setenv("PURSER_WEBHOOK_SECRET", "given")
	out, err := h.Set(t.Context(), "https://example.com/hook")
	if err != nil || out.Secret != "" || !out.Signed {
		t.Errorf("with a given secret: %+v %v", out, err)
	}
}

func TestWebhookAddresses(t *testing.T) { //nolint:paralleltest // as above
	keyring.MockInit()
	h := app.NewHook(t, t.TempDir(), false)
	for _, bad := range []string{"example.com", "http://example.com/", "ftp://example.com", "https://user:pw@example.com", "https://example.com/#a", "https://", "javascript:alert(1)"} {
		if _, err := h.Set(t.Context(), bad); core.AsError(err) == nil || core.AsError(err).Code != core.CodeInvalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for _, good := range []string{"http://127.0.0.1:8080/", "http://[::1]/x", "http://localhost/x"} {
		if _, err := h.Set(t.Context(), good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	demo := app.NewHook(t, t.TempDir(), true)
	if _, err := demo.Set(t.Context(), "https://example.com/hook"); err == nil {
		t.Error("the demo sends")
	}
	if _, _, err := demo.Target(t.Context()); err == nil || !strings.Contains(err.Error(), "nothing is sent") {
		t.Errorf("the demo sends: %v", err)
	}
}
