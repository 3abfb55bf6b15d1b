package listings

import (
	"context"
	"fmt"

	"purser/backend/core"
)

// carryOn makes the snapshots that pages made, from the days of the batch on up to the next that a report made, begin with
// the snapshot before each. It is done in the transaction of the batch, so that a day never lacks what no page named.
func (a applier) carryOn(ctx context.Context) error {
	for marketplace, day := range a.days {
		for day != 0 {
			var before, next core.Day
			var nextWhole, whole bool
			err := a.tx.QueryRowContext(ctx, a.sql["Neighbours"], a.kind, marketplace, day).Scan(&before, &next, &nextWhole, &whole)
			if err != nil {
				return fmt.Errorf("look up the reports around %s in %s: %w", day, marketplace, err)
			}
			if !whole {
				if err := a.refill(ctx, marketplace, day, before); err != nil {
					return err
				}
			}
			if nextWhole {
				break
			}
			day = next
		}
	}
	return nil
}

// refill takes what pages of a day do not name from the snapshot before it; 0: there is none.
func (a applier) refill(ctx context.Context, marketplace string, day, before core.Day) error {
	if _, err := a.tx.ExecContext(ctx, a.sql[a.uncarry], marketplace, day); err != nil {
		return fmt.Errorf("carry the listings of %s in %s on: %w", before, marketplace, err)
	}
	if _, err := a.tx.ExecContext(ctx, a.sql[a.carry], marketplace, day, before); err != nil {
		return fmt.Errorf("carry the listings of %s in %s on: %w", before, marketplace, err)
	}
	return nil
}
