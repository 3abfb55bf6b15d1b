//go:build !race

package sellercentral_test

const raced = false
