package unpack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/zip"

	"purser/backend/core/source"
)

// maxMembers bounds the files of one zip, maxDepth the zips within zips.
const (
	maxMembers = 2000
	maxDepth   = 3
)

// Expand gives the report files inside f: the members of a zip, also of zips inside it, or f itself.
// A workbook counts as one file.
func Expand(ctx context.Context, f source.File) ([]source.File, error) {
	var out []source.File
	err := expand(ctx, f, 0, &out)
	return out, err
}

func expand(ctx context.Context, f source.File, depth int, out *[]source.File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	z, closer, err := openZip(f)
	if err != nil {
		return err
	}
	if z == nil {
		*out = append(*out, f)
		return nil
	}
	defer func() { _ = closer.Close() }() // read only
	if isWorkbook(z) {
		*out = append(*out, f)
		return nil
	}
	if err := checkSizes(z); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	for i, m := range z.File {
		if skipped(m) {
			continue
		}
		if depth == maxDepth || len(*out) >= maxMembers {
			return fmt.Errorf("%s: %w", f.Name, ErrTooLarge)
		}
		if err := expand(ctx, member(f, m, i), depth+1, out); err != nil {
			return err
		}
	}
	return nil
}

// member describes one member; opening it opens the zip again.
func member(f source.File, m *zip.File, index int) source.File {
	name := path.Clean("/" + strings.ReplaceAll(m.Name, "\\", "/"))[1:]
	modified := m.Modified
	if modified.Year() < 1990 {
		modified = f.ModTime
	}
	return source.File{
		Name: f.Name + "/" + name, Size: int64(m.UncompressedSize64), ModTime: modified,
		Open: func() (io.ReadCloser, error) { return openMember(f, index) },
	}
}

func skipped(m *zip.File) bool {
	base := path.Base(m.Name)
	return m.FileInfo().IsDir() || strings.HasPrefix(base, ".") || base == "Thumbs.db" || base == "desktop.ini" ||
		strings.HasPrefix(m.Name, "__MACOSX/") || strings.Contains(m.Name, "/__MACOSX/")
}

func isWorkbook(z *zip.Reader) bool {
	for _, m := range z.File {
		if strings.HasPrefix(m.Name, "xl/") {
			return true
		}
	}
	return false
}

func checkSizes(z *zip.Reader) error {
	var plain, packed uint64
	if len(z.File) > 10*maxMembers {
		return ErrTooLarge
	}
	for _, m := range z.File {
		if m.UncompressedSize64 > MaxPlain || m.CompressedSize64 > MaxCompressed {
			return ErrTooLarge
		}
		plain += m.UncompressedSize64
		packed += m.CompressedSize64
	}
	if plain > MaxPlain || (plain > freePlain && plain > MaxRatio*packed) {
		return ErrTooLarge
	}
	return nil
}

// openZip gives nil if f is not a zip.
func openZip(f source.File) (*zip.Reader, io.Closer, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	ra, size, err := readerAt(rc, f.Size)
	if err != nil || ra == nil {
		return nil, nil, errors.Join(err, rc.Close())
	}
	z, err := zip.NewReader(ra, size)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w: %w", f.Name, ErrCorrupt, err), rc.Close())
	}
	return z, rc, nil
}

// readerAt gives random access to a zip: directly if the file allows it, else from memory. nil: not a zip.
func readerAt(rc io.Reader, size int64) (io.ReaderAt, int64, error) {
	head := make([]byte, 4)
	n, err := io.ReadFull(rc, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, fmt.Errorf("read: %w", err)
	}
	if !IsZip(head[:n]) {
		return nil, 0, nil
	}
	if size > MaxCompressed {
		return nil, 0, ErrTooLarge
	}
	if ra, ok := rc.(io.ReaderAt); ok && size > 0 {
		return ra, size, nil
	}
	rest, err := io.ReadAll(io.LimitReader(rc, MaxCompressed+1))
	if err != nil {
		return nil, 0, fmt.Errorf("read: %w", err)
	}
	if len(rest) > MaxCompressed {
		return nil, 0, ErrTooLarge
	}
	all := slices.Concat(head, rest)
	return bytes.NewReader(all), int64(len(all)), nil
}

func openMember(f source.File, index int) (io.ReadCloser, error) {
	z, closer, err := openZip(f)
	if err != nil {
		return nil, err
	}
	if z == nil || index >= len(z.File) {
		return nil, fmt.Errorf("%s: %w: it has changed", f.Name, ErrCorrupt)
	}
	m := z.File[index]
	r, err := m.Open()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w: %w", m.Name, ErrCorrupt, err), closer.Close())
	}
	packed := int64(m.CompressedSize64)
	return &memberReader{Reader: &capped{r: r, packed: &packed}, closers: []io.Closer{r, closer}}, nil
}

// memberReader is one open member with the zip it lies in.
type memberReader struct {
	io.Reader
	closers []io.Closer
}

// Close closes the member and its zip.
func (m *memberReader) Close() error {
	return errors.Join(m.closers[0].Close(), m.closers[1].Close())
}
