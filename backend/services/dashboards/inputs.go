package dashboards

import "purser/backend/core/page"

// ScopeInput narrows what is shown.
type ScopeInput struct {
	Marketplaces []string `json:"marketplaces"` // codes; none: all of the account
	Tag          string   `json:"tag"`          // SKUs with this tag; "": all
	Group        string   `json:"group"`        // SKUs of this product group; "": all
	Currency     string   `json:"currency"`     // amounts are converted at dated rates; "": each in its own
}

// RangeInput is the days that measures are taken over, in days of each marketplace.
type RangeInput struct {
	Preset  string `json:"preset"`  // yesterday, 7d, 28d (also ""), 90d, 365d, month, last_month, custom
	From    string `json:"from"`    // custom: YYYY-MM-DD, included
	To      string `json:"to"`      // custom: included
	Compare string `json:"compare"` // weekdays (also ""), previous, year, none
}

// ViewInput is what a page is looked at through.
type ViewInput struct {
	Scope ScopeInput `json:"scope"`
	Range RangeInput `json:"range"`
}

// PageInput asks for a page.
type PageInput struct {
	Page string    `json:"page"` // name of the module
	View ViewInput `json:"view"`
}

// ChartInput asks for the data of a chart.
type ChartInput struct {
	Page    string    `json:"page"`
	Chart   string    `json:"chart"`
	Subject string    `json:"subject"` // one subject; "": all in scope
	View    ViewInput `json:"view"`
}

// TableInput asks for a window of a table.
type TableInput struct {
	Page      string        `json:"page"`
	Table     string        `json:"table"`
	View      ViewInput     `json:"view"`
	Preset    string        `json:"preset"`    // "": none
	Columns   []string      `json:"columns"`   // none: the preset's, else the table's
	Sort      string        `json:"sort"`      // column; "subject"; "": the preset's, else the table's
	Desc      bool          `json:"desc"`      // with Sort
	Filters   []page.Filter `json:"filters"`   // besides those of the preset
	Query     string        `json:"query"`     // text in subject or label
	Group     string        `json:"group"`     // "marketplace", "tag", "group" or a column; "": rows are not grouped
	Collapsed []string      `json:"collapsed"` // keys of groups whose rows are left out
	Subject   string        `json:"subject"`   // exactly this subject (lists: rows that speak of it); "": all
	Offset    int           `json:"offset"`
	Limit     int           `json:"limit"` // at most 200
}

// ColumnsInput asks what columns a table can show.
type ColumnsInput struct {
	Page  string `json:"page"`
	Table string `json:"table"`
}

// ReferenceInput names one number that is shown.
type ReferenceInput struct {
	Name    string    `json:"name"`    // fact or measure
	Subject string    `json:"subject"` // "": the total of the scope
	View    ViewInput `json:"view"`
}

// RowsInput asks for the rows behind a number.
type RowsInput struct {
	Reference ReferenceInput `json:"reference"`
	Offset    int            `json:"offset"`
	Limit     int            `json:"limit"` // at most 200
}

// SubjectInput names a subject.
type SubjectInput struct {
	Subject string    `json:"subject"`
	View    ViewInput `json:"view"`
}

// SearchInput is what a person types into the palette.
type SearchInput struct {
	Query string `json:"query"`
}

// SaveViewInput keeps the address of a page under a name.
type SaveViewInput struct {
	ID      string `json:"id"` // "": a new one
	Name    string `json:"name"`
	Page    string `json:"page"`
	Address string `json:"address"` // path and search of the page: "/sales?range=90d"
}

// ViewIDInput names a saved view.
type ViewIDInput struct {
	ID string `json:"id"`
}

// ExportInput asks for a file.
type ExportInput struct {
	Format string `json:"format"` // csv, xlsx (tables); pdf (pages)
	// Table, with its columns, filters and order; the whole of it is written, Offset and Limit do not count.
	Table TableInput `json:"table"`
	// Subjects narrows a table to the rows a person selected; none: all.
	Subjects []string `json:"subjects"`
}

// RateInput is a rate of exchange that the seller enters.
type RateInput struct {
	From   string `json:"from"` // currency
	To     string `json:"to"`
	Day    string `json:"day"`  // the rate holds from this day until the next one given
	Rate   string `json:"rate"` // units of To for one of From, a decimal point: "1.087"
	Source string `json:"source"`
}
