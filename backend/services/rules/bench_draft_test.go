package rules_test

import "testing"

func BenchmarkRead(b *testing.B) {
	e := studio(b)
	text := readFile(b, "policies/default.yaml")
	for b.Loop() {
		read(b, e, text)
	}
}
