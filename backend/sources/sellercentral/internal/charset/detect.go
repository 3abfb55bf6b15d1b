package charset

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// sampleSize is how many bytes of text that is not ASCII are kept to tell encodings apart.
const sampleSize = 64 << 10

// Sniff judges the first bytes of a file. It knows an encoding only from a byte order mark
// or from the zero bytes of UTF-16; binary says that the bytes are no text at all.
func Sniff(head []byte) (e Encoding, binary bool) {
	for _, m := range marks() {
		if bytes.HasPrefix(head, m.bytes) {
			return m.encoding, false
		}
	}
	if len(head) > 8<<10 {
		head = head[:8<<10]
	}
	var zeros [2]int
	control := 0
	for i, c := range head {
		switch {
		case c == 0:
			zeros[i&1]++
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f':
			control++
		}
	}
	half := len(head) / 2
	switch {
	case half > 3 && zeros[1] > half/3 && zeros[0] <= zeros[1]/8:
		return UTF16LE, false
	case half > 3 && zeros[0] > half/3 && zeros[1] <= zeros[0]/8:
		return UTF16BE, false
	}
	return "", zeros[0]+zeros[1]+control > len(head)/50
}

// Detector decides the encoding of a file that has no byte order mark; the whole file is written to it.
type Detector struct {
	invalid bool
	tail    []byte
	sample  []byte
}

// Write implements io.Writer; it never fails.
func (d *Detector) Write(p []byte) (int, error) {
	n := len(p)
	if ascii(p) && len(d.tail) == 0 {
		return n, nil
	}
	d.collect(p)
	if d.invalid {
		return n, nil
	}
	if len(d.tail) > 0 {
		k := 0
		for k < len(p) && k < utf8.UTFMax && !utf8.FullRune(d.tail) {
			d.tail = append(d.tail, p[k])
			k++
		}
		p = p[k:]
		if !utf8.FullRune(d.tail) {
			return n, nil
		}
		d.invalid = !utf8.Valid(d.tail)
		d.tail = d.tail[:0]
	}
	cut := len(p)
	for back := 1; back < utf8.UTFMax && back <= len(p); back++ {
		if utf8.RuneStart(p[len(p)-back]) {
			if !utf8.FullRune(p[len(p)-back:]) {
				cut = len(p) - back
			}
			break
		}
	}
	d.tail = append(d.tail, p[cut:]...)
	d.invalid = d.invalid || !utf8.Valid(p[:cut])
	return n, nil
}

func ascii(p []byte) bool {
	for len(p) >= 8 {
		if (p[0]|p[1]|p[2]|p[3]|p[4]|p[5]|p[6]|p[7])&0x80 != 0 {
			return false
		}
		p = p[8:]
	}
	for _, c := range p {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// collect keeps the cells that are not ASCII, separated by line ends.
func (d *Detector) collect(p []byte) {
	for len(p) > 0 && len(d.sample) < sampleSize {
		i := bytes.IndexAny(p, "\t\n,;\"")
		cell := p
		if i >= 0 {
			cell, p = p[:i], p[i+1:]
		} else {
			p = nil
		}
		if !ascii(cell) {
			d.sample = append(append(d.sample, cell...), '\n')
		}
	}
}

// Result is the encoding of what was written. japanese says that the file is of the Japanese
// store. A rune cut off at the very end does not make a file other than UTF-8.
func (d *Detector) Result(japanese bool) Encoding {
	switch {
	case !d.invalid:
		return UTF8
	case looksJapanese(d.sample, japanese):
		return ShiftJIS
	case looksChinese(d.sample):
		return GBK
	}
	return Windows1252
}

// looksJapanese wants nearly all cells to decode, and kana among them unless the store says so.
func looksJapanese(sample []byte, store bool) bool {
	out, err := japanese.ShiftJIS.NewDecoder().Bytes(sample)
	if err != nil {
		return false
	}
	kana, half, bad, all := 0, 0, 0, 0
	for _, r := range string(out) {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		switch {
		case r == utf8.RuneError:
			bad++
		case r >= 0xFF61 && r <= 0xFF9F:
			half++
		case r >= 0x3040 && r <= 0x30FF:
			kana++
		}
	}
	if all == 0 || bad*50 > all {
		return false
	}
	return store || (kana*5 > all && half*2 < all)
}

// looksChinese wants nearly all cells to decode to common Chinese characters and punctuation.
func looksChinese(sample []byte) bool {
	out, err := simplifiedchinese.GBK.NewDecoder().Bytes(sample)
	if err != nil {
		return false
	}
	bad, all := 0, 0
	for _, r := range string(out) {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		if r == utf8.RuneError {
			bad++
		}
	}
	common := 0
	for i := 0; i+1 < len(sample); i++ {
		if c := sample[i]; c >= 0x81 {
			second := sample[i+1]
			if (c >= 0xA1 && c <= 0xA3 || c >= 0xB0 && c <= 0xD7) && second >= 0xA1 {
				common++
			}
			i++
		}
	}
	return all > 0 && bad*50 <= all && common*10 >= all*9 && hasHan(out)
}

func hasHan(b []byte) bool {
	return bytes.ContainsFunc(b, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
