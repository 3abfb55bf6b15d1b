package simulator

import (
	"fmt"

	"purser/backend/core/fact"
)

// Names of planted situations.
const (
	PlantDecline         = "decline"          // case 1 of the default policy
	PlantRunningOut      = "running_out"      // case 2 of the default policy
	PlantSuppressed      = "suppressed"       // a best-seller hidden from search
	PlantStranded        = "stranded"         // stock without an offer
	PlantLateShipments   = "late_shipments"   // a rate near its target
	PlantWastefulTerm    = "wasteful_term"    // clicks and no orders
	PlantReturns         = "returns_jump"     // returns against the SKU's own baseline
	PlantDocumentRequest = "document_request" // Amazon wants a document
	PlantLowStock        = "low_stock"        // less pressing than running_out
	PlantOverstock       = "overstock"        // far more stock than sold
)

// Planted is one situation that must surface.
type Planted struct {
	Name        string // one of the Plant constants
	SubjectKind fact.SubjectKind
	Subject     string // subject id, such as "US/SKU-104"
	Meaning     string // what is in the data, one sentence
}

// Planted lists the situations planted in the data; everything else is a healthy seller's ordinary noise.
func (s *Seller) Planted() []Planted {
	var out []Planted
	for _, o := range s.offers {
		name, meaning := o.plan.describe()
		if name == "" {
			continue
		}
		out = append(out, Planted{name, fact.SKU, fact.SubjectID(o.store.Code, string(o.sku)), meaning})
	}
	for _, t := range s.ads.wasted {
		out = append(out, Planted{
			PlantWastefulTerm, fact.SearchTerm, fact.SubjectID(t.campaign.store.Code, t.campaign.name, t.text),
			fmt.Sprintf("For %d days %q was clicked and nobody bought.", wastefulDays, t.text),
		})
	}
	return append(out,
		Planted{PlantLateShipments, fact.HealthMetric, fact.SubjectID("US", "late_shipment_rate"), "Six of 157 orders were late, 3.82 % against a target of 4 %; a seventh would breach it."},
		Planted{PlantDocumentRequest, fact.HealthMetric, fact.SubjectID("US", "document_requests"), "Amazon has asked for a document since yesterday; before there was none."},
	)
}

func (p plan) describe() (name, meaning string) {
	switch p.role {
	case declining:
		return PlantDecline, "Sales are 43 % below the 28 days before, advertising costs about twice break-even, and 9 of 14 ratings in 90 days are bad: the lid leaks."
	case runningOut:
		return PlantRunningOut, "Stock lasts 19 days, new stock takes 28, nothing is on its way."
	case suppressed:
		return PlantSuppressed, "The best-seller has been hidden from search for three days: its main image is missing."
	case strandedFBA:
		return PlantStranded, "The listing was closed nine days ago while stock is at Amazon."
	case sentBack:
		return PlantReturns, "In the last 28 days returns are more than four times the usual rate, mostly defective."
	case lowStock:
		return PlantLowStock, fmt.Sprintf("Stock lasts %.0f days, less than the lead time.", p.cover)
	case overstocked:
		return PlantOverstock, fmt.Sprintf("Stock lasts %.0f days.", p.cover)
	case ordinary:
	}
	return "", ""
}
