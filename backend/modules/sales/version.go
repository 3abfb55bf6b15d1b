package sales

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"purser/backend/core/source"
)

// What is counted in sales_tally, by id. A count grows in the transaction that changes what it
// stands for and is never taken back, so that whoever kept something sees whether it still holds.
// A count that a rollback undid was never seen by a reader.
const (
	tokenOfNames      = 2
	changesOfPacks    = 10
	changesByForget   = 11
	changesOfFirst    = 12 // and one each for the streams
	changesEnd        = changesOfFirst + 8
	changesOfOrders   = changesOfFirst
	changesOfVisits   = changesOfFirst + 1
	changesOfItems    = changesOfFirst + 2
	changesOfSettled  = changesOfFirst + 3
	changesOfPayments = changesOfFirst + 4
	changesOfFees     = changesOfFirst + 5
	changesOfLive     = changesOfFirst + 7
)

// changesOf is the count of a stream.
func changesOf(s source.Stream) int {
	streams := [...]source.Stream{
		source.Orders, source.TrafficDays, source.TrafficItems, source.Settlements, source.Transactions, source.FeeEstimates, source.Reimbursements,
		source.TransactionsByAPI,
	}
	return changesOfFirst + max(0, slices.Index(streams[:], s))
}

// versions are the token and the counts as one reader sees them, by id.
type versions [changesEnd]int64

// bump counts a change and gives the new count.
func (m *Module) bump(ctx context.Context, tx *sql.Tx, id int) (int64, error) {
	var n int64
	if err := tx.QueryRowContext(ctx, m.q["Bump"], id).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the change: %w", err)
	}
	return n, nil
}
