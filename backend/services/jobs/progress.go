package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core"
)

// ProgressOutput is how far the first fill is.
type ProgressOutput struct {
	Streams int    `json:"streams"`
	Ready   int    `json:"ready"`   // streams of which the newest is here
	Whole   int    `json:"whole"`   // streams of which all the past is here
	Done    int    `json:"done"`    // windows that are here
	Total   int    `json:"total"`   // windows that are wanted
	Percent int    `json:"percent"` // of the windows
	Left    string `json:"left"`    // "about 3 hours"; "" once it is whole, or before there is anything to tell it from
	Text    string `json:"text"`
	Paused  bool   `json:"paused"` // everything is
}

// Progress tells how far the first fill is, and how long it still takes.
func (s *Service) Progress() ProgressOutput {
	now := s.o.Clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	open := map[int64][]*ask{}
	for _, a := range s.asks {
		open[a.stream] = append(open[a.stream], a)
	}
	o := ProgressOutput{Paused: s.paused}
	lanes := map[laneKey]time.Duration{}
	for _, st := range s.sorted() {
		o.Streams++
		done, total := s.windows(st, open[st.id], now)
		o.Done, o.Total = o.Done+done, o.Total+total
		if done > 0 {
			o.Ready++
		}
		if done == total {
			o.Whole++
		}
		if s.stuck(st) {
			continue
		}
		each := max(st.took, s.o.Pace, time.Second)
		lanes[st.lane()] += time.Duration(total-done) * each
	}
	if o.Total > 0 {
		o.Percent = o.Done * 100 / o.Total
	}
	var longest time.Duration
	for _, d := range lanes {
		longest = max(longest, d)
	}
	if o.Ready > 0 && longest > 0 && !s.paused {
		o.Left = about(longest)
	}
	o.Text = progressWords(o)
	return o
}

// stuck says whether a stream does not go on by itself soon.
func (s *Service) stuck(st *stream) bool {
	l := s.lanes[st.lane()]
	return st.paused || st.behind || st.trouble != "" && !passing(st.trouble) && st.trouble != troubleLate || l != nil && !l.reconnect.IsZero()
}

// windows counts the windows of a stream that are here and that are wanted.
func (s *Service) windows(st *stream, open []*ask, now time.Time) (done, total int) {
	if st.feed.Snapshot {
		return map[bool]int{true: 0, false: 1}[st.success.IsZero()], 1
	}
	from, until := covered(st, open)
	slice := max(st.feed.Slice, time.Hour)
	if st.feed.DayByDay {
		slice = day
	}
	count := func(d time.Duration) int { return int((max(d, 0) + slice - time.Second) / slice) }
	if !until.IsZero() {
		done = max(count(until.Sub(from)), 1)
	}
	history := s.o.History(st.feed)
	if st.ended || history <= 0 {
		return done, max(done, 1)
	}
	end := until
	if end.IsZero() {
		end = edge(st.feed, st.zone, now)
		from = end
	}
	return done, max(done+count(from.Sub(horizon(st.feed, st.zone, now, history))), 1)
}

func progressWords(o ProgressOutput) string {
	switch {
	case o.Streams == 0:
		return "Nothing is connected yet."
	case o.Paused:
		return "Paused: nothing is fetched until you resume."
	case o.Whole == o.Streams:
		return "Everything is here and kept up to date."
	case o.Left != "":
		return fmt.Sprintf("%d of %d kinds of data are here, %d %% of the past; %s left.", o.Ready, o.Streams, o.Percent, o.Left)
	default:
		return fmt.Sprintf("%d of %d kinds of data are here, %d %% of the past.", o.Ready, o.Streams, o.Percent)
	}
}

// about rounds a duration as a person would.
func about(d time.Duration) string {
	switch minutes := int(d.Minutes()) + 1; {
	case minutes < 60:
		return fmt.Sprintf("about %d min", minutes)
	case minutes < 48*60:
		return fmt.Sprintf("about %d h", (minutes+30)/60)
	default:
		return fmt.Sprintf("about %d days", (minutes+12*60)/(24*60))
	}
}

// QuotaOutput is what was asked of a group of operations in a UTC day.
type QuotaOutput struct {
	Day      string `json:"day"`
	API      string `json:"api"`
	Region   string `json:"region"`
	Group    string `json:"group"`
	Requests int    `json:"requests"` // steps that reached Amazon
	Begun    int    `json:"begun"`    // asks that began: of reports, how many were ordered
	Planned  int    `json:"planned"`  // asks that a usual day has, without what is filled from the past
	Left     string `json:"left"`     // what Amazon's own quota leaves now, in words
}

// Quota lists what was asked for in the last days, newest first, and what a usual day has.
func (s *Service) Quota(ctx context.Context, days int) ([]QuotaOutput, error) {
	plan := s.planned()
	today := core.DayOf(s.o.Clock.Now(), time.UTC)
	out := []QuotaOutput{}
	err := s.each(ctx, "Counted", func(r *sql.Rows) error {
		var k quotaKey
		var o QuotaOutput
		if err := r.Scan(&k.day, &k.api, &k.region, &k.group, &o.Requests, &o.Begun); err != nil {
			return err
		}
		o.Day, o.API, o.Region, o.Group = k.day.String(), k.api, k.region, k.group
		if k.day == today {
			o.Left = s.o.Left(k.api, k.region, k.group)
		}
		k.day = 0
		o.Planned = plan[k]
		out = append(out, o)
		return nil
	}, int64(today)-int64(max(days, 1))+1)
	return out, err
}

// planned counts the asks of a usual day by group.
func (s *Service) planned() map[quotaKey]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	sums := map[quotaKey]float64{}
	for _, st := range s.sorted() {
		k := quotaKey{api: st.feed.API, region: st.key.region, group: st.feed.Group}
		every := max(st.feed.Every, time.Minute)
		if st.feed.DayByDay {
			every = max(every, day)
		}
		sums[k] += day.Hours() / every.Hours()
		for _, a := range st.feed.Again {
			slice := a.Past
			if st.feed.DayByDay {
				slice = day
			} else if st.feed.Slice > 0 {
				slice = min(slice, st.feed.Slice)
			}
			if a.Every > 0 && slice > 0 {
				sums[k] += day.Hours() / a.Every.Hours() * float64((a.Past+slice-1)/slice)
			}
		}
	}
	out := map[quotaKey]int{}
	for k, v := range sums {
		out[k] = int(v + 0.999)
	}
	return out
}
