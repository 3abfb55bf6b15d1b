package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// simulateAnswer says how to connect to the practice Amazon.
type simulateAnswer struct {
	URL     string                `json:"url"`
	State   string                `json:"state"`  // address that tells how it stands
	Faults  string                `json:"faults"` // address that switches faults on
	Connect []accounts.DraftInput `json:"connect"`
	Known   []practice.FaultInfo  `json:"known_faults"`
}

func (e *env) simulateCommand() *cobra.Command {
	var port int
	var seed uint64
	var quotas bool
	var speed float64
	var faults []string
	var stateFile string
	c := &cobra.Command{
		Use:   "simulate",
		Short: "Serve an Amazon to practise on, on this computer",
		Long: "Serves the demo seller's account as Amazon's Selling Partner and Ads APIs would, on this computer only, until it is interrupted.\n" +
			"It prints what to enter under Connect. What is changed there by approved actions is seen by later reads.",
		Example: "  purser simulate --port 8099 --quotas\n  purser simulate --speed 20\n  purser simulate --fault unavailable=0.2",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := parseFaults(faults)
			if err != nil {
				return err
			}
			if !(speed > 0 && speed <= practice.MostSpeed) {
				return core.Invalid("simulate", fmt.Sprintf("Reports can't be made %v times faster.", speed), fmt.Sprintf("Give a number above 0 and at most %d.", practice.MostSpeed))
			}
			return e.simulate(cmd.Context(), port, practice.Options{
				Seller: simulator.Options{Seed: seed, AsOf: demoDay(e.clk.Now())}, Clock: e.clk, Seed: seed, Quotas: quotas, Speed: speed, Faults: chosen, StateFile: stateFile,
			})
		},
	}
	c.Flags().IntVar(&port, "port", 0, "port on 127.0.0.1; 0: any free one")
	c.Flags().Uint64Var(&seed, "seed", demoSeed, "which seller, and which faults")
	c.Flags().BoolVar(&quotas, "quotas", false, "hold requests to Amazon's published rates")
	c.Flags().Float64Var(&speed, "speed", 1, "how many times faster than Amazon reports are made, up to 1000")
	c.Flags().StringArrayVar(&faults, "fault", nil, "a fault to show, NAME or NAME=SHARE, may be repeated; --json lists them")
	c.Flags().StringVar(&stateFile, "state-file", "", "file that keeps what was changed between two starts")
	return c
}

func parseFaults(texts []string) (practice.Faults, error) {
	var out practice.Faults
	for _, t := range texts {
		name, share, given := strings.Cut(t, "=")
		f := practice.Fault{Name: name}
		if given {
			rate, err := strconv.ParseFloat(share, 64)
			if err != nil {
				return nil, core.Invalid("simulate", "\""+share+"\" is no share.", "Give a number from 0 to 1, such as --fault unavailable=0.2.")
			}
			f.Rate = rate
		}
		if !slices.ContainsFunc(practice.KnownFaults(), func(k practice.FaultInfo) bool { return k.Name == name }) {
			return nil, core.Invalid("simulate", "There is no fault \""+name+"\".", "purser simulate --json lists them under known_faults.")
		}
		out = append(out, f)
	}
	return out, nil
}

func (e *env) simulate(ctx context.Context, port int, o practice.Options) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	p, err := newPractice(ctx, port, o)
	if err != nil {
		return err
	}
	a := simulateAnswer{
		URL: p.url(), State: p.url() + "/control/state", Faults: p.url() + "/control/faults",
		Connect: p.drafts(demoDay(e.clk.Now())), Known: practice.KnownFaults(),
	}
	if e.json {
		if err := e.answer(a); err != nil {
			return err
		}
	} else {
		e.print("The practice Amazon answers at %s until you interrupt it (Ctrl+C).", a.URL)
		for _, d := range a.Connect {
			e.print("\n%s, region %s\n  address        %s\n  token address  %s\n  client id      %s\n  client secret  %s\n  refresh token  %s",
				d.API, d.Region, d.Base, d.Token, d.ClientID, d.ClientSecret, d.RefreshToken)
			if d.SellerID != "" {
				e.print("  merchant token %s", d.SellerID)
			}
		}
	}
	return p.serve(ctx, supervise.New(ctx, "simulate"))
}
