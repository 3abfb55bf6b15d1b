package simulator

import (
	"cmp"
	"slices"

	"purser/backend/core"
)

// rating is one seller feedback.
type rating struct {
	day     core.Day
	stars   int
	comment string
	answer  string
	order   string
	line    *line
}

// plantedRatings are the ratings of the declining offer: days before AsOf, stars and words.
func plantedRatings() []rating {
	return []rating{
		{day: 2, stars: 1, comment: "Lid leaks, soup all over my bag."},
		{day: 4, stars: 2, comment: "The lid leaks after one week."},
		{day: 7, stars: 1, comment: "Not leakproof at all. Seller never answered."},
		{day: 10, stars: 5, comment: "Nice size."},
		{day: 13, stars: 1, comment: "Lid leaks and the clip broke."},
		{day: 17, stars: 2, comment: "Seal came loose on day two."},
		{day: 21, stars: 4, comment: "Good box, arrived on time."},
		{day: 25, stars: 1, comment: "Leaks. Asked for a refund, no reply."},
		{day: 30, stars: 2, comment: "Looks good but the lid leaks."},
		{day: 37, stars: 5, comment: "Exactly as described."},
		{day: 45, stars: 1, comment: "Lid does not close, leaked in the rucksack."},
		{day: 56, stars: 3, comment: "It is all right."},
		{day: 68, stars: 2, comment: "Lid leaks when tilted."},
		{day: 81, stars: 5, comment: "Great lunch box."},
	}
}

// ordinaryComments by stars, from one to five, in English and German.
func ordinaryComments(german bool) [5][]string {
	if german {
		return [5][]string{
			{"Paket kam beschädigt an."},
			{"Lieferung hat zu lange gedauert."},
			{"Ganz in Ordnung."},
			{"Gute Ware, Verpackung könnte besser sein.", "Schnell da, gerne wieder."},
			{"Alles bestens!", "Schnelle Lieferung, gute Qualität.", "Wie beschrieben, vielen Dank.", "Sehr zufrieden."},
		}
	}
	return [5][]string{
		{"Box arrived damaged."},
		{"Took longer than promised."},
		{"It's OK for the price."},
		{"Good quality, plain packaging.", "Happy with it, came quickly."},
		{"Great product, fast delivery.", "Exactly as described.", "Love it!", "Very good quality. Would buy again."},
	}
}

// collectFeedback lets about one order in a hundred leave a rating, mostly a good one.
func (s *Seller) collectFeedback() {
	for _, m := range s.stores {
		var all, later []rating
		words := ordinaryComments(m.germany())
		for d := s.first; d < s.end; d++ {
			for _, l := range s.linesOn(m, d) {
				r := dice(mix(l.offer.seed, "feedback", uint64(l.placed)), d)
				if l.cancelled || !l.alone || r.Float64() >= 0.011 || l.offer.plan.role == declining && d >= s.asOf-115 {
					continue
				}
				stars := 1 + weighted(r, []float64{1.5, 2, 3.5, 15, 78})
				said := words[stars-1]
				f := rating{day: d + 5 + core.Day(r.IntN(18)), stars: stars, comment: said[r.IntN(len(said))], order: l.order, line: l}
				if stars <= 2 && r.Float64() < 0.5 {
					f.answer = "We are sorry and have sent a replacement."
				}
				switch {
				case f.day < s.asOf:
					all = append(all, f)
				case f.day < s.end:
					later = append(later, f)
				}
			}
		}
		all = append(all, s.plantRatings(m)...)
		if s.o.Hostile {
			poisonComments(all)
		}
		all = append(all, later...)
		slices.SortStableFunc(all, func(a, b rating) int {
			return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.order, b.order))
		})
		s.feedback[m.index] = all
	}
}

// plantRatings attaches the planted ratings to orders of the declining offer alone.
func (s *Seller) plantRatings(m *store) []rating {
	var out []rating
	for _, o := range s.offersOf(m) {
		if o.plan.role != declining {
			continue
		}
		taken := map[string]bool{}
		for _, f := range plantedRatings() {
			f.day = s.asOf - f.day
			if l := s.buyerBefore(o, f.day-6, taken); l != nil {
				f.order, f.line = l.order, l
				taken[l.order] = true
				out = append(out, f)
			}
		}
	}
	return out
}

// buyerBefore finds an order of the offer alone that was shipped, on day d or up to two weeks before it.
func (s *Seller) buyerBefore(o *offer, d core.Day, taken map[string]bool) *line {
	for ; d > s.asOf-110; d-- {
		for _, l := range s.linesOn(o.store, d) {
			if l.offer == o && l.alone && !l.cancelled && !taken[l.order] {
				return l
			}
		}
	}
	return nil
}
