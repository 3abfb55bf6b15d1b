// Package charset turns the bytes of a report into UTF-8.
//
// Input: raw bytes in whatever encoding Amazon or a spreadsheet wrote.
// Output: the name of the encoding, and a reader that gives UTF-8 and never fails on a wrong byte.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding names how a file writes its characters.
type Encoding string

// The encodings that occur.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
	ShiftJIS    Encoding = "shift_jis"
	GBK         Encoding = "gbk"
)

// Named finds an encoding by the name a person chose; "utf-16" is taken as little-endian.
func Named(name string) (Encoding, error) {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "utf-8", "utf8":
		return UTF8, nil
	case "utf-16", "utf-16le", "utf16":
		return UTF16LE, nil
	case "utf-16be":
		return UTF16BE, nil
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return Windows1252, nil
	case "shift_jis", "shift-jis", "cp932", "sjis":
		return ShiftJIS, nil
	case "gbk", "gb2312", "gb18030":
		return GBK, nil
	}
	return "", fmt.Errorf("encoding %q is not known", name)
}

func codec(e Encoding) encoding.Encoding {
	switch e {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case Windows1252:
		return charmap.Windows1252
	case ShiftJIS:
		return japanese.ShiftJIS
	case GBK:
		return simplifiedchinese.GB18030
	default:
		return encoding.Nop
	}
}

// BOM is the byte order mark that data of encoding e begins with, if it does.
func BOM(data []byte, e Encoding) []byte {
	for _, m := range marks() {
		if m.encoding == e && bytes.HasPrefix(data, m.bytes) {
			return m.bytes
		}
	}
	return nil
}

type mark struct {
	encoding Encoding
	bytes    []byte
}

func marks() []mark {
	return []mark{
		{UTF8, []byte{0xEF, 0xBB, 0xBF}},
		{UTF16LE, []byte{0xFF, 0xFE}},
		{UTF16BE, []byte{0xFE, 0xFF}},
	}
}

// NewReader decodes r, without a byte order mark, to UTF-8. UTF-8 itself is passed on as
// it is: strings made from it must be checked by whoever keeps them.
func NewReader(r io.Reader, e Encoding) io.Reader {
	r = &skipBOM{r: r, encoding: e}
	switch e {
	case UTF8, "":
		return r
	case Windows1252:
		return newLatin(r)
	default:
		return transform.NewReader(r, codec(e).NewDecoder())
	}
}

// NewWriter encodes UTF-8 written to it in e; Close flushes it. No byte order mark is added.
func NewWriter(w io.Writer, e Encoding) io.WriteCloser {
	if e == UTF8 || e == "" {
		return transform.NewWriter(w, transform.Nop)
	}
	return transform.NewWriter(w, encoding.ReplaceUnsupported(codec(e).NewEncoder()))
}

// Decode gives data, without a byte order mark, as UTF-8.
func Decode(data []byte, e Encoding) []byte {
	data = data[len(BOM(data, e)):]
	if e == UTF8 || e == "" {
		return data
	}
	out, err := codec(e).NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return out
}

// skipBOM drops the byte order mark at the start.
type skipBOM struct {
	r        io.Reader
	encoding Encoding
	head     []byte
	started  bool
}

// Read implements io.Reader.
func (s *skipBOM) Read(p []byte) (int, error) {
	if !s.started {
		s.started = true
		head := make([]byte, 3)
		n, err := io.ReadFull(s.r, head)
		head = head[:n]
		s.head = head[len(BOM(head, s.encoding)):]
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
	}
	if len(s.head) > 0 {
		n := copy(p, s.head)
		s.head = s.head[n:]
		return n, nil
	}
	return s.r.Read(p)
}

// latin decodes Windows-1252: runs of ASCII are copied, the rest goes through a table.
type latin struct {
	r     io.Reader
	in    []byte
	out   []byte
	rest  []byte
	table [128]string
}

func newLatin(r io.Reader) *latin {
	l := &latin{r: r, in: make([]byte, 32<<10), out: make([]byte, 0, 96<<10)}
	dec := charmap.Windows1252
	for i := range l.table {
		l.table[i] = string(dec.DecodeByte(byte(128 + i)))
	}
	return l
}

// Read implements io.Reader.
func (l *latin) Read(p []byte) (int, error) {
	for len(l.rest) == 0 {
		n, err := l.r.Read(l.in)
		if n == 0 && err != nil {
			return 0, err
		}
		l.decode(l.in[:n])
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (l *latin) decode(in []byte) {
	l.out = l.out[:0]
	for len(in) > 0 {
		i := 0
		for i < len(in) && in[i] < utf8.RuneSelf {
			i++
		}
		l.out = append(l.out, in[:i]...)
		if i < len(in) {
			l.out = append(l.out, l.table[in[i]-128]...)
			i++
		}
		in = in[i:]
	}
	l.rest = l.out
}
