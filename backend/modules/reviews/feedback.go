package reviews

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// commentLength is how much of a comment a fact carries, in characters.
const commentLength = 140

// ratings counts feedback.
type ratings struct {
	all, negative int
	newest        opinion // the newest negative one with a comment
}

func (r *ratings) add(o opinion) {
	r.all++
	if !o.negative() {
		return
	}
	r.negative++
	if o.comment != "" && o.day >= r.newest.day {
		r.newest = o
	}
}

func (x *question) feedbackFacts(market string) {
	c := of(x.feedback, market, x.noReport(source.SellerFeedback))
	end := c.end()
	w := c.aged(c.last(end, feedbackDays, 1), end)
	recent := c.aged(c.last(end, newDays, newDays), end)
	total, bySKU, fresh := ratings{}, map[string]*ratings{}, 0
	named := map[string]bool{}
	for _, o := range x.opinions {
		if o.market != market || !w.ok() || !w.has(o.day) {
			continue
		}
		total.add(o)
		if o.negative() && recent.ok() && recent.has(o.day) {
			fresh++
		}
		for _, sku := range o.skus {
			if bySKU[sku] == nil {
				bySKU[sku], named[sku] = &ratings{}, true
			}
			bySKU[sku].add(o)
		}
	}
	for _, sku := range x.skus(market, named) {
		r := bySKU[sku]
		if r == nil {
			r = &ratings{}
		}
		if subject := fact.SubjectID(market, sku); x.cols.about(subject) {
			x.feedbackFact(subject, *r, w)
		}
	}
	x.cols.put("reviews.market_feedback_count_90d", market, func() fact.Value { return counted(w, total.all) })
	x.cols.put("reviews.market_negative_share_90d", market, func() fact.Value { return shareOf(w, total) })
	x.cols.put("reviews.market_negative_share_low_90d", market, func() fact.Value { return lowShare(w, total) })
	x.cols.put("reviews.new_negative_7d", market, func() fact.Value { return counted(recent, fresh) })
}

func (x *question) feedbackFact(subject string, r ratings, w window) {
	put := func(name string, value func() fact.Value) { x.cols.put("reviews."+name, subject, value) }
	put("feedback_count_90d", func() fact.Value { return counted(w, r.all) })
	put("negative_count_90d", func() fact.Value { return counted(w, r.negative) })
	put("negative_share_90d", func() fact.Value { return shareOf(w, r) })
	put("negative_share_low_90d", func() fact.Value { return lowShare(w, r) })
	put("latest_negative_comment", func() fact.Value {
		if !w.ok() {
			return w.value()
		}
		if r.newest.comment == "" {
			return w.missing(fmt.Sprintf("no negative feedback with a comment in %d days", feedbackDays))
		}
		v := w.value()
		v.Text, v.AsOf = shorten(r.newest.comment), r.newest.day
		return v
	})
}

// noReport is the coverage of a stream that no report was ever taken in of.
func (x *question) noReport(s source.Stream) coverage {
	name := kindOf(s)
	k, ok := x.m.host.Kind(name)
	if !ok || k.Title == "" {
		k.Title = name
	}
	return coverage{asOf: x.asOf, stream: s, title: k.Title, stale: k.StaleAge}
}

func counted(w window, n int) fact.Value {
	v := w.value()
	v.Num = float64(n)
	return v
}

func shareOf(w window, r ratings) fact.Value {
	switch {
	case !w.ok():
		return w.value()
	case r.all == 0:
		return w.missing(fmt.Sprintf("no feedback in %d days", feedbackDays))
	}
	v := w.value()
	v.Num = float64(r.negative) / float64(r.all)
	return v
}

func lowShare(w window, r ratings) fact.Value {
	v := shareOf(w, r)
	if v.Known() {
		v.Num = WilsonLow(float64(r.negative), float64(r.all))
	}
	return v
}

// shorten puts a comment on one line of at most commentLength characters.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= commentLength {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:commentLength-1])) + "…"
}
