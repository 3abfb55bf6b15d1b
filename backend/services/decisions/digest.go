package decisions

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"purser/backend/core"
)

// Head is the end of the audit, or any row of it, as it can be written down: its number and its hash. As every hash
// holds the one before it, it stands for all rows up to there.
type Head struct {
	Seq  int64
	Hash string // 64 hexadecimal digits
}

// String gives the head as ParseHead reads it: "1240:9f86d0…".
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Seq, h.Hash) }

// ParseHead reads a head that somebody wrote down.
func ParseHead(text string) (Head, error) {
	number, hash, _ := strings.Cut(strings.TrimSpace(text), ":")
	h := Head{Hash: strings.ToLower(strings.TrimSpace(hash))}
	var err error
	h.Seq, err = strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if raw, e := hex.DecodeString(h.Hash); err != nil || e != nil || h.Seq < 1 || len(raw) != sha256.Size {
		return Head{}, core.Invalid("decisions", fmt.Sprintf("%q is no end of an audit.", text), "Write it as purser audit head prints it: the number of the row, a colon and 64 hexadecimal digits.")
	}
	return h, nil
}

// hasher makes digests, over and over in the same memory.
type hasher struct {
	text []byte
	hex  [2 * sha256.Size]byte
}

// digest is the SHA-256 of the entry as a JSON array of everything but its own hash, byte for byte as package
// encoding/json writes it. It is written by hand because a chain of a million rows is checked in seconds like that,
// and because no later version of that package may change what old rows must come to. The result is valid until the
// next call.
func (w *hasher) digest(e *entry) []byte {
	b := w.text[:0]
	b = append(b, '[')
	b = strconv.AppendInt(b, e.Seq, 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, e.At, 10)
	for _, s := range [...]string{e.Decision, e.From, e.To, e.Who, e.Reason, e.Payload, e.Prev} {
		b = appendText(append(b, ','), s)
	}
	b = append(b, ']')
	w.text = b
	h := sha256.Sum256(w.text)
	hex.Encode(w.hex[:], h[:])
	return w.hex[:]
}

const hexDigits = "0123456789abcdef"

// plain says which ASCII bytes stand for themselves.
//
//nolint:gochecknoglobals // a table
var plain = func() (t [utf8.RuneSelf]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&'
	}
	return t
}()

// appendText writes a JSON string. Bytes that are no UTF-8 become U+FFFD each.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if !plain[c] {
				b = appendEscape(append(b, s[from:i]...), c)
				from = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + size
		case r == '\u2028' || r == '\u2029':
			b = append(append(b, s[from:i]...), `\u202`...)
			b = append(b, hexDigits[r&0xf])
			from = i + size
		}
		i += size
	}
	return append(append(b, s[from:]...), '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
}
