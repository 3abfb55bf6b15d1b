package ingest

import (
	"time"

	"purser/backend/core/source"
)

// OriginalInput names a row of a document.
type OriginalInput struct {
	Document int64 `json:"document"`
	Line     int   `json:"line"` // as rows of facts give it
}

// OriginalRow is a row beside the one asked for.
type OriginalRow struct {
	Line  int      `json:"line"`
	Cells []string `json:"cells"`
}

// OriginalOutput is a row as it stands in the file.
type OriginalOutput struct {
	Document   int64         `json:"document"`
	File       string        `json:"file"`
	Kind       string        `json:"kind"`
	KindTitle  string        `json:"kind_title"`
	ImportedAt string        `json:"imported_at"` // RFC 3339
	AsOf       string        `json:"as_of"`       // when Amazon made it, RFC 3339
	Line       int           `json:"line"`
	Lines      int           `json:"lines"`  // of the document; about, where cells span lines
	Header     []string      `json:"header"` // of a JSON document the paths of the fields
	Cells      []string      `json:"cells"`  // personal ones are empty
	Raw        string        `json:"raw"`    // the row as text, or the part of the JSON document, indented
	Path       string        `json:"path"`   // of a JSON document: where that part is
	Before     []OriginalRow `json:"before"`
	After      []OriginalRow `json:"after"`
}

// Original shows the row of a document that a figure rests on, with a few around it.
func (a *API) Original(in OriginalInput) (OriginalOutput, error) {
	none := OriginalOutput{Header: []string{}, Cells: []string{}, Before: []OriginalRow{}, After: []OriginalRow{}}
	at, err := a.ready()
	if err != nil {
		return none, err
	}
	o, err := at.s.Original(at.ctx, in.Document, in.Line)
	if err != nil {
		return none, err
	}
	return OriginalOutput{
		Document: in.Document, File: o.File, Kind: o.Kind, KindTitle: o.KindTitle,
		ImportedAt: o.Imported.Format(time.RFC3339), AsOf: o.Observed.Format(time.RFC3339),
		Line: o.Line, Lines: o.Lines, Header: append([]string{}, o.Header...), Cells: append([]string{}, o.Cells...),
		Raw: o.Raw, Path: o.Path, Before: neighbours(o.Before), After: neighbours(o.After),
	}, nil
}

func neighbours(rows []source.OriginalRow) []OriginalRow {
	out := make([]OriginalRow, len(rows))
	for i, r := range rows {
		out[i] = OriginalRow{r.Line, r.Cells}
	}
	return out
}
