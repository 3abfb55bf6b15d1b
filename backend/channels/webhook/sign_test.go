package webhook_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"purser/backend/channels/webhook"
)

// signed makes headers as the documented scheme says, by other code than that of the channel.
func signed(key []byte, id string, at time.Time, text string) http.Header {
	seconds := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s.%s.%s", id, seconds, text)
	h := http.Header{}
	h.Set("webhook-id", id)
	h.Set("webhook-timestamp", seconds)
	h.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return h
}

// TestVector is the example of the Standard Webhooks specification's libraries: the scheme is theirs byte for byte.
func TestVector(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	h.Set("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
	h.Set("webhook-timestamp", "1614265330")
	h.Set("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
	id, err := webhook.Verify(secret(t, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), h, `{"test": 2432232314}`, time.Unix(1614265330, 0))
	if err != nil || id != "msg_p5jXN8AQM9LWM0D4loKWxJek" {
		t.Errorf("%q, %v", id, err)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	key := []byte(strings.Repeat("k", 32))
	s := secret(t, string(key))
	good := func() http.Header { return signed(key, "E1", now, body) }
	change := func(name, value string) http.Header {
		h := good()
		h.Set(name, value)
		return h
	}
	one := good().Get("webhook-signature")
	for name, c := range map[string]struct {
		secret webhook.Secret
		h      http.Header
		body   string
		at     time.Time
		want   error
	}{
		"good":                {s, good(), body, now, nil},
		"late, in bounds":     {s, good(), body, now.Add(webhook.Skew), nil},
		"early, in bounds":    {s, good(), body, now.Add(-webhook.Skew), nil},
		"second of two":       {s, change("webhook-signature", "v1,AAAA v2,x "+one), body, now, nil},
		"too late":            {s, good(), body, now.Add(webhook.Skew + time.Second), webhook.ErrTime},
		"too early":           {s, good(), body, now.Add(-webhook.Skew - time.Second), webhook.ErrTime},
		"other body":          {s, good(), body + " ", now, webhook.ErrSignature},
		"other id":            {s, change("webhook-id", "E2"), body, now, webhook.ErrSignature},
		"other time":          {s, change("webhook-timestamp", strconv.FormatInt(now.Unix()+1, 10)), body, now, webhook.ErrSignature},
		"no time":             {s, signedText(key, "E1", "soon"), body, now, webhook.ErrTime},
		"no signature":        {s, change("webhook-signature", ""), body, now, webhook.ErrSignature},
		"other scheme":        {s, change("webhook-signature", strings.Replace(one, "v1", "v0", 1)), body, now, webhook.ErrSignature},
		"cut signature":       {s, change("webhook-signature", one[:20]), body, now, webhook.ErrSignature},
		"other secret":        {secret(t, strings.Repeat("x", 32)), good(), body, now, webhook.ErrSignature},
		"no secret":           {webhook.Secret{}, good(), body, now, webhook.ErrSignature},
		"empty secret's hash": {secret(t, ""), signed(nil, "E1", now, body), body, now, webhook.ErrSignature},
		"nothing":             {s, http.Header{}, "", now, webhook.ErrSignature},
	} {
		if id, err := webhook.Verify(c.secret, c.h, c.body, c.at); !errors.Is(err, c.want) || (err == nil) != (id == "E1") {
			t.Errorf("%s: %q, %v", name, id, err)
		}
	}
}

func signedText(key []byte, id, seconds string) http.Header {
	mac := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(mac, "%s.%s.%s", id, seconds, body)
	h := http.Header{}
	h.Set("webhook-id", id)
	h.Set("webhook-timestamp", seconds)
	h.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return h
}

// TestSecretIsNeverShown writes a secret in every way that a program might by mistake.
func TestSecretIsNeverShown(t *testing.T) {
	t.Parallel()
	const text = "a-secret-that-nobody-may-see-1234"
	s := secret(t, text)
	holder := struct {
		S      webhook.Secret
		P      *webhook.Secret
		hidden webhook.Secret
	}{s, &s, s}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%T", "%10s", "%b"} {
		for _, v := range []any{s, &s, holder, &holder, []webhook.Secret{s}, map[string]webhook.Secret{"a": s}} {
			_, _ = fmt.Fprintf(&out, verb+"\n", v)
		}
	}
	log := slog.New(slog.NewJSONHandler(&out, nil))
	log.LogAttrs(t.Context(), slog.LevelInfo, "Shown", slog.Any("secret", s), slog.Any("holder", holder))
	slog.New(slog.NewTextHandler(&out, nil)).LogAttrs(t.Context(), slog.LevelInfo, "Shown", slog.Any("secret", s), slog.Any("holder", holder))
	for _, v := range []any{s, holder, map[string]any{"a": &s}} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	for _, form := range []string{text, fmt.Sprintf("%x", text), fmt.Sprintf("%X", text), fmt.Sprintf("%d", []byte(text)), base64.StdEncoding.EncodeToString([]byte(text))} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the secret is shown as %q", form)
		}
	}
	if !strings.Contains(out.String(), "redacted") {
		t.Error("nothing says that something is left out")
	}
}

func TestSecretThatIsNone(t *testing.T) {
	t.Parallel()
	const coded = "whsec_not base64 at all"
	if _, err := webhook.NewSecret(coded); err == nil || strings.Contains(err.Error(), coded) {
		t.Errorf("%v", err)
	}
}

func TestMadeSecretsAreStrongAndDiffer(t *testing.T) {
	t.Parallel()
	a, b := webhook.MakeSecret(), webhook.MakeSecret()
	if a == b || !strings.HasPrefix(a, "whsec_") {
		t.Errorf("%q and %q", a, b)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(a, "whsec_"))
	if err != nil || len(key) != 32 {
		t.Fatalf("%d bytes, %v", len(key), err)
	}
	if _, err := webhook.Verify(secret(t, a), signed(key, "E1", now, body), body, now); err != nil {
		t.Error(err)
	}
}
