package ingest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"purser/backend/core"
	"purser/backend/core/source"
)

// ProblemAssumed is the code of the note that a marketplace was worked out, not stated.
const ProblemAssumed = "marketplace_assumed"

// settleMarketplace fills in the marketplace of a report that does not say it, when the
// person did not either: the one whose known SKUs are those of the file, or, while nothing at
// all is stored, the only one that the files beside it name. Where that is not plain, the file
// goes on asking.
func (s *Service) settleMarketplace(ctx context.Context, pt *part, beside map[string]bool) error {
	if !slices.Contains(pt.in.Needs, "marketplace") || s.d.MarketplaceOf == nil {
		return nil
	}
	skus, err := s.skusOf(ctx, pt)
	if err != nil {
		return err
	}
	code, why := s.d.MarketplaceOf(ctx, skus)
	if code == "" {
		code, why, err = s.onlyBeside(ctx, beside)
	}
	if code == "" || err != nil {
		return err
	}
	o := pt.options
	o.Marketplace = code
	in, err := s.d.Source.Inspect(ctx, pt.file, o)
	if err != nil {
		return err
	}
	in.Problems = append(in.Problems, source.Problem{Code: ProblemAssumed, Message: fmt.Sprintf(
		"The report does not say its marketplace; %s was taken because %s. If that is wrong, import it with the marketplace chosen.", code, why)})
	pt.in = in
	return nil
}

// onlyBeside is the one marketplace that the files beside name, while nothing is stored: a
// preview of the first files then says what their import will.
func (s *Service) onlyBeside(ctx context.Context, beside map[string]bool) (code, why string, err error) {
	if len(beside) != 1 {
		return "", "", nil
	}
	stored, err := s.Count(ctx)
	if err != nil || stored > 0 {
		return "", "", err
	}
	for code = range beside {
		why = "the files beside it are from there"
	}
	return code, why, nil
}

// errEnough ends a read early.
var errEnough = errors.New("enough")

// skusOf reads the SKUs of a report's first rows, under a marketplace that does not matter for them.
func (s *Service) skusOf(ctx context.Context, pt *part) ([]core.SKU, error) {
	o := pt.options
	o.Marketplace = "US"
	in, err := s.d.Source.Inspect(ctx, pt.file, o)
	if err != nil {
		return nil, err
	}
	const enough = 2000
	var out []core.SKU
	_, err = s.d.Source.Read(ctx, pt.file, in, func(b source.Batch) error {
		rows := reflect.ValueOf(b.Rows)
		for i := range rows.Len() {
			if f := rows.Index(i).FieldByName("SKU"); f.IsValid() && f.String() != "" {
				out = append(out, core.SKU(f.String()))
			}
		}
		if len(out) >= enough {
			return errEnough
		}
		return nil
	}, nil)
	if err != nil && !errors.Is(err, errEnough) {
		return nil, fmt.Errorf("read the SKUs of %s: %w", pt.file.Name, err)
	}
	return out, nil
}
