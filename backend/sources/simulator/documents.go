package simulator

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
)

// document is a file to be made.
type document struct {
	name  string
	at    time.Time // moment of the download
	build func() []byte
}

// download is the moment at which files are downloaded on a day: 06:10 UTC.
func download(d core.Day) time.Time { return d.Time().Add(6*time.Hour + 10*time.Minute) }

// fileName is a name as a seller's download folder would hold it; it says the marketplace.
func fileName(kind string, m *store, d core.Day, ext string) string {
	return fmt.Sprintf("%s_%s_%s.%s", kind, m.Code, d, ext)
}

// schedule lists every document, oldest download first.
func (s *Seller) schedule() []document {
	var all []document
	for _, m := range s.stores {
		for _, list := range [][]document{
			s.orderFiles(m), s.trafficFiles(m), s.stockFiles(m), s.listingFiles(m), s.adFiles(m),
			s.settlementFiles(m), s.transactionFiles(m), s.feedbackFiles(m), s.returnFiles(m), s.feeFiles(m),
		} {
			all = append(all, list...)
		}
	}
	all = append(all, s.healthFiles()...)
	slices.SortStableFunc(all, func(a, b document) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.name, b.name)) })
	return all
}

// months lists the downloads of a monthly habit, on the first of each month after `from` up to `to`.
func months(from, to core.Day) []core.Day {
	var out []core.Day
	for d := nextMonth(from); d <= to; d = nextMonth(d) {
		out = append(out, d)
	}
	return out
}

// mondays lists the Mondays after `from` up to `to`.
func mondays(from, to core.Day) []core.Day {
	var out []core.Day
	for d := from + 1; d <= to; d++ {
		if d.Weekday() == time.Monday {
			out = append(out, d)
		}
	}
	return out
}

// daily lists the n days that end with AsOf.
func (s *Seller) daily(n int) []core.Day {
	var out []core.Day
	for d := s.asOf - core.Day(n) + 1; d <= s.asOf; d++ {
		out = append(out, d)
	}
	return out
}

// weeklyThenDaily is weekly up to n days ago, then daily.
func (s *Seller) weeklyThenDaily(from core.Day, n int) []core.Day {
	return append(mondays(from, s.asOf-core.Day(n)), s.daily(n)...)
}

// monthlyThenWeekly is monthly up to n days ago, then weekly up to `to`.
func (s *Seller) monthlyThenWeekly(n int, to core.Day) []core.Day {
	turn := s.asOf - core.Day(n)
	return append(months(s.first+6, turn), mondays(turn, to)...)
}
