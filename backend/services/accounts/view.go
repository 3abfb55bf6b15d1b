package accounts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// Overview tells of all connections and of the vault.
func (s *Service) Overview(ctx context.Context) (OverviewOutput, error) {
	all, err := s.all(ctx)
	if err != nil {
		return OverviewOutput{}, err
	}
	f, err := rotation()
	if err != nil {
		return OverviewOutput{}, err
	}
	out := OverviewOutput{Vault: s.VaultState(), Connections: []ConnectionOutput{}, Regions: regions(), APIs: []APIOutput{}}
	for _, api := range s.o.APIs {
		out.APIs = append(out.APIs, APIOutput{API: api, Title: apiTitle(api), Ends: f.applies(api)})
	}
	for _, c := range all {
		o, err := c.output(f, s.now())
		if err != nil {
			return OverviewOutput{}, err
		}
		out.Connections = append(out.Connections, o)
	}
	return out, nil
}

func (c connection) output(f figures, now time.Time) (ConnectionOutput, error) {
	out := ConnectionOutput{
		API: c.api, Title: apiTitle(c.api), Region: c.region, RegionTitle: regionTitle(c.region), ClientID: c.clientID,
		ConnectedAt: stampText(c.connectedAt), SellerID: c.sellerID, StoreName: c.storeName, Plan: c.plan,
		Endpoint: EndpointOutput(c.endpoint), State: c.told(), Paused: c.paused,
		Places: placesOutput(c.places), Allowed: []CapabilityOutput{}, Missing: []ProblemOutput{}, Rotation: f.output(c, now),
	}
	if c.problem != "" {
		out.Problem = &ProblemOutput{}
		if err := json.Unmarshal([]byte(c.problem), out.Problem); err != nil {
			return out, fmt.Errorf("read what went wrong with a connection: %w", err)
		}
	}
	for _, k := range c.capabilities {
		o := capabilityOutput(k)
		out.Allowed = append(out.Allowed, o)
		if k.State == source.Denied {
			out.Missing = append(out.Missing, missing(c.api, c.region, o))
		}
	}
	return out, nil
}

// output says how long the secret of a connection is good for.
func (f figures) output(c connection, now time.Time) RotationOutput {
	out := RotationOutput{Applies: f.applies(c.api), Created: c.secretCreated, Source: f.Source, Date: f.Date}
	left, ok := f.left(c, now)
	switch {
	case !out.Applies:
		out.Text = "No end of this secret is known."
		return out
	case !ok:
		out.Text = "It is not known when this secret was made, so Purser cannot remind you of its end."
		return out
	}
	out.Ends, out.DaysLeft = f.ends(c), &left
	out.Due = left <= f.Remind[min(2, len(f.Remind)-1)]
	switch {
	case left < 0:
		out.Text = fmt.Sprintf("The client secret ended on %s.", out.Ends)
	case left == 0:
		out.Text = "The client secret ends today."
	case left == 1:
		out.Text = "The client secret ends tomorrow."
	default:
		out.Text = fmt.Sprintf("The client secret is good for another %d days, until %s.", left, out.Ends)
	}
	return out
}

func placesOutput(all []place) []PlaceOutput {
	out := []PlaceOutput{}
	for _, p := range all {
		m, known := core.MarketplaceByCode(p.code)
		o := PlaceOutput{Code: p.code, Title: m.Domain, Profile: p.profile, Suspended: p.suspended, Known: known, Wanted: p.wanted}
		if !known {
			o.Title = p.code
		}
		out = append(out, o)
	}
	return out
}

func capabilityOutput(c capability) CapabilityOutput {
	return CapabilityOutput{Name: c.Name, Title: c.Title, Role: c.Role, State: string(c.State), Text: c.Text, CheckedAt: stampText(c.checkedAt)}
}
