// Package sellercentral turns report files, as a seller downloads them from Seller Central
// and the advertising console, into typed records.
//
// Input: any file: plain, gzip, zip, text with tabs, commas or semicolons, XLSX, JSON; in any encoding and locale.
// Output: the kind of report, told by its content and never by its name, and its rows as records of
// backend/core/source, each with its line; what cannot be understood is named with line, column and reason.
//
// A kind of report is one definition (kind_*.go): its names, its columns with the spellings they
// have in other languages, and what makes a row of it whole. Everything else is one engine.
package sellercentral

import (
	"context"
	"errors"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/unpack"
)

// module names this part in errors.
const module = "sellercentral"

// Source reads the files a seller downloads. It keeps no state between calls.
type Source struct{}

// New makes the file source.
func New() *Source { return &Source{} }

// Kinds lists the reports it can read.
func (*Source) Kinds() []source.Kind {
	var out []source.Kind
	for _, t := range tables() {
		out = append(out, t.spec().info)
	}
	for _, d := range documents() {
		out = append(out, d.info)
	}
	return out
}

// Expand opens a zip into its members; anything else, also a workbook, is itself.
func (*Source) Expand(ctx context.Context, f source.File) ([]source.File, error) {
	files, err := unpack.Expand(ctx, f)
	switch {
	case err == nil:
		return files, nil
	case errors.Is(err, unpack.ErrTooLarge):
		return nil, &core.Error{
			Code: core.CodeInvalid, Module: module, Err: err,
			Message: "“" + f.Name + "” unpacks to more than a set of reports can be, so it was not opened.",
			Hint:    "Unpack it yourself and drop the reports you need.",
		}
	case errors.Is(err, unpack.ErrCorrupt), errors.Is(err, unpack.ErrTruncated):
		return nil, &core.Error{
			Code: core.CodeInvalid, Module: module, Err: err,
			Message: "The zip file “" + f.Name + "” is damaged or incomplete.",
			Hint:    "Download it again.",
		}
	}
	return nil, err
}

var _ source.FileSource = (*Source)(nil)
