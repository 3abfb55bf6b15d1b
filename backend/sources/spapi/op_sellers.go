package spapi

import "context"

// Participation is one marketplace of the account.
type Participation struct {
	Marketplace struct {
		ID   text `json:"id"`
		Name text `json:"name"`
	} `json:"marketplace"`
	Participation struct {
		IsParticipating      text `json:"isParticipating"`
		HasSuspendedListings text `json:"hasSuspendedListings"`
	} `json:"participation"`
	StoreName text `json:"storeName"`
}

// Account is the account itself. Names and addresses in the answer are not read.
type Account struct {
	BusinessType text `json:"businessType"`
	SellingPlan  text `json:"sellingPlan"`
}

// payload is how older operations wrap their answers.
type payload[T any] struct {
	Payload T `json:"payload"`
}

// Participations lists the marketplaces of the account in a region; Amazon also lists some that are no stores.
func (c *Client) Participations(ctx context.Context, region string) ([]Participation, error) {
	out, _, err := ask[payload[[]Participation]](ctx, c, get("getMarketplaceParticipations", region, "/sellers/v1/marketplaceParticipations", nil))
	return out.Payload, plain(err)
}

// Account reads the selling plan of the account.
func (c *Client) Account(ctx context.Context, region string) (Account, error) {
	out, _, err := ask[payload[Account]](ctx, c, get("getAccount", region, "/sellers/v1/account", nil))
	return out.Payload, plain(err)
}
