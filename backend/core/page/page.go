// Package page is the contract of what a part of the account shows on its page.
//
// Input: nothing; types only.
// Output: declarations of tiles, charts and tables, which the dashboards service fills, and the
// data of charts.
package page

import (
	"context"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Page declares what a module shows; pure data.
type Page struct {
	Title    string // "Inventory"
	Question string // what the page answers: "What runs out, when to order, how many?"
	Tiles    []Tile
	Charts   []Chart
	Tables   []Table
}

// Tile is one primary number for the marketplaces in scope.
type Tile struct {
	// Name is a measure (over the chosen range, compared) or a fact of marketplaces (of today). A fact
	// that is not a count or an amount is shown for the worst marketplace, and names it.
	Name  string
	Title string
	// Table and Preset say which rows stand behind it, for a click; may be empty.
	Table, Preset string
}

// ChartKind is the form of a chart.
type ChartKind string

// The forms of charts.
const (
	Lines     ChartKind = "lines"     // one or more daily lines
	Columns   ChartKind = "columns"   // one daily series as columns
	Waterfall ChartKind = "waterfall" // how a sum comes about
	Bars      ChartKind = "bars"      // named amounts, longest first unless ordered by nature
	Bullets   ChartKind = "bullets"   // a value against its target, one row each
	Calendar  ChartKind = "calendar"  // a value per day: weekdays down, weeks across
	Scatter   ChartKind = "scatter"   // subjects by two values
)

// Chart declares a chart. Where Measures, or X and Y, are given the dashboards service draws it from
// daily series, terms or columns; otherwise the module does (Charter).
type Chart struct {
	Name  string // unique in the page
	Title string // what it is about; the finding is written from the data
	Kind  ChartKind
	// Measures: Lines and Columns draw their daily series of marketplaces; Waterfall the terms of the
	// first; Calendar the first, by day.
	Measures []string
	// Scatter: facts or measures of the subjects of a kind.
	Subject    fact.SubjectKind
	X, Y, Size string
	// Days, if not 0, draws this many days up to the end of the chosen range, whatever its beginning.
	Days int
	// PerSubject: it can be asked for one subject (SKU page, inspector).
	PerSubject bool
}

// Table declares a table of subjects, or a list.
type Table struct {
	Name    string // unique in the page
	Title   string
	Subject fact.SubjectKind // rows are subjects of this kind
	List    bool             // rows are events: the module lists them (fact.Lister), Name is "module.table"
	Columns []string         // facts, measures or with Change, Before, Spark; shown at first; of a List: its columns
	Sort    string
	Desc    bool
	Presets []Preset // ready-made views; the first is not preselected
	Groups  []string // what rows can be grouped by: "marketplace", "tag", "group", or a fact of type Text or Flag
}

// Suffixes that make columns of a measure's column.
const (
	Change = "~change" // difference to the comparison range: a fraction; of ratios in percentage points
	Before = "~before" // value in the comparison range
	Spark  = "~spark"  // daily line over the range
)

// Preset is a ready-made view of a table.
type Preset struct {
	Name    string
	Title   string
	Filters []Filter
	Columns []string // none: the table's
	Sort    string   // "": the table's
	Desc    bool
}

// Filter keeps the rows whose value of Column passes. What is not known passes only "unknown".
type Filter struct {
	Column string `json:"column"`
	Op     Op     `json:"op"`
	Value  string `json:"value"` // money in major units with a decimal point; "true" or "false" for flags
}

// Op is a comparison.
type Op string

// The comparisons.
const (
	Is      Op = "is"
	IsNot   Op = "is_not"
	Has     Op = "has" // text contains
	Less    Op = "lt"
	AtMost  Op = "le"
	More    Op = "gt"
	AtLeast Op = "ge"
	Known   Op = "known"
	Unknown Op = "unknown"
)

// Pager is a module with a page.
type Pager interface {
	Page() Page
}

// ChartQuery asks for the data of a chart.
type ChartQuery struct {
	Name         string
	Period       core.Period
	Compare      core.Period // zero: no comparison
	AsOf         core.Day
	Marketplaces []string // never empty
	Subject      string   // one subject; "": all in Marketplaces
	Subjects     []string // subjects in scope where tags or groups narrow it; nil: all
}

// Charter draws the charts of a module that need more than its measures.
type Charter interface {
	Chart(ctx context.Context, q ChartQuery) (Data, error)
}

// Data is a chart with its finding. Money is in major units, only ever drawn, never added.
type Data struct {
	Title   string `json:"title"`   // the finding, a sentence from the data
	Summary string `json:"summary"` // more of it for who does not see the chart; may be empty
	Note    string `json:"note"`    // why there is nothing, or what is left out
	// Unit words the values: "units", "%", "days"; for money "" and Currency.
	Unit     string `json:"unit"`
	Currency string `json:"currency"`
	// Lines, Columns, Calendar: at most 2000 days, the same for all lines.
	Days         []int    `json:"days"` // since 1970-01-01, ascending
	Lines        []Line   `json:"lines"`
	SettlingFrom int      `json:"settling_from"` // first day that may still be restated; 0: none
	From         int      `json:"from"`          // first day of the chosen range, where more is drawn; 0: all
	Markers      []Marker `json:"markers"`
	Bars         []Bar    `json:"bars"` // Bars and Waterfall
	Bullets      []Bullet `json:"bullets"`
	Points       []Point  `json:"points"`
	XTitle       string   `json:"x_title"`
	XUnit        string   `json:"x_unit"`
	YTitle       string   `json:"y_title"`
	YUnit        string   `json:"y_unit"`
}

// Role says how a line is drawn.
type Role string

// The roles.
const (
	Main      Role = "main"
	Second    Role = "second"    // a further series of its own
	Compare   Role = "compare"   // the comparison range, laid over the same days
	Limit     Role = "limit"     // a target or control limit
	Expected  Role = "expected"  // a projection
	BandLow   Role = "band_low"  // with BandHigh: an interval
	BandHigh  Role = "band_high" // as above
	Threshold Role = "threshold" // as Limit, but to stay above
)

// Line is one line of a chart.
type Line struct {
	Name   string     `json:"name"` // measure or series it shows; may be empty
	Label  string     `json:"label"`
	Role   Role       `json:"role"`
	Values []*float64 `json:"values"` // null: not known
}

// Marker is something that happened on a day: a decision, a stock-out.
type Marker struct {
	Day   int    `json:"day"`
	Title string `json:"title"`
	Kind  string `json:"kind"` // "decision", "event", "due"
	Link  string `json:"link"` // page of the window; may be empty
}

// Bar is a named amount.
type Bar struct {
	Label  string  `json:"label"`
	Value  float64 `json:"value"`
	Text   string  `json:"text"` // the value as people read it
	Detail string  `json:"detail"`
	Total  bool    `json:"total"` // Waterfall: stands on the ground
	Known  bool    `json:"known"`
	Name   string  `json:"name"` // fact or measure behind it; may be empty
	// Subject of the value, where it is not that of the chart.
	Subject string `json:"subject"`
}

// Bullet is a value against a target.
type Bullet struct {
	Label   string   `json:"label"`
	Detail  string   `json:"detail"`
	Value   *float64 `json:"value"`
	Target  *float64 `json:"target"`
	Max     float64  `json:"max"` // end of the scale
	Text    string   `json:"text"`
	Against string   `json:"against"` // the target in words: "under 4 %"
	State   string   `json:"state"`   // good, warning, critical, unknown
	Name    string   `json:"name"`    // fact behind it
	Subject string   `json:"subject"`
}

// Point is one subject of a scatter.
type Point struct {
	X       float64 `json:"x"`
	Y       float64 `json:"y"`
	Size    float64 `json:"size"`
	Label   string  `json:"label"`
	Subject string  `json:"subject"`
}
