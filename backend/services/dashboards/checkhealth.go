package dashboards

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

const nearLimit = 0.75 // of an allowance: the account's thresholds show it too

// account: am I about to be switched off?
func (m *morning) account(context.Context) (CheckOutput, error) {
	c := m.cell("account", "Account", "Am I about to be switched off?", "/health")
	c.Name = "accounthealth.account_status"
	for _, mk := range m.v.markets {
		x, ok := m.of(c.Name, mk.Code)
		if !ok {
			continue
		}
		if c.Value == "" || x.Text != "NORMAL" {
			c.Value, c.Subject, c.Detail = words(x.Text), mk.Code, mk.Code
			if r, ok := m.of("accounthealth.rating", mk.Code); ok {
				c.Detail = "rating " + strings.ToLower(words(r.Text))
			}
		}
		if x.Text != "NORMAL" {
			c.State, c.Detail = stateCritical, mk.Code
			break
		}
	}
	if c.Value == "" {
		return m.missing(c, c.Name, "needs the account health report"), nil
	}
	for _, mk := range m.v.markets {
		if x, ok := m.of("accounthealth.worst_target_share", mk.Code); ok && x.Num >= nearLimit && c.State == stateGood {
			c.State, c.Detail = stateWarning, fmt.Sprintf("%.0f %% of an allowance used", x.Num*100)
		}
	}
	return c, nil
}

// violations: is anything new held against me, or asked of me?
func (m *morning) violations(context.Context) (CheckOutput, error) {
	c := m.cell("violations", "Violations", "Is anything new held against me, or asked of me?", "/health")
	c.Name = "accounthealth.violations"
	open, fresh, documents, known, compared := 0.0, 0.0, 0.0, false, false
	for _, mk := range m.v.markets {
		x, ok := m.of(c.Name, mk.Code)
		if !ok {
			continue
		}
		if !known || x.Num > 0 && open == 0 {
			c.Subject = mk.Code
		}
		known, open = true, open+x.Num
		if n, ok := m.of("accounthealth.new_violations_7d", mk.Code); ok {
			fresh, compared = fresh+n.Num, true
		}
		if n, ok := m.of("accounthealth.document_requests", mk.Code); ok {
			documents += n.Num
		}
	}
	if !known {
		return m.missing(c, c.Name, "needs the account health report"), nil
	}
	c.Value = fmt.Sprintf("%.0f open", open)
	c.Detail = "no report to compare with"
	if compared {
		c.Detail = fmt.Sprintf("%.0f new in 7 d", fresh)
	}
	if documents > 0 {
		c.Detail += fmt.Sprintf(", %.0f documents asked", documents)
	}
	switch {
	case fresh > 0 || documents > 0:
		c.State = stateCritical
	case open > 0:
		c.State = stateWarning
	}
	return c, nil
}

// claims: who claims or charges back? Messages are in none of Amazon's reports, which is said.
func (m *morning) claims(context.Context) (CheckOutput, error) {
	c := m.cell("claims", "Claims", "Did buyers claim or charge back? (Messages are in none of Amazon's reports: look in Seller Central.)", "/health")
	c.Name = "accounthealth.count"
	total, rise, known := 0.0, 0.0, false
	for _, id := range slices.Sorted(maps.Keys(m.facts[c.Name])) {
		x := m.facts[c.Name][id]
		if _, metric := fact.SplitID(id); !strings.HasPrefix(metric, "order_defect_rate") || !x.Known() {
			continue
		}
		if !known || x.Num > 0 && m.facts[c.Name][c.Subject].Num == 0 {
			c.Subject = id
		}
		known, total = true, total+x.Num
		if d, ok := m.of("accounthealth.count_change_7d", id); ok && d.Num > 0 {
			rise += d.Num
		}
	}
	if !known {
		return m.missing(c, c.Name, "needs the account health report"), nil
	}
	c.Link = address("/health", "table", "metrics", "sel", c.Subject)
	c.Value, c.Detail = fmt.Sprintf("%.0f defects", total), "claims, chargebacks, feedback"
	if rise > 0 {
		c.State, c.Detail = stateWarning, fmt.Sprintf("%.0f more in 7 d", rise)
	}
	return c, nil
}

// feedback: who complained in public?
func (m *morning) feedback(context.Context) (CheckOutput, error) {
	c := m.cell("feedback", "Feedback", "Who complained in public, and can it be answered?", address("/reviews", "table", "reviews.feedback"))
	c.Name = "reviews.new_negative_7d"
	n, known := 0.0, false
	for _, mk := range m.v.markets {
		x, ok := m.of(c.Name, mk.Code)
		if !ok {
			continue
		}
		if !known || x.Num > 0 && n == 0 {
			c.Subject = mk.Code
		}
		known, n = true, n+x.Num
	}
	if !known {
		return m.missing(c, c.Name, "needs the seller feedback report"), nil
	}
	c.Value, c.Detail = fmt.Sprintf("%.0f negative", n), "1–2 stars in 7 d"
	if n > 0 {
		c.State = stateWarning
	} else {
		c.Subject, c.Name = m.anyNegative(c.Subject, c.Name)
	}
	return c, nil
}

// anyNegative is, where nothing is new, the SKU with most negative feedback of ninety days: the check still leads to rows.
func (m *morning) anyNegative(subject, name string) (string, string) {
	list, worst := m.pick("reviews.negative_count_90d", func(_ string, x fact.Value) bool { return x.Num > 0 }, func(a, b fact.Value) bool { return a.Num > b.Num })
	if len(list) > 0 {
		return worst, "reviews.negative_count_90d"
	}
	return subject, name
}

// due: what did I promise?
func (m *morning) due(ctx context.Context) (CheckOutput, error) {
	c := m.cell("due", "Due today", "What did I promise to do by today?", "/today?tab=waiting")
	tasks, err := m.s.o.Account.Tasks(ctx)
	if err != nil {
		return c, err
	}
	due, next, told := 0, core.Day(math.MaxInt32), core.Day(math.MaxInt32)
	for _, t := range tasks {
		if t.Due == 0 {
			continue
		}
		if t.Due <= m.v.asOf {
			due++
		}
		next = min(next, t.Due)
		// The way down leads to the number of the first task that has one.
		if t.Fact != "" && t.Due < told {
			told, c.Subject, c.Name = t.Due, t.Subject, t.Fact
		}
	}
	c.Value, c.Detail = plural(due, "task"), plural(len(tasks), "task")+" open"
	switch {
	case due > 0:
		c.State = stateWarning
	case len(tasks) == 0:
		c.Detail = "nothing is promised"
	case next != core.Day(math.MaxInt32):
		c.Detail = "next on " + next.Time().Format("2 Jan")
	}
	return c, nil
}
