package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"purser/backend/core/source"
)

// vault keeps documents: one zstd file each, named by the hash of the bytes as received.
type vault struct{ dir string }

func (v vault) path(sha string) string { return filepath.Join(v.dir, sha[:2], sha+".zst") }

// put writes a document through write; it is there as a whole or not at all.
func (v vault) put(sha string, write func(io.Writer) error) (err error) {
	dst := v.path(sha)
	if _, err := os.Stat(dst); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(dst), 0o700); err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(dst), "part-*")
	if err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	z, err := zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	if err := write(z); err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	if err := os.Rename(f.Name(), dst); err != nil {
		return fmt.Errorf("keep the document: %w", err)
	}
	return nil
}

// file is a kept document as a source.File.
func (v vault) file(name, sha string, size int64) source.File {
	return source.File{Name: name, Size: size, Open: func() (io.ReadCloser, error) {
		f, err := os.Open(v.path(sha))
		if err != nil {
			return nil, fmt.Errorf("open the kept document: %w", err)
		}
		z, err := zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("open the kept document: %w", err), f.Close())
		}
		return &zstdFile{z, f}, nil
	}}
}

type zstdFile struct {
	*zstd.Decoder
	f *os.File
}

// Close implements io.Closer.
func (z *zstdFile) Close() error {
	z.Decoder.Close()
	return z.f.Close()
}
