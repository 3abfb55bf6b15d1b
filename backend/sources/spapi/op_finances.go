package spapi

import (
	"context"
	"net/url"
	"time"

	"purser/backend/core"
)

const financesPath = "/finances/2024-06-19"

// BigAmount is an amount of the Finances API as it stands there.
type BigAmount struct {
	Currency text `json:"currencyCode"`
	Amount   text `json:"currencyAmount"`
}

// Money gives the amount in minor units; an empty one has no currency. An amount finer than its currency is an error.
func (a BigAmount) Money() (core.Money, error) { return money(a.Amount, a.Currency) }

// moneyPage is what is read of a page of transactions; the page itself is the document.
type moneyPage struct {
	Payload *struct {
		Next         text    `json:"nextToken"`
		Transactions entries `json:"transactions"`
	} `json:"payload"`
}

// transactionsSlice is the longest window of transactions asked for at once. Beyond 180 days Amazon answers with
// nothing, which says nothing. Source: model of the Finances API 2024-06-19.
const transactionsSlice = 30 * 24 * time.Hour

// listTransactions asks for what was posted in [from, to). All parameters are repeated with the token.
func listTransactions(region, marketplace string, from, to time.Time, next string) call {
	q := url.Values{}
	q.Set("postedAfter", moment(from))
	q.Set("postedBefore", moment(to))
	q.Set("marketplaceId", marketplace)
	if next != "" {
		q.Set("nextToken", next)
	}
	return get("listTransactions", region, financesPath+"/transactions", q)
}

// Balance is money that Amazon holds for the seller.
type Balance struct {
	Partner struct {
		Account     text `json:"accountType"`
		Marketplace text `json:"marketplaceId"`
	} `json:"partnerMetadata"`
	Type    text      `json:"balanceType"` // AVAILABLE, RESERVED, ACCOUNT_LEVEL_RESERVE, DEFERRED, TOTAL
	Amount  BigAmount `json:"amount"`
	Parts   []Balance `json:"balances"`
	AsOf    text      `json:"asOfDate"`
	Updated text      `json:"lastUpdatedTime"`
}

type balancePage struct {
	Balances []Balance `json:"balances"`
	Next     text      `json:"nextToken"`
}

func listBalances(region string, marketplaces []string, next string) call {
	q := url.Values{}
	list(q, "marketplaceIds", marketplaces...)
	if next != "" {
		q.Set("nextToken", next)
	}
	return get("listBalances", region, financesPath+"/balances", q)
}

// Balances reads what Amazon holds for the seller in marketplaces of one region, given by their codes.
func (c *Client) Balances(ctx context.Context, region string, marketplaces ...string) ([]Balance, error) {
	var ids []string
	for _, code := range marketplaces {
		m, err := market(code)
		if err != nil {
			return nil, err
		}
		ids = append(ids, string(m.ID))
	}
	var out []Balance
	seen := map[text]bool{}
	for next := text(""); ; {
		q := listBalances(region, ids, string(next))
		page, res, err := ask[balancePage](ctx, c, q)
		if err != nil {
			return nil, plain(err)
		}
		out = append(out, page.Balances...)
		if next = page.Next; next == "" {
			return out, nil
		}
		if seen[next] || len(seen) >= mostPages {
			return nil, plain(unreadable(q, res, errEndless))
		}
		seen[next] = true
	}
}
