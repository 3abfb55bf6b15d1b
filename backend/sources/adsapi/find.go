package adsapi

import (
	"context"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Subjects name campaigns and search terms as Purser's facts do. A campaign's name may have a slash in it, so that only
// the account itself can tell where it ends. A subject may also be an entity, for what facts have no names for.

// KindAdGroup is the kind of a subject that names an ad group: "US/Spring launch/Flasks".
const KindAdGroup = "ad_group"

// open says whether something can still be changed.
func open(state string) bool { return state == stateEnabled || state == statePaused }

// The states that are set; there is no other that Purser sets.
const (
	stateEnabled = "ENABLED"
	statePaused  = "PAUSED"
)

// account is the profile of a marketplace with its region.
type account struct {
	region  string
	profile Profile
}

func (a account) id() string { return a.profile.ID.String() }

func (c *Client) account(ctx context.Context, marketplace string) (account, error) {
	region, err := regionOf(marketplace)
	if err != nil {
		return account{}, err
	}
	p, err := c.profile(ctx, region, marketplace)
	return account{region, p}, err
}

// campaignsOf lists the campaigns of an account that can be changed, read not long ago.
func (c *Client) campaignsOf(ctx context.Context, a account) ([]Campaign, error) {
	if all, ok := fresh(c, c.names, a.id(), keepNames); ok {
		return all, nil
	}
	all, err := look(ctx, c, a, campaigns(), changeable(), func(x Campaign) string { return x.ID })
	if err == nil {
		keep(c, c.names, a.id(), all)
	}
	return all, err
}

// named finds the campaign that a name begins with, and what follows behind its slash. whole: nothing may follow. Where
// names are beginnings of each other the longest counts.
func (c *Client) named(ctx context.Context, a account, name string, whole bool) (Campaign, string, error) {
	all, err := c.campaignsOf(ctx, a)
	if err != nil {
		return Campaign{}, "", err
	}
	var best []Campaign
	for _, x := range all {
		fits := x.Name == name
		if !whole {
			fits = x.Name != "" && strings.HasPrefix(name, x.Name+"/")
		}
		if !fits || !open(x.State) || len(best) > 0 && len(x.Name) < len(best[0].Name) {
			continue
		}
		if len(best) > 0 && len(x.Name) > len(best[0].Name) {
			best = nil
		}
		best = append(best, x)
	}
	switch len(best) {
	case 1:
		return best[0], strings.TrimPrefix(strings.TrimPrefix(name, best[0].Name), "/"), nil
	case 0:
		return Campaign{}, "", core.NotFound(Name, fmt.Sprintf("The advertiser account has no campaign %q that can be changed. Was it renamed?", name))
	}
	return Campaign{}, "", core.Invalid(Name, fmt.Sprintf("%d campaigns are named %q.", len(best), best[0].Name), "Give them different names.")
}

// find names the campaign of a subject, and what the subject says beyond it.
func (c *Client) find(ctx context.Context, kind, subject string) (account, part, string, error) {
	code, rest := fact.SplitID(subject)
	a, err := c.account(ctx, code)
	if err != nil {
		return a, part{}, "", plain(err)
	}
	named := kind == string(fact.Campaign) || kind == string(fact.SearchTerm) || kind == KindAdGroup
	if !named {
		p, err := parsePart(subject)
		return a, p, "", err
	}
	x, behind, err := c.named(ctx, a, rest, kind == string(fact.Campaign))
	if err != nil {
		return a, part{}, "", plain(err)
	}
	return a, part{marketplace: code, kind: partCampaign, id: x.ID}, behind, nil
}

// matchExact is the match type of a keyword that only its own words are shown for.
const matchExact = "EXACT"

// keywordOf finds the one keyword of a campaign that has exactly these words. Of several the one of exact match is meant:
// broad and phrase match are there for other words than their own.
func (c *Client) keywordOf(ctx context.Context, a account, campaign part, words string) (part, error) {
	all, err := look(ctx, c, a, keywords(), within(campaign.id), func(k Keyword) string { return k.ID })
	if err != nil {
		return part{}, plain(err)
	}
	var found, precise []Keyword
	for _, k := range all {
		if k.CampaignID != campaign.id || !strings.EqualFold(k.Text, words) || !open(k.State) {
			continue
		}
		found = append(found, k)
		if strings.EqualFold(k.Match, matchExact) {
			precise = append(precise, k)
		}
	}
	if len(precise) == 1 {
		found = precise
	}
	switch len(found) {
	case 1:
		return part{marketplace: campaign.marketplace, kind: partKeyword, id: found[0].ID}, nil
	case 0:
		return part{}, core.NotFound(Name, fmt.Sprintf("No keyword of the campaign is exactly %q: the term comes through another one or a product target. Change it in the campaign manager.", words))
	}
	return part{}, core.Invalid(Name, fmt.Sprintf("%d keywords of the campaign are %q, and it is not known which one is meant.", len(found), words), "Change it in the campaign manager.")
}

// adGroupOf finds an ad group of a campaign by its name.
func (c *Client) adGroupOf(ctx context.Context, a account, campaign part, name string) (part, error) {
	all, err := look(ctx, c, a, adGroups(), within(campaign.id), func(g AdGroup) string { return g.ID })
	if err != nil {
		return part{}, plain(err)
	}
	var found []AdGroup
	for _, g := range all {
		if g.CampaignID == campaign.id && g.Name == name && open(g.State) {
			found = append(found, g)
		}
	}
	if len(found) != 1 {
		return part{}, core.NotFound(Name, fmt.Sprintf("The campaign has %d ad groups named %q that can be changed; one is needed.", len(found), name))
	}
	return part{marketplace: campaign.marketplace, kind: partAdGroup, id: found[0].ID, campaign: campaign.id}, nil
}
