package accounts

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core/source"
)

type key struct{ api, region string }

// connection is a row with what belongs to it.
type connection struct {
	key
	clientID      string
	secretCreated string
	connectedAt   int64 // Unix milliseconds, as all times here
	changedAt     int64
	sellerID      string
	storeName     string
	plan          string
	endpoint      Endpoint
	state         string
	paused        bool
	problem       string
	problemAt     int64
	places        []place
	capabilities  []capability
}

// States of a connection, as they are stored.
const (
	stateConnected = "connected"
	stateReconnect = "reconnect"
	statePaused    = "paused" // told only: a connection that is paused keeps its own
)

func (c connection) told() string {
	if c.paused && c.state == stateConnected {
		return statePaused
	}
	return c.state
}

type place struct {
	key
	code, profile     string
	seller            string // whose it is, as Amazon told it; not stored, since what is of others is not
	suspended, wanted bool
}

type capability struct {
	key
	source.Capability
	checkedAt int64
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func collect[T any](ctx context.Context, db querier, query string, scan func(*sql.Rows) (T, error), args ...any) (out []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read connections: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read connections: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// all reads every connection with what belongs to it. They are at most six.
func (s *Service) all(ctx context.Context) ([]connection, error) {
	tx, err := s.o.DB.Reader().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("read connections: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	all, err := collect(ctx, tx, s.q["Connections"], func(r *sql.Rows) (connection, error) {
		var c connection
		return c, r.Scan(&c.api, &c.region, &c.clientID, &c.secretCreated, &c.connectedAt, &c.changedAt, &c.sellerID, &c.storeName, &c.plan,
			&c.endpoint.Base, &c.endpoint.Token, &c.state, &c.paused, &c.problem, &c.problemAt)
	})
	if err != nil {
		return nil, err
	}
	places, err := collect(ctx, tx, s.q["Places"], func(r *sql.Rows) (place, error) {
		var p place
		return p, r.Scan(&p.api, &p.region, &p.code, &p.profile, &p.suspended, &p.wanted)
	})
	if err != nil {
		return nil, err
	}
	caps, err := collect(ctx, tx, s.q["Capabilities"], func(r *sql.Rows) (capability, error) {
		var c capability
		return c, r.Scan(&c.api, &c.region, &c.Name, &c.Title, &c.Role, &c.State, &c.Text, &c.checkedAt)
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		for _, p := range places {
			if p.key == all[i].key {
				all[i].places = append(all[i].places, p)
			}
		}
		for _, c := range caps {
			if c.key == all[i].key {
				all[i].capabilities = append(all[i].capabilities, c)
			}
		}
	}
	return all, nil
}

// one reads a connection; false where there is none.
func (s *Service) one(ctx context.Context, k key) (connection, bool, error) {
	all, err := s.all(ctx)
	for _, c := range all {
		if c.key == k {
			return c, true, nil
		}
	}
	return connection{}, false, err
}

// keepFound stores the places and capabilities that were found.
func (s *Service) keepFound(ctx context.Context, tx *sql.Tx, k key, f found) error {
	names := [][2]string{}
	for _, p := range f.places {
		if _, err := tx.ExecContext(ctx, s.q["KeepPlace"], k.api, k.region, p.code, p.profile, p.suspended, p.wanted); err != nil {
			return fmt.Errorf("keep the places: %w", err)
		}
		names = append(names, [2]string{p.code, p.profile})
	}
	list, err := json.Marshal(names)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, s.q["DropPlaces"], k.api, k.region, string(list)); err != nil {
		return fmt.Errorf("keep the places: %w", err)
	}
	for _, c := range f.capabilities {
		if _, err := tx.ExecContext(ctx, s.q["KeepCapability"], k.api, k.region, c.Name, c.Title, c.Role, string(c.State), c.Text, s.now().UnixMilli()); err != nil {
			return fmt.Errorf("keep the capabilities: %w", err)
		}
	}
	return nil
}

// exec runs a statement and says whether it changed anything.
func (s *Service) exec(ctx context.Context, tx *sql.Tx, query string, args ...any) (bool, error) {
	res, err := tx.ExecContext(ctx, s.q[query], args...)
	if err != nil {
		return false, fmt.Errorf("keep connections: %w", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func stampText(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}
