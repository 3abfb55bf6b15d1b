package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// DocumentName says which file a document is.
type DocumentName struct {
	File      string
	Kind      string
	KindTitle string
	Observed  time.Time // when Amazon made it
}

// Documents names documents by their ids. Those that are not there are absent.
func (s *Service) Documents(ctx context.Context, ids []int64) (map[int64]DocumentName, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("name documents: %w", err)
	}
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q["DocumentNames"], string(list))
	if err != nil {
		return nil, fmt.Errorf("name documents: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := make(map[int64]DocumentName, len(ids))
	for rows.Next() {
		var id, observed int64
		var d DocumentName
		if err := rows.Scan(&id, &d.File, &d.Kind, &observed); err != nil {
			return nil, fmt.Errorf("name documents: %w", err)
		}
		d.KindTitle, d.Observed = s.kinds[d.Kind].Title, time.Unix(observed, 0).UTC()
		out[id] = d
	}
	return out, rows.Err()
}

// Original is a row of a kept document, with what the document is.
type Original struct {
	DocumentName
	Imported time.Time
	source.Original
}

// Original reads one row of a kept document; line is as records count it. Its personal columns
// are empty. An error says in plain words what is not there.
func (s *Service) Original(ctx context.Context, document int64, line int) (Original, error) {
	var o Original
	var sha, text string
	var size, observed, imported, cleared int64
	err := s.d.Market.Reader().QueryRowContext(ctx, s.q["DocumentOfRow"], document).
		Scan(&sha, &o.File, &o.Kind, &text, &size, &observed, &imported, &cleared)
	if errors.Is(err, sql.ErrNoRows) {
		return o, core.NotFound("ingest", fmt.Sprintf("There is no document %d any more.", document))
	}
	if err != nil {
		return o, fmt.Errorf("find document %d: %w", document, err)
	}
	o.KindTitle, o.Observed, o.Imported = s.kinds[o.Kind].Title, time.Unix(observed, 0).UTC(), time.Unix(imported, 0).UTC()
	if cleared > 0 {
		return o, &core.Error{
			Code: core.CodeNotFound, Module: "ingest",
			Message: "The original “" + o.File + "” was cleared on " + time.Unix(cleared, 0).UTC().Format("2 January 2006") +
				" by the retention rule: what Amazon's APIs gave is kept for a time only. The numbers made of it stay.",
			Hint: "To see its rows, download the report from Seller Central and import it: such a file is yours and is kept.",
		}
	}
	tracer, ok := s.d.Source.(source.Tracer)
	if !ok {
		return o, core.Unavailable("ingest", "Rows of original files can't be read here.", nil)
	}
	if !s.vault.has(sha) {
		return o, &core.Error{
			Code: core.CodeNotFound, Module: "ingest", Message: "“" + o.File + "” is no longer among the kept documents.",
			Hint: "Import it again to see its rows.",
		}
	}
	var in source.Inspection
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		return o, fmt.Errorf("read what is known of document %d: %w", document, err)
	}
	o.Original, err = tracer.Original(ctx, s.vault.file(o.File, sha, size), in, line)
	return o, err
}
