// Package unpack turns a file as received into its plain bytes, within the caps.
//
// Input: a plain file, gzip (told by its first bytes, not its name) or a zip with members.
// Output: plain readers that stop with ErrTooLarge or ErrTruncated instead of filling the memory.
package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"

	"purser/backend/core/source"
)

// Caps of one file. A file of a seller's account is far below each.
const (
	MaxCompressed = 200 << 20
	MaxPlain      = 4 << 30
	MaxRatio      = 200
	// freePlain is what may unpack whatever the ratio: small files of equal lines compress very well.
	freePlain = 64 << 20
)

// bufferSize is how much is read at once, and how much Peek can give.
const bufferSize = 64 << 10

// What may be wrong with a file's shell.
var (
	ErrTooLarge  = errors.New("the file unpacks to more than a report can be")
	ErrTruncated = errors.New("the compressed file ends early")
	ErrCorrupt   = errors.New("the compressed file is damaged")
)

// Plain is an open file without its gzip shell.
type Plain struct {
	*bufio.Reader
	closers []io.Closer
}

// Close closes the file.
func (p *Plain) Close() error {
	var err error
	for i := len(p.closers) - 1; i >= 0; i-- {
		if e := p.closers[i].Close(); e != nil && err == nil {
			err = e
		}
	}
	return err
}

// Open opens f and takes a gzip shell off.
func Open(f source.File) (*Plain, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	packed := &counter{r: rc}
	size := bufferSize
	if f.Size > 0 && f.Size < bufferSize {
		size = int(f.Size) + 1 // so that the end is seen, too
	}
	p := &Plain{closers: []io.Closer{rc}, Reader: bufio.NewReaderSize(packed, size)}
	magic, _ := p.Peek(2) // a fault shows again at the first read
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		p.Reader = bufio.NewReaderSize(&capped{r: p.Reader, packed: nil}, size)
		return p, nil
	}
	packed.max = MaxCompressed
	z, err := gzip.NewReader(p.Reader)
	if err != nil {
		return nil, errors.Join(fault(err), p.Close())
	}
	p.closers = append(p.closers, z)
	p.Reader = bufio.NewReaderSize(&capped{r: z, packed: &packed.n}, bufferSize)
	return p, nil
}

// fault names what went wrong in a compressed stream.
func fault(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case err == nil || errors.Is(err, io.EOF) || errors.Is(err, ErrTooLarge):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: %w", ErrTruncated, err)
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}

// counter counts the bytes taken from a compressed file; max 0 is no cap.
type counter struct {
	r      io.Reader
	n, max int64
}

// Read implements io.Reader.
func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	if c.max > 0 && c.n > c.max {
		return n, ErrTooLarge
	}
	return n, err
}

// capped stops a reader that gives more than a report can be.
type capped struct {
	r      io.Reader
	packed *int64 // compressed bytes taken so far; nil for plain files
	n      int64
}

// Read implements io.Reader.
func (c *capped) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	if c.n > MaxPlain || (c.packed != nil && tooDense(c.n, *c.packed)) {
		return n, ErrTooLarge
	}
	return n, fault(err)
}

func tooDense(plain, packed int64) bool { return plain > freePlain && plain > MaxRatio*packed }

// IsZip says whether the first bytes are a zip's; an XLSX workbook is one too.
func IsZip(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }
