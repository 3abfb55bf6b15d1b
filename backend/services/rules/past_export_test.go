package rules

import (
	"maps"
	"slices"

	"purser/backend/core/fact"
)

// Repacked packs a column as it is kept of past days, and unpacks it.
func Repacked(c fact.Column) fact.Column {
	return pack(c, slices.Sorted(maps.Keys(c.Values))).column()
}
