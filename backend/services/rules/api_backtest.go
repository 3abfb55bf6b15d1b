package rules

import (
	"context"
	"fmt"

	"purser/backend/core"
)

// Backtest says what a draft or a saved policy would have done on past days, on what was known on each.
func (a *API) Backtest(in BacktestInput) (BacktestOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return BacktestOutput{}, err
	}
	day, err := a.day(in.AsOf, e)
	if err != nil {
		return BacktestOutput{}, err
	}
	return e.Backtest(ctx, in, day, e.progress)
}

// versionText is the text of a version of a policy that was kept.
func (e *Engine) versionText(ctx context.Context, policy string, version int) (string, error) {
	if e.store != nil {
		all, err := e.store.versions(ctx, policy)
		if err != nil {
			return "", err
		}
		for _, v := range all {
			if v.version == version {
				return v.yaml, nil
			}
		}
	}
	return "", core.NotFound("rules", fmt.Sprintf("There is no version %d of %s.", version, policy))
}
