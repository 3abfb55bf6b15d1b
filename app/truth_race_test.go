//go:build race

package app_test

// raced says that the race detector is on, which makes the test six times as slow and finds nothing more in it with every seed.
const raced = true
