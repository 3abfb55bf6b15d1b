package spapi

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// Names of capabilities.
const (
	capSellers       = "sellers"
	capOrders        = "orders"
	capTraffic       = "traffic"
	capInventory     = "inventory"
	capFinances      = "finances"
	capListings      = "listings"
	capHealth        = "account_health"
	capFeedback      = "seller_feedback"
	capPricing       = "pricing"
	capFees          = "fees"
	capSolicitations = "solicitations"
	capReviews       = "customer_feedback"
)

// capability is something that a role grants.
type capability struct {
	name, title, role string
	operation         string // the one that needs it first
	report            string // a report that needs it: listing such reports asks for the same role
}

// capabilities with the role that grants each; often several do, and any one is enough. Source: amazon role mappings as
// seen 2026-11.
func capabilities() []capability {
	return []capability{
		{capSellers, "Marketplaces of the account", "Selling Partner Insights", "getMarketplaceParticipations", ""},
		{capOrders, "Orders", "Inventory and Order Tracking", "searchOrders", ""},
		{capTraffic, "Sales and traffic", "Selling Partner Insights", "", trafficType},
		{capInventory, "FBA stock", "Amazon Fulfillment", "getInventorySummaries", ""},
		{capFinances, "Money", "Finance and Accounting", "listTransactions", ""},
		{capListings, "Listings and prices", "Product Listing", "searchListingsItems", ""},
		{capHealth, "Account health", "Selling Partner Insights", "", "GET_V2_SELLER_PERFORMANCE_REPORT"},
		{capFeedback, "Seller feedback", "Selling Partner Insights", "", "GET_SELLER_FEEDBACK_DATA"},
		{capPricing, "Offers of others", "Pricing", "getCompetitiveSummary", ""},
		{capFees, "Fee estimates", "Finance and Accounting", "getMyFeesEstimates", ""},
		{capSolicitations, "Review requests", "Buyer Solicitation", "createProductReviewAndSellerFeedbackSolicitation", ""},
		{capReviews, "Topics of reviews", "Selling Partner Insights", "getItemReviewTopics", ""},
	}
}

// roleOf is the role that grants a capability; "" where there is none of that name.
func roleOf(name string) string {
	for _, a := range capabilities() {
		if a.name == name {
			return a.role
		}
	}
	return ""
}

// Places implements source.API. Marketplaces that Purser does not know, and those in which the account does not sell,
// are left out. Whose account it is, no operation tells: the merchant token that was entered is not given back as if one did.
func (c *Client) Places(ctx context.Context, region string) (source.Places, error) {
	all, err := c.Participations(ctx, region)
	if err != nil {
		return source.Places{}, err
	}
	var out source.Places
	for _, p := range all {
		if out.StoreName == "" && p.Participation.IsParticipating.yes() {
			out.StoreName = string(p.StoreName)
		}
		m, known := core.MarketplaceByID(core.MarketplaceID(p.Marketplace.ID))
		if known && p.Participation.IsParticipating.yes() {
			out.Marketplaces = append(out.Marketplaces, source.Place{Code: m.Code, Suspended: p.Participation.HasSuspendedListings.yes()})
		}
	}
	if a, err := c.Account(ctx, region); err == nil {
		out.Plan = string(a.SellingPlan)
	} else if e := asAPI(err); e == nil || e.Fault == source.FaultReconnect {
		return source.Places{}, err
	}
	return out, nil
}

// probeASIN is no product: who may ask is told that, who may not is told so.
const probeASIN = "B000000000"

// Probe implements source.API. That something could not be found out is no error but UnknownGrant; errors are those
// that say nothing of one capability: that nobody was reached, or nothing works until the account is connected anew.
func (c *Client) Probe(ctx context.Context, region, name string) (source.Capability, error) {
	for _, a := range capabilities() {
		if a.name != name {
			continue
		}
		out := source.Capability{Name: a.name, Title: a.title, Role: a.role, State: source.UnknownGrant}
		q, why := c.probeCall(ctx, region, a)
		if why != "" {
			out.Text = why
			return out, nil
		}
		_, err := c.do(ctx, q)
		e := asAPI(err)
		switch {
		case err == nil, badRequest(e), e != nil && e.Status == http.StatusNotFound:
			out.State = source.Granted // it was looked at, and what was asked for is not there
		case e == nil || e.Fault == source.FaultOffline || e.Fault == source.FaultReconnect:
			return out, plain(err)
		case e.Fault == source.FaultDenied:
			out.State, out.Text = source.Denied, deniedRole(a.role)
			if t, ok := said([]byte(e.Raw)); ok {
				out.Text += " It said: " + t.String()
			}
		default:
			out.Text = e.Message
		}
		return out, nil
	}
	return source.Capability{}, &source.APIError{
		Fault: source.FaultInvalid, API: Name, Message: fmt.Sprintf("There is no capability %q.", name),
	}
}

// probeCall makes the one cheap call that tells of a capability, or says why there is none.
func (c *Client) probeCall(ctx context.Context, region string, a capability) (q call, why string) {
	m, ok := firstMarket(region)
	if !ok {
		return q, "There is no region " + region + "."
	}
	now := c.o.Clock.Now().Add(-10 * time.Minute)
	if a.report != "" {
		return getReports(region, ReportFilter{Types: []string{a.report}, PageSize: 1}), ""
	}
	if a.name == capOrders || a.name == capInventory || a.name == capFinances || a.name == capListings {
		var err error
		if m, err = c.sellsIn(ctx, region); err != nil {
			return q, "It could not be found out: " + err.Error()
		}
	}
	var err error
	switch a.name {
	case capSellers:
		q = get("getMarketplaceParticipations", region, "/sellers/v1/marketplaceParticipations", nil)
	case capOrders:
		q = searchOrders(region, OrderSearch{Marketplaces: []string{string(m.ID)}, From: now.Add(-time.Minute), To: now, Included: []string{"FULFILLMENT"}, PageSize: 1})
	case capInventory:
		q = inventorySummaries(region, string(m.ID), "")
	case capFinances:
		q = listTransactions(region, string(m.ID), now.Add(-time.Minute), now, "")
	case capListings:
		var seller string
		if seller, err = c.seller(ctx, region, "searchListingsItems"); err == nil {
			q = searchListings(region, ListingSearch{Seller: seller, Marketplace: string(m.ID)})
		}
	case capPricing:
		q, err = competitiveSummary(m.Code, []string{probeASIN})
	case capFees:
		q, err = feesEstimates([]FeeQuery{{Marketplace: m.Code, SKU: "purser-probe", Price: core.Money{Minor: 1000, Currency: m.Currency}, FBA: true}})
	case capReviews:
		q, err = reviewTopics(m.Code, probeASIN)
	default:
		why = "Amazon tells this only of an order of yours: if the role is missing, the first review request says so."
	}
	if err != nil {
		why = plain(err).Error()
	}
	return q, why
}

// sellsIn is a marketplace of a region in which the account sells; where that is not told, the first of the region.
func (c *Client) sellsIn(ctx context.Context, region string) (core.Marketplace, error) {
	m, _ := firstMarket(region)
	all, err := c.Participations(ctx, region)
	if err != nil {
		return m, err
	}
	for _, p := range all {
		if known, ok := core.MarketplaceByID(core.MarketplaceID(p.Marketplace.ID)); ok && p.Participation.IsParticipating.yes() {
			return known, nil
		}
	}
	return m, nil
}

func firstMarket(region string) (core.Marketplace, bool) {
	for _, m := range core.Marketplaces() {
		if m.Region == strings.ToLower(region) {
			return m, true
		}
	}
	return core.Marketplace{}, false
}
