package simulator

import (
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Names of incidents, beside those of planted situations.
const (
	IncidentAtRisk       = "account_at_risk"  // Amazon may stop selling
	IncidentDocuments    = "document_request" // Amazon wants documents
	IncidentLate         = "late_shipments"   // the rate is over its target
	IncidentDefects      = "order_defects"    // the rate is over its target
	IncidentViolations   = "new_violations"   // listings violate policies
	IncidentSuppressed   = "suppressed"       // hidden from search
	IncidentStranded     = "stranded"         // stock without an offer; removed soon where it is critical
	IncidentInactive     = "inactive"         // stock, and the offer switched off
	IncidentForgotten    = "order_forgotten"  // sells out before new stock can land
	IncidentNearlyLate   = "late_near_target" // a rate near its target: nothing critical
	IncidentOneViolation = "one_violation"    // nothing critical
	removalAfter         = 30                 // days from stranded to removed
	removalSoon          = core.Day(7)        // days before the removal from which it is critical
	forgetDays           = 75                 // for which an order is forgotten
	lookAhead            = 60                 // days of demand by which orders are placed
	amazonLate           = int64(8)           // late shipments of an incident, of about 157
	nearlyLate           = int64(5)           // near the target of 4 %
)

// Incident is what happens to the seller over some days of the year, and whether it can't wait.
type Incident struct {
	Planted
	From, To core.Day // mornings on which it is so; both included
	Critical bool
	Since    core.Day // the morning from which it is critical
	amount   int64    // how many, where that matters
}

// on says whether it is so on the morning of d.
func (i Incident) on(d core.Day) bool { return d >= i.From && d <= i.To }

// Year is a demo seller to whom more happens: incidents all over the last year, each put right after some days, and a
// seller who downloads reports every few days, but for two weeks off. What is planted at the end stays.
type Year struct {
	*Seller
	incidents []Incident
	atEnd     []Incident // of the planted situations
}

// NewYear simulates the account and lets it live through the incidents.
func NewYear(o Options) *Year {
	y := &Year{Seller: New(o)}
	for _, x := range occurrences() {
		y.happen(x)
	}
	y.nuisances()
	for _, o := range y.offers {
		y.relive(o)
	}
	y.lines = [2][][]*line{}
	y.placeOrders()
	y.ads = y.runAds()
	y.collectFeedback()
	y.takeReturns()
	for i := range y.incidents {
		if y.incidents[i].Name == IncidentForgotten {
			y.find(&y.incidents[i])
		}
	}
	y.end()
	y.incidents = slices.DeleteFunc(y.incidents, y.harmless)
	return y
}

// harmless says whether an offer is without stock when stock is said to lie idle.
func (y *Year) harmless(i Incident) bool {
	o := y.offer(i.Subject)
	return o != nil && (i.Name == IncidentInactive || i.Name == IncidentStranded) && o.day(i.From).stock == 0
}

// Incidents are what happened, day by day, with those of the situations planted at the end that have a day.
func (y *Year) Incidents() []Incident { return slices.Concat(y.incidents, y.atEnd) }

// end notes from when the situations planted at the end are so; most of them are critical.
func (y *Year) end() {
	if o := y.offer(oldMatter); o != nil {
		y.atEnd = append(y.atEnd, Incident{
			Planted: Planted{IncidentStranded, fact.SKU, oldMatter, "Stock of an old listing."}, From: y.first, Since: y.first, To: y.asOf - mendedDays - 1,
		})
	}
	for _, p := range y.Planted() {
		i := Incident{Planted: p, To: y.asOf, Critical: true}
		switch p.Name {
		case PlantSuppressed:
			i.From = y.asOf - suppressDays
		case PlantStranded:
			i.From, i.Critical = y.asOf-strandedDays, false
		case PlantDocumentRequest:
			i.From, i.Subject = y.asOf-documentRequestDays, "US"
		case PlantRunningOut, PlantLowStock:
			i.From = y.asOf - core.Day(lookAhead)
			if y.find(&i); i.From == y.asOf {
				continue // it never became late
			}
		default:
			continue
		}
		i.Since = i.From
		y.atEnd = append(y.atEnd, i)
	}
}

func (y *Year) happen(x occurrence) {
	i := Incident{
		Planted: Planted{Name: x.name, SubjectKind: fact.Marketplace, Subject: x.market, Meaning: x.name + " in " + x.market},
		From:    y.asOf - x.from, To: y.asOf - x.to, Critical: x.critical, amount: x.amount,
	}
	if i.Since = i.From; x.name == IncidentStranded && x.critical {
		i.Since += removalAfter - removalSoon
	}
	switch {
	case x.no > 0:
		i.SubjectKind, i.Subject = fact.SKU, fact.SubjectID(x.market, fmt.Sprintf("SKU-%03d", x.no))
		i.Meaning = x.name + " " + i.Subject
	case x.name == IncidentLate || x.name == IncidentNearlyLate:
		i.SubjectKind, i.Subject = fact.HealthMetric, fact.SubjectID(x.market, "late_shipment_rate")
	case x.name == IncidentDefects:
		i.SubjectKind, i.Subject = fact.HealthMetric, fact.SubjectID(x.market, "order_defect_rate_afn")
	}
	if y.offer(i.Subject) != nil || x.no == 0 { // a small demo has not every product
		y.incidents = append(y.incidents, i)
	}
}

func subjectOf(o *offer) string { return fact.SubjectID(o.store.Code, string(o.sku)) }

func (s *Seller) offer(subject string) *offer {
	for _, o := range s.offers {
		if subjectOf(o) == subject {
			return o
		}
	}
	return nil
}

// about lists the incidents of a subject.
func (y *Year) about(subject string) (out []Incident) {
	for _, i := range y.incidents {
		if i.Subject == subject {
			out = append(out, i)
		}
	}
	return out
}

// relive sells again what incidents touch: nothing while nobody can buy, and nothing ordered while it is forgotten.
func (y *Year) relive(o *offer) {
	touching := y.about(subjectOf(o))
	if len(touching) == 0 {
		return
	}
	lambda, noisy := y.demand(o)
	for i := range noisy {
		d := y.epoch + core.Day(i)
		for _, x := range touching {
			if x.Name != IncidentForgotten && x.on(d) {
				noisy[i] = 0
			}
		}
	}
	for _, x := range touching {
		if x.Name != IncidentForgotten {
			continue
		}
		for d := x.From; d < x.From+forgetDays+lookAhead; d++ {
			lambda[d-y.epoch] = 0 // so that nothing seems to be needed
		}
	}
	o.days = make([]offerDay, len(noisy))
	if o.plan.role == ordinary {
		y.replenish(o, lambda, noisy)
	} else {
		y.endWith(o, lambda, noisy)
	}
}

// find works out on which day a forgotten order became late, and until when the offer is short.
func (y *Year) find(i *Incident) {
	w := y.world(i.Subject)
	from := i.From
	for from < y.asOf && !w.orderIsLate(from) {
		from++
	}
	to := from
	for to < y.asOf && (w.orderIsLate(to) || w.o.day(to).stock == 0) {
		to++
	}
	i.From, i.To, i.Since = from, to, from
}

// World is what is true of one SKU, whatever reports say.
type World struct {
	y *Year
	o *offer
}

func (y *Year) world(subject string) World { return World{y, y.offer(subject)} }

// World of a SKU, by its subject id; false where there is none.
func (y *Year) World(subject string) (World, bool) {
	w := y.world(subject)
	return w, w.o != nil
}

// demand is what would be sold a day over the n days from d.
func (w World) demand(d core.Day, n int) float64 {
	sum := 0.0
	for x := d; x < d+core.Day(n); x++ {
		sum += w.y.expected(w.o, x)
	}
	return sum / float64(n)
}

// orderIsLate says whether what is at Amazon and on its way on the morning of d lasts for less than the lead time.
func (w World) orderIsLate(d core.Day) bool {
	day := w.o.day(d)
	return float64(day.stock+day.inbound) < w.demand(d, w.o.lead)*float64(w.o.lead)
}

// SellsOut says whether the SKU is truly without stock before an order that is placed on d, or a week after it, can
// land. Beyond the last day sales go on as expected, and what is on its way lands in time.
func (w World) SellsOut(d core.Day) bool {
	end := d + core.Day(w.o.lead) + 7
	for x := d; x <= min(end, w.y.asOf); x++ {
		if w.o.day(x).stock == 0 {
			return true
		}
	}
	last := w.o.day(w.y.asOf)
	beyond := int(end - w.y.asOf)
	return beyond > 0 && float64(last.stock+last.inbound) < w.demand(w.y.asOf, beyond)*float64(beyond)
}

// SalesADay is what the SKU sells a day when it can be bought, in minor units, over four weeks from d.
func (w World) SalesADay(d core.Day) int64 { return int64(w.demand(d, 28) * float64(w.o.priceOn(d))) }
