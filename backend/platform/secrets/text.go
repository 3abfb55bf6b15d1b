package secrets

import (
	"crypto/subtle"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// hidden is what is printed in place of a secret.
const hidden = "[hidden]"

// errStored is the answer to whoever would store a secret anywhere but in the vault.
var errStored = errors.New("a secret is kept in the vault only")

// Text is a secret that does not print itself: whatever writes it out writes [hidden]. The pointer is for what cannot be
// stopped from printing unexported fields: it prints an address. The zero Text is empty.
type Text struct{ p *string }

// NewText hides s.
func NewText(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{&s}
}

// Reveal gives the secret, for the one who sends it.
func (t Text) Reveal() string {
	if t.p == nil {
		return ""
	}
	return *t.p
}

// Empty says that there is no secret.
func (t Text) Empty() bool { return t.p == nil }

// Equal compares two secrets in a time that tells nothing of where they differ.
func (t Text) Equal(o Text) bool {
	return subtle.ConstantTimeCompare([]byte(t.Reveal()), []byte(o.Reveal())) == 1
}

// String implements fmt.Stringer.
func (Text) String() string { return hidden }

// GoString implements fmt.GoStringer.
func (Text) GoString() string { return hidden }

// Format implements fmt.Formatter, for every verb.
func (Text) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, hidden) // a printer has nowhere to report to
}

// MarshalJSON implements json.Marshaler.
func (Text) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText implements encoding.TextMarshaler, which XML, YAML and keys of JSON use.
func (Text) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// GobEncode implements gob.GobEncoder.
func (Text) GobEncode() ([]byte, error) { return []byte(hidden), nil }

// LogValue implements slog.LogValuer.
func (Text) LogValue() slog.Value { return slog.StringValue(hidden) }

// Value implements driver.Valuer: a secret does not go into a database.
func (Text) Value() (driver.Value, error) { return nil, errStored }
