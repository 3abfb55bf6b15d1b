package sales_test

import (
	"os"
	"testing"

	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/modules/sales"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	queries, err := os.ReadFile("queries.sql")
	if err != nil {
		t.Fatal(err)
	}
	moduletest.Run(t, func() module.Module { return sales.New() }, string(queries))
}
