package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"purser/backend/core"
	"purser/backend/platform/secrets"
)

// Names of what the vault keeps of a connection.
func nameID(k key) string     { return "lwa/" + k.api + "/" + k.region + "/client_id" }
func nameSecret(k key) string { return "lwa/" + k.api + "/" + k.region + "/client_secret" }
func nameToken(k key) string  { return "lwa/" + k.api + "/" + k.region + "/refresh_token" }

// stored reads the credentials of a connection from the vault, all of one moment.
func (s *Service) stored(ctx context.Context, c connection) (Credentials, error) {
	got, err := s.o.Vault.GetAll(ctx, nameID(c.key), nameSecret(c.key), nameToken(c.key))
	if err != nil {
		return Credentials{}, vaultError(err)
	}
	out := Credentials{ClientID: got[nameID(c.key)].Reveal(), ClientSecret: got[nameSecret(c.key)], RefreshToken: got[nameToken(c.key)], Endpoint: c.endpoint, Seller: c.sellerID}
	return out, nil
}

func (c Credentials) whole() bool {
	return c.ClientID != "" && !c.ClientSecret.Empty() && !c.RefreshToken.Empty()
}

func inVault(k key, c Credentials) map[string]secrets.Text {
	return map[string]secrets.Text{nameID(k): secrets.NewText(c.ClientID), nameSecret(k): c.ClientSecret, nameToken(k): c.RefreshToken}
}

// Try asks Amazon what credentials are good for, and keeps nothing. Where the connection is there already, what was left
// out is as it is there.
func (s *Service) Try(ctx context.Context, in DraftInput) (TryOutput, error) {
	c, there, err := s.one(ctx, key{in.API, in.Region})
	if err != nil {
		return TryOutput{}, err
	}
	var d draft // of c, which is zero where nothing is connected
	var have Credentials
	if there {
		if have, err = s.stored(ctx, c); err != nil {
			return TryOutput{}, err
		}
		if d, err = s.read(in, &c, have); err != nil {
			return TryOutput{}, err
		}
	} else if d, err = s.read(in, nil, Credentials{}); err != nil {
		return TryOutput{}, err
	}
	f, problem, err := s.try(ctx, d.key, d.Credentials)
	if err != nil {
		return TryOutput{}, err
	}
	if problem == nil {
		problem, err = s.settle(ctx, d, &f, c, have)
	}
	return tell(d.key, f, problem), err
}

// Connect tries credentials and keeps them if they work: the secrets in the vault, what Amazon said in the tables.
func (s *Service) Connect(ctx context.Context, in DraftInput) (TryOutput, error) {
	d, err := s.read(in, nil, Credentials{})
	if err != nil {
		return TryOutput{}, err
	}
	if err := s.free(ctx, d.key); err != nil {
		return TryOutput{}, err
	}
	if st := s.o.Vault.Status(); st.State != secrets.StateUnlocked {
		return TryOutput{}, core.Unavailable(part, "There is nowhere to keep the secrets: "+st.Reason+".", nil)
	}
	f, problem, err := s.try(ctx, d.key, d.Credentials)
	if err == nil && problem == nil {
		problem, err = s.settle(ctx, d, &f, connection{}, Credentials{})
	}
	if err != nil || problem != nil {
		return tell(d.key, f, problem), err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.free(ctx, d.key); err != nil {
		return TryOutput{}, err
	}
	if err := s.o.Vault.Put(ctx, inVault(d.key, d.Credentials)); err != nil {
		return TryOutput{}, vaultError(err)
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		return errors.Join(s.keep(ctx, tx, d, f), s.record(ctx, tx, d.api, d.region, "", stateConnected, byPerson, "connected"))
	})
	if err != nil {
		return TryOutput{}, unnoted(err)
	}
	s.o.Changed()
	out := tell(d.key, f, nil)
	out.Kept = true
	return out, nil
}

// free says that nothing is connected there yet.
func (s *Service) free(ctx context.Context, k key) error {
	_, there, err := s.one(ctx, k)
	if err == nil && there {
		return &core.Error{
			Code: core.CodeConflict, Module: part, Message: apiTitle(k.api) + " is connected in " + regionTitle(k.region) + " already.",
			Hint: "Use Reconnect to enter a new secret or token, or disconnect it first.",
		}
	}
	return err
}

// keep writes a connection as it works now.
func (s *Service) keep(ctx context.Context, tx *sql.Tx, d draft, f found) error {
	if _, err := s.exec(ctx, tx, "Keep", d.api, d.region, d.ClientID, d.created, s.now().UnixMilli(),
		f.sellerID, f.storeName, f.plan, d.Endpoint.Base, d.Endpoint.Token); err != nil {
		return err
	}
	return s.keepFound(ctx, tx, d.key, f)
}

// Reconnect tries new credentials while the old ones go on being used, and puts them in their place if they work. What
// was left out stays as it is. Other regions of the same application get its new secret too, where it works for them.
func (s *Service) Reconnect(ctx context.Context, in DraftInput) (TryOutput, error) {
	c, have, err := s.there(ctx, key{in.API, in.Region})
	if err != nil {
		return TryOutput{}, err
	}
	d, err := s.read(in, &c, have)
	if err != nil {
		return TryOutput{}, err
	}
	f, problem, err := s.try(ctx, d.key, d.Credentials)
	if err == nil && problem == nil {
		problem, err = s.settle(ctx, d, &f, c, have)
	}
	if err != nil || problem != nil {
		return tell(d.key, f, problem), err
	}
	also, warns, err := s.siblings(ctx, d, have)
	if err != nil {
		return TryOutput{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.same(ctx, append([]connection{c}, also...)...); err != nil {
		return TryOutput{}, err
	}
	if err := s.replace(ctx, c, d, f, also); err != nil {
		return TryOutput{}, err
	}
	s.o.Changed()
	out := tell(d.key, f, nil)
	out.Kept, out.Warnings = true, append(out.Warnings, warns...)
	for _, o := range also {
		out.Also = append(out.Also, o.region)
	}
	return out, nil
}

// there reads a connection that has to be there, and its credentials.
func (s *Service) there(ctx context.Context, k key) (connection, Credentials, error) {
	c, there, err := s.one(ctx, k)
	if err == nil && !there {
		err = notConnected(k.api, k.region)
	}
	if err != nil {
		return c, Credentials{}, err
	}
	have, err := s.stored(ctx, c)
	return c, have, err
}

// same says that connections are those that were read before Amazon was asked.
func (s *Service) same(ctx context.Context, before ...connection) error {
	for _, b := range before {
		c, there, err := s.one(ctx, b.key)
		if err != nil {
			return err
		}
		if !there || c.changedAt != b.changedAt || c.connectedAt != b.connectedAt {
			return &core.Error{
				Code: core.CodeConflict, Module: part, Message: apiTitle(b.api) + " in " + regionTitle(b.region) + " was connected or disconnected meanwhile.",
				Hint: "Look at the connection and try again if it is still needed.",
			}
		}
	}
	return nil
}

// replace puts new credentials in the place of the old, in the vault at one moment.
func (s *Service) replace(ctx context.Context, c connection, d draft, f found, also []connection) error {
	all := inVault(d.key, d.Credentials)
	for _, o := range also {
		all[nameSecret(o.key)] = d.ClientSecret
	}
	if err := s.o.Vault.Put(ctx, all); err != nil {
		return vaultError(err)
	}
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		errs := []error{s.keep(ctx, tx, d, f), s.record(ctx, tx, d.api, d.region, c.state, stateConnected, byPerson, "reconnected")}
		for _, o := range also {
			_, err := s.exec(ctx, tx, "Renew", o.api, o.region, d.created, s.now().UnixMilli())
			errs = append(errs, err, s.record(ctx, tx, o.api, o.region, o.state, stateConnected, byPerson, "new secret of the same application"))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		return unnoted(err)
	}
	return nil
}

// siblings finds the other regions of an application whose secret is new, and tries it with their tokens.
func (s *Service) siblings(ctx context.Context, d draft, have Credentials) (out []connection, warns []string, err error) {
	if d.ClientID != have.ClientID || d.ClientSecret.Equal(have.ClientSecret) {
		return nil, nil, nil
	}
	all, err := s.all(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range all {
		if o.key == d.key || o.api != d.api || o.clientID != d.ClientID || o.endpoint.Token != d.Endpoint.Token {
			continue
		}
		theirs, err := s.stored(ctx, o)
		if err != nil {
			return nil, nil, err
		}
		theirs.ClientSecret = d.ClientSecret
		client, err := s.o.Client(o.api, o.region, theirs)
		if err == nil {
			_, err = client.Places(ctx, o.region)
		}
		if err != nil {
			warns = append(warns, fmt.Sprintf("The new secret did not work in %s: %s Reconnect that region too.", regionTitle(o.region), hide(err.Error(), theirs)))
			continue
		}
		out = append(out, o)
	}
	return out, warns, nil
}

// vaultError is why the vault did not do it, for a person.
func vaultError(err error) error {
	var e *core.Error
	if errors.As(err, &e) {
		return err
	}
	return core.Unavailable(part, "The vault says: "+err.Error()+".", err)
}

// unnoted is the rare case that the vault has what the tables do not tell of.
func unnoted(err error) error {
	return &core.Error{
		Code: core.CodeInternal, Module: part, Err: err,
		Message: "The credentials work and are in the vault, but the connection could not be noted: " + err.Error(),
		Hint:    "Enter them once more; nothing is doubled.",
	}
}
