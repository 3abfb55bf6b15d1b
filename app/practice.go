package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"purser/backend/core"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/sources/adsapi"
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
	ln, err := lc.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", fmt.Sprint(port)))
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
