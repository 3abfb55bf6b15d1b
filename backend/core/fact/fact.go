// Package fact is the contract of what modules tell the rest of Purser.
//
// Input: an as-of day and the names wanted.
// Output: whole columns of typed, dated numbers about subjects, each with source and maturity.
package fact

import (
	"context"
	"strings"
	"time"

	"purser/backend/core"
)

// SubjectKind is what a fact is about.
type SubjectKind string

// The kinds of subject and the form of their ids.
const (
	Account      SubjectKind = "account"       // "account"
	Marketplace  SubjectKind = "marketplace"   // "US"
	SKU          SubjectKind = "sku"           // "US/SKU-104"
	Campaign     SubjectKind = "campaign"      // "US/Spring launch"
	SearchTerm   SubjectKind = "search_term"   // "US/Spring launch/steel flask"
	HealthMetric SubjectKind = "health_metric" // "US/late_shipment_rate"
)

// SubjectID joins the parts of an id: the marketplace code first.
func SubjectID(marketplace string, parts ...string) string {
	return marketplace + "/" + strings.Join(parts, "/")
}

// SplitID gives the marketplace code of an id and the rest.
func SplitID(id string) (marketplace, rest string) {
	marketplace, rest, _ = strings.Cut(id, "/")
	return marketplace, rest
}

// Type is the type of a fact's value.
type Type string

// The types. Rules see Number, Percent, Ratio and Money as double (Money in major
// units of the subject's currency), Count as int, Flag as bool, Text as string.
const (
	Number  Type = "number"
	Ratio   Type = "ratio"   // 0.12 is 12 %
	Percent Type = "percent" // 0–100, as Amazon's traffic reports write it
	Money   Type = "money"
	Count   Type = "count"
	Flag    Type = "flag"
	Text    Type = "text"
)

// Maturity says how far a value can be trusted.
type Maturity string

// The maturities, best first. Rules treat Missing, Stale and Settling as unknown
// unless the policy says that it takes settling or stale data.
const (
	Fresh     Maturity = "fresh"
	Settling  Maturity = "settling"  // Amazon may still restate it
	Estimated Maturity = "estimated" // rests on an assumption, named in Value.Note
	Stale     Maturity = "stale"     // older than the kind's StaleAge
	Missing   Maturity = "missing"   // not known; Value.Note says which file would tell
)

// Worst is the less trustworthy of the two.
func Worst(a, b Maturity) Maturity {
	rank := map[Maturity]int{Fresh: 0, "": 0, Estimated: 1, Settling: 2, Stale: 3, Missing: 4}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// Definition declares one fact.
type Definition struct {
	Name    string // "inventory.cover_days"
	Subject SubjectKind
	Type    Type
	Unit    string   // "units", "days", "units/day", "%"; for Money "" (each value has its currency)
	Meaning string   // one line
	Formula string   // how it is computed, in words and names of other facts
	Sources []string // kinds of document it rests on
	Daily   string   // daily series to draw beside it ("sales.units"); "" if none
	// Better is "up", "down" or "" when neither is better.
	Better string
	// Title is the column header; empty: made from Name.
	Title string
	// Parts names the facts and measures that the value is computed from. A fact without
	// parts rests on rows of documents, which its module can list (RowProvider).
	Parts []string
	// Adds says that the values of several subjects add up: units on hand do, days of cover don't.
	Adds bool
}

// Value is one value of a fact. Only the field of the definition's type is set.
type Value struct {
	Num      float64 // Number, Ratio, Percent, Count
	Money    core.Money
	Flag     bool
	Text     string
	AsOf     core.Day // last day whose data is in the value
	Maturity Maturity
	Source   string // kind of document, as a person knows it is looked up from it
	Note     string // why missing or estimated, what was assumed; may be empty
}

// Known says whether there is a value at all.
func (v Value) Known() bool { return v.Maturity != Missing && v.Maturity != "" }

// Column is one fact for all its subjects. A subject that is absent is Missing.
type Column struct {
	Name   string
	Values map[string]Value // by subject id
}

// Query asks for columns.
type Query struct {
	AsOf    core.Day
	Names   []string // exact names; empty: all of the provider
	Subject string   // only this subject id; "": all
}

// Wants says whether the query asks for name.
func (q Query) Wants(name string) bool {
	if len(q.Names) == 0 {
		return true
	}
	for _, n := range q.Names {
		if n == name {
			return true
		}
	}
	return false
}

// Provider answers facts on what was known at the end of AsOf: rows observed later
// are not used where an earlier version is kept; where only a later one exists, it is
// used and the value is Estimated. Answers must not depend on the wall clock. The host
// withholds a value that speaks of a later day than AsOf.
type Provider interface {
	Facts(ctx context.Context, q Query) ([]Column, error)
}

// Point is one day of a daily series.
type Point struct {
	Day      core.Day
	Num      float64    // for money series in major units
	Money    core.Money // for money series
	Maturity Maturity
}

// Series is a daily series of one subject.
type Series struct {
	Name    string
	Subject string
	Unit    string
	Points  []Point
}

// DailyProvider answers the daily series that facts are made of.
type DailyProvider interface {
	// Daily gives the series of one subject, or of all when subject is "", over the period,
	// as known at the end of asOf. Days without data have no point; a day that is known to be zero has one.
	Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]Series, error)
}

// Stamp is when data of a kind was last seen.
type Stamp struct {
	Kind       string
	ObservedAt time.Time
	Through    core.Day // last day it covers
}
