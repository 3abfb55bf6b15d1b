package sellercentral

import (
	"context"
	"errors"
	"fmt"
	"io"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/charset"
	"purser/backend/sources/sellercentral/internal/unpack"
)

var _ source.Glancer = (*Source)(nil)

// Glance implements source.Glancer for tables in text files. Of all else, and of a file with
// something wrong at its top, it says nothing: Inspect has the words for that.
func (s *Source) Glance(ctx context.Context, f source.File, o source.Options) (source.Inspection, error) {
	in, err := glance(ctx, f, o)
	if err == nil {
		return in, nil
	}
	if _, ok := problemOf(err, f); ok {
		return source.Inspection{}, nil
	}
	return source.Inspection{}, fmt.Errorf("glance at %s: %w", f.Name, err)
}

func glance(ctx context.Context, f source.File, o source.Options) (source.Inspection, error) {
	var in source.Inspection
	plain, err := unpack.Open(f)
	if err != nil {
		return in, err
	}
	defer func() { _ = plain.Close() }() // read only
	head, err := plain.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return in, err
	}
	if shellProblem(head, f) != nil || unpack.IsZip(head) {
		return in, nil
	}
	sniffed, binary := charset.Sniff(head)
	if binary && o.Encoding == "" || isJSON(top(head, sniffed)) {
		return in, nil
	}
	e, err := detected(ctx, plain, sniffed, o)
	if err != nil {
		return in, err
	}
	found, _, err := recogniseText(tables(), f, e, "")
	if err == nil && found != nil {
		in.Kind, in.Encoding = found.kind.info.Name, string(e)
	}
	return in, err
}
