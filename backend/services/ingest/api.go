package ingest

import (
	"context"
	"sync/atomic"

	"purser/backend/core"
	"purser/backend/core/source"
)

// API is what the window may ask of ingest.
type API struct{ at atomic.Pointer[attachment] }

type attachment struct {
	ctx    context.Context //nolint:containedctx // bound methods get none: the life of the session stands in
	s      *Service
	run    Background
	notify func(Job)
}

// Attach connects the API to a running service; before that every method answers "unavailable".
func Attach(ctx context.Context, a *API, s *Service, run Background, notify func(Job)) {
	a.at.Store(&attachment{ctx, s, run, notify})
}

func (a *API) ready() (*attachment, error) {
	if at := a.at.Load(); at != nil {
		return at, nil
	}
	return nil, core.Unavailable("ingest", "The import is not open yet.", nil)
}

// OptionInput is what a person decided about one path.
type OptionInput struct {
	Path        string `json:"path"`
	Marketplace string `json:"marketplace"`
	Encoding    string `json:"encoding"`
	PeriodFrom  string `json:"period_from"`
	PeriodTo    string `json:"period_to"`
	DateOrder   string `json:"date_order"`
}

// FilesInput names files to preview or import.
type FilesInput struct {
	Paths   []string      `json:"paths"`
	Options []OptionInput `json:"options"`
}

// JobStartedOutput names the job that was started.
type JobStartedOutput struct {
	JobID string `json:"job_id"`
}

// JobInput names a job.
type JobInput struct {
	ID string `json:"id"`
}

// EmptyOutput is the answer of what has nothing to say.
type EmptyOutput struct{}

func choices(in FilesInput) ([]Choice, error) {
	byPath := map[string]OptionInput{}
	for _, o := range in.Options {
		byPath[o.Path] = o
	}
	out := make([]Choice, 0, len(in.Paths))
	for _, p := range in.Paths {
		o := byPath[p]
		c := Choice{Path: p, Options: source.Options{Marketplace: o.Marketplace, Encoding: o.Encoding, DateOrder: o.DateOrder}}
		for _, d := range []struct {
			text string
			day  *core.Day
		}{{o.PeriodFrom, &c.Options.Period.From}, {o.PeriodTo, &c.Options.Period.To}} {
			if d.text == "" {
				continue
			}
			day, err := core.ParseDay(d.text)
			if err != nil {
				return nil, core.Invalid("ingest", err.Error()+".", "")
			}
			*d.day = day
		}
		out = append(out, c)
	}
	return out, nil
}

// Preview reads files without storing them; the job's files say what an import would do.
func (a *API) Preview(in FilesInput) (JobStartedOutput, error) {
	return a.start("preview", in, (*Service).Preview)
}

// Import stores files.
func (a *API) Import(in FilesInput) (JobStartedOutput, error) {
	return a.start("import", in, func(s *Service, ctx context.Context, c []Choice, p Progress) ([]FileResult, error) {
		return s.Import(ctx, c, false, p)
	})
}

func (a *API) start(kind string, in FilesInput, work func(*Service, context.Context, []Choice, Progress) ([]FileResult, error)) (JobStartedOutput, error) {
	at, err := a.ready()
	if err != nil {
		return JobStartedOutput{}, err
	}
	c, err := choices(in)
	if err != nil {
		return JobStartedOutput{}, err
	}
	id := at.s.StartJob(at.ctx, kind, at.run, at.notify, func(ctx context.Context, p Progress) ([]FileResult, error) {
		return work(at.s, ctx, c, p)
	})
	return JobStartedOutput{JobID: id}, nil
}

// Job answers a job's progress and, once it ended, its files.
func (a *API) Job(in JobInput) (Job, error) {
	at, err := a.ready()
	if err != nil {
		return Job{Files: []FileResult{}}, err
	}
	return at.s.JobByID(in.ID)
}

// Cancel stops a job.
func (a *API) Cancel(in JobInput) (EmptyOutput, error) {
	at, err := a.ready()
	if err != nil {
		return EmptyOutput{}, err
	}
	return EmptyOutput{}, at.s.CancelJob(in.ID)
}

// PageInput is a window of a list.
type PageInput struct {
	Offset int `json:"offset"`
	Limit  int `json:"limit"` // at most 500
}

// DocumentsOutput is a window of the documents.
type DocumentsOutput struct {
	Rows  []DocumentRow `json:"rows"`
	Total int           `json:"total"`
}

// Documents lists the kept documents, newest first.
func (a *API) Documents(in PageInput) (DocumentsOutput, error) {
	at, err := a.ready()
	if err != nil {
		return DocumentsOutput{Rows: []DocumentRow{}}, err
	}
	rows, total, err := at.s.ListDocuments(at.ctx, in.Offset, min(max(in.Limit, 1), 500))
	if err != nil {
		return DocumentsOutput{Rows: []DocumentRow{}}, err
	}
	return DocumentsOutput{Rows: rows, Total: total}, nil
}

// FreshnessOutput lists every kind of document.
type FreshnessOutput struct {
	Kinds []KindFreshness `json:"kinds"`
}

// Freshness says how fresh each kind of document is, and what the missing ones would unlock.
func (a *API) Freshness() (FreshnessOutput, error) {
	at, err := a.ready()
	if err != nil {
		return FreshnessOutput{Kinds: []KindFreshness{}}, err
	}
	k, err := at.s.Freshness(at.ctx)
	if err != nil {
		return FreshnessOutput{Kinds: []KindFreshness{}}, err
	}
	return FreshnessOutput{Kinds: k}, nil
}

// QuarantineInput names a document.
type QuarantineInput struct {
	DocumentID int64 `json:"document_id"`
}

// QuarantineOutput lists a document's bad rows.
type QuarantineOutput struct {
	Rows  []QuarantineRow `json:"rows"`
	Total int             `json:"total"`
}

// Quarantine lists the rows of a document that could not be understood.
func (a *API) Quarantine(in QuarantineInput) (QuarantineOutput, error) {
	at, err := a.ready()
	if err != nil {
		return QuarantineOutput{Rows: []QuarantineRow{}}, err
	}
	rows, err := at.s.ListQuarantine(at.ctx, in.DocumentID)
	if err != nil {
		return QuarantineOutput{Rows: []QuarantineRow{}}, err
	}
	return QuarantineOutput{Rows: rows, Total: len(rows)}, nil
}
