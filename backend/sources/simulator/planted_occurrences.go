package simulator

import "purser/backend/core"

// occurrence is an incident as written down: from and to are days before AsOf, no a product.
type occurrence struct {
	name     string
	market   string
	no       int
	from, to core.Day
	amount   int64
	critical bool
}

// occurrences of the year. Sellers of more than 100 a day are US 104, 87 and DE 31; the others hidden from search or
// stranded for long are a nuisance that can wait for the morning.
func occurrences() []occurrence {
	return []occurrence{
		{IncidentAtRisk, "US", 0, 300, 294, 0, true},
		{IncidentAtRisk, "DE", 0, 141, 136, 0, true},
		{IncidentDocuments, "DE", 0, 262, 257, 2, true},
		{IncidentDocuments, "US", 0, 121, 117, 1, true},
		{IncidentLate, "US", 0, 202, 191, amazonLate, true},
		{IncidentLate, "US", 0, 91, 83, amazonLate + 1, true},
		{IncidentDefects, "DE", 0, 231, 223, 0, true},
		{IncidentDefects, "US", 0, 66, 60, 0, true},
		{IncidentViolations, "US", 0, 171, 152, 3, true},
		{IncidentViolations, "DE", 0, 76, 58, 4, true},
		{IncidentSuppressed, "DE", 31, 242, 238, 0, true},
		{IncidentSuppressed, "US", 104, 313, 308, 0, true},
		{IncidentSuppressed, "DE", 31, 130, 127, 0, true},
		{IncidentSuppressed, "US", 87, 101, 98, 0, true},
		{IncidentInactive, "US", 104, 161, 158, 0, true},
		{IncidentInactive, "DE", 31, 54, 51, 0, true},
		{IncidentStranded, "US", 33, 222, 222 - removalAfter + 1, 0, true},
		{IncidentStranded, "DE", 28, 110, 110 - removalAfter + 1, 0, true},
		{IncidentForgotten, "US", 6, 340, 0, 0, true},
		{IncidentForgotten, "US", 84, 270, 0, 0, true},
		{IncidentForgotten, "US", 101, 215, 0, 0, true},
		{IncidentForgotten, "US", 119, 180, 0, 0, true},
		{IncidentForgotten, "DE", 6, 250, 0, 0, true},
		{IncidentForgotten, "DE", 45, 150, 0, 0, true},
		{IncidentForgotten, "US", 67, 300, 0, 0, true}, // of which the cost is not known
		{IncidentNearlyLate, "US", 0, 270, 262, nearlyLate, false},
		{IncidentOneViolation, "US", 0, 330, 316, 1, false},
		{IncidentOneViolation, "DE", 0, 30, 18, 1, false},
		{IncidentSuppressed, "US", 17, 350, 346, 0, false},
		{IncidentSuppressed, "DE", 25, 285, 280, 0, false},
		{IncidentSuppressed, "US", 38, 208, 204, 0, false},
		{IncidentSuppressed, "US", 128, 146, 143, 0, false},
		{IncidentSuppressed, "DE", 3, 88, 84, 0, false},
		{IncidentStranded, "US", 14, 255, 246, 0, false},
		{IncidentStranded, "US", 61, 72, 64, 0, false},
		{IncidentInactive, "US", 25, 185, 180, 0, false},
		{IncidentInactive, "DE", 119, 115, 111, 0, false},
	}
}

// oldMatter has stranded stock all year, until it is put right at the end.
const oldMatter = "US/SKU-118"

// nuisances hide ordinary offers that sell little from buyers for some days, about one and a half times a year each.
func (y *Year) nuisances() {
	taken := map[string]bool{oldMatter: true}
	for _, i := range y.incidents {
		taken[i.Subject] = true
	}
	for _, o := range y.offers {
		if taken[subjectOf(o)] || o.plan.role != ordinary || o.fbm {
			continue
		}
		h := mix(o.seed, "nuisance")
		from := core.Day(200 + h%50*listingDays)
		y.happen(nuisance(o, h>>8, from))
		if h>>16%2 == 0 {
			y.happen(nuisance(o, h>>24, from-120))
		}
	}
}

// nuisance begins on a day of a download, so many days before AsOf.
func nuisance(o *offer, h uint64, from core.Day) occurrence {
	name := []string{IncidentSuppressed, IncidentSuppressed, IncidentStranded, IncidentInactive}[h%4]
	from -= from % listingDays
	return occurrence{name, o.store.Code, o.no, from, from - core.Day(h>>4%2+1)*listingDays + 1, 0, false}
}

// away says whether the seller downloads nothing on d: twice a year there is a week off.
func (y *Year) away(d core.Day) bool {
	ago := y.asOf - d
	return ago >= 172 && ago <= 178 || ago >= 34 && ago <= 40
}

// Reported is the first day from d on which the seller downloads what is watched, and what began by then is told.
func (y *Year) Reported(d core.Day) core.Day {
	for y.away(d) {
		d++
	}
	return d
}
