package listings

import (
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Names of the charts.
const (
	chartIssues  = "issues"
	chartReasons = "reasons"
	chartAtStake = "at_stake"
	chartAge     = "age"
)

// Page implements page.Pager.
func (m *Module) Page() page.Page {
	return page.Page{
		Title:    "Listings",
		Question: "What can't be found or bought, since when, and what does it cost?",
		Tiles: []page.Tile{
			{Name: factNotCount, Title: "Not sellable", Table: "skus", Preset: "not_sellable"},
			{Name: factStakeTotal, Title: "Sales at stake a day", Table: "skus", Preset: "not_sellable"},
			{Name: factSuppressedCount, Title: "Hidden from search", Table: "skus", Preset: "hidden"},
			{Name: factStrandedCount, Title: "Stranded SKUs", Table: "skus", Preset: "stranded"},
			{Name: factStrandedTotal, Title: "Stranded units", Table: "skus", Preset: "stranded"},
			{Name: factInactiveCount, Title: "Inactive offers", Table: "skus", Preset: "inactive"},
			{Name: factCount, Title: "Offers", Table: listOffers},
		},
		Charts: []page.Chart{
			{Name: chartIssues, Title: "Hidden and stranded over time", Kind: page.Lines},
			{Name: chartReasons, Title: "Reasons", Kind: page.Bars},
			{Name: chartAtStake, Title: "SKUs that lose most a day", Kind: page.Bars},
			{Name: chartAge, Title: "How long SKUs can't be sold already", Kind: page.Bars},
		},
		Tables: []page.Table{
			skusTable(), listTable(listIssues, "Hidden listings and stranded stock"), listTable(listOffers, "Offers"),
		},
	}
}

func skusTable() page.Table {
	flag := func(name, title, column string) page.Preset {
		return page.Preset{Name: name, Title: title, Filters: []page.Filter{{Column: column, Op: page.Is, Value: "true"}}}
	}
	hidden := flag("hidden", "Hidden from search", factSuppressed)
	hidden.Columns = []string{factReason, factSince, factDays, factAtStake, factStatus, factOnHand, factFeatured}
	stranded := flag("stranded", "Stranded", factStranded)
	stranded.Columns = []string{factStrandedUnits, factStrandedReason, factStrandedDays, factRemoval, factAtStake, factStatus}
	return page.Table{
		Name: "skus", Title: "SKUs", Subject: fact.SKU,
		Columns: []string{
			factStatus, factNotSellable, factReason, factSince, factStrandedUnits, factRemoval, factAtStake, factOnHand, factFeatured,
		},
		Sort: factAtStake, Desc: true,
		Presets: []page.Preset{
			flag("not_sellable", "Not sellable", factNotSellable), hidden, stranded, flag("inactive", "Inactive", factInactive),
			{
				Name: "removal", Title: "Removal within 14 days", Sort: factRemoval, Columns: stranded.Columns,
				Filters: []page.Filter{{Column: factRemoval, Op: page.AtMost, Value: "14"}},
			},
		},
		Groups: []string{"marketplace", "tag", "group", factStatus},
	}
}

func listTable(name, title string) page.Table {
	return page.Table{Name: name, Title: title, Subject: fact.SKU, List: true, Columns: lists()[name].columns}
}
