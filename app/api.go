package app

import (
	"errors"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/accounts"
	"purser/backend/services/ingest"
	"purser/backend/services/modulehost"
)

// API is what the window may ask of the program as a whole.
type API struct{ p *program }

func (a *API) session() (*session, error) {
	if s := a.p.current(); s != nil {
		return s, nil
	}
	return nil, core.Unavailable("app", "Purser is still opening its data.", nil)
}

// FreshnessOutput is one chip of the header.
type FreshnessOutput struct {
	Kind           string `json:"kind"`
	Title          string `json:"title"`
	State          string `json:"state"`
	AsOf           string `json:"as_of"`
	SettledThrough string `json:"settled_through"`
	Text           string `json:"text"`
}

// StateOutput is what every page needs to know.
type StateOutput struct {
	Version      string                    `json:"version"`
	Demo         bool                      `json:"demo"`
	DemoReady    bool                      `json:"demo_ready"` // the demo seller is made as a whole
	FirstRun     bool                      `json:"first_run"`  // nothing was imported yet, and nothing is connected
	Offline      *OfflineOutput            `json:"offline"`    // null: Amazon is reached, or nothing is connected
	DataDir      string                    `json:"data_dir"`
	Account      string                    `json:"account"`
	Marketplaces []string                  `json:"marketplaces"`
	Currency     string                    `json:"currency"` // of the first marketplace
	AsOf         string                    `json:"as_of"`
	Now          string                    `json:"now"`
	Locale       string                    `json:"locale"`
	Door         string                    `json:"door"` // desktop, web
	Modules      []modulehost.ModuleOutput `json:"modules"`
	Freshness    []FreshnessOutput         `json:"freshness"`
	Counts       map[string]int            `json:"counts"` // open decisions by feature
	Settings     DisplaySettings           `json:"settings"`
	Jobs         []ingest.Job              `json:"jobs"`
}

// State answers what every page needs to know.
func (a *API) State() (StateOutput, error) {
	out := StateOutput{
		Version: Version, Locale: "en-US", Door: a.p.door, Account: "My account", Demo: a.p.demo, Marketplaces: []string{},
		Modules: []modulehost.ModuleOutput{}, Freshness: []FreshnessOutput{}, Counts: map[string]int{}, Jobs: []ingest.Job{},
		Settings: loadDisplay(a.p.root),
	}
	s, err := a.session()
	if err != nil {
		return out, err
	}
	n, err := s.ingest.Count(s.ctx)
	if err != nil {
		return out, err
	}
	linked, err := s.accounts.Overview(s.ctx)
	if err != nil {
		return out, err
	}
	out.FirstRun = n == 0 && len(linked.Connections) == 0
	out.Offline = offline(len(linked.Connections), s.behind())
	out.DataDir, out.Now, out.AsOf = s.dir, s.clk.Now().Format(time.RFC3339), s.today().String()
	if s.demo {
		out.Account, out.DemoReady = "Harbour Goods", demoReady(s.dir, demoDay(s.clk.Now())) && s.demoJob() == ""
	}
	for _, m := range s.marketplaces() {
		out.Marketplaces = append(out.Marketplaces, m.Code)
		if out.Currency == "" {
			out.Currency = string(m.Currency)
		}
	}
	out.Modules, out.Jobs = modulehost.Cards(s.host), s.ingest.RunningJobs()
	if out.Freshness, err = s.chips(); err != nil {
		return out, err
	}
	out.Counts, err = s.counts()
	return out, err
}

// chips are the three kinds of document that a morning rests on, the worst first.
func (s *session) chips() ([]FreshnessOutput, error) {
	all, err := s.ingest.Freshness(s.ctx)
	if err != nil {
		return nil, err
	}
	rank := map[fact.Maturity]int{fact.Stale: 0, fact.Settling: 1, fact.Fresh: 2, fact.Missing: 3}
	out := []FreshnessOutput{}
	for want := range 3 {
		for _, k := range all {
			if name := morningKind(k.Kind); rank[k.State] == want && len(out) < 3 && name != "" {
				out = append(out, FreshnessOutput{k.Kind, name, string(k.State), k.AsOf, k.SettledThrough, k.Text})
			}
		}
	}
	return out, nil
}

// morningKind is the short name of a kind that a morning rests on; "" for the others.
func morningKind(kind string) string {
	switch kind {
	case "all_orders":
		return "Orders"
	case "fba_inventory":
		return "Stock"
	case "sp_advertised_products":
		return "Ads"
	case "account_health":
		return "Health"
	}
	return ""
}

// counts are the open decisions of each feature, for the rail.
func (s *session) counts() (map[string]int, error) {
	open, err := s.decisions.ListOpen(s.ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]int{"decisions": len(open)}
	for _, d := range open {
		if f := s.rules.ModuleOf(d.Proposal.Policy, d.Proposal.Case); f != "" {
			out[f]++
		}
	}
	return out, nil
}

// SetDisplay stores how the window looks.
func (a *API) SetDisplay(in DisplaySettings) (DisplaySettings, error) {
	if err := saveDisplay(a.p.root, in); err != nil {
		return loadDisplay(a.p.root), err
	}
	return in, nil
}

// JobStartedOutput names the job that was started.
type JobStartedOutput struct {
	JobID string `json:"job_id"`
}

// EmptyOutput is the answer of what has nothing to say.
type EmptyOutput struct{}

// StartDemo opens the demo seller; its documents are imported as a job.
func (a *API) StartDemo() (JobStartedOutput, error) {
	id, err := a.p.startDemo()
	return JobStartedOutput{JobID: id}, err
}

// PractiseOutput is what to enter to connect the demo shop to the practice Amazon on this computer.
type PractiseOutput struct {
	Address string                `json:"address"`
	Connect []accounts.DraftInput `json:"connect"`
}

// Practise serves the practice Amazon to the demo shop until it is left, and says how to connect to it.
func (a *API) Practise() (PractiseOutput, error) {
	s := a.p.current()
	if s == nil || !s.demo {
		return PractiseOutput{Connect: []accounts.DraftInput{}}, &core.Error{
			Code: core.CodeConflict, Module: "app", Message: "This is your own data: practising would mix invented figures into it.",
			Hint: "Open the demo shop first.",
		}
	}
	return s.practise()
}

// LeaveDemo goes back to the seller's own data.
func (a *API) LeaveDemo() (EmptyOutput, error) {
	if !a.p.demo {
		return EmptyOutput{}, &core.Error{Code: core.CodeConflict, Module: "app", Message: "This is your own data already."}
	}
	return EmptyOutput{}, a.p.swap(false)
}

// ChooseFilesOutput lists the files a person chose.
type ChooseFilesOutput struct {
	Paths       []string `json:"paths"`
	Unsupported bool     `json:"unsupported"` // there is no native dialog: use the browser's
}

// ChooseFiles opens the system's file dialog.
func (a *API) ChooseFiles() (ChooseFilesOutput, error) {
	out := ChooseFilesOutput{Paths: []string{}}
	paths, err := a.p.chooseFiles()
	if errors.Is(err, errNoDesktop) {
		out.Unsupported = true
		return out, nil
	}
	out.Paths = append(out.Paths, paths...)
	return out, err
}

// PathOutput is a path on this computer.
type PathOutput struct {
	Path string `json:"path"`
}

// OpenDataDir shows the data folder in the system's file manager; it answers the path either way.
func (a *API) OpenDataDir() (PathOutput, error) {
	s, err := a.session()
	if err != nil {
		return PathOutput{}, err
	}
	if a.p.door == "desktop" {
		return PathOutput{Path: s.dir}, startOutside(s.ctx, s.dir)
	}
	return PathOutput{Path: s.dir}, nil
}

// LinkInput is an address to open in the browser.
type LinkInput struct {
	URL string `json:"url"`
}

// OpenLink opens a page of Amazon's in the browser; a path alone is one of the account's Seller Central.
func (a *API) OpenLink(in LinkInput) (EmptyOutput, error) {
	s, err := a.session()
	if err != nil {
		return EmptyOutput{}, err
	}
	url := in.URL
	if strings.HasPrefix(url, "/") {
		domain := "amazon.com"
		if m := s.marketplaces(); len(m) > 0 {
			domain = strings.ToLower(m[0].Domain)
		}
		url = "https://sellercentral." + domain + url
	}
	return EmptyOutput{}, openOutside(s.ctx, url)
}
