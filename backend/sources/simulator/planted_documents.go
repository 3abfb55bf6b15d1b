package simulator

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// How often the seller of a Year downloads what is watched, in days, and how many days of it there are.
const (
	oftenDays   = 2 // orders and stock
	listingDays = 3 // listings, suppressed and stranded
	watchedDays = 375
)

// Documents yields the files of the year, oldest download first: those of the demo seller, with what is watched
// downloaded often enough all year, and again on days on which an incident begins or is over.
func (y *Year) Documents() iter.Seq[source.File] {
	docs := y.schedule()
	for _, kind := range []string{"account-health", "all-listings", "suppressed-listings", "stranded-inventory"} {
		docs = slices.DeleteFunc(docs, func(d document) bool { return strings.HasPrefix(d.name, kind+"_") })
	}
	docs = slices.DeleteFunc(docs, func(d document) bool { return y.away(core.DayOf(d.at, time.UTC)) })
	have := map[string]bool{}
	for _, d := range docs {
		have[d.name] = true
	}
	for _, d := range y.watched() {
		if !have[d.name] {
			docs = append(docs, d)
		}
	}
	slices.SortStableFunc(docs, func(a, b document) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.name, b.name)) })
	return func(yield func(source.File) bool) {
		for _, d := range docs {
			data := d.build()
			f := source.File{
				Name: d.name, Size: int64(len(data)), ModTime: d.at,
				Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
			}
			if !yield(f) {
				return
			}
		}
	}
}

// watched lists the downloads that keep the account in sight.
func (y *Year) watched() []document {
	var docs []document
	for d := y.asOf - watchedDays; d <= y.asOf; d++ {
		if y.away(d) {
			continue
		}
		docs = append(docs, document{"account-health_" + d.String() + ".json", download(d), func() []byte { return y.healthOn(d) }})
		for _, m := range y.stores {
			if (y.asOf-d)%oftenDays == 0 {
				docs = append(docs,
					document{fileName("all-orders", m, d, "txt"), download(d), func() []byte { return y.orders(m, download(y.before(d)), download(d)) }},
					document{fileName("fba-inventory", m, d, "txt"), download(d), func() []byte { return y.stock(m, d) }})
			}
			if (y.asOf-d)%listingDays == 0 || y.turns(m, d) {
				docs = append(docs,
					document{fileName("all-listings", m, d, "txt"), download(d), func() []byte { return y.listingsOn(m, d) }},
					document{fileName("suppressed-listings", m, d, "txt"), download(d), func() []byte { return y.suppressedOn(m, d) }},
					document{fileName("stranded-inventory", m, d, "txt"), download(d), func() []byte { return y.strandedOn(m, d) }})
			}
		}
	}
	return docs
}

// before is the day of the download of orders before that of d.
func (y *Year) before(d core.Day) core.Day {
	d -= oftenDays
	for y.away(d) {
		d--
	}
	return d
}

// turns says whether an incident of a listing begins on d or is over since the day before.
func (y *Year) turns(m *store, d core.Day) bool {
	return slices.ContainsFunc(y.incidents, func(i Incident) bool {
		o := y.offer(i.Subject)
		return o != nil && o.store == m && i.Name != IncidentForgotten && (d == i.From || d == i.To+1)
	})
}

// happening lists the offers of a store to which something of the name happens on d.
func (y *Year) happening(m *store, name string, d core.Day) (out []*offer, since []core.Day) {
	for _, i := range y.incidents {
		if o := y.offer(i.Subject); i.Name == name && o != nil && o.store == m && i.on(d) {
			out, since = append(out, o), append(since, i.From)
		}
	}
	return out, since
}

func (y *Year) suppressedOn(m *store, d core.Day) []byte {
	t := &table{sep: '\t', buf: y.suppressed(m, d)}
	offers, since := y.happening(m, IncidentSuppressed, d)
	for i, o := range offers {
		t.texts("Search Suppressed", "Missing Image", string(o.sku), string(o.asin), o.name(), "New", since[i].String(),
			"The main image is missing. Add a main image to make the listing appear in search.")
		t.end()
	}
	return t.buf
}

func (y *Year) strandedOn(m *store, d core.Day) []byte {
	t := &table{sep: '\t', buf: y.stranded(m, d)}
	offers, since := y.happening(m, IncidentStranded, d)
	for i, o := range offers {
		t.texts("Relist", since[i].String(), (since[i] + removalAfter).String(), "Stranded", "Inactive", "The listing was closed while stock is at Amazon.",
			"Listing closed", string(o.asin), string(o.sku), o.fnsku, o.name(), "New", "Amazon")
		t.counts(o.day(d).stock)
		t.money(o.priceOn(d))
		t.counts(0, 0, 0)
		t.end()
	}
	return t.buf
}

func (y *Year) listingsOn(m *store, d core.Day) []byte {
	lines := strings.Split(string(y.listings(m, d)), "\r\n")
	for _, name := range []string{IncidentInactive, IncidentStranded} {
		offers, _ := y.happening(m, name, d)
		for _, o := range offers {
			for i, l := range lines {
				if strings.Contains(l, "\t"+string(o.sku)+"\t") {
					lines[i] = strings.TrimSuffix(l, "Active") + "Inactive"
				}
			}
		}
	}
	return []byte(strings.Join(lines, "\r\n"))
}

// healthOn is the account health report of the morning of d with what happens on it.
func (y *Year) healthOn(d core.Day) []byte {
	plain := y.health(d)
	var root struct {
		Statuses []object `json:"accountStatuses"`
		Metrics  []object `json:"performanceMetrics"`
	}
	if json.Unmarshal(plain, &root) != nil {
		return plain
	}
	for n, m := range y.stores {
		for _, i := range y.incidents {
			code, _, _ := strings.Cut(i.Subject, "/")
			if code == m.Code && i.on(d) {
				y.harm(i, d, root.Statuses[n], root.Metrics[n])
			}
		}
	}
	data, err := json.Marshal(object{"accountStatuses": root.Statuses, "performanceMetrics": root.Metrics})
	if err != nil {
		return plain
	}
	return data
}

// harm writes an incident into the report's part of its marketplace.
func (y *Year) harm(i Incident, d core.Day, status, metrics object) {
	switch i.Name {
	case IncidentAtRisk:
		status["status"] = "AT_RISK"
	case IncidentDocuments:
		metrics["documentRequests"] = defects(d, i.amount)
	case IncidentViolations, IncidentOneViolation:
		metrics["listingPolicyViolations"] = defects(d, i.amount)
	case IncidentLate, IncidentNearlyLate:
		_, orders := y.late(d)
		metrics["lateShipmentRate"] = measured(d, 30, i.amount, orders, 0.04, true, "lateShipmentCount", "orderCount")
	case IncidentDefects:
		shipped := int64(0)
		for m := range y.stores {
			if y.stores[m].Code != i.Subject[:2] {
				continue
			}
			for x := d - 60; x < d; x++ {
				shipped += int64(len(y.linesOn(y.stores[m], x)))
			}
		}
		rate, ok := metrics["orderDefectRate"].(map[string]any)
		if ok {
			rate["afn"] = orderDefects(d, "afn", shipped, shipped*12/1000+1, shipped/1500)
		}
	}
}
