// Package frontend carries the built pages inside the program.
//
// Input: the folder dist, as `npm run build` leaves it.
// Output: an embedded file system with index.html at dist/index.html.
package frontend

import "embed"

//go:embed all:dist
var dist embed.FS

// Embedded is the file system of the built pages.
func Embedded() embed.FS { return dist }
