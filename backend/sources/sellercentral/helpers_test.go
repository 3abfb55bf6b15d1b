package sellercentral_test

import "purser/backend/core"

// periodOf makes a period of two ISO days.
func periodOf(from, to string) core.Period {
	a, err := core.ParseDay(from)
	if err != nil {
		return core.Period{}
	}
	b, err := core.ParseDay(to)
	if err != nil {
		return core.Period{}
	}
	return core.Period{From: a, To: b}
}
