package sellercentral

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"purser/backend/sources/sellercentral/internal/unpack"
)

// personalKey says whether a key of an API's answer holds data of a buyer, at any depth.
func personalKey(key string) bool {
	low := strings.ToLower(key)
	for _, part := range []string{
		"buyer", "recipient", "address", "email", "e-mail", "phone", "customername", "contactname", "receivername", "fullname", "firstname", "lastname",
		"giftmessage", "giftnote", "instruction", "deliverypreference", "dropofflocation", "taxregistration", "legalname", "paymentexecution",
	} {
		if strings.Contains(low, part) {
			return true
		}
	}
	return slices.Contains([]string{"postalcode", "zipcode", "city", "municipality", "county", "districtorcounty", "stateorregion"}, low)
}

// blanker copies JSON with the values of personal keys emptied; all else stays as it is, byte for byte.
type blanker struct {
	in  *bufio.Reader
	out *bufio.Writer
	mut int // how deep in a value that is left out
}

// deepest is how deep encoding/json nests; what it read before, this reads too.
const deepest = 10_000

// blankBuyers copies one JSON value. What stands behind it is left out: nobody reads it.
func blankBuyers(w io.Writer, r io.Reader) error {
	b := &blanker{in: bufio.NewReaderSize(r, 64<<10), out: bufio.NewWriterSize(w, 64<<10)}
	if head, err := b.in.Peek(3); err == nil && string(head) == "\xef\xbb\xbf" {
		if _, err := io.CopyN(b.out, b.in, 3); err != nil {
			return err
		}
	}
	err := b.value(0)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return errors.Join(err, b.out.Flush())
}

// blanked is one entry for a person to look at; nothing where it is no JSON.
func blanked(raw []byte) []byte {
	var out bytes.Buffer
	if len(raw) == 0 || blankBuyers(&out, bytes.NewReader(raw)) != nil {
		return nil
	}
	return out.Bytes()
}

func (b *blanker) put(c byte) error {
	if b.mut > 0 {
		return nil
	}
	return b.out.WriteByte(c)
}

// next gives the next byte that is no space; spaces are copied.
func (b *blanker) next() (byte, error) {
	for {
		c, err := b.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c, nil
		}
		if err := b.put(c); err != nil {
			return 0, err
		}
	}
}

func (b *blanker) value(depth int) error {
	c, err := b.next()
	if err != nil {
		return err
	}
	return b.from(c, depth)
}

// from copies a value whose first byte was read.
func (b *blanker) from(c byte, depth int) error {
	if depth > deepest {
		return unpack.ErrCorrupt
	}
	switch c {
	case '{':
		return b.object(depth)
	case '[':
		return b.array(depth)
	case '"':
		_, err := b.str(false)
		return err
	}
	return b.literal(c)
}

// literal copies a number or a word.
func (b *blanker) literal(c byte) error {
	for n := 0; ; n++ {
		if strings.IndexByte("+-.0123456789aeflnrstuE", c) < 0 {
			if n == 0 {
				return unpack.ErrCorrupt
			}
			return b.in.UnreadByte()
		}
		if err := b.put(c); err != nil {
			return err
		}
		var err error
		if c, err = b.in.ReadByte(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// str copies a string whose quote was read, and gives it as written if it is asked for.
func (b *blanker) str(want bool) ([]byte, error) {
	text := []byte{'"'}
	if err := b.put('"'); err != nil {
		return nil, err
	}
	for escaped := false; ; {
		c, err := b.in.ReadByte()
		if err != nil {
			return nil, err
		}
		if want {
			text = append(text, c)
		}
		if err := b.put(c); err != nil {
			return nil, err
		}
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			return text, nil
		}
	}
}

func (b *blanker) array(depth int) error {
	if err := b.put('['); err != nil {
		return err
	}
	for first := true; ; first = false {
		c, err := b.next()
		if err != nil {
			return err
		}
		switch {
		case c == ']':
			return b.put(c)
		case c == ',' && !first:
			if err := b.put(c); err != nil {
				return err
			}
			if c, err = b.next(); err != nil {
				return err
			}
		case !first:
			return unpack.ErrCorrupt
		}
		if err := b.from(c, depth+1); err != nil {
			return err
		}
	}
}

func (b *blanker) object(depth int) error {
	if err := b.put('{'); err != nil {
		return err
	}
	for first := true; ; first = false {
		c, err := b.next()
		if err != nil {
			return err
		}
		switch {
		case c == '}':
			return b.put(c)
		case c == ',' && !first:
			if err := b.put(c); err != nil {
				return err
			}
			if c, err = b.next(); err != nil {
				return err
			}
		case !first:
			return unpack.ErrCorrupt
		}
		if c != '"' {
			return unpack.ErrCorrupt
		}
		if err := b.member(depth); err != nil {
			return err
		}
	}
}

// member copies a key, whose quote was read, and its value.
func (b *blanker) member(depth int) error {
	raw, err := b.str(true)
	if err != nil {
		return err
	}
	var key string
	if json.Unmarshal(raw, &key) != nil {
		return unpack.ErrCorrupt
	}
	c, err := b.next()
	if err != nil {
		return err
	}
	if c != ':' {
		return unpack.ErrCorrupt
	}
	if err := b.put(c); err != nil {
		return err
	}
	if b.mut > 0 || !personalKey(key) {
		return b.value(depth + 1)
	}
	return b.empty(depth + 1)
}

// empty reads over a value and writes an empty one of its kind.
func (b *blanker) empty(depth int) error {
	c, err := b.next()
	if err != nil {
		return err
	}
	b.mut++
	err = b.from(c, depth)
	b.mut--
	if err != nil {
		return err
	}
	text := map[byte]string{'{': "{}", '[': "[]", '"': `""`}[c]
	if text == "" {
		text = "null"
	}
	_, err = b.out.WriteString(text)
	return err
}
