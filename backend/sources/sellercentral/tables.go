package sellercentral

// tables lists the kinds of report that are tables, made anew for every reading. Adding a kind
// is one definition and one line here.
func tables() []tableKind {
	return []tableKind{
		allOrders(),
		settlement(),
		fbaInventory(),
		adSearchTerms(),
		adProducts(),
		adTargets(),
		adCampaigns(),
		fbaInventoryPlanning(),
		restockRecommendations(),
		businessReportByItem(),
		businessReportByDate(),
		transactions(),
		sellerFeedback(),
		fbaReturns(),
		reimbursements(),
		merchantListings(),
		suppressedListings(),
		strandedInventory(),
		feeEstimates(),
	}
}
