package sellercentral

import "sync"

// definitions lists the kinds of report that are tables. Adding a kind
// is one definition and one line here.
func definitions() []tableKind {
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

// known is a kind with its spec made once: recognition asks for it for every file.
type known struct {
	tableKind
	made spec
}

func (k known) spec() spec { return k.made }

// tables gives the kinds of report that are tables, made anew for every reading because some
// of them count while they read; what recognition needs of them is made once.
func tables() []tableKind {
	specs := specs()
	out := definitions()
	for i, k := range out {
		out[i] = known{k, specs[i]}
	}
	return out
}

var specs = sync.OnceValue(func() []spec { //nolint:gochecknoglobals // never changes once made
	var out []spec
	for _, k := range definitions() {
		out = append(out, k.spec())
	}
	return out
})
