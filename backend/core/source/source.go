// Package source is the contract of what brings data in.
//
// Input: files as a seller downloaded them (later: an account's APIs).
// Output: documents of a recognised kind and their rows as typed records, grouped in streams.
package source

import (
	"context"
	"io"
	"time"

	"purser/backend/core"
)

// Stream names one flow of records; every batch belongs to exactly one.
type Stream string

// The streams, each with the record type its batches carry.
const (
	Orders            Stream = "orders"             // OrderLine
	TrafficDays       Stream = "traffic_days"       // TrafficDay
	TrafficItems      Stream = "traffic_items"      // TrafficItem
	Stock             Stream = "stock"              // StockLevel
	StockPlanning     Stream = "stock_planning"     // StockPlan
	RestockAdvice     Stream = "restock_advice"     // RestockRow
	Settlements       Stream = "settlements"        // SettlementLine
	Transactions      Stream = "transactions"       // Transaction
	TransactionsByAPI Stream = "api_transactions"   // Transaction: see there
	AdSearchTerms     Stream = "ad_search_terms"    // AdRow
	AdProducts        Stream = "ad_products"        // AdRow
	AdTargets         Stream = "ad_targets"         // AdRow
	AdCampaigns       Stream = "ad_campaigns"       // AdRow
	SellerFeedback    Stream = "seller_feedback"    // Feedback
	Returns           Stream = "returns"            // Return
	Reimbursements    Stream = "reimbursements"     // Reimbursement
	Listings          Stream = "listings"           // Listing
	SuppressedListing Stream = "suppressed_listing" // Suppressed
	Stranded          Stream = "stranded"           // StrandedItem
	AccountHealth     Stream = "account_health"     // HealthMetric
	FeeEstimates      Stream = "fee_estimates"      // FeeEstimate
)

// Kind is one kind of document a source can read, such as "all_orders".
type Kind struct {
	Name     string        // stable, snake case; stored with every document
	Title    string        // as a person knows it: "All orders"
	Streams  []Stream      // what it yields
	Where    string        // where the seller downloads it, step by step
	Unlocks  string        // what this file lets Purser answer
	StaleAge time.Duration // older than this, facts made from it are stale
	Settles  time.Duration // until so long after a day, Amazon may still restate it; 0: never
}

// File is one file as received. Open may be called several times and gives the same bytes.
type File struct {
	Name    string // as the person knows it; inside a zip "orders.zip/orders.txt"
	Size    int64
	ModTime time.Time // when it was downloaded, as far as the file system knows
	Open    func() (io.ReadCloser, error)
}

// Options are what a person may decide about one file; zero values mean "detect".
type Options struct {
	Marketplace string      // code, such as "US", for kinds whose rows do not say
	Encoding    string      // "utf-8", "windows-1252", "shift_jis", "gbk", "utf-16"
	Period      core.Period // the days asked for: for kinds without a date column, and where files do not tell days without rows
	DateOrder   string      // "mdy", "dmy", "ymd": how ambiguous dates are read
	ObservedAt  time.Time   // when Amazon made the file; zero: from its content, else ModTime
}

// Inspection is what is known of a file after reading it once without storing anything.
type Inspection struct {
	Kind           string
	Marketplace    string // code; "" if the rows name several or none
	Marketplaces   []string
	Encoding       string
	DecimalComma   bool
	DateOrder      string
	Rows           int // data rows, good and bad
	BadRows        int
	Repeated       int // rows whose key occurred before in the same file
	Period         core.Period
	Covers         Coverage `json:",omitzero"`
	ObservedAt     time.Time
	Columns        []string
	UnknownColumns []string
	Bad            []BadRow // at most MaxBadRows, all are counted in BadRows
	Needs          []string // options that must be given before it can be stored: "period", "marketplace"
	Problems       []Problem
}

// MaxBadRows is how many bad rows an Inspection or a Summary carries.
const MaxBadRows = 200

// BadRow is a row that could not be understood.
type BadRow struct {
	Line   int    `json:"line"` // 1-based line (or sheet row) of the file
	Column string `json:"column"`
	Reason string `json:"reason"` // "quantity: \"two\" is not a number"
	Text   string `json:"text"`   // the row, buyer columns blanked, at most 500 characters
}

// Problem is something a person should know of a file.
type Problem struct {
	Code    string `json:"code"`    // see the Problem codes below
	Message string `json:"message"` // what happened, to what, and what to do
	Fatal   bool   `json:"fatal"`   // the file is refused
}

// Codes of Problem.
const (
	ProblemEmpty          = "empty_file"
	ProblemHTML           = "html_page"
	ProblemTruncated      = "truncated"
	ProblemTooLarge       = "too_large" // decompresses beyond the caps
	ProblemUnknownKind    = "unknown_kind"
	ProblemMissingColumn  = "missing_column"
	ProblemEncoding       = "wrong_encoding"
	ProblemTooManyBad     = "too_many_bad_rows"
	ProblemNoRows         = "no_rows"
	ProblemNeedsPeriod    = "needs_period"
	ProblemNeedsMarket    = "needs_marketplace"
	ProblemUnknownColumns = "unknown_columns"
	ProblemTotalMismatch  = "total_mismatch" // the rows do not add up to the total the file states
	ProblemUnreadable     = "unreadable"
	ProblemOlder          = "older_data" // newer data is already stored; it was kept
)

// Coverage says of which days a document tells everything, so that what it does not name did not happen on them. The
// zero Coverage is that of a file which does not say: it tells the days from its first row to its last, and those of
// its Period, in every marketplace that it names.
type Coverage struct {
	// None: it tells single rows, such as the orders that changed of late. No day is whole by it.
	None        bool        `json:",omitempty"`
	Marketplace string      `json:",omitempty"` // code
	Period      core.Period `json:",omitzero"`  // the whole days of Marketplace, and no others
}

// Stated says whether the document itself, or who asked for it, said what it covers.
func (c Coverage) Stated() bool { return c.None || c.Marketplace != "" }

// Batch is a run of records of one stream, ready to be stored.
type Batch struct {
	Stream     Stream
	DocumentID int64     // filled in by ingest; 0 while inspecting
	Kind       string    // kind of the document
	ObservedAt time.Time // when what the rows say was true as far as Amazon tells
	Period     core.Period
	Covers     Coverage // of the whole document
	// Partial is true where rows of the document, in whatever batch, could not be read: of what it names it may say less
	// than it holds.
	Partial bool
	// Marketplace is the code of the whole document (Inspection.Marketplace); "" if its rows
	// name several or none. An empty snapshot is told apart by it.
	Marketplace string
	Rows        any // []OrderLine, []StockLevel, …: the record type of the stream
	Len         int
	// Snapshot is true where the document states the whole of something (stock,
	// listings, stranded items) at ObservedAt: what is absent is gone. Where it is false, only
	// what the rows name changes.
	Snapshot bool
	// Last is true on the document's last batch of the stream.
	Last bool
}

// Summary is what a full read found.
type Summary struct {
	Rows    int
	BadRows int
	Bad     []BadRow
}

// FileSource reads files. It keeps no state between calls and stores nothing;
// all methods are safe for concurrent use and stop when ctx ends.
type FileSource interface {
	// Kinds lists what it can read.
	Kinds() []Kind
	// Expand opens containers: a zip becomes its members, anything else itself.
	// A container that can't be read, or that would unpack beyond the caps, is a *core.Error.
	Expand(ctx context.Context, f File) ([]File, error)
	// Inspect reads the file once and says what it is. Faults of the file are
	// Problems of the Inspection; an error means that it could not be read at all.
	Inspect(ctx context.Context, f File, o Options) (Inspection, error)
	// Read reads the file again and hands out its good rows in batches. It gives the
	// same batches each time for the same bytes, options and inspection. progress,
	// if not nil, is told the number of rows read. An error of emit ends it.
	Read(ctx context.Context, f File, in Inspection, emit func(Batch) error, progress func(rows int)) (Summary, error)
	// Redact copies the file as received with only its buyer columns blanked.
	// Rows and line numbers stay the same.
	Redact(ctx context.Context, f File, in Inspection, w io.Writer) error
}

// Glancer is a FileSource that can tell what Redact needs to know of a text file without reading
// its rows with types, so that a large document is kept while it is inspected.
type Glancer interface {
	// Glance fills in Kind and Encoding as Inspect would; an empty Kind means that it takes more than a glance.
	Glance(ctx context.Context, f File, o Options) (Inspection, error)
}
