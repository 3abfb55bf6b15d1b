package webhook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Secret keys the signature. It cannot be printed, logged or written as JSON: all of them give "redacted".
type Secret struct{ key func() []byte }

const (
	secretPrefix = "whsec_"
	weakest      = 24 // bytes
	redacted     = "redacted"
)

// MakeSecret makes a secret as receivers' libraries take it: "whsec_" and the base64 of 32 random bytes.
func MakeSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails: the program ends instead
	return secretPrefix + base64.StdEncoding.EncodeToString(key)
}

// NewSecret reads a secret: "whsec_" and base64, as receivers' libraries write it, or any other text as it is.
func NewSecret(text string) (Secret, error) {
	text = strings.TrimSpace(text)
	key := []byte(text)
	if coded, ok := strings.CutPrefix(text, secretPrefix); ok {
		var err error
		if key, err = base64.StdEncoding.DecodeString(coded); err != nil {
			return Secret{}, errors.New("the secret begins with whsec_ and is not base64 behind it")
		}
	}
	return Secret{func() []byte { return key }}, nil
}

func (s Secret) strong() bool { return s.key != nil && len(s.key()) >= weakest }

// Format implements fmt.Formatter.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue implements slog.LogValuer.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText implements encoding.TextMarshaler.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// sign gives the signature of a message.
func (s Secret) sign(id, at, body string) string {
	return "v1," + base64.StdEncoding.EncodeToString(s.sum(id, at, body))
}

func (s Secret) sum(id, at, body string) []byte {
	h := hmac.New(sha256.New, s.key())
	h.Write([]byte(id + "." + at + "." + body))
	return h.Sum(nil)
}

// Skew is how far the time of a message may be from the receiver's.
const Skew = 5 * time.Minute

// What Verify finds.
var (
	ErrSignature = errors.New("the signature is not that of the message")
	ErrTime      = errors.New("the message was sent at another time than now")
)

// Verify is what a receiver does with a message before he believes it: the headers as they came, the body byte for
// byte, and his own time. It gives the event id; one that he has had already he drops. Signatures are compared in
// constant time; there may be several, with spaces between, while a secret is being changed.
func Verify(secret Secret, h http.Header, body string, now time.Time) (id string, err error) {
	id, at := h.Get(HeaderID), h.Get(HeaderTime)
	if !secret.strong() || !eventID.MatchString(id) {
		return "", ErrSignature
	}
	want, good := secret.sum(id, at, body), false
	for _, s := range strings.Fields(h.Get(HeaderSignature)) {
		coded, ok := strings.CutPrefix(s, "v1,")
		if !ok {
			continue
		}
		if got, err := base64.StdEncoding.DecodeString(coded); err == nil && hmac.Equal(got, want) {
			good = true
		}
	}
	if !good {
		return "", ErrSignature
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > Skew {
		return "", ErrTime
	}
	return id, nil
}
