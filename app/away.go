package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"purser/backend/core/source"
	"purser/backend/services/dashboards"
	"purser/backend/services/jobs"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/spapi"
)

// OfflineOutput says that nothing of Amazon is reached.
type OfflineOutput struct {
	Whose string `json:"whose"` // "Amazon", or the one API and region that is not reached
	Since string `json:"since"` // when something last came, RFC 3339; "" if nothing ever did
	Title string `json:"title"` // of the first kind of data that is waited for: "Orders (live)"
	AsOf  string `json:"as_of"` // until when that is here, RFC 3339; "" if nothing is
}

// offline says what is not reached; nil where everything is, or nothing is connected.
func offline(connections int, all []jobs.Behind) *OfflineOutput {
	all = slices.DeleteFunc(slices.Clone(all), func(b jobs.Behind) bool { return b.Fault != source.FaultOffline })
	if len(all) == 0 {
		return nil
	}
	out := &OfflineOutput{Whose: "Amazon"}
	away := map[[2]string]bool{}
	var reached, asOf time.Time
	for _, b := range all {
		away[[2]string{b.API, b.Region}] = true
		if b.Reached.After(reached) {
			reached = b.Reached
		}
		if asOf.IsZero() && !b.Until.IsZero() {
			out.Title, asOf = b.Title, b.Until
		}
	}
	if len(away) == 1 && connections > 1 {
		out.Whose = whose(all[0])
	}
	out.Since, out.AsOf = rfc3339(reached), rfc3339(asOf)
	return out
}

// lookAway has pages read again once something else waits for an API than before.
func (s *session) lookAway() {
	var now []string
	for _, b := range s.behind() {
		now = append(now, fmt.Sprint(b.API, b.Region, b.Title, b.Marketplaces, b.Fault, b.Overdue))
	}
	if !slices.Equal(now, s.away) {
		s.away = now
		s.bus.Publish("changed:away", nil)
	}
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Late implements dashboards.Account.
func (a account) Late(context.Context) ([]dashboards.Late, error) {
	var out []dashboards.Late
	for _, b := range a.s.behind() {
		if !b.Overdue {
			continue
		}
		l := dashboards.Late{
			Title: b.Title, Kinds: a.s.tellingTheSame(b.Kinds), Marketplaces: b.Marketplaces, AsOf: instant(b.Until), Link: "/data?tab=amazon",
		}
		switch {
		case b.Fault == source.FaultReconnect:
			l.Why, l.Link = whose(b)+": Amazon no longer lets Purser in; connect it anew.", "/connect"
		case b.Reached.IsZero():
			l.Why = whose(b) + ": no answer yet; it is tried again by itself."
		default:
			l.Why = whose(b) + ": no answer since " + instant(b.Reached) + "; it is tried again by itself."
		}
		out = append(out, l)
	}
	return out, nil
}

// tellingTheSame lists kinds of document with all others that give records of the same streams: pages name their sources
// by the files that a person can download, and what an API gives lands in the same tables.
func (s *session) tellingTheSame(kinds []string) []string {
	var out []string
	for name, k := range s.kinds {
		same := slices.ContainsFunc(kinds, func(other string) bool {
			return slices.ContainsFunc(s.kinds[other].Streams, func(st source.Stream) bool { return slices.Contains(k.Streams, st) })
		})
		if same {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// instant names a moment for people, in the time of this computer; "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(time.Local).Format("2 Jan, 15:04")
}

// whose names an API in a region for people: "Seller Central, Europe".
func whose(b jobs.Behind) string {
	api, region := b.API, b.Region
	switch api {
	case spapi.Name:
		api = "Seller Central"
	case adsapi.Name:
		api = "Amazon Ads"
	}
	switch region {
	case "na":
		region = "North America"
	case "eu":
		region = "Europe"
	case "fe":
		region = "Far East"
	}
	return api + ", " + region
}
