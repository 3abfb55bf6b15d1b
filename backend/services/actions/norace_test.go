//go:build !race

package actions_test

const raced = false
