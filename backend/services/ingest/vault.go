package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/zstd"

	"purser/backend/core/source"
)

// vault keeps documents: one zstd file each, named by the hash of the bytes as received.
type vault struct {
	dir      string
	encoders *sync.Pool // *zstd.Encoder: their tables are large and the documents many
}

func (v vault) path(sha string) string { return filepath.Join(v.dir, sha[:2], sha+".zst") }

// has says whether a document is kept.
func (v vault) has(sha string) bool {
	_, err := os.Stat(v.path(sha))
	return err == nil
}

// put writes a document through write; it is there as a whole or not at all.
func (v vault) put(sha string, write func(io.Writer) error) error {
	if v.has(sha) {
		return nil
	}
	d, err := v.draft(write)
	if err != nil {
		return err
	}
	return d.keep(sha)
}

// draft is a document that is written and on disk, but not yet kept: its hash is not known.
type draft struct {
	v    vault
	path string
}

// drafts is where documents are until they are kept.
func (v vault) drafts() string { return filepath.Join(v.dir, "drafts") }

// draft writes a document through write; on an error nothing is left of it.
func (v vault) draft(write func(io.Writer) error) (d *draft, err error) {
	if err := os.MkdirAll(v.drafts(), 0o700); err != nil {
		return nil, fmt.Errorf("keep the document: %w", err)
	}
	f, err := os.CreateTemp(v.drafts(), "part-*")
	if err != nil {
		return nil, fmt.Errorf("keep the document: %w", err)
	}
	d = &draft{v, f.Name()}
	if err := errors.Join(v.pack(f, write), f.Close()); err != nil {
		return nil, errors.Join(fmt.Errorf("keep the document: %w", err), d.drop())
	}
	return d, nil
}

// pack writes the packed document and waits until it is on disk.
func (v vault) pack(f *os.File, write func(io.Writer) error) error {
	z, _ := v.encoders.Get().(*zstd.Encoder)
	if z == nil {
		var err error
		z, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
		if err != nil {
			return err
		}
	}
	z.Reset(f)
	if err := errors.Join(write(z), z.Close()); err != nil {
		return err
	}
	z.Reset(nil)
	v.encoders.Put(z)
	return f.Sync()
}

// keep gives the draft its name; from then on the document is there.
func (d *draft) keep(sha string) error {
	dst := d.v.path(sha)
	if err := os.MkdirAll(filepath.Dir(dst), 0o700); err != nil {
		return errors.Join(fmt.Errorf("keep the document: %w", err), d.drop())
	}
	if err := os.Rename(d.path, dst); err != nil {
		return errors.Join(fmt.Errorf("keep the document: %w", err), d.drop())
	}
	return nil
}

// drop removes the draft, if there is one.
func (d *draft) drop() error {
	if d == nil {
		return nil
	}
	if err := os.Remove(d.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove what was not kept: %w", err)
	}
	return nil
}

// sweep removes the drafts that a killed run left behind. No other run may be writing.
func (v vault) sweep() error {
	if err := os.RemoveAll(v.drafts()); err != nil {
		return fmt.Errorf("remove what was not kept: %w", err)
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
