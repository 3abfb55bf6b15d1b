//go:build race

package app_test

// raced says that the race detector is on.
const raced = true
