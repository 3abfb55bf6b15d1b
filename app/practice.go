package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"purser/backend/core"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
	"purser/backend/sources/spapi"
)

// practiceHost serves the practice Amazon on this computer.
type practiceHost struct {
	server *practice.Server
	ln     net.Listener
}

// newPractice takes a port of this computer; 0 is any free one.
func newPractice(ctx context.Context, port int, o practice.Options) (*practiceHost, error) {
	server, err := practice.New(o)
	if err != nil {
		return nil, fmt.Errorf("make the practice Amazon: %w", err)
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, core.Invalid("simulate", fmt.Sprintf("Port %d on this computer can't be used: %v.", port, err), "Choose another with --port, or 0 for any free one.")
	}
	return &practiceHost{server, ln}, nil
}

// serve answers until ctx ends.
func (p *practiceHost) serve(ctx context.Context, tree *supervise.Tree) error {
	srv := &http.Server{Handler: p.server, ReadHeaderTimeout: 5 * time.Second}
	tree.Go("practice shutdown", func() error {
		<-ctx.Done()
		return srv.Close()
	}, func(error) {})
	if err := srv.Serve(p.ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the practice Amazon: %w", err)
	}
	return nil
}

func (p *practiceHost) url() string { return "http://" + p.ln.Addr().String() }

// drafts are what a person would enter to connect to it: both APIs, in each of its regions.
func (p *practiceHost) drafts(day core.Day) []accounts.DraftInput {
	var out []accounts.DraftInput
	for _, region := range p.server.Regions() {
		for _, api := range []struct{ name, path string }{{spapi.Name, "spapi"}, {adsapi.Name, "ads"}} {
			c := p.server.Credentials(api.path, region)
			d := accounts.DraftInput{
				API: api.name, Region: region, ClientID: c.ClientID, ClientSecret: c.ClientSecret, RefreshToken: c.RefreshToken,
				SecretCreated: day.String(), Base: p.url() + "/" + api.path + "/" + region, Token: p.url() + "/auth/o2/token",
			}
			if api.name == spapi.Name {
				d.SellerID = p.server.SellerID()
			}
			out = append(out, d)
		}
	}
	return out
}

// practiceFile keeps what was changed at the practice Amazon, in the demo's folder.
const practiceFile = "practice.json"

// practise serves the practice Amazon to the demo shop until the session ends; a second call gives the same one.
func (s *session) practise() (PractiseOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.practice == nil {
		day := demoDay(s.clk.Now())
		p, err := newPractice(s.ctx, 0, practice.Options{
			Seller: simulator.Options{Seed: demoSeed, AsOf: day}, Clock: s.clk, Seed: demoSeed, StateFile: filepath.Join(s.dir, practiceFile),
		})
		if err != nil {
			return PractiseOutput{Connect: []accounts.DraftInput{}}, err
		}
		s.practice = p
		s.tree.Add("practice", func(ctx context.Context) error { return p.serve(ctx, s.tree) }, nil)
	}
	return PractiseOutput{Address: s.practice.url(), Connect: s.practice.drafts(demoDay(s.clk.Now()))}, nil
}

// rejoin connects the demo shop to the practice Amazon again if it was before: it answers at another port now.
func (s *session) rejoin(ctx context.Context) error {
	if !s.demo {
		return nil
	}
	have, err := s.accounts.Overview(ctx)
	if err != nil || len(have.Connections) == 0 {
		return err
	}
	at, err := s.practise()
	if err != nil {
		return err
	}
	var errs []error
	for _, d := range at.Connect {
		for _, c := range have.Connections {
			if c.API == d.API && c.Region == d.Region {
				_, err := s.accounts.Reconnect(ctx, d)
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}
