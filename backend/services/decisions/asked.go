package decisions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Claim notes for ever that the buyer of an order is asked under a key, and gives the key that has the order from now
// on: this one, or the one that was first.
func (b Book) Claim(ctx context.Context, marketplace, order, key string) (holder string, err error) {
	err = b.s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, b.s.q["ClaimOrder"], marketplace, order, key, b.s.o.Clock.Now().Unix()); err != nil {
			return fmt.Errorf("note that the buyer of %s is asked: %w", order, err)
		}
		holder, err = b.holder(ctx, tx, marketplace, order)
		return err
	})
	if err != nil {
		return "", err // what was read in a transaction that did not hold is nobody's
	}
	return holder, nil
}

// Holder is the key that has an order; "" for none.
func (b Book) Holder(ctx context.Context, marketplace, order string) (string, error) {
	return b.holder(ctx, b.s.o.DB.Reader(), marketplace, order)
}

func (b Book) holder(ctx context.Context, db querier, marketplace, order string) (key string, err error) {
	err = db.QueryRowContext(ctx, b.s.q["HolderOfOrder"], marketplace, order).Scan(&key)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read whether the buyer of %s was asked: %w", order, err)
	}
	return key, nil
}

// Release gives an order back, if the key has it: its buyer was surely not asked.
func (b Book) Release(ctx context.Context, marketplace, order, key string) error {
	return b.s.o.DB.Write(ctx, func(tx *sql.Tx) error { return b.drop(ctx, tx, "ReleaseOrder", marketplace, order, key) })
}
