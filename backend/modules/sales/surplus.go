package sales

import (
	"context"
	"database/sql/driver"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/platform/sqlite"
)

// An order may have a SKU in several lines: a first one and further ones. A document tells all of them, unless rows of it
// could not be read, so that a further line which an older document had and a newer one has not was a row too many. For
// this, lines say when they were last told (told_at), and the newest that told the first line decides, in whichever
// order documents come.

// toldAt is when first lines are told with all further ones: 0 by a document that may say less than it holds.
func (w *write) toldAt() int64 {
	if w.b.Partial {
		return 0
	}
	return w.b.ObservedAt.Unix()
}

// further are the lines of keys that are not the first of their order and SKU.
func further(lines []orderLine, keys []lineKey) []lineKey {
	var out []lineKey
	for _, k := range keys {
		if lines[k.at].Seq > 0 {
			out = append(out, k)
		}
	}
	return out
}

// notOutdone leaves out further lines that are not there because a newer document told their orders without them, and says
// how many.
func (w *write) notOutdone(ctx context.Context, lines []orderLine, keys []lineKey) ([]lineKey, int, error) {
	outdone := map[int64]bool{}
	err := sqlite.Taking(func(row []driver.Value) error {
		at, _ := row[0].(int64)
		outdone[at] = true
		return nil
	}, func(h int64) error {
		_, err := sqlite.Bulk(ctx, w.tx, w.m.q["Outdone"], bulkPlaces(lines, further(lines, keys)), w.b.ObservedAt.Unix(), h)
		return err
	})
	if err != nil {
		return keys, 0, fmt.Errorf("look for surplus lines: %w", err)
	}
	if len(outdone) > 0 {
		keys = slices.DeleteFunc(keys, func(k lineKey) bool { return outdone[int64(k.at)] })
	}
	return keys, len(outdone), nil
}

// tellAgain notes when lines were told, where storing them did not: older ones, and further ones of a document that may
// say less than it holds.
func (w *write) tellAgain(ctx context.Context, lines []orderLine, keys []lineKey, older int) error {
	if w.b.Partial {
		keys = further(lines, keys)
	} else if older == 0 {
		return nil
	}
	if _, err := sqlite.Bulk(ctx, w.tx, w.m.q["TellAgain"], bulkPlaces(lines, keys), w.b.ObservedAt.Unix()); err != nil {
		return fmt.Errorf("note when lines were told: %w", err)
	}
	return nil
}

// dropFurther deletes further lines that the newest document which told their order has not, and says how many.
func (w *write) dropFurther(ctx context.Context, keys []lineKey) (int64, error) {
	if w.b.Partial || len(keys) == 0 {
		return 0, nil
	}
	var days core.Period
	for _, k := range keys {
		days = days.Include(k.day)
	}
	res, err := w.tx.ExecContext(ctx, w.m.q["DropSurplus"], int64(days.From), int64(days.To))
	if err != nil {
		return 0, fmt.Errorf("drop surplus lines: %w", err)
	}
	return res.RowsAffected()
}

// bulkPlaces are the keys of lines, and their places in the batch.
func bulkPlaces(lines []orderLine, keys []lineKey) sqlite.Rows {
	return sqlite.RowsOf(keys, func(k *lineKey, col int) any {
		l := &lines[k.at]
		switch col {
		case 0:
			return int64(k.day)
		case 1:
			return k.order
		case 2:
			return l.sku
		case 3:
			return int64(l.Seq)
		case 4:
			return int64(k.at)
		}
		return nil
	})
}
