package accounthealth

import "purser/backend/core/fact"

// Names of the facts.
const (
	factRate      = "accounthealth.rate"
	factTarget    = "accounthealth.target"
	factCondition = "accounthealth.condition"
	factShare     = "accounthealth.target_share"
	factHeadroom  = "accounthealth.headroom_orders"
	factCount     = "accounthealth.count"
	factOrders    = "accounthealth.orders"
	factStatus    = "accounthealth.status"
	factChange    = "accounthealth.change_count_7d"
	factWindow    = "accounthealth.window_days"

	factAccount       = "accounthealth.account_status"
	factAtRisk        = "accounthealth.at_risk"
	factRating        = "accounthealth.rating"
	factViolations    = "accounthealth.violations"
	factNewViolations = "accounthealth.new_violations_7d"
	factDocuments     = "accounthealth.document_requests"
	factNewDocuments  = "accounthealth.new_document_requests_7d"
	factWorst         = "accounthealth.worst_target_share"

	seriesRate  = "accounthealth.rate"
	seriesCount = "accounthealth.count"
)

func definitions() []fact.Definition {
	out := append(metricDefinitions(), marketDefinitions()...)
	titles, parts := titles(), parts()
	for i := range out {
		out[i].Title, out[i].Parts = titles[out[i].Name], parts[out[i].Name]
	}
	return out
}

// titles are the facts' column headers.
func titles() map[string]string {
	return map[string]string{
		factRate: "Rate", factTarget: "Target", factCondition: "Held to", factShare: "Allowance used", factHeadroom: "Headroom",
		factCount: "Defects", factOrders: "Measured over", factStatus: "Status", factChange: "Change 7 d", factWindow: "Window",
		factAccount: "Account status", factAtRisk: "At risk", factRating: "Health rating", factViolations: "Open violations",
		factNewViolations: "New violations 7 d", factDocuments: "Document requests", factNewDocuments: "New requests 7 d",
		factWorst: "Worst allowance used",
	}
}

// parts are what facts are computed from that rest on other facts; the rest rest on lines of reports.
func parts() map[string][]string {
	return map[string][]string{
		factShare:    {factRate, factTarget, factCondition},
		factHeadroom: {factTarget, factCondition, factOrders, factCount, factRate},
		factAtRisk:   {factAccount},
		factWorst:    {factShare},
	}
}

func metricDefinitions() []fact.Definition {
	def := func(name string, t fact.Type, unit, meaning, formula, better string) fact.Definition {
		return fact.Definition{
			Name: name, Subject: fact.HealthMetric, Type: t, Unit: unit, Meaning: meaning, Formula: formula,
			Sources: []string{kind}, Better: better,
		}
	}
	rate := def(factRate, fact.Ratio, "", "The metric's rate", "rate of the newest performance report; missing where it is of no orders", "")
	rate.Daily = seriesRate
	count := def(factCount, fact.Count, "", "What went wrong: defects, late shipments, violations",
		"count of the newest performance report; where that counts successes (valid tracking, on-time delivery), orders − count", "down")
	count.Daily = seriesCount
	return []fact.Definition{
		rate,
		def(factTarget, fact.Ratio, "", "What Amazon holds the rate to",
			"target of the report itself; where it states none, Amazon's policy figure in force on the day, which is estimated", ""),
		def(factCondition, fact.Text, "", "How the rate is held to the target", "LESS_THAN, GREATER_THAN, AT_LEAST, AT_MOST or EQUALS; from where the target is from", ""),
		def(factShare, fact.Ratio, "", "Share of the allowance that is used; 1 is at the target",
			"rate ÷ target where it must stay below; (1 − rate) ÷ (1 − target) where it must stay above", "down"),
		def(factHeadroom, fact.Count, "orders", "Further defects that the orders so far can bear; negative is a breach",
			"most defects that keep to the target − defects. Less than 4 % of 100 orders: 4 is a breach, so 3; at least 95 % of 100: 5. "+
				"Orders still to come are not counted in", "up"),
		count,
		def(factOrders, fact.Count, "orders", "Orders, shipments or units the rate is measured over", "of the newest performance report", ""),
		def(factStatus, fact.Text, "", "What Amazon says of the metric", "status of the newest performance report, as written", ""),
		def(factChange, fact.Count, "", "Change of the count in a week",
			"accounthealth.count − that of the last report at least 7 days older", "down"),
		def(factWindow, fact.Number, "days", "Length of the window the metric is measured over", "end − start of the reporting date range", ""),
	}
}

func marketDefinitions() []fact.Definition {
	def := func(name string, t fact.Type, meaning, formula, better string) fact.Definition {
		return fact.Definition{
			Name: name, Subject: fact.Marketplace, Type: t, Meaning: meaning, Formula: formula, Sources: []string{kind}, Better: better,
		}
	}
	return []fact.Definition{
		def(factAccount, fact.Text, "Whether the account may sell", "account status of the newest performance report, as written", ""),
		def(factAtRisk, fact.Flag, "Whether the account is at risk or switched off",
			"false where the account status is NORMAL, true where it is AT_RISK, DEACTIVATED or SUSPENDED", "down"),
		def(factRating, fact.Text, "Amazon's account health rating in words", "account health rating status of the newest performance report, as written", ""),
		def(factViolations, fact.Count, "Open policy violations and complaints",
			"sum of the violation and complaint counters; document requests apart", "down"),
		def(factNewViolations, fact.Count, "Violations and complaints that came in a week",
			"sum of the counters' rises since the last report at least 7 days older; a counter that fell does not make up for another that rose", "down"),
		def(factDocuments, fact.Count, "Open requests for documents", "count of document requests", "down"),
		def(factNewDocuments, fact.Count, "Requests for documents that came in a week",
			"rise of accounthealth.document_requests since the last report at least 7 days older", "down"),
		def(factWorst, fact.Ratio, "Largest share of an allowance that is used", "largest accounthealth.target_share; the note names the metric", "down"),
	}
}
