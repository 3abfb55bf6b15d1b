package source

import (
	"time"

	"purser/backend/core"
)

// Amounts in records are int64 minor units of the record's Currency; instants are
// Unix seconds UTC; Marketplace is the code ("US", core.NonAmazon for MCF orders).
// Row is the 1-based line of the document, so that a fact can be traced to it; of a JSON document,
// which has a single line, the running number of its entry.

// Order states that matter to a roll-up; anything else counts as sold.
const (
	OrderCancelled = "Cancelled"
	OrderPending   = "Pending"
)

// OrderLine is one line of an all-orders report. Its key is (order, SKU, Seq).
type OrderLine struct {
	Row         int32
	Seq         int32 // how many earlier lines of the file have the same order and SKU
	OrderID     string
	SKU         core.SKU
	ASIN        core.ASIN
	Title       string
	Marketplace string
	Day         core.Day // purchase day in the marketplace
	PurchasedAt int64
	UpdatedAt   int64
	Status      string // order-status; the item's own status where it is Cancelled
	FBA         bool
	Quantity    int32
	Currency    core.Currency
	HasPrice    bool  // pending orders have none yet
	ItemPrice   int64 // total of the line, not per unit
	ItemTax     int64
	Shipping    int64
	Promotion   int64 // discount, positive
}

// TrafficDay is one day of a marketplace from Sales and Traffic or the business report by date.
type TrafficDay struct {
	Row           int32
	Marketplace   string
	Day           core.Day
	Currency      core.Currency
	OrderedSales  int64
	UnitsOrdered  int32
	OrderItems    int32
	UnitsRefunded int32
	Sessions      int32
	PageViews     int32
	// Percentages 0–100; negative where the report has none.
	FeaturedOfferPct float64
	UnitSessionPct   float64
}

// TrafficItem is one item over Batch.Period; a day-by-day history needs one document a day.
type TrafficItem struct {
	Row              int32
	Marketplace      string
	Period           core.Period
	ParentASIN       core.ASIN
	ASIN             core.ASIN
	SKU              core.SKU // "" unless the report is by SKU
	Title            string
	Currency         core.Currency
	OrderedSales     int64
	UnitsOrdered     int32
	OrderItems       int32
	Sessions         int32
	PageViews        int32
	FeaturedOfferPct float64 // 0–100; negative: none
	UnitSessionPct   float64
}

// StockLevel is one SKU of the FBA Manage Inventory report at Batch.ObservedAt.
type StockLevel struct {
	Row               int32
	Marketplace       string
	SKU               core.SKU
	FNSKU             string
	ASIN              core.ASIN
	Title             string
	Condition         string
	Currency          core.Currency
	Price             int64 // 0: none
	Fulfillable       int32
	Unsellable        int32
	Reserved          int32
	Total             int32
	InboundWorking    int32
	InboundShipped    int32
	InboundReceiving  int32
	Researching       int32
	MerchantAvailable int32
}

// StockPlan is one SKU of the FBA inventory planning report.
type StockPlan struct {
	Row                                                     int32
	Marketplace                                             string
	Day                                                     core.Day // snapshot-date
	SKU                                                     core.SKU
	FNSKU                                                   string
	ASIN                                                    core.ASIN
	Title                                                   string
	Currency                                                core.Currency
	Available                                               int32
	Reserved                                                int32
	Inbound                                                 int32
	Unfulfillable                                           int32
	Age0to90, Age91to180, Age181to270, Age271to365, Age365p int32
	Shipped7, Shipped30, Shipped60, Shipped90               int32
	Alert                                                   string
	RecommendedAction                                       string
	Price                                                   int64
	DaysOfSupply                                            float64 // negative: none
	HistoricalDaysOfSupply                                  float64 // negative: none
	ExcessUnits                                             int32
	StorageCostNextMonth                                    int64
}

// RestockRow is one SKU of Amazon's own restock recommendations.
type RestockRow struct {
	Row             int32
	Marketplace     string
	SKU             core.SKU
	FNSKU           string
	ASIN            core.ASIN
	Title           string
	Supplier        string
	Currency        core.Currency
	Price           int64
	Sales30         int64
	Units30         int32
	Total           int32
	Inbound         int32
	Available       int32
	Reserved        int32 // FC transfer + FC processing + customer orders
	Unfulfillable   int32
	DaysOfSupply    float64 // negative: none
	Alert           string
	RecommendedQty  int32
	RecommendedShip core.Day // 0: none
}

// SettlementLine is one amount of a settlement. The header row of the file is not a
// line: its total is on every line, so that the sum can be checked against it.
type SettlementLine struct {
	Row             int32
	SettlementID    string
	Start, End      int64
	Deposit         int64 // Unix seconds of the deposit date
	Total           int64 // total-amount of the settlement
	Marketplace     string
	Currency        core.Currency
	TransactionType string
	OrderID         string
	AmountType      string
	AmountDesc      string
	Amount          int64
	PostedAt        int64
	Day             core.Day
	OrderItemCode   string
	SKU             core.SKU
	Quantity        int32
}

// ClassReleased is the class of what is no transaction of its own; see Transaction.
const ClassReleased = "released"

// Transaction is one row of the date-range (payments) report, or one item of a transaction of the Finances API.
//
// The two come in streams of their own, Transactions and TransactionsByAPI, because the API, the date-range report and
// the settlement tell the same money, and nothing in their rows is the same key: the API has neither the settlement's
// number nor the report's words for types and products, and its moment of posting is not always the report's. Whoever
// takes both streams lets the files go before: of a day of a marketplace that a settlement or a date-range report
// covers, they alone tell; of any other day that the API covers, the API alone does.
//
// A record of ClassReleased is none: it only says that the transaction of that ID is the release of money that was told
// when it was deferred, whatever an answer that left this out has said of it.
type Transaction struct {
	Row int32
	// ID is Amazon's transactionId; all records of one transaction come in one batch, and together replace what an
	// earlier observation said of it. Part tells them apart, from 0. Both only in TransactionsByAPI; "": Amazon gave none.
	// Records of one transaction follow each other, and Row counts up as Part does: so they are told where the id is "".
	ID           string
	Part         int32
	Marketplace  string
	Currency     core.Currency
	At           int64
	Day          core.Day
	SettlementID string
	Type         string // as written
	Class        string // order, refund, fee, ads, transfer, adjustment, other: language independent
	OrderID      string
	SKU          core.SKU
	Description  string
	Quantity     int32
	ProductSales int64
	SellingFees  int64
	FBAFees      int64
	OtherFees    int64
	Promotions   int64
	Other        int64 // every other money column of the row
	Total        int64
}

// AdRow is one row of a Sponsored Products report. Which of the naming fields are
// filled depends on the stream. Start and End are equal in daily reports.
type AdRow struct {
	Row            int32
	Marketplace    string
	Start, End     core.Day
	Portfolio      string
	Campaign       string
	AdGroup        string
	Targeting      string
	MatchType      string
	SearchTerm     string
	SKU            core.SKU
	ASIN           core.ASIN
	Status         string
	Budget         int64
	Currency       core.Currency
	Impressions    int32
	Clicks         int32
	Spend          int64
	Sales          int64 // attributed, 7 days for sellers
	Orders         int32
	Units          int32
	AttributionDay int32 // 7 or 14
}

// Feedback is one seller feedback; the rater is never kept.
type Feedback struct {
	Row         int32
	Marketplace string
	Day         core.Day
	Rating      int32 // 1–5
	Comment     string
	Response    string
	OrderID     string
}

// Return is one FBA customer return.
type Return struct {
	Row         int32
	Marketplace string // "" where the file does not say
	At          int64
	Day         core.Day
	OrderID     string
	SKU         core.SKU
	ASIN        core.ASIN
	FNSKU       string
	Title       string
	Quantity    int32
	Disposition string
	Reason      string
	Status      string
	Plate       string // license plate number: part of the key
	Comment     string
}

// Reimbursement is one FBA reimbursement.
type Reimbursement struct {
	Row         int32
	Marketplace string
	Day         core.Day
	ID          string
	CaseID      string
	OrderID     string
	Reason      string
	SKU         core.SKU
	ASIN        core.ASIN
	FNSKU       string
	Currency    core.Currency
	PerUnit     int64
	Total       int64
	CashUnits   int32
	StockUnits  int32
	OriginalID  string
}

// Listing is one offer of the merchant listings report.
type Listing struct {
	Row         int32
	Marketplace string
	SKU         core.SKU
	ASIN        core.ASIN
	ListingID   string
	Title       string
	Currency    core.Currency
	Price       int64
	HasQuantity bool
	Quantity    int32
	OpenedAt    int64
	FBA         bool
	Status      string // Active, Inactive, Incomplete
}

// Suppressed is one listing hidden from search.
type Suppressed struct {
	Row         int32
	Marketplace string
	SKU         core.SKU
	ASIN        core.ASIN
	Title       string
	Status      string
	Reason      string
	Issue       string
	ChangedDay  core.Day
}

// StrandedItem is stock without an offer.
type StrandedItem struct {
	Row           int32
	Marketplace   string
	SKU           core.SKU
	FNSKU         string
	ASIN          core.ASIN
	Title         string
	StrandedDay   core.Day
	RemovalDay    core.Day // 0: none
	PrimaryAction string
	Reason        string
	Message       string
	Fulfillable   int32
	Unfulfillable int32
	Reserved      int32
	Inbound       int32
	Currency      core.Currency
	Price         int64
}

// HealthMetric is one metric of the seller performance report. AccountStatus and
// RatingStatus come as metrics "account_status" and "account_health_rating" with Text only.
type HealthMetric struct {
	Row         int32
	Marketplace string
	Metric      string // late_shipment_rate, order_defect_rate_afn, listing_policy_violations, document_requests, …
	Title       string
	Status      string // GOOD, BAD, NONE, NORMAL, AT_RISK, …: as written
	HasRate     bool
	Rate        float64 // fraction: 0.032 is 3.2 %
	HasTarget   bool
	Target      float64
	Condition   string // LESS_THAN, GREATER_THAN, EQUALS
	HasCount    bool
	Count       int32 // defects, late shipments, violations
	Orders      int32 // orders, shipments or units the rate is measured over
	From, To    time.Time
}

// FeeEstimate is Amazon's fee preview for one SKU.
type FeeEstimate struct {
	Row         int32
	Marketplace string
	SKU         core.SKU
	FNSKU       string
	ASIN        core.ASIN
	Title       string
	Currency    core.Currency
	Price       int64
	TotalFee    int64
	ReferralFee int64
	FulfilFee   int64
	SizeTier    string
}
