package accounts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"purser/backend/core"
	"purser/backend/core/source"
)

// atOnce is how many capabilities are asked for at the same time.
const atOnce = 4

// found is what Amazon said to credentials.
type found struct {
	sellerID, storeName, plan string // the seller once it is settled
	places                    []place
	sellers                   []seller // whose places they are, where Amazon tells
	capabilities              []source.Capability
	warnings                  []string
}

// try asks Amazon for the places and each capability. What Amazon refuses is a problem; an error is a fault of Purser's.
func (s *Service) try(ctx context.Context, k key, c Credentials) (found, *ProblemOutput, error) {
	ctx, cancel := context.WithTimeout(ctx, tryLimit)
	defer cancel()
	client, err := s.o.Client(k.api, k.region, c)
	if err != nil {
		return found{}, nil, core.Unavailable(part, "The client of "+apiTitle(k.api)+" cannot be made: "+err.Error(), err)
	}
	p, err := client.Places(ctx, k.region)
	if err != nil {
		problem, err := s.problem(ctx, err, k, atPlaces, c)
		return found{}, problem, err
	}
	f := found{storeName: p.StoreName, plan: p.Plan, places: placesOf(k, p.Marketplaces), sellers: sellersOf(p.Marketplaces)}
	var problem *ProblemOutput
	f.capabilities, problem, err = s.probe(ctx, client, k, c)
	return f, problem, err
}

// placesOf decides what is read of new places: every marketplace that Purser knows; of several profiles of a seller for one,
// none, because only the seller can tell which it is.
func placesOf(k key, all []source.Place) (out []place) {
	count := map[[2]string]int{}
	for _, p := range all {
		count[[2]string{p.Seller, p.Code}]++
	}
	for _, p := range all {
		_, known := core.MarketplaceByCode(p.Code)
		wanted := known && count[[2]string{p.Seller, p.Code}] == 1
		out = append(out, place{key: k, code: p.Code, profile: p.Profile, seller: p.Seller, suspended: p.Suspended, wanted: wanted})
	}
	return out
}

// names lists the capabilities to ask for: what feeds need, and what is needed beside.
func (s *Service) names(client source.API, api string) []string {
	out := slices.Clone(s.o.Capabilities[api])
	for _, f := range client.Feeds() {
		if f.Needs != "" {
			out = append(out, f.Needs)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// probe asks for each capability. That one cannot be told now is no reason not to connect; that nothing works at all is.
func (s *Service) probe(ctx context.Context, client source.API, k key, c Credentials) ([]source.Capability, *ProblemOutput, error) {
	names := s.names(client, k.api)
	out, errs := make([]source.Capability, len(names)), make([]error, len(names))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, name := range names {
		group.Go(func() error {
			out[i], errs[i] = client.Probe(ctx, k.region, name)
			return nil
		})
	}
	_ = group.Wait() // each keeps its own
	for i, err := range errs {
		fill(&out[i], names[i])
		if err == nil {
			continue
		}
		var e *source.APIError
		switch {
		case !errors.As(err, &e):
			return nil, nil, core.AsError(err)
		case e.Fault == source.FaultReconnect, e.Fault == source.FaultOffline:
			problem, err := s.problem(ctx, err, k, atProbe, c)
			return nil, problem, err
		case e.Fault == source.FaultDenied:
			out[i].State, out[i].Text = source.Denied, e.Message
		default:
			out[i].State, out[i].Text = source.UnknownGrant, e.Message
		}
	}
	for i := range out {
		out[i].Text = hide(out[i].Text, c)
	}
	return out, nil, nil
}

func fill(c *source.Capability, name string) {
	c.Name = name
	if c.Title == "" {
		c.Title = name
	}
	if c.State == "" {
		c.State = source.UnknownGrant
	}
}

// problem puts an error of a client into words; an error that is none of Amazon's is given back.
func (s *Service) problem(ctx context.Context, err error, k key, at string, c Credentials) (*ProblemOutput, error) {
	var e *source.APIError
	if !errors.As(err, &e) {
		return nil, core.AsError(err)
	}
	if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
		return nil, core.AsError(ctx.Err())
	}
	named := *e
	named.API = k.api
	p := explain(&named, k.region, at)
	p.Raw, p.Text = hide(p.Raw, c), hide(p.Text, c)
	return &p, nil
}

// hide takes out of a text what was entered as secret, should Amazon have said it back.
func hide(text string, c Credentials) string {
	for _, t := range []string{c.ClientSecret.Reveal(), c.RefreshToken.Reveal()} {
		if t != "" {
			text = strings.ReplaceAll(text, t, c.ClientSecret.String())
		}
	}
	return text
}

// tell makes the answer to who tried.
func tell(k key, f found, problem *ProblemOutput) TryOutput {
	out := TryOutput{
		Works: problem == nil, Problem: problem, SellerID: f.sellerID, StoreName: f.storeName, Plan: f.plan,
		Places: placesOutput(f.places), Allowed: []CapabilityOutput{}, Missing: []ProblemOutput{}, Warnings: warnings(f), Also: []string{}, Sellers: []SellerOutput{},
	}
	for _, x := range f.sellers {
		out.Sellers = append(out.Sellers, SellerOutput{ID: x.id, Store: x.store, Marketplaces: x.codes})
	}
	for _, c := range f.capabilities {
		o := capabilityOutput(capability{Capability: c})
		out.Allowed = append(out.Allowed, o)
		if c.State == source.Denied {
			out.Missing = append(out.Missing, missing(k.api, k.region, o))
		}
	}
	return out
}

func warnings(f found) []string {
	out := append([]string{}, f.warnings...)
	if f.plan == "INDIVIDUAL" {
		out = append(out, "The account has an Individual plan. Amazon lets only accounts with a Professional plan use its interfaces for long.")
	}
	count := map[string]int{}
	for _, p := range f.places {
		if count[p.code]++; count[p.code] == 2 {
			out = append(out, "There are several advertiser profiles for "+p.code+". Choose which of them is yours; until then none is read.")
		}
		if p.suspended {
			out = append(out, "Amazon has suspended the listings in "+p.code+".")
		}
	}
	return out
}
