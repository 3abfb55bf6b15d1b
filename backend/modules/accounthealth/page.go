package accounthealth

import (
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Names of the charts.
const (
	chartTargets    = "targets"
	chartHistory    = "history"
	chartViolations = "violations"
	chartCounts     = "counts"
)

// Page implements page.Pager.
func (m *Module) Page() page.Page {
	return page.Page{
		Title:    "Health",
		Question: "Could I lose the account, which metric moves, what is new?",
		Tiles: []page.Tile{
			{Name: factAccount, Title: "Account status", Table: "marketplaces"},
			{Name: factRating, Title: "Health rating", Table: "marketplaces"},
			{Name: factWorst, Title: "Worst allowance used", Table: "metrics"},
			{Name: factViolations, Title: "Open violations", Table: "metrics", Preset: "open"},
			{Name: factNewViolations, Title: "New violations 7 d", Table: "metrics", Preset: "rising"},
			{Name: factDocuments, Title: "Document requests", Table: "marketplaces", Preset: "documents"},
		},
		Charts: []page.Chart{
			{Name: chartTargets, Title: "Rates against their targets", Kind: page.Bullets},
			{Name: chartHistory, Title: "A rate against its target over time", Kind: page.Lines, Days: historyDays, PerSubject: true},
			{Name: chartViolations, Title: "Open violations by type", Kind: page.Bars},
			{Name: chartCounts, Title: "Open violations over time", Kind: page.Lines},
		},
		Tables: []page.Table{metricsTable(), marketplacesTable(), linesTable()},
	}
}

func metricsTable() page.Table {
	return page.Table{
		Name: "metrics", Title: "Metrics", Subject: fact.HealthMetric,
		Columns: []string{
			factRate, factTarget, factShare, factHeadroom, factCount, factOrders, factStatus, factChange, factWindow,
		},
		Sort: factShare, Desc: true,
		Presets: []page.Preset{
			{Name: "over", Title: "Over their target", Filters: []page.Filter{{Column: factShare, Op: page.AtLeast, Value: "1"}}},
			{Name: "rates", Title: "Held to a rate", Filters: []page.Filter{{Column: factShare, Op: page.Known}}},
			{
				Name: "open", Title: "Open violations", Sort: factCount, Desc: true, Columns: []string{factCount, factChange, factStatus},
				Filters: []page.Filter{{Column: factCount, Op: page.More, Value: "0"}, {Column: factShare, Op: page.Unknown}},
			},
			{
				Name: "rising", Title: "Rising this week", Sort: factChange, Desc: true,
				Filters: []page.Filter{{Column: factChange, Op: page.More, Value: "0"}},
			},
		},
		Groups: []string{"marketplace", factStatus},
	}
}

func marketplacesTable() page.Table {
	return page.Table{
		Name: "marketplaces", Title: "Marketplaces", Subject: fact.Marketplace,
		Columns: []string{factAccount, factAtRisk, factRating, factWorst, factViolations, factNewViolations, factDocuments, factNewDocuments},
		Sort:    factWorst, Desc: true,
		Presets: []page.Preset{
			{Name: "at_risk", Title: "At risk", Filters: []page.Filter{{Column: factAtRisk, Op: page.Is, Value: "true"}}},
			{Name: "documents", Title: "Documents asked for", Filters: []page.Filter{{Column: factDocuments, Op: page.More, Value: "0"}}},
		},
		Groups: []string{factAccount, factRating},
	}
}

func linesTable() page.Table {
	t := page.Table{Name: listMetrics, Title: "Lines of the newest report", Subject: fact.HealthMetric, List: true}
	for _, c := range listColumns() {
		t.Columns = append(t.Columns, c.Name)
	}
	return t
}
