package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// part is one readable document of a path.
type part struct {
	path    string
	file    source.File
	options source.Options
	origin  string
	sha     string
	in      source.Inspection
	known   bool   // it is stored already: in is what was found then
	draft   *draft // what Redact made of it while it was inspected; nil: not yet
}

// Files turns a path into a source.File. Only regular files will do: a pipe or a device would
// keep the import waiting for ever.
func Files(path string) (source.File, error) {
	st, err := os.Stat(path)
	switch {
	case err != nil:
		return source.File{}, cantOpen("file", path, err)
	case st.IsDir():
		if _, err := os.ReadDir(path); err != nil {
			return source.File{}, cantOpen("folder", path, err)
		}
		return source.File{}, core.Invalid("ingest", path+" is a folder.", "Name the files in it, or give the folder to the import command.")
	case !st.Mode().IsRegular():
		return source.File{}, core.Invalid("ingest", path+" is not a file but a pipe or a device.", "Save its content as a file and choose that.")
	}
	return source.File{Name: st.Name(), Size: st.Size(), ModTime: st.ModTime().UTC(), Open: func() (io.ReadCloser, error) {
		f, err := os.Open(path) //nolint:gosec // the person chose this file
		if err != nil {
			return nil, cantOpen("file", path, err)
		}
		return f, nil
	}}, nil
}

// cantOpen says which file or folder can't be opened, and why.
func cantOpen(what, path string, err error) error {
	return core.Invalid("ingest", "The "+what+" "+path+" can't be opened: "+reason(err)+".", "Check that it is still there and may be read.")
}

func reason(err error) string {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// Import stores the files named by choices, one after the other; one that is refused or could not be stored
// never stops the others. again stores a file even if it is already there, row by row.
func (s *Service) Import(ctx context.Context, choices []Choice, again bool, p Progress) ([]FileResult, error) {
	s.one.Lock()
	defer s.one.Unlock()
	var out []FileResult
	err := s.each(ctx, choices, p, func(pt *part) error { return s.look(ctx, pt, again) }, func(pt *part) error {
		r, err := s.store(ctx, pt, again, p)
		if err != nil {
			r, err = s.failed(ctx, r, err)
		}
		out = append(out, r)
		return errors.Join(err, pt.draft.drop())
	}, func(r FileResult) { out = append(out, r) })
	s.d.Changed()
	return out, err
}

// each opens, expands and looks at every choice and hands the readable parts on.
func (s *Service) each(ctx context.Context, choices []Choice, p Progress, look, use func(*part) error, refused func(FileResult)) error {
	var late []*part
	beside := map[string]bool{} // marketplaces the other files name
	for _, c := range choices {
		f, err := Files(c.Path)
		var parts []source.File
		if err == nil {
			parts, err = s.d.Source.Expand(ctx, f)
		}
		if err != nil {
			if ctx.Err() != nil {
				return cancelled(ctx)
			}
			refused(refuse(source.File{Name: base(c.Path)}, c.Path, err))
			continue
		}
		for _, f := range parts {
			pt := &part{path: c.Path, file: f, options: c.Options, origin: originFile}
			p("read "+f.Name, 0, 0)
			if err := look(pt); err != nil {
				if ctx.Err() != nil {
					return cancelled(ctx)
				}
				refused(refuse(f, c.Path, err))
				continue
			}
			if asks(pt) {
				late = append(late, pt)
				continue
			}
			for _, code := range pt.in.Marketplaces {
				beside[code] = true
			}
			if err := use(pt); err != nil {
				return err
			}
		}
	}
	for _, pt := range late {
		if err := s.settleMarketplace(ctx, pt, beside); err != nil {
			if ctx.Err() != nil {
				return cancelled(ctx)
			}
			refused(refuse(pt.file, pt.path, err))
			continue
		}
		if err := use(pt); err != nil {
			return err
		}
	}
	return nil
}

// asks says whether a file's marketplace is open: such files wait until the
// others of the same import have told which SKUs are sold where.
func asks(pt *part) bool {
	return slices.Contains(pt.in.Needs, "marketplace")
}

func base(path string) string {
	if i := strings.LastIndexAny(path, `/\`); i >= 0 {
		return path[i+1:]
	}
	return path
}

func cancelled(ctx context.Context) error {
	return &core.Error{Code: core.CodeCancelled, Module: "ingest", Message: "The import was stopped; what was stored stays, importing again goes on.", Err: ctx.Err()}
}

// store keeps the document, then its rows. An error says that they could not be stored, not that the document is wrong.
func (s *Service) store(ctx context.Context, pt *part, again bool, p Progress) (FileResult, error) {
	r := s.result(pt.file, pt.path, pt.sha, pt.in)
	if r.Refused {
		return r, nil
	}
	opts := optionsKey(pt.options)
	if !again {
		known, _, err := s.known(ctx, pt)
		if err == nil && known {
			err = s.own(ctx, pt)
		}
		if err != nil {
			return r, err
		}
		if known {
			r.Duplicates = r.Rows - r.Quarantined
			return r, nil
		}
	}
	p("keep "+pt.file.Name, 0, pt.in.Rows)
	if err := s.keep(ctx, pt); err != nil {
		return r, err
	}
	id, err := s.addDocument(ctx, pt, opts)
	if err != nil {
		return r, err
	}
	sum, err := s.rows(ctx, id, pt.file, pt.in, p)
	if err != nil {
		return r, err
	}
	r.Stored, r.Duplicates = sum.Stored, sum.Unchanged+sum.Older
	if sum.Older > 0 {
		r.Problems = append(r.Problems, source.Problem{
			Code:    source.ProblemOlder,
			Message: fmt.Sprintf("%d rows are older than what is already stored; the newer data was kept.", sum.Older),
		})
	}
	if sum.waiting != "" {
		r.Problems = append(r.Problems, source.Problem{
			Code:    "module_waiting",
			Message: "The document is kept, but these parts could not take it and will when they run again: " + sum.waiting + ".",
		})
	}
	return r, nil
}

// keepNew is keep, unless the document is known: an original that was cleared must not come back with what an API gives
// once more.
func (s *Service) keepNew(ctx context.Context, pt *part) error {
	known, _, err := s.known(ctx, pt)
	if err != nil || known {
		return err
	}
	return s.keep(ctx, pt)
}

// keep writes the document to the vault, unless the file is refused or there already.
func (s *Service) keep(ctx context.Context, pt *part) error {
	if refused(pt.in) {
		return nil
	}
	if d := pt.draft; d != nil && !s.vault.has(pt.sha) {
		pt.draft = nil
		return d.keep(pt.sha)
	}
	return s.vault.put(pt.sha, func(w io.Writer) error { return s.d.Source.Redact(ctx, pt.file, pt.in, w) })
}

// failed says of a file that it could not be stored, unless the import was stopped.
func (s *Service) failed(ctx context.Context, r FileResult, err error) (FileResult, error) {
	s.d.Undone()
	if ctx.Err() != nil {
		return r, cancelled(ctx)
	}
	r.Refused = true
	r.Problems = append(r.Problems, source.Problem{Code: source.ProblemUnreadable, Fatal: true, Message: core.AsError(err).Error()})
	s.d.Log.LogAttrs(ctx, slog.LevelError, "File not stored", slog.String("file", r.File), slog.String("error", err.Error()))
	return r, nil
}

// optionsKey is the part of a document's identity that the person decided.
func optionsKey(o source.Options) string {
	b, err := json.Marshal(o)
	if err != nil {
		return ""
	}
	return string(b)
}

// known says whether a document is stored as a whole, and what was found when it was inspected. One of which an API gave
// the original and that was cleared since is known to that API, and new when the seller gives it.
func (s *Service) known(ctx context.Context, pt *part) (bool, source.Inspection, error) {
	var in source.Inspection
	k, err := s.find(ctx, pt)
	if errors.Is(err, sql.ErrNoRows) {
		return false, in, nil
	}
	if err != nil {
		return false, in, fmt.Errorf("look for the document: %w", err)
	}
	gone := k.original != originalKept
	if gone && pt.origin == originFile || !gone && (k.state != "stored" || k.waiting != "") {
		return false, in, nil
	}
	if err := json.Unmarshal([]byte(k.inspection), &in); err != nil {
		return false, in, fmt.Errorf("read what is known of the document: %w", err)
	}
	return true, in, nil
}

// found is a document that is there already.
type found struct {
	id                                           int64
	state, waiting, inspection, origin, original string
}

func (s *Service) find(ctx context.Context, pt *part) (k found, err error) {
	err = s.d.Market.Reader().QueryRowContext(ctx, s.q["FindDocument"], pt.sha, optionsKey(pt.options)).
		Scan(&k.id, &k.state, &k.waiting, &k.inspection, &k.origin, &k.original)
	return k, err
}

// own notes that the seller gives a known document that an API gave.
func (s *Service) own(ctx context.Context, pt *part) error {
	k, err := s.find(ctx, pt)
	if err != nil || pt.origin != originFile || k.origin == originFile {
		return err
	}
	return s.d.Market.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.q["Own"], k.id); err != nil {
			return fmt.Errorf("note whose the document is: %w", err)
		}
		return nil
	})
}

func (s *Service) addDocument(ctx context.Context, pt *part, opts string) (id int64, err error) {
	in, err := json.Marshal(pt.in)
	if err != nil {
		return 0, fmt.Errorf("describe the document: %w", err)
	}
	err = s.d.Market.Write(ctx, func(tx *sql.Tx) error {
		row := tx.QueryRowContext(ctx, s.q["AddDocument"], pt.sha, opts, pt.file.Name, pt.in.Kind,
			marketplaceOf(pt.in), pt.in.Encoding, string(in), pt.file.Size, pt.in.Rows, pt.in.BadRows,
			int64(pt.in.Period.From), int64(pt.in.Period.To), pt.in.ObservedAt.Unix(), s.d.Clock.Now().Unix(), pt.origin)
		if err := row.Scan(&id); err != nil {
			return fmt.Errorf("note the document: %w", err)
		}
		if _, err := tx.ExecContext(ctx, s.q["ClearQuarantine"], id); err != nil {
			return fmt.Errorf("clear quarantine: %w", err)
		}
		n := 0
		rows := sqlite.RowsOf(pt.in.Bad, func(b *source.BadRow, col int) any {
			n++
			return []any{id, int64(b.Line), int64(n), b.Column, b.Reason, b.Text}[col]
		})
		_, err := sqlite.Bulk(ctx, tx, s.q["AddQuarantine"], rows)
		return err
	})
	return id, err
}

func marketplaceOf(in source.Inspection) string {
	if in.Marketplace != "" {
		return in.Marketplace
	}
	return join(in.Marketplaces)
}
