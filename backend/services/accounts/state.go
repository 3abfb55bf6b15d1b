package accounts

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// Credentials gives a client what it is let in with. Its errors are *source.APIError: FaultReconnect where a person has to
// connect anew, FaultUnavailable where the vault is locked or the connection is paused.
func (s *Service) Credentials(ctx context.Context, api, region string) (Credentials, error) {
	refuse := func(f source.APIFault, message string, err error) (Credentials, error) {
		return Credentials{}, &source.APIError{Fault: f, API: api, Operation: "credentials", Message: message, Err: err}
	}
	c, there, err := s.one(ctx, key{api, region})
	where := apiTitle(api) + " in " + regionTitle(region)
	switch {
	case err != nil:
		return refuse(source.FaultUnavailable, "The connection could not be read: "+err.Error(), err)
	case !there:
		return refuse(source.FaultReconnect, where+" is not connected. Connect it under Connections.", nil)
	case c.paused:
		return refuse(source.FaultUnavailable, where+" is paused. Resume it under Connections.", nil)
	case c.state == stateReconnect:
		return refuse(source.FaultReconnect, where+" has to be connected anew, under Connections.", nil)
	}
	got, err := s.stored(ctx, c)
	if err != nil {
		return refuse(source.FaultUnavailable, err.Error(), err)
	}
	if !got.whole() {
		return refuse(source.FaultReconnect, "The vault has no secrets of "+where+". Connect it anew.", nil)
	}
	return got, nil
}

// Sites lists the places that are to be read now: wanted ones of connections that work and are not paused.
func (s *Service) Sites(ctx context.Context) ([]Site, error) {
	return s.places(ctx, func(c connection) bool { return c.told() == stateConnected })
}

// Followed lists the places that are read, or will be once their connection is connected anew.
func (s *Service) Followed(ctx context.Context) ([]Site, error) {
	return s.places(ctx, func(c connection) bool { return !c.paused })
}

func (s *Service) places(ctx context.Context, of func(connection) bool) (out []Site, err error) {
	all, err := s.all(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if !of(c) {
			continue
		}
		for _, p := range c.places {
			if p.wanted {
				out = append(out, Site{API: c.api, Region: c.region, Marketplace: p.code, Profile: p.profile, Practice: c.endpoint.Base != ""})
			}
		}
	}
	return out, nil
}

// Profile gives the advertiser profile of a marketplace that is followed, whether or not it can be read now; "" where none
// was chosen.
func (s *Service) Profile(ctx context.Context, region, marketplace string) (string, error) {
	c, _, err := s.one(ctx, key{advertising, region})
	for _, p := range c.places {
		if p.wanted && p.code == marketplace {
			return p.profile, nil
		}
	}
	return "", err
}

// Seller gives the merchant token of a region, which the Selling Partner API does not tell: as it was entered, or as the
// adverts of the region have it; "" where it is not known.
func (s *Service) Seller(ctx context.Context, region string) (string, error) {
	all, err := s.all(ctx)
	seller := ""
	for _, c := range all {
		if c.region == region && c.sellerID != "" && (seller == "" || c.api == sellingPartner) {
			seller = c.sellerID
		}
	}
	return seller, err
}

// Capability says what is known of a capability.
func (s *Service) Capability(ctx context.Context, api, region, name string) source.CapabilityState {
	c, _, err := s.one(ctx, key{api, region})
	if err != nil {
		return source.UnknownGrant
	}
	for _, k := range c.capabilities {
		if k.Name == name {
			return k.State
		}
	}
	return source.UnknownGrant
}

// MarkReconnect notes that nothing works until a person connects anew, because of err. Asked is when the call that failed
// began; zero: now. What failed with credentials that have been replaced since changes nothing, and outdated says so: the
// connection is connected all the same, and what stopped because of err has to go on.
func (s *Service) MarkReconnect(ctx context.Context, api, region string, asked time.Time, err error) (outdated bool, _ error) {
	var e *source.APIError
	if !errors.As(err, &e) {
		e = &source.APIError{Fault: source.FaultReconnect, Message: err.Error(), Err: err}
	}
	now := s.now()
	if asked.IsZero() {
		asked = now
	}
	named := *e
	named.API = api
	p := Explain(&named, region)
	p.At = now.UTC().Format(time.RFC3339)
	// The vault may be locked: then there are no secrets in use that Amazon could have said back.
	if c, there, rerr := s.one(ctx, key{api, region}); rerr == nil && there {
		if have, verr := s.stored(ctx, c); verr == nil {
			p.Raw, p.Text = hide(p.Raw, have), hide(p.Text, have)
		}
	}
	text, jerr := json.Marshal(p)
	if jerr != nil {
		return false, jerr
	}
	changed := false
	werr := s.o.DB.Write(ctx, func(tx *sql.Tx) (err error) {
		changed, err = s.exec(ctx, tx, "NeedsReconnect", api, region, string(text), now.UnixMilli(), asked.UnixMilli())
		if err != nil || !changed {
			return err
		}
		return s.record(ctx, tx, api, region, stateConnected, stateReconnect, byPurser, p.Title)
	})
	switch {
	case werr != nil:
		return false, werr
	case changed:
		s.o.Changed()
		return false, nil
	}
	// It was lost before, is not there, or was connected anew after the call began.
	c, _, rerr := s.one(ctx, key{api, region})
	return c.state == stateConnected, rerr
}

// MarkDenied notes that a call was refused for want of a capability.
func (s *Service) MarkDenied(ctx context.Context, api, region, name string, e *source.APIError) error {
	if s.Capability(ctx, api, region, name) == source.Denied {
		return nil
	}
	if _, there, err := s.one(ctx, key{api, region}); err != nil || !there {
		return err
	}
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, "Deny", api, region, name, e.Message, s.now().UnixMilli())
		return err
	})
	if err == nil {
		s.o.Changed()
	}
	return err
}

// Check asks Amazon again for places and capabilities, with the credentials there are. A connection that had to be
// connected anew and works is connected again.
func (s *Service) Check(ctx context.Context, api, region string) (TryOutput, error) {
	c, have, err := s.there(ctx, key{api, region})
	if err != nil {
		return TryOutput{}, err
	}
	f, problem, err := s.try(ctx, c.key, have)
	if err == nil && problem == nil {
		problem, err = s.settle(ctx, draft{key: c.key, Credentials: have}, &f, c, have)
	}
	if err != nil || problem != nil {
		return tell(c.key, f, problem), err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.same(ctx, c); err != nil {
		return TryOutput{}, err
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := s.exec(ctx, tx, "Works", api, region, f.sellerID, f.storeName, f.plan)
		if err == nil && c.state != stateConnected {
			err = s.record(ctx, tx, api, region, c.state, stateConnected, byPerson, "works again")
		}
		return errors.Join(err, s.keepFound(ctx, tx, c.key, f))
	})
	if err != nil {
		return TryOutput{}, err
	}
	s.o.Changed()
	out := tell(c.key, f, nil)
	out.Kept = true
	return out, nil
}

// SetPause pauses a connection, or resumes it: a paused one gives no credentials and has no places to read.
func (s *Service) SetPause(ctx context.Context, api, region string, paused bool) error {
	from, to := stateConnected, statePaused
	if !paused {
		from, to = to, from
	}
	return s.change(ctx, api, region, func(tx *sql.Tx, _ connection) error {
		changed, err := s.exec(ctx, tx, "Pause", api, region, paused)
		if err != nil || !changed {
			return err
		}
		return s.record(ctx, tx, api, region, from, to, byPerson, to)
	})
}

// SetPlaces says which places are read.
func (s *Service) SetPlaces(ctx context.Context, in PlacesInput) error {
	return s.change(ctx, in.API, in.Region, func(tx *sql.Tx, c connection) error {
		want := map[[2]string]bool{}
		for _, p := range c.places {
			want[[2]string{p.code, p.profile}] = p.wanted
		}
		for _, p := range in.Places {
			if _, ok := want[[2]string{p.Code, p.Profile}]; !ok {
				return core.NotFound(part, fmt.Sprintf("The connection has no marketplace %s %s.", p.Code, p.Profile))
			}
			if _, known := core.MarketplaceByCode(p.Code); p.Wanted && !known {
				return core.Invalid(part, "Purser does not know the marketplace "+p.Code+" and cannot read it.", "A newer Purser may.")
			}
			want[[2]string{p.Code, p.Profile}] = p.Wanted
		}
		seen := map[string]bool{}
		for k, wanted := range want {
			if wanted && seen[k[0]] {
				return core.Invalid(part, "Two advertiser profiles for "+k[0]+" cannot both be read.", "Choose the one that is yours.")
			}
			seen[k[0]] = seen[k[0]] || wanted
		}
		for k, wanted := range want {
			if _, err := s.exec(ctx, tx, "WantPlace", in.API, in.Region, k[0], k[1], wanted); err != nil {
				return err
			}
		}
		return nil
	})
}

// Erase ends a connection: its secrets are taken out of the vault and all that is told of it out of the tables. What was
// read from Amazon stays. Where the vault is gone its secrets are gone too; where it is locked, or has lost its key, it has
// to be opened or erased first: whoever has the recovery words could still open what is in it.
func (s *Service) Erase(ctx context.Context, api, region string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := key{api, region}
	return s.change(ctx, api, region, func(tx *sql.Tx, c connection) error {
		if _, err := s.exec(ctx, tx, "Erase", api, region); err != nil {
			return err
		}
		if _, err := s.exec(ctx, tx, "EraseTold"); err != nil {
			return err
		}
		if err := s.record(ctx, tx, api, region, c.told(), "", byPerson, "disconnected"); err != nil {
			return err
		}
		if s.vaultGone() {
			return nil
		}
		// Last, so that what fails before it leaves the connection whole. If the commit fails after it, the connection
		// is there without secrets, says so, and can be erased again.
		if err := s.o.Vault.Delete(ctx, nameID(k), nameSecret(k), nameToken(k)); err != nil {
			return vaultError(err)
		}
		return nil
	})
}

// change runs fn in a transaction on a connection that is there.
func (s *Service) change(ctx context.Context, api, region string, fn func(tx *sql.Tx, c connection) error) error {
	c, there, err := s.one(ctx, key{api, region})
	if err == nil && !there {
		err = notConnected(api, region)
	}
	if err != nil {
		return err
	}
	if err := s.o.DB.Write(ctx, func(tx *sql.Tx) error { return fn(tx, c) }); err != nil {
		return err
	}
	s.o.Changed()
	return nil
}
