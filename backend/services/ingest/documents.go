package ingest

import (
	"context"

	"golang.org/x/sync/errgroup"

	"purser/backend/core/source"
)

// Document is a file that is not on disk, with what is known of it.
type Document struct {
	File    source.File
	Options source.Options
	API     bool // an API of Amazon's gave it: it is kept only for a time
	// Doubted: where it has no rows it is not believed. Nothing of it is kept then, so that the days it tells stay unknown,
	// and it is new should it be given again and be believed.
	Doubted bool
}

// Who gave a document.
const (
	originFile = "file"
	originAPI  = "api"
)

func (d Document) part() *part {
	pt := &part{path: d.File.Name, file: d.File, options: d.Options, origin: originFile}
	if d.API {
		pt.origin = originAPI
	}
	return pt
}

// stageDocuments is the stage whose progress counts files, not rows.
const stageDocuments = "import"

// prepared is a document that was looked at.
type prepared struct {
	pt  *part
	end *FileResult // what became of it, where nothing of it is stored; nil: it is to be
	err error       // why it could not be looked at or kept, whatever is in it
}

// ImportDocuments is Import for files that are not on disk, such as the demo seller's.
// While one is stored, the next are read and kept. Refused is only what is wrong in itself: a document that could not be
// kept or stored ends it with an error, and so does a context that ended; what comes with an error is what was stored
// before. The same documents may be given again then.
func (s *Service) ImportDocuments(ctx context.Context, docs []Document, p Progress) ([]FileResult, error) {
	s.one.Lock()
	defer s.one.Unlock()
	ready := make(chan prepared, 4)
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(ready)
		for _, d := range docs {
			select {
			case ready <- s.prepare(gctx, d):
			case <-gctx.Done():
				return gctx.Err()
			}
		}
		return nil
	})
	var out []FileResult
	g.Go(func() error {
		for d := range ready {
			p(stageDocuments, len(out), len(docs))
			r, err := s.take(gctx, d)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	err := g.Wait()
	if err != nil && ctx.Err() != nil {
		err = cancelled(ctx)
	}
	p(stageDocuments, len(out), len(docs))
	s.d.Changed()
	return out, err
}

// prepare looks at a document and keeps it. A document whose bytes can be read and that can't be inspected is wrong itself.
func (s *Service) prepare(ctx context.Context, d Document) prepared {
	pt := d.part()
	if err := s.inspect(ctx, pt); err != nil {
		if _, unread := hash(ctx, pt.file); unread != nil {
			return prepared{pt: pt, err: unread}
		}
		r := refuse(pt.file, pt.path, err)
		return prepared{pt: pt, end: &r}
	}
	if d.Doubted && pt.in.Rows == 0 {
		r := s.result(pt.file, pt.path, pt.sha, pt.in)
		return prepared{pt: pt, end: &r}
	}
	return prepared{pt: pt, err: s.keepNew(ctx, pt)}
}

// take stores a document that was looked at.
func (s *Service) take(ctx context.Context, d prepared) (FileResult, error) {
	switch {
	case ctx.Err() != nil: // what was found meanwhile may say nothing of the document
		return FileResult{}, ctx.Err()
	case d.err != nil:
		return FileResult{}, d.err
	case d.end != nil:
		return *d.end, nil
	}
	r, err := s.store(ctx, d.pt, false, func(string, int, int) {})
	if err != nil {
		s.d.Undone()
	}
	return r, err
}
