package core_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"purser/backend/core"
)

func TestAsErrorTellsFaultsFromClosedAccounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		code string
	}{
		{fmt.Errorf("read decisions: %w", context.Canceled), core.CodeCancelled},
		{fmt.Errorf("read decisions: %w", context.DeadlineExceeded), core.CodeInternal},
		{errors.New("disk full"), core.CodeInternal},
		{fmt.Errorf("import: %w", core.Invalid("ingest", "No such column.", "")), core.CodeInvalid},
		{core.Unavailable("sales", "Not running.", context.Canceled), core.CodeUnavailable},
	} {
		if got := core.AsError(c.err); got.Code != c.code || got.Message == "" {
			t.Errorf("AsError(%v) = %s %q, want code %s", c.err, got.Code, got.Message, c.code)
		}
	}
	if core.AsError(nil) != nil {
		t.Error("AsError(nil) is an error")
	}
}
