package app

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// accountStatus is the fact of what Amazon says of the account in a marketplace.
const accountStatus = "accounthealth.account_status"

// notSelling are the statuses of an account that may not sell. Source: Amazon's model of the seller performance report,
// accountStatuses, 2026-11.
func notSelling() []string { return []string{"DEACTIVATED", "SUSPENDED"} }

// switchedOff says why nothing may be sent to Amazon for an entity: the newest report on account health says that the
// account may not sell in its marketplace. "" where it says something else, or where there is none: then nothing is known.
// What stays on this computer is never held up.
func (s *session) switchedOff(ctx context.Context, k action.Kind, entity string) string {
	code, _ := fact.SplitID(entity)
	m, ok := core.MarketplaceByCode(code)
	if !ok || k.Level < action.Outbound {
		return ""
	}
	columns, err := s.host.Columns(ctx, fact.Query{AsOf: s.today(), Subject: code, Names: []string{accountStatus}})
	if err != nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "The status of the account was not read", slog.String("marketplace", code), slog.String("error", err.Error()))
		return fmt.Sprintf("Whether the account may sell on %s cannot be read now: %s.", m.Domain, err)
	}
	for _, c := range columns {
		if v := c.Values[code]; v.Known() && slices.Contains(notSelling(), strings.ToUpper(v.Text)) {
			return fmt.Sprintf("Amazon says that the account is %s on %s, as of %s. Nothing is sent there until a newer report says otherwise.",
				strings.ToLower(v.Text), m.Domain, v.AsOf)
		}
	}
	return ""
}
