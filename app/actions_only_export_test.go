package app

import (
	"testing"

	"purser/backend/services/actions"
)

// Subjects lists what a list of a policy may hold.
func (d *Desk) Subjects(tb testing.TB, policy string) actions.Subjects {
	tb.Helper()
	out, err := deskAccount{d.s}.Subjects(tb.Context(), policy)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}
