package sellercentral_test

import (
	"bytes"
	"slices"
	"testing"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// TestASettlementWithoutItsFirstRow has neither dates nor a total, and one whose rows were sorted has them too late:
// both are refused, so that whoever fetches it asks again.
func TestASettlementWithoutItsFirstRow(t *testing.T) {
	t.Parallel()
	whole := sampleBytes(t, "settlement_us.txt")
	lines := bytes.SplitAfter(whole, []byte("\n"))
	sorted := slices.Clone(lines)
	sorted = append(append(sorted[:1:1], sorted[2:]...), append([]byte("\n"), sorted[1]...))
	for name, c := range map[string]struct {
		text    []byte
		refused bool
	}{
		"whole": {whole, false}, "without it": {bytes.Join(append(slices.Clone(lines[:1]), lines[2:]...), nil), true},
		"at the end": {bytes.Join(sorted, nil), true},
	} {
		in, err := sellercentral.New().Inspect(t.Context(), memFile("settlement.txt", c.text), source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(in.Problems, func(p source.Problem) bool { return p.Fatal }); got != c.refused || in.Kind != "settlement" {
			t.Errorf("%s: %+v", name, in.Problems)
		}
	}
}
