package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

// Days around an incident. Reports of the early morning, UTC, are of the evening before in America; what is over is
// seen in the report after it.
const (
	early = 1
	after = 3
)

// kindOf says which alert tells of an incident.
func kindOf(incident string) string {
	return map[string]string{
		simulator.IncidentAtRisk:     "account_at_risk:at_risk",
		simulator.IncidentDocuments:  "document_request:answer",
		simulator.IncidentLate:       "health_metric:over_target",
		simulator.IncidentDefects:    "health_metric:over_target",
		simulator.IncidentViolations: "new_violations:answer",
		simulator.IncidentSuppressed: "not_sellable:suppressed",
		simulator.IncidentStranded:   "not_sellable:stranded",
		simulator.IncidentInactive:   "not_sellable:inactive_with_stock",
		simulator.IncidentForgotten:  "default:restock",
		simulator.PlantRunningOut:    "default:restock",
		simulator.PlantLowStock:      "default:restock",

		simulator.IncidentNearlyLate:   "health_metric:near_target",
		simulator.IncidentOneViolation: "new_violations:answer",
	}[incident]
}

// knownBy is the last day on which an incident must have been told: that of the first report of it. Account health is
// downloaded each day, and listings when one changes. Orders and stock are downloaded every second day, and an order
// becomes late by a trickle of sales: three days. What stood as a warning before, and was told, counts.
func knownBy(year *simulator.Year, i simulator.Incident) core.Day {
	if kindOf(i.Name) == "default:restock" {
		return year.Reported(i.Since + 3)
	}
	return year.Reported(i.Since)
}

// tally counts the alerts of one kind, and what they had to tell of.
type tally struct{ told, right, wrong, events, missed, onlyWarned int }

// verdict is what came of the year.
type verdict map[string]*tally

func (v verdict) of(kind string) [2]*tally {
	for _, k := range []string{kind, "all"} {
		if v[k] == nil {
			v[k] = &tally{}
		}
	}
	return [2]*tally{v[kind], v["all"]}
}

// right says whether an alert that began on a day is about what truly was so: a critical one about what was critical.
func right(year *simulator.Year, e *episode, critical bool) bool {
	begun := e.opened
	if critical {
		begun = e.critical
	}
	if e.kind == "default:restock" {
		w, ok := year.World(e.subject)
		return ok && w.SellsOut(begun)
	}
	return slices.ContainsFunc(year.Incidents(), func(i simulator.Incident) bool {
		since := i.From
		if critical {
			since = i.Since
		}
		return (i.Critical || !critical) && kindOf(i.Name) == e.kind && i.Subject == e.subject &&
			begun >= since-early && begun <= year.Reported(i.To+after)
	})
}

// tells says whether an episode told of an incident in time, and was not over when it began to matter.
func tells(year *simulator.Year, e *episode, i simulator.Incident) bool {
	return e.kind == kindOf(i.Name) && e.subject == i.Subject && e.told != 0 && e.told <= knownBy(year, i) && (e.closed == 0 || e.closed > i.Since)
}

// precision judges the alerts: the critical ones, or those of the same kinds that are not.
func (v verdict) precision(t *testing.T, d *diary, year *simulator.Year, critical bool) {
	t.Helper()
	for _, e := range d.all {
		if (e.critical != 0) != critical || (!critical && (e.told == 0 || !strings.HasPrefix(e.kind, "not_sellable:") && e.kind != "new_violations:answer")) {
			continue
		}
		ok := right(year, e, critical)
		for _, x := range v.of(e.kind) {
			x.told++
			if ok {
				x.right++
			} else {
				x.wrong++
			}
		}
		if !ok {
			t.Logf("wrong: %s of %s, opened %s, critical %s: %s", e.kind, e.subject, e.opened, e.critical, e.title)
		}
	}
}

// recall looks for what nobody was told of.
func (v verdict) recall(t *testing.T, d *diary, year *simulator.Year, first core.Day, critical bool) {
	t.Helper()
	for _, i := range year.Incidents() {
		if i.Critical != critical || i.Since <= first {
			continue
		}
		if knownBy(year, i) > i.To {
			t.Logf("over before it had to be known: %s of %s, since %s until %s", i.Name, i.Subject, i.Since, i.To)
			continue
		}
		at := slices.IndexFunc(d.all, func(e *episode) bool { return tells(year, e, i) })
		for _, x := range v.of(kindOf(i.Name)) {
			switch x.events++; {
			case at < 0:
				x.missed++
			case critical && (d.all[at].critical == 0 || d.all[at].critical > knownBy(year, i)):
				x.onlyWarned++
			}
		}
		if at < 0 {
			t.Logf("missed: %s of %s, since %s until %s", i.Name, i.Subject, i.Since, i.To)
		}
	}
}

func (v verdict) print(t *testing.T, what string) {
	t.Helper()
	t.Log(what)
	for _, k := range slices.Sorted(maps.Keys(v)) {
		x := v[k]
		t.Logf("  %-34s told %3d: right %3d, wrong %2d; of %3d events missed %d, in time as a warning only %d", k, x.told, x.right, x.wrong, x.events, x.missed, x.onlyWarned)
	}
}

// judge holds the alerts against the truth.
func judge(t *testing.T, d *diary, year *simulator.Year, first core.Day) {
	t.Helper()
	for _, critical := range []bool{true, false} {
		v, what := verdict{}, "what can wait"
		least := leastRecallOthers
		if critical {
			what, least = "critical", 1
		}
		v.precision(t, d, year, critical)
		v.recall(t, d, year, first, critical)
		v.print(t, what)
		all := v.of("all")[1]
		if all.events < leastEvents || all.told < leastEvents {
			t.Errorf("%s: %d alerts and %d events are too few to judge", what, all.told, all.events)
		}
		if float64(all.right) < leastPrecision*float64(all.told) {
			t.Errorf("%s: %d of %d alerts were right; %.0f %% must be", what, all.right, all.told, 100*leastPrecision)
		}
		if float64(all.missed) > (1-least)*float64(all.events) {
			t.Errorf("%s: of %d events %d were missed; %.0f %% must be told", what, all.events, all.missed, 100*least)
		}
	}
}
