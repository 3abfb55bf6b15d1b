//go:build race

package sellercentral_test

// raced says that the race detector is on.
const raced = true
