package httpx

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
)

// errTooLarge says that a body goes on beyond its limit.
var errTooLarge = errors.New("more bytes than are taken in")

// alive tells of every part of a body that comes.
type alive struct {
	r    io.Reader
	beat func()
}

func (a alive) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	if n > 0 {
		a.beat()
	}
	return n, err
}

// readBody reads a body whole. What it is packed with is told by its first bytes: headers claim gzip of plain bodies
// and the other way round.
func readBody(r io.Reader, limit int64) ([]byte, *BodyError) {
	in := bufio.NewReader(&capped{r: r, left: limit})
	src := io.Reader(in)
	if head, _ := in.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, &BodyError{TooLarge: errors.Is(err, errTooLarge), Err: plainCause(err)}
		}
		src = &capped{r: z, left: limit}
	}
	var out bytes.Buffer
	_, err := out.ReadFrom(src)
	if err != nil {
		return nil, &BodyError{Read: int64(out.Len()), TooLarge: errors.Is(err, errTooLarge), Err: plainCause(err)}
	}
	return out.Bytes(), nil
}

// capped reads at most left bytes and fails at the next.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if int64(n) > c.left {
		n = int(c.left)
		c.left = 0
		return n, errTooLarge
	}
	c.left -= int64(n)
	return n, err
}

// plainCause replaces the cancellation that ends a body which stands still by what it means.
func plainCause(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return errStill
	}
	return err
}
