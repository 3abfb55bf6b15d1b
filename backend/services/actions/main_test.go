package actions_test

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		os.Exit(child(dir))
	}
	flag.Parse()
	checks := "50"
	switch {
	case raced: // one goroutine each: the race detector finds nothing in more of them
		checks = "10"
	case gate():
		checks = "10000"
	}
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// gate says whether the long run was asked for.
func gate() bool { return os.Getenv("PURSER_GATE") != "" }
