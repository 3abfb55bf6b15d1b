package source

import (
	"context"
	"time"

	"purser/backend/core"
)

// Feed is one flow of documents that an API gives, such as the all-orders report.
type Feed struct {
	Name  string // stable, stored: "spapi.all_orders"
	Title string // as a person knows it: "All orders"
	API   string // "spapi" or "adsapi"
	Group string // operations that fail together: a breaker of its own for each
	// Parallel is how many asks of the group may be under way at once; 0: one. A report is made while others wait.
	Parallel int
	// Rate names what is asked of the group's quota for each ask, as the client's rates do: "createReport"; "" if nothing tells.
	Rate  string
	Kinds []string // kinds of the documents it gives
	Needs string   // capability that must not be denied: see Capability
	// PerMarketplace: one flow for each marketplace of the account; otherwise one for each region.
	PerMarketplace bool
	// Snapshot: it tells how things are now and has no past. Windows, overlaps and histories do not apply to it.
	Snapshot bool
	// DayByDay: it is asked for one marketplace day at a time, because an answer is a sum over its window.
	DayByDay bool
	// WholeDays: its windows begin and end at midnights of the marketplace, because it tells days and no parts of them.
	WholeDays bool
	// Sparse: it has something every few weeks only, so that an empty window says nothing.
	Sparse  bool
	Every   time.Duration // how often while the program runs
	Overlap time.Duration // how far before its cursor each new window begins, as Amazon is late
	Slice   time.Duration // longest window of one ask
	Late    time.Duration // how long after a moment Amazon has nothing of it yet: windows end that long before now
	History time.Duration // how far back it is worth asking for
	Again   []Again       // what Amazon restates is asked for again
	Order   int           // place in the backfill: what a seller sees first comes first
	Keep    string        // retention class: see the Keep constants
}

// Again says that every so often a past is asked for anew.
type Again struct {
	Every time.Duration
	Past  time.Duration
}

// Retention classes of what an API gives. Source: reliability reference §1.2 (Amazon's data protection policy, 2025-11).
const (
	KeepRaw   = "amazon_raw"  // documents as received: at most 90 days
	KeepFacts = "amazon_fact" // what is made of them: at most 548 days
	KeepLegal = "legal"       // settlements, invoices, fees: as long as the seller's law asks for
)

// Ask is one piece of work: a window of a feed.
type Ask struct {
	Feed        string
	Region      string    // "na", "eu", "fe"
	Marketplace string    // code; "" where the feed is one of the region
	From, To    time.Time // UTC, [From, To); zero for a snapshot
	Day         core.Day  // of a feed day by day; 0 otherwise
	State       []byte    // as the last Step gave it; nil at first
	// Resumed: the state is from before a restart, so that what was begun with it may have been done.
	Resumed bool
}

// Step is how far an ask came.
type Step struct {
	// State is stored before the next step is made. A step makes at most one request that changes something at
	// Amazon, and the step before it has announced it in its state, so that nothing is begun twice.
	State     []byte
	Documents []Fetched     // whole documents, to be stored before State is; the same ones again change nothing
	Wait      time.Duration // how long the next step has to wait; 0: not at all
	Done      bool
	// Nothing says in words why there was nothing to give, where Amazon said so; an empty document says it itself.
	Nothing string
	// Covered is until when what was given is whole; zero: To of the ask.
	Covered time.Time
	Late    bool // it takes longer than it should; it is still waited for
}

// Fetched is a document from an API.
type Fetched struct {
	File    File
	Options Options
	Request string // Amazon's name of the request, for support
	// Doubted is set by who asked for it, before it is stored: where it turns out to have no rows it is not believed, and
	// nothing of it counts, not even which days it tells.
	Doubted bool
}

// Capability is what the account's access allows.
type Capability struct {
	Name  string // "orders", "reports", "finances", "ads", …
	Title string // "Orders"
	Role  string // which role grants it, as Seller Central names it
	State CapabilityState
	Text  string // what Amazon said
}

// CapabilityState says whether a capability is granted.
type CapabilityState string

// The states of a capability.
const (
	Granted      CapabilityState = "granted"
	Denied       CapabilityState = "denied"
	UnknownGrant CapabilityState = "unknown"
)

// API brings documents from an account's API. It keeps no state but what it is given, stores nothing, waits for
// nothing longer than a request, and is safe for concurrent use.
type API interface {
	Name() string
	Feeds() []Feed
	// Step moves an ask on by one request or two. Its errors are *APIError.
	Step(ctx context.Context, a Ask) (Step, error)
	// Places lists what the credentials of a region are for.
	Places(ctx context.Context, region string) (Places, error)
	// Probe asks for one capability in a region with one cheap call.
	Probe(ctx context.Context, region, capability string) (Capability, error)
}

// Places is what the credentials of a region are for.
type Places struct {
	StoreName    string // "" where it was not told, or each place tells its own
	Plan         string // "PROFESSIONAL", "INDIVIDUAL"; "" where it was not told
	Marketplaces []Place
}

// Place is one marketplace of an account. One login can be for the adverts of several sellers.
type Place struct {
	Code      string // "US"
	Profile   string // the advertiser profile of it; "" where there is none
	Seller    string // merchant token of whose it is; "" where the API does not tell
	Store     string // the seller's name; "" where the API does not tell it of each place
	Suspended bool   // its listings are suspended
}

// APIFault says what kind of failure an API answered with.
type APIFault string

// The faults.
const (
	FaultThrottled   APIFault = "throttled"    // too many requests: wait
	FaultUnavailable APIFault = "unavailable"  // 5xx, or an answer that is none: tried again
	FaultOffline     APIFault = "offline"      // nothing was reached
	FaultReconnect   APIFault = "reconnect"    // token revoked, secret expired: nothing works until a person connects anew
	FaultDenied      APIFault = "denied"       // a role is missing
	FaultNotOffered  APIFault = "not_offered"  // Amazon does not make this for the account: asked again another day
	FaultInvalid     APIFault = "invalid"      // Amazon refuses the request as it is: not tried again
	FaultExpiredPage APIFault = "expired_page" // a page token is no longer good: the window begins anew
	FaultFatal       APIFault = "fatal"        // a report ended without a document
)

// APIError is what went wrong, for a person.
type APIError struct {
	Fault     APIFault
	API       string
	Operation string        // "createReport"
	Message   string        // what happened and what to do
	Raw       string        // what Amazon answered, at most 4,000 characters, no secret in it
	Request   string        // Amazon's name of the request
	Status    int           // HTTP; 0: no answer
	After     time.Duration // how long Amazon asks to wait; 0: it did not say
	Err       error
}

// Error implements error.
func (e *APIError) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *APIError) Unwrap() error { return e.Err }
