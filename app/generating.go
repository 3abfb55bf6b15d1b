//go:build bindings

package app

// generating says that this program only writes the TypeScript bindings and ends.
const generating = true
