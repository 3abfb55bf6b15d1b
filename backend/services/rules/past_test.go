package rules_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// TestPackedColumns packs columns of any values and unpacks them: nothing may be lost.
func TestPackedColumns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := fact.Column{Name: "sales.units", Values: map[string]fact.Value{}}
		for i := range rapid.IntRange(0, 30).Draw(t, "subjects") {
			v := fact.Value{
				AsOf: core.Day(rapid.IntRange(0, 3).Draw(t, "day")), Maturity: fact.Fresh, Source: "all_orders",
				Note: strings.Repeat("n", rapid.IntRange(0, 2).Draw(t, "note")),
			}
			switch rapid.IntRange(0, 6).Draw(t, "type") {
			case 0:
				v.Num = rapid.Float64().Draw(t, "num")
			case 1:
				v.Money = core.Money{Minor: rapid.Int64().Draw(t, "minor"), Currency: "EUR"}
			case 2:
				v.Flag = rapid.Bool().Draw(t, "flag")
			case 3:
				v.Text = rapid.String().Draw(t, "text")
			case 4:
				v = fact.Value{Maturity: fact.Missing, Note: "no file"}
			case 5:
				v.Num = math.Inf(1)
			case 6: // no module does that, but nothing forbids it
				v.Num, v.Flag, v.Text = 1, true, "both"
			}
			c.Values[fmt.Sprintf("DE/%d", i)] = v
		}
		if got := rules.Repacked(c); !reflect.DeepEqual(got, c) {
			t.Fatalf("got %+v, want %+v", got, c)
		}
	})
}
