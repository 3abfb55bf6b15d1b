package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"purser/backend/core"
	"purser/backend/platform/clock"
	"purser/backend/platform/keychain"
	"purser/backend/platform/secrets"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/services/retention"
)

// lockFile keeps a second Purser out of a data folder.
const lockFile = "lock.db"

// made names all that Purser writes into a data folder, in the order in which it is erased.
func made() []retention.Made {
	const files = "files"
	return []retention.Made{
		{Kind: "vault", Title: "Vault of secrets", Unit: files, Patterns: []string{"secrets.vault*", "secrets.tries*"}},
		{Kind: "copies", Title: "Copies of databases made before an update", Unit: files, Patterns: []string{"market.db.before-*", "ledger.db.before-*"}},
		{Kind: "databases", Title: "Databases", Unit: files, Patterns: []string{
			"market.db", "market.db-*", "market.db.*", "ledger.db", "ledger.db-*", "ledger.db.*", lockFile, lockFile + "-*",
		}},
		{Kind: "documents", Title: "Kept originals of reports", Unit: files, Patterns: []string{"documents"}},
		{Kind: "exports", Title: "Exports", Unit: files, Patterns: []string{"exports"}},
		{Kind: "uploads", Title: "Files on their way in or out", Unit: files, Patterns: []string{"uploads"}},
		{Kind: "settings", Title: "Settings and notes", Unit: files, Patterns: []string{
			displayFile + "*", webhookFile + "*", stopFile + "*", anchorFile + "*", demoFile, practiceFile + "*",
		}},
		{Kind: "demo", Title: "The demo shop", Unit: files, Patterns: []string{"demo"}},
	}
}

// erasure describes the erasing of what lies below root.
func erasure(root string, demo bool, c clock.Clock, forget func(context.Context, string) error) retention.Erasure {
	e := retention.Erasure{
		Root: root, Dir: root, Demo: demo, Made: made(), Last: []string{lockFile, lockFile + "-journal", lockFile + "-wal", lockFile + "-shm"},
		Forget: forget, Now: c.Now,
	}
	if demo {
		e.Dir = filepath.Join(root, "demo")
	}
	return e
}

// forgetEntry deletes an entry of the system's keychain.
func forgetEntry(ctx context.Context, entry string) error {
	return keychain.New("Purser", supervise.New(ctx, "erase")).Delete(ctx, entry)
}

func (e *env) forgetEntry() func(context.Context, string) error {
	if e.forget != nil {
		return e.forget
	}
	return forgetEntry
}

// known is what an open account adds to the plan of an erasure.
type known struct {
	amazon  []retention.AmazonOutput
	outside []retention.OutsideOutput
	entries []string // of the keychain
}

func (s *session) known(ctx context.Context) known {
	k := known{entries: []string{s.hook.entry()}}
	if s.demo {
		return known{}
	}
	if v, ok := s.vault.(*secrets.Vault); ok {
		k.entries = append(k.entries, v.Entry())
	}
	o, err := s.accounts.Overview(ctx)
	if err != nil {
		k.amazon = append(k.amazon, retention.AmazonOutput{Title: "Connections", Text: "Which there were could not be read: " + core.AsError(err).Error() + "."})
	}
	for _, c := range o.Connections {
		if c.Endpoint.Base == "" {
			k.amazon = append(k.amazon, withdraw(c))
		}
	}
	if held, err := s.ingest.Held(ctx); err == nil {
		n := 0
		for _, d := range held {
			if !d.API {
				n++
			}
		}
		if n > 0 {
			k.outside = append(k.outside, retention.OutsideOutput{Text: plural(int64(n), "report") +
				" that you imported: the files themselves stay where you keep them. Purser has only copies, and does not note where files lie."})
		}
	}
	k.outside = append(k.outside, outsideFiles()...)
	return k
}

// outsideFiles are files outside the data folder that Purser knows of.
func outsideFiles() []retention.OutsideOutput {
	var out []retention.OutsideOutput
	if dir, err := os.UserCacheDir(); err == nil {
		if path := filepath.Join(dir, "purser"); exists(path) {
			out = append(out, retention.OutsideOutput{Path: path, Text: "It is what the system's web view keeps for Purser's window. Delete it by hand once Purser is closed."})
		}
	}
	return append(out, retention.OutsideOutput{Text: "What you saved, printed or sent from Purser to another place."})
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// withdraw says where an authorisation is withdrawn.
func withdraw(c accounts.ConnectionOutput) retention.AmazonOutput {
	a := retention.AmazonOutput{API: c.API, Region: c.Region, Title: c.Title + ", " + c.RegionTitle}
	host := map[string]string{"na": "amazon.com", "eu": "amazon.co.uk", "fe": "amazon.co.jp"}[c.Region]
	if c.API == "adsapi" {
		a.Text = "Your Amazon account → Login with Amazon → remove the application " + c.ClientID + "."
		a.Link = "https://www." + host + "/ap/adam"
		return a
	}
	a.Text = "Seller Central → Apps and Services → Manage Your Apps → disable the application " + c.ClientID + "."
	a.Link = "https://sellercentral." + host + "/apps/manage"
	return a
}

// eraser erases what a program has open.
type eraser struct{ p *program }

var _ retention.Eraser = eraser{}

func (e eraser) erasure(demo bool) retention.Erasure {
	return erasure(e.p.root, demo, e.p.clk, e.p.forget)
}

// Plan implements retention.Eraser.
func (e eraser) Plan() (retention.EraseBeginOutput, error) {
	s := e.p.current()
	k := s.known(e.p.ctx)
	return e.erasure(s.demo).Plan(k.amazon, k.outside)
}

// Receipts implements retention.Eraser.
func (e eraser) Receipts() ([]retention.ReceiptOutput, error) { return retention.Receipts(e.p.root) }

// Erase implements retention.Eraser: it ends the session, erases its folder, and opens the seller's own data anew.
func (e eraser) Erase(word string) (retention.ReceiptOutput, error) {
	p := e.p
	p.changing.Lock()
	defer p.changing.Unlock()
	s := p.current()
	if err := orderErasure(p.ctx, e.erasure(s.demo), s, word, "the window"); err != nil {
		return emptyReceipt(), err
	}
	if err := s.quit(); err != nil {
		p.log.LogAttrs(p.ctx, slog.LevelWarn, "Not closed cleanly before erasing", slog.String("error", err.Error()))
	}
	r, err := finishErasure(p.ctx, p.root, p.clk, p.forget, false)
	if err != nil {
		return emptyReceipt(), err
	}
	p.demo = false
	next, err := p.openSession(p.ctx, false)
	if err != nil {
		return emptyReceipt(), err
	}
	p.use(next)
	return r, nil
}

func emptyReceipt() retention.ReceiptOutput {
	return retention.ReceiptOutput{
		Items: []retention.ItemOutput{}, Amazon: []retention.AmazonOutput{}, Outside: []retention.OutsideOutput{}, Left: []retention.OutsideOutput{},
	}
}

// orderErasure stores the order to erase what a session has open. From then on it will be erased.
func orderErasure(ctx context.Context, e retention.Erasure, s *session, word, who string) error {
	if !e.Demo { // the demo shop goes too, and may be open in another Purser
		held, err := acquireOther(filepath.Join(e.Root, "demo"))
		if err != nil {
			return err
		}
		if err := held.release(); err != nil {
			return fmt.Errorf("let go of the demo's folder: %w", err)
		}
	}
	k := s.known(ctx)
	plan, err := e.Plan(k.amazon, k.outside)
	if err != nil {
		return err
	}
	return e.Order(word, who, plan, k.entries)
}

// acquireOther locks a folder that need not be there.
func acquireOther(dir string) (*lock, error) {
	if !exists(dir) {
		return nil, nil //nolint:nilnil // there is nothing to lock
	}
	return acquire(dir)
}

// finishErasure erases what was ordered below root, with the folder locked meanwhile.
func finishErasure(ctx context.Context, root string, c clock.Clock, forget func(context.Context, string) error, resumed bool) (retention.ReceiptOutput, error) {
	_, demo, err := retention.Ordered(root)
	if err != nil {
		return emptyReceipt(), err
	}
	e := erasure(root, demo, c, forget)
	held, err := acquire(e.Dir)
	if err != nil {
		return emptyReceipt(), err
	}
	released := false
	e.Release = func() error { released = true; return held.release() }
	r, err := e.Finish(ctx, resumed)
	if !released {
		err = errors.Join(err, held.release())
	}
	return r, err
}

// endErasure ends what was ordered before and was cut, before anything of root is opened.
func endErasure(ctx context.Context, root string, c clock.Clock, forget func(context.Context, string) error) error {
	ordered, _, err := retention.Ordered(root)
	if err != nil || !ordered {
		return err
	}
	_, err = finishErasure(ctx, root, c, forget, true)
	return err
}

// quit closes the session for good: what is being taken in ends first, so that nothing is written afterwards.
func (s *session) quit() error {
	s.stop()
	s.ingest.Drain()
	return s.close()
}
