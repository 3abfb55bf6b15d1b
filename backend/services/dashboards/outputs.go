package dashboards

import "purser/backend/core/page"

// ValueOutput is one value as it is shown.
type ValueOutput struct {
	Text     string     `json:"text"`     // "?" where not known
	Num      *float64   `json:"num"`      // null for text and what is not known; money in major units
	Currency string     `json:"currency"` // of money
	Approx   bool       `json:"approx"`   // converted at a rate, which Note names
	Maturity string     `json:"maturity"` // fresh, settling, estimated, stale, missing
	AsOf     string     `json:"as_of"`
	Source   string     `json:"source"` // title of the kind of document
	Note     string     `json:"note"`
	Line     []*float64 `json:"line"` // of a Spark column; else null
	Good     string     `json:"good"` // of a change: good, bad or ""
}

// TileOutput is one primary number.
type TileOutput struct {
	Name    string        `json:"name"` // fact or measure
	Title   string        `json:"title"`
	Values  []ValueOutput `json:"values"`  // one a currency
	Subject string        `json:"subject"` // whose value it is; "": the scope's total
	Change  ValueOutput   `json:"change"`  // against the comparison range; text "" where there is none
	Before  string        `json:"before"`  // value in the comparison range
	Unit    string        `json:"unit"`
	Window  string        `json:"window"` // "28 Oct – 24 Nov" of a measure; "today" or so of a fact
	Line    []*float64    `json:"line"`   // daily values over the range; null where there is none
	Table   string        `json:"table"`
	Preset  string        `json:"preset"`
}

// ChartOutput says what charts a page has.
type ChartOutput struct {
	Name       string `json:"name"`
	Title      string `json:"title"`
	Kind       string `json:"kind"`
	PerSubject bool   `json:"per_subject"`
}

// PresetOutput is a ready-made view of a table.
type PresetOutput struct {
	Name    string        `json:"name"`
	Title   string        `json:"title"`
	Filters []page.Filter `json:"filters"`
}

// GroupingOutput is what rows can be grouped by.
type GroupingOutput struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// TableSpecOutput says what tables a page has.
type TableSpecOutput struct {
	Name    string           `json:"name"`
	Title   string           `json:"title"`
	Subject string           `json:"subject"` // kind of subject
	List    bool             `json:"list"`
	Columns []string         `json:"columns"`
	Sort    string           `json:"sort"`
	Desc    bool             `json:"desc"`
	Presets []PresetOutput   `json:"presets"`
	Groups  []GroupingOutput `json:"groups"`
}

// NoticeOutput is a line above the page.
type NoticeOutput struct {
	Kind string `json:"kind"` // stale, partial, settling, info
	Text string `json:"text"`
	Link string `json:"link"` // page of the window that helps; may be empty
}

// MarketplaceOutput is a marketplace of the account.
type MarketplaceOutput struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Currency string `json:"currency"`
}

// ScopesOutput is what scopes can be chosen.
type ScopesOutput struct {
	Marketplaces []MarketplaceOutput `json:"marketplaces"`
	Tags         []string            `json:"tags"`
	Groups       []string            `json:"groups"`
	Currencies   []string            `json:"currencies"` // that everything can be converted into with the rates given
}

// PageOutput is a page without its charts' data and its rows.
type PageOutput struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Question    string            `json:"question"`
	State       string            `json:"state"` // of the module: running, failed …
	Reason      string            `json:"reason"`
	AsOf        string            `json:"as_of"`
	From        string            `json:"from"`
	To          string            `json:"to"`
	CompareFrom string            `json:"compare_from"` // "": no comparison
	CompareTo   string            `json:"compare_to"`
	Tiles       []TileOutput      `json:"tiles"`
	Charts      []ChartOutput     `json:"charts"`
	Tables      []TableSpecOutput `json:"tables"`
	Notices     []NoticeOutput    `json:"notices"`
	Empty       bool              `json:"empty"` // no document of what it rests on is in
	Needs       []string          `json:"needs"` // titles of those kinds of document
}

// ColumnOutput describes a column.
type ColumnOutput struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Type     string   `json:"type"` // number, ratio, percent, money, count, flag, text; "line" for Spark
	Unit     string   `json:"unit"`
	Meaning  string   `json:"meaning"`
	Formula  string   `json:"formula"`
	Sources  []string `json:"sources"` // titles
	Better   string   `json:"better"`
	Sortable bool     `json:"sortable"`
	Part     string   `json:"part"`    // title of the module it is from
	Measure  bool     `json:"measure"` // over the range; else of today
}

// ColumnsOutput is all a table can show.
type ColumnsOutput struct {
	Columns []ColumnOutput `json:"columns"`
}

// TableRowOutput is a row of a window.
type TableRowOutput struct {
	Kind     string        `json:"kind"` // row, group
	Key      string        `json:"key"`  // unique in the table
	Subject  string        `json:"subject"`
	Label    string        `json:"label"`
	Detail   string        `json:"detail"`
	Tags     []string      `json:"tags"`
	Count    int           `json:"count"` // rows of a group
	Cells    []ValueOutput `json:"cells"`
	Document int64         `json:"document"` // lists: the document and the line of it
	Line     int           `json:"line"`
}

// TableOutput is a window of a table.
type TableOutput struct {
	Columns []ColumnOutput   `json:"columns"`
	Rows    []TableRowOutput `json:"rows"`
	Total   int              `json:"total"`    // rows of the whole table, headings of groups with them
	Found   int              `json:"found"`    // subjects or events that pass
	Totals  []ValueOutput    `json:"totals"`   // one a column, over all that pass; text "" where a total says nothing
	Sort    string           `json:"sort"`     // as it was done
	Desc    bool             `json:"desc"`     //
	AsOf    string           `json:"as_of"`    //
	SubKind string           `json:"sub_kind"` // kind of subject
}

// SourceOutput is a kind of document that a number rests on.
type SourceOutput struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	AsOf  string `json:"as_of"`
	State string `json:"state"`
}

// PartOutput is a number that another is made of.
type PartOutput struct {
	Name    string      `json:"name"`
	Title   string      `json:"title"`
	Subject string      `json:"subject"`
	Label   string      `json:"label"`
	Sign    string      `json:"sign"` // "+", "−", "÷" or ""
	Value   ValueOutput `json:"value"`
}

// DefinitionOutput says what a number is, how it came about and what from.
type DefinitionOutput struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Subject string         `json:"subject"`
	Label   string         `json:"label"`
	Values  []ValueOutput  `json:"values"` // one a currency for totals
	Meaning string         `json:"meaning"`
	Formula string         `json:"formula"`
	Unit    string         `json:"unit"`
	From    string         `json:"from"` // range of a measure; "" for facts
	To      string         `json:"to"`
	Sources []SourceOutput `json:"sources"`
	Parts   []PartOutput   `json:"parts"`
	HasRows bool           `json:"has_rows"`
}

// RowsOutput is a window of the rows behind a number.
type RowsOutput struct {
	Title   string           `json:"title"`
	How     string           `json:"how"`
	Columns []ColumnOutput   `json:"columns"`
	Rows    []TableRowOutput `json:"rows"`
	Total   int              `json:"total"`
	Files   []FileOutput     `json:"files"` // of the window's rows
}

// FileOutput names a document.
type FileOutput struct {
	Document int64  `json:"document"`
	Name     string `json:"name"`
	Kind     string `json:"kind"` // title
}

// CheckOutput is one of the twelve morning checks.
type CheckOutput struct {
	Key     string `json:"key"`
	Number  int    `json:"number"` // 1 to 12
	Title   string `json:"title"`
	Asks    string `json:"asks"` // the question it answers
	Value   string `json:"value"`
	Detail  string `json:"detail"`
	State   string `json:"state"` // good, warning, critical, info, unknown, neutral
	Link    string `json:"link"`  // page of the window, with its view
	Name    string `json:"name"`  // the number behind it, for its rows; "" where there is none
	Subject string `json:"subject"`
	// Money says that Value is an amount, which can be hidden.
	Money bool `json:"money"`
}

// ChecksOutput is the morning line.
type ChecksOutput struct {
	Checks []CheckOutput `json:"checks"`
}

// FigureOutput is one named value of a subject.
type FigureOutput struct {
	Name  string      `json:"name"`
	Title string      `json:"title"`
	Unit  string      `json:"unit"`
	Value ValueOutput `json:"value"`
}

// LaneOutput is one chart of a timeline; all share the days.
type LaneOutput struct {
	Name string    `json:"name"`
	Data page.Data `json:"data"`
}

// SpanOutput is a state that lasted: out of stock, hidden from search.
type SpanOutput struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Title string `json:"title"`
	Kind  string `json:"kind"` // warning, critical, info
}

// TimelineOutput is all about one SKU.
type TimelineOutput struct {
	Subject     string         `json:"subject"`
	SKU         string         `json:"sku"`
	Marketplace string         `json:"marketplace"`
	ASIN        string         `json:"asin"`
	Title       string         `json:"title"`
	Tags        []string       `json:"tags"`
	Group       string         `json:"group"`
	Elsewhere   []string       `json:"elsewhere"` // subjects: the same SKU in other marketplaces
	From        string         `json:"from"`
	To          string         `json:"to"`
	Figures     []FigureOutput `json:"figures"`
	Lanes       []LaneOutput   `json:"lanes"`
	Spans       []SpanOutput   `json:"spans"`
	Markers     []page.Marker  `json:"markers"`
}

// HitOutput is one thing found.
type HitOutput struct {
	Kind   string `json:"kind"` // sku, campaign, search_term, order, view
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Link   string `json:"link"`
}

// SearchOutput is what was found, best first, at most 20.
type SearchOutput struct {
	Hits []HitOutput `json:"hits"`
}

// SavedViewOutput is a view under a name.
type SavedViewOutput struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Page    string `json:"page"`
	Address string `json:"address"`
}

// SavedViewsOutput lists the saved views, by page and name.
type SavedViewsOutput struct {
	Views []SavedViewOutput `json:"views"`
}

// ExportOutput is a file that was written.
type ExportOutput struct {
	Name string `json:"name"`
	Path string `json:"path"`
	Rows int    `json:"rows"`
}

// RateOutput is a rate of exchange.
type RateOutput struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Day    string `json:"day"`
	Rate   string `json:"rate"`
	Source string `json:"source"`
}

// RatesOutput lists the rates, newest first.
type RatesOutput struct {
	Rates []RateOutput `json:"rates"`
}

// ChartDataOutput is a chart with its finding.
type ChartDataOutput struct {
	Name string    `json:"name"`
	Kind string    `json:"kind"`
	Data page.Data `json:"data"`
}

// EmptyOutput is the answer of what has nothing to say.
type EmptyOutput struct{}
