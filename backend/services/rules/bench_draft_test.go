package rules_test

import "testing"

func BenchmarkRead(b *testing.B) {
	e := shippedStudio(b)
	text := readFile(b, "policies/default.yaml")
	for b.Loop() {
		read(b, e, text)
	}
}
