package adsapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// Profile is an advertiser's account in one marketplace.
type Profile struct {
	ID       json.Number   `json:"profileId"`
	Country  string        `json:"countryCode"`
	Currency core.Currency `json:"currencyCode"`
	Zone     string        `json:"timezone"`
	Account  struct {
		Marketplace core.MarketplaceID `json:"marketplaceStringId"`
		ID          string             `json:"id"` // the seller's
		Type        string             `json:"type"`
		Name        string             `json:"name"`
		Payable     *bool              `json:"validPaymentMethod"`
	} `json:"accountInfo"`
}

// Marketplace is the code of the profile's marketplace; "" for one that Purser does not know.
func (p Profile) Marketplace() string {
	if m, ok := core.MarketplaceByID(p.Account.Marketplace); ok {
		return m.Code
	}
	return ""
}

// zone is where the profile's days begin and end.
func (p Profile) zone() *time.Location {
	if loc, err := time.LoadLocation(p.Zone); err == nil && p.Zone != "" {
		return loc
	}
	m, _ := core.MarketplaceByID(p.Account.Marketplace)
	return m.Zone()
}

// Profiles lists the sellers' profiles of a region, as Amazon tells them now.
func (c *Client) Profiles(ctx context.Context, region string) ([]Profile, error) {
	all, err := c.readProfiles(ctx, region)
	return all, plain(err)
}

func (c *Client) readProfiles(ctx context.Context, region string) ([]Profile, error) {
	all, _, err := ask[[]Profile](ctx, c, call{
		operation: "listProfiles", rate: "listProfiles", region: region, method: http.MethodGet, path: "/v2/profiles",
		query: url.Values{"profileTypeFilter": {"seller"}, "accessLevel": {"edit"}}, media: "application/json",
	}, nil)
	if err != nil {
		return nil, err
	}
	var sellers []Profile
	for _, p := range all {
		if p.Account.Type == "seller" && isID(p.ID.String()) {
			sellers = append(sellers, p)
		}
	}
	keep(c, c.profiles, region, sellers)
	return sellers, nil
}

// profile is the one that belongs to a marketplace. Where there is none, or nobody chose between several, the fault is
// FaultNotOffered: asked again another day.
func (c *Client) profile(ctx context.Context, region, marketplace string) (Profile, error) {
	wanted := ""
	if c.o.Profile != nil {
		var err error
		if wanted, err = c.o.Profile(ctx, region, marketplace); err != nil {
			return Profile{}, &failure{fault(call{operation: "listProfiles"}, source.FaultUnavailable, nil,
				"Which advertiser profile belongs to "+marketplace+" could not be read: "+err.Error(), err), true}
		}
	}
	all, ok := fresh(c, c.profiles, region, keepProfiles)
	if !ok {
		var err error
		if all, err = c.readProfiles(ctx, region); err != nil {
			return Profile{}, err
		}
	}
	var there, found []Profile // of the marketplace; of them that which is followed
	for _, p := range all {
		if p.Marketplace() != marketplace {
			continue
		}
		there = append(there, p)
		if c.o.Profile == nil || p.ID.String() == wanted {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return Profile{}, &failure{fault(call{operation: "listProfiles"}, source.FaultNotOffered, nil, noProfile(marketplace, wanted, len(there)), nil), true}
}

// noProfile says why none of the profiles of a marketplace is taken. wanted is the one that was chosen, "" for none; there
// is how many Amazon lists.
func noProfile(marketplace, wanted string, there int) string {
	switch {
	case wanted != "":
		return fmt.Sprintf("Amazon does not list the advertiser profile that was chosen for %s. If it goes on, choose one under Connections.", marketplace)
	case there > 1:
		return fmt.Sprintf("There are %d advertiser profiles for %s. Choose one under Connections.", there, marketplace)
	case there == 1: // it may be another seller's
		return fmt.Sprintf("The advertiser profile for %s is not one that is followed. If it is yours, check the connection again and choose it under Connections.", marketplace)
	}
	return fmt.Sprintf("There is no advertiser profile for %s: Amazon makes one with the first campaign.", marketplace)
}

// Places implements source.API. Profiles of marketplaces that Purser does not know are left out. They can be of several
// sellers: of all whose adverts the login may edit.
func (c *Client) Places(ctx context.Context, region string) (source.Places, error) {
	all, err := c.readProfiles(ctx, region)
	if err != nil {
		return source.Places{}, plain(err)
	}
	out := source.Places{}
	for _, p := range all {
		code := p.Marketplace()
		if code == "" {
			continue
		}
		out.Marketplaces = append(out.Marketplaces, source.Place{Code: code, Profile: p.ID.String(), Seller: p.Account.ID, Store: p.Account.Name})
	}
	return out, nil
}

// CapabilityAds is the one capability of this API.
const CapabilityAds = "ads"

// Probe implements source.API: whether profiles can be listed.
func (c *Client) Probe(ctx context.Context, region, capability string) (source.Capability, error) {
	out := source.Capability{Name: capability, Title: "Advertising", Role: "Amazon Ads API", State: source.UnknownGrant}
	if capability != CapabilityAds {
		return out, nil
	}
	all, err := c.readProfiles(ctx, region)
	if err == nil {
		out.State = source.Granted
		if len(all) == 0 {
			out.Text = "Access was granted; there is no advertiser profile in this region yet."
		}
		return out, nil
	}
	e := asAPI(err)
	if e != nil && e.Fault == source.FaultDenied {
		out.State, out.Text = source.Denied, e.Message
		return out, nil
	}
	return out, plain(err)
}
