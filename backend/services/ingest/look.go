package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"purser/backend/core/source"
)

// earlySize is the size from which a document is packed while it is inspected. For smaller
// ones a second glance costs more than it saves.
const earlySize = 1 << 20

// errKnown ends the look at a document that is stored already.
var errKnown = errors.New("known")

// inspect reads the file twice at once: for what it is, and for its hash.
func (s *Service) inspect(ctx context.Context, pt *part) error {
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		pt.sha, err = hash(gctx, pt.file)
		return err
	})
	g.Go(func() (err error) {
		pt.in, err = s.d.Source.Inspect(gctx, pt.file, pt.options)
		return err
	})
	return g.Wait()
}

// look is inspect for a document that is to be stored. The hash is there first: if it is that
// of a stored document, what was found then still holds, and the rest is left. A large one
// is packed meanwhile; it is kept once it is known to be worth it, before any row is stored.
func (s *Service) look(ctx context.Context, pt *part, again bool) error {
	g, gctx := errgroup.WithContext(ctx)
	pctx, leave := context.WithCancel(gctx)
	defer leave()
	var in, early, before source.Inspection
	var packed *draft
	g.Go(func() (err error) {
		if pt.sha, err = hash(gctx, pt.file); err != nil {
			return err
		}
		if s.vault.has(pt.sha) {
			leave() // it is packed already
		}
		if again {
			return nil
		}
		if pt.known, before, err = s.known(gctx, pt); err == nil && pt.known {
			err = errKnown
		}
		return err
	})
	g.Go(func() (err error) {
		in, err = s.d.Source.Inspect(gctx, pt.file, pt.options)
		return err
	})
	g.Go(func() (err error) {
		if early, packed, err = s.packEarly(pctx, pt); pctx.Err() != nil {
			return gctx.Err()
		}
		return err
	})
	err := g.Wait()
	switch {
	case pt.known:
		pt.in = before
		return packed.drop()
	case err != nil:
		return errors.Join(err, packed.drop())
	}
	pt.in = in
	if refused(in) || early.Kind != in.Kind || early.Encoding != in.Encoding {
		return packed.drop()
	}
	pt.draft = packed
	return nil
}

// packEarly packs a large document on what a glance says of it; nil where that is not enough.
func (s *Service) packEarly(ctx context.Context, pt *part) (source.Inspection, *draft, error) {
	g, ok := s.d.Source.(source.Glancer)
	if !ok || pt.file.Size < earlySize {
		return source.Inspection{}, nil, nil
	}
	in, err := g.Glance(ctx, pt.file, pt.options)
	if err != nil || in.Kind == "" {
		return in, nil, err
	}
	d, err := s.vault.draft(func(w io.Writer) error { return s.d.Source.Redact(ctx, pt.file, in, w) })
	return in, d, err
}

func hash(ctx context.Context, f source.File) (sum string, err error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	h := sha256.New()
	buf := make([]byte, min(max(f.Size, 512), 256<<10))
	for ctx.Err() == nil {
		n, err := r.Read(buf)
		_, _ = h.Write(buf[:n]) // never fails
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", fmt.Errorf("read %s: %w", f.Name, err)
		}
	}
	return "", ctx.Err()
}
