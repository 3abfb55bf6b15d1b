package rules_test

import (
	"strings"

	"purser/backend/core/fact"
)

// definitions are the facts that the shipped policies read, as the modules declare them.
func definitions() []fact.Definition {
	var out []fact.Definition
	add := adder(&out)
	add(fact.SKU, `
sales.change_28d ratio
sales.units_7d count units
sales.units_28d count units
sales.units_90d count units
sales.prior_units_28d count units
sales.price money
sales.fees_per_unit money
sales.unit_cost money
sales.contribution_ratio ratio
sales.unit_session_pct_7d percent %
sales.unit_session_pct_28d percent %
sales.sessions_28d count sessions
sales.daily_sales_28d money
sales.featured_offer_pct_7d percent %
sales.featured_offer_pct_28d percent %
sales.sessions_7d count sessions
inventory.cover_days number days
inventory.lead_time_days number days
inventory.order_by_days number days
inventory.suggested_units count units
inventory.days_short number days
inventory.velocity number units/day
inventory.sells_out_day text
inventory.lost_sales_day money
inventory.on_hand count units
inventory.inbound count units
inventory.inbound_working count units
inventory.unsellable count units
inventory.cover_on_hand_days number days
inventory.days_of_supply_amazon number days
inventory.order_cost money
inventory.stock_value money
inventory.aged_181_units count units
inventory.excess_units count units
listings.status text
listings.not_sellable flag
listings.suppressed flag
listings.suppressed_reason text
listings.suppressed_days number days
listings.stranded flag
listings.stranded_units count units
listings.stranded_reason text
listings.removal_in_days number days
listings.inactive flag
listings.daily_sales_at_stake money
listings.price money
advertising.advertised flag
advertising.acos_28d ratio
advertising.breakeven_acos ratio
advertising.acos_over_breakeven_28d ratio
advertising.spend_share_28d ratio
advertising.spend_28d money
advertising.sales_28d money
advertising.clicks_28d count clicks
advertising.orders_28d count orders
advertising.profit_after_ads_28d money
advertising.spend_7d money
reviews.negative_share_low_90d ratio
reviews.negative_share_90d ratio
reviews.negative_count_90d count feedbacks
reviews.feedback_count_90d count feedbacks
reviews.latest_negative_comment text
reviews.top_return_reason text
reviews.top_return_reason_share ratio
reviews.return_jump flag
reviews.return_rate_28d ratio
reviews.return_rate_low_28d ratio
reviews.return_rate_baseline ratio
reviews.return_rate_times_baseline number times
reviews.returned_units_28d count units`)
	return append(out, otherDefinitions()...)
}

func otherDefinitions() []fact.Definition {
	var out []fact.Definition
	add := adder(&out)
	add(fact.SearchTerm, `
advertising.term_spend money
advertising.term_clicks count clicks
advertising.term_orders count orders
advertising.term_sales money
advertising.term_acos ratio
advertising.term_limit money
advertising.term_expected_orders number orders
advertising.term_match_type text`)
	add(fact.Campaign, `
advertising.campaign_spend_7d money
advertising.campaign_spend_28d money
advertising.campaign_sales_28d money
advertising.campaign_acos_28d ratio
advertising.campaign_clicks_28d count clicks
advertising.campaign_orders_28d count orders
advertising.campaign_budget money
advertising.campaign_budget_used_pct percent %`)
	add(fact.HealthMetric, `
accounthealth.rate ratio
accounthealth.target ratio
accounthealth.target_share ratio
accounthealth.count count
accounthealth.headroom_orders count orders
accounthealth.orders count orders
accounthealth.change_count_7d count
accounthealth.status text
accounthealth.window_days number days`)
	add(fact.Marketplace, `
accounthealth.account_status text
accounthealth.at_risk flag
accounthealth.rating text
accounthealth.worst_target_share ratio
accounthealth.violations count
accounthealth.new_violations_7d count
accounthealth.document_requests count
accounthealth.new_document_requests_7d count
reviews.market_negative_share_low_90d ratio
reviews.market_feedback_count_90d count feedbacks
reviews.new_negative_7d count feedbacks
listings.count count listings
listings.not_sellable_count count SKUs
listings.sales_at_stake_total money
inventory.order_cost_total money
advertising.market_spend_7d money
advertising.market_spend_28d money
advertising.market_acos_7d ratio
advertising.market_acos_28d ratio
sales.market_sales_28d money
sales.market_change_28d ratio
sales.yesterday_sales money
sales.yesterday_change ratio`)
	return out
}

func definition(name string) fact.Definition {
	for _, d := range definitions() {
		if d.Name == name {
			return d
		}
	}
	return fact.Definition{}
}

// adder reads lines of name, type and unit.
func adder(out *[]fact.Definition) func(fact.SubjectKind, string) {
	return func(kind fact.SubjectKind, lines string) {
		for _, l := range strings.Split(strings.TrimSpace(lines), "\n") {
			p := strings.Fields(l)
			unit := ""
			if len(p) > 2 {
				unit = p[2]
			}
			*out = append(*out, fact.Definition{Name: p[0], Subject: kind, Type: fact.Type(p[1]), Unit: unit, Meaning: "Meaning of " + p[0]})
		}
	}
}
