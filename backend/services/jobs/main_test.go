package jobs_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain sets how many lives are lived: few in daily tests, many at the gate.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if n := map[bool]string{false: "20", true: "500"}[os.Getenv("PURSER_GATE") == "1"]; !given {
		if err := flag.Set("rapid.checks", n); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
