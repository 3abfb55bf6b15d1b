package practice

// Names of faults.
const (
	Down           = "down"
	Reset          = "reset"
	CaptivePortal  = "captive_portal"
	ServerError    = "server_error"
	BadRequest     = "bad_request"
	Forbidden      = "forbidden"
	NotFound       = "not_found"
	Throttled      = "throttled"
	ThrottledBare  = "throttled_bare"
	FallingLimits  = "falling_limits"
	NoRateHeader   = "no_rate_header"
	Slow           = "slow"
	Trickle        = "trickle"
	CutBody        = "cut_body"
	SkewedDate     = "skewed_date"
	TokenRevoked   = "token_revoked"
	SecretExpired  = "secret_expired"
	TokenExpired   = "token_expired"
	RoleMissing    = "role_missing"
	Suspended      = "suspended"
	DoneBut503     = "done_but_503"
	DoneButCut     = "done_but_cut"
	Partial207     = "partial_207"
	PatchRejected  = "patch_rejected"
	PatchInvalid   = "patch_invalid"
	UnknownEnum    = "unknown_enum"
	ExtraFields    = "extra_fields"
	MissingFields  = "missing_fields"
	NullFields     = "null_fields"
	HugeNumber     = "huge_number"
	WrongType      = "wrong_type"
	EmptyPage      = "empty_page"
	EndlessPages   = "endless_pages"
	RepeatedToken  = "repeated_token"
	PageExpired    = "page_expired"
	SmallPages     = "small_pages"
	MissingRows    = "missing_rows"
	DuplicateRows  = "duplicate_rows"
	ShuffledRows   = "shuffled_rows"
	LateOrders     = "late_orders"
	IncludedData   = "included_data_refused"
	Deferred       = "deferred"
	ReportFatal    = "report_fatal"
	ReportFatalDoc = "report_fatal_document"
	ReportCancel   = "report_cancelled"
	ReportStuck    = "report_stuck"
	ReportRefused  = "report_not_offered"
	ReportRepeated = "report_repeated"
	EmptyReport    = "empty_report"
	MixedSettled   = "settlements_mixed"
	DocumentGone   = "document_expired"
	GzipPlain      = "gzip_plain"
	GzipUnsaid     = "gzip_unsaid"
	GzipCut        = "gzip_cut"
	GzipGarbage    = "gzip_garbage"
	GzipBomb       = "gzip_bomb"
	CP1252         = "cp1252"
	CP932          = "cp932"
	LoneQuotes     = "lone_quotes"
	DecimalComma   = "decimal_comma"
	UnknownColumn  = "unknown_column"
	PoisonRow      = "poison_row"
)

// FaultInfo says what a fault does.
type FaultInfo struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

// KnownFaults lists every fault there is.
func KnownFaults() []FaultInfo {
	return []FaultInfo{
		{Down, "Everything it is aimed at answers 503, tokens included."},
		{Reset, "The connection is closed without an answer, and nothing was done."},
		{CaptivePortal, "200 with a web page that asks to sign in to a network."},
		{ServerError, "500 or 503, and nothing was done."},
		{BadRequest, "400."},
		{Forbidden, "403 that stays."},
		{NotFound, "404."},
		{Throttled, "429 that names the rate or how long to wait."},
		{ThrottledBare, "429 without a word on when to come back."},
		{FallingLimits, "A quarter of the published rate, where quotas are on."},
		{NoRateHeader, "Answers do not name the rate."},
		{Slow, "The answer comes after some seconds; 5 is usual."},
		{Trickle, "The body comes in slices, 20 kB a second."},
		{CutBody, "The connection is closed after two thirds of the body."},
		{SkewedDate, "The Date header is ahead; ten minutes is usual."},
		{TokenRevoked, "The seller took back the authorisation."},
		{SecretExpired, "The client secret was not rotated in time."},
		{TokenExpired, "The access token is said to be expired before its time."},
		{RoleMissing, "403: the application lacks the role."},
		{Suspended, "The account is deactivated and its listings are suspended."},
		{DoneBut503, "A change is made and answered with 503."},
		{DoneButCut, "A change is made and the connection is closed without an answer."},
		{Partial207, "Of several changes in one request some are refused."},
		{PatchRejected, "A patch of a listing is accepted and never applied; an issue appears."},
		{PatchInvalid, "A patch of a listing is INVALID."},
		{UnknownEnum, "A word appears that no list has."},
		{ExtraFields, "Fields appear that nobody has described."},
		{MissingFields, "A required field is absent."},
		{NullFields, "A field is null."},
		{HugeNumber, "A number is larger than any that fits."},
		{WrongType, "A number is a text, or a text a number."},
		{EmptyPage, "A page without rows, with a token."},
		{EndlessPages, "The last page has a token, and so on."},
		{RepeatedToken, "A page gives the token it was asked with."},
		{PageExpired, "The token of the next page is no longer good: 400."},
		{SmallPages, "Pages hold a third of what was asked for."},
		{MissingRows, "Pages and reports leave out a row."},
		{DuplicateRows, "Rows appear twice, across pages and within reports whose last rows are told again."},
		{ShuffledRows, "Rows are in no order."},
		{LateOrders, "Orders changed lately are not told yet; 20 minutes is usual."},
		{IncludedData, "searchOrders refuses included data other than proceeds."},
		{Deferred, "Payments of orders are held back for eight days: their transactions say so, and are followed by others."},
		{ReportFatal, "A report ends FATAL, without a document. Of advertising: FAILED."},
		{ReportFatalDoc, "A report ends FATAL with a document that says why."},
		{ReportCancel, "A report is CANCELLED."},
		{ReportStuck, "A report is under way for days; two is usual."},
		{ReportRefused, "400: the report could not be applied to any marketplaces."},
		{ReportRepeated, "A report that was made half an hour ago or less ends FATAL."},
		{EmptyReport, "A report is done and has no rows."},
		{MixedSettled, "Settlements of all marketplaces of the region are listed, some of them twice."},
		{DocumentGone, "The address of a document has expired."},
		{GzipPlain, "A document said to be compressed is not."},
		{GzipUnsaid, "A compressed document is not said to be."},
		{GzipCut, "A compressed document ends too early."},
		{GzipGarbage, "A compressed document cannot be read."},
		{GzipBomb, "A compressed document is a gigabyte of zeros."},
		{CP1252, "A text document is in Windows-1252."},
		{CP932, "A text document is in Shift JIS."},
		{LoneQuotes, "A text document holds quotation marks that are not closed."},
		{DecimalComma, "A text document has decimal commas."},
		{UnknownColumn, "A text document has a column nobody has described."},
		{PoisonRow, "A text document has a row that cannot be read."},
	}
}
