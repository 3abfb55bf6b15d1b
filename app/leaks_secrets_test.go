package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/platform/clock"
	"purser/backend/services/accounts"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

const (
	canaryPassphrase = "Kestrel-Quartz_91-Umbra-Fjord-canary"
	wrongPassphrase  = "Petrel-Marble_17-Zephyr-Lagoon-canary"
	canaryWebhook    = "whsec_Cn4rYq7Wm2Xv9Lk3Tb8Rd5Hs1Pz6Jg0"
	// bareSecret is a client secret without the beginning by which Amazon's newer ones are known.
	bareSecret = "9d1f7c3ab85e42609c7be8d4f10a6352c4d9e07b16f8a35d2e90b7c61f4a8d3e"
)

// failures is how many mishaps a run has; the gate has more.
func failures() int {
	if os.Getenv("PURSER_GATE") != "" {
		return 200
	}
	return 15
}

// kept is what a program writes to its log, or to the terminal.
type kept struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (k *kept) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.b.Write(p)
}

func (k *kept) bytes() []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	return bytes.Clone(k.b.Bytes())
}

// account is a connected Purser whose secrets are known to the test.
type account struct {
	t      *testing.T
	dir    string
	peer   *peer
	log    *kept
	w      *app.Overheard
	drafts []accounts.DraftInput
	words  []string
	needle needles
	made   artefacts
}

func newPeer(t *testing.T) *peer {
	t.Helper()
	amazon, err := practice.New(practice.Options{
		Seller: simulator.Options{Seed: 104, SKUs: 20}, Clock: clock.Real{}, Seed: 1, Quotas: true, Wait: func(context.Context, time.Duration) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{to: amazon, swaps: map[string]string{}, strikes: map[string]int{}}
	p.swaps[bareSecret] = amazon.Credentials("ads", "na").ClientSecret
	return p
}

// openAccount makes a vault and connects both APIs of one region.
func openAccount(ctx context.Context, t *testing.T, dir string) *account {
	t.Helper()
	a := &account{t: t, dir: dir, peer: newPeer(t), log: &kept{}, made: artefacts{}}
	var err error
	if a.w, err = app.OpenOverheard(ctx, dir, a.peer, a.log); err != nil {
		t.Fatal(err)
	}
	made, err := a.w.Accounts.CreateVault(accounts.VaultInput{Mode: "passphrase", Passphrase: canaryPassphrase}) //nolint:contextcheck // bound methods take none
	if err != nil {
		t.Fatal(err)
	}
	a.words = made.Words
	for api, name := range map[string]string{"spapi": "spapi", "ads": "adsapi"} {
		c := a.peer.to.Credentials(api, "na")
		if api == "ads" {
			c.ClientSecret = bareSecret
		}
		a.drafts = append(a.drafts, accounts.DraftInput{
			API: name, Region: "na", ClientID: c.ClientID, ClientSecret: c.ClientSecret, RefreshToken: c.RefreshToken, SellerID: a.peer.to.SellerID(),
			SecretCreated: core.DayOf(time.Now(), time.UTC).String(), Base: "http://127.0.0.1:8099/" + api + "/na", Token: "http://127.0.0.1:8099/auth/o2/token",
		})
		a.needle.hide("client secret of "+api, strings.TrimPrefix(c.ClientSecret, "amzn1.oa2-cs.v1."))
		a.needle.hide("refresh token of "+api, strings.TrimPrefix(c.RefreshToken, "Atzr|Practice"))
	}
	for _, d := range a.drafts {
		if out, err := a.w.Accounts.Connect(d); err != nil || !out.Kept { //nolint:contextcheck // as above
			t.Fatalf("%+v %v", out, err)
		}
	}
	a.needle.hide("passphrase", canaryPassphrase)
	a.needle.hide("wrong passphrase", wrongPassphrase)
	a.needle.hide("webhook secret", strings.TrimPrefix(canaryWebhook, "whsec_"))
	for i := range len(a.words) - 3 {
		for _, between := range []string{" ", ",", `","`, "\n", "-", "", `" "`} {
			a.needle.hide("recovery words", strings.Join(a.words[i:i+4], between))
		}
	}
	return a
}

// suffers has one mishap happen while Purser fetches and a person presses buttons.
func (a *account) suffers(m mishap) {
	a.t.Helper()
	if err := a.peer.set(m); err != nil {
		a.t.Fatal(err)
	}
	for _, feed := range []string{"spapi.orders", "spapi.fba_stock", "spapi.transactions", "spapi.listings", "spapi.all_orders", "spapi.sales_and_traffic", "adsapi.search_terms", "adsapi.campaigns"} {
		out, err := a.w.Jobs.RunNow(jobs.StreamInput{Feed: feed})
		a.tells("answer of RunNow", out, err)
	}
	time.Sleep(90 * time.Second)
	synctest.Wait()
	d := a.drafts[len(m.name)%len(a.drafts)]
	a.press("Check", func() (any, error) { return a.w.Accounts.Check(accounts.ConnectionInput{API: d.API, Region: "na"}) })
	a.press("Try", func() (any, error) { return a.w.Accounts.Try(d) })
	a.press("Unlock", func() (any, error) { return a.w.Accounts.Unlock(accounts.UnlockInput{Passphrase: wrongPassphrase}) })
}

// press calls a bound method as a page does: a panic is told, and is not the end.
func (a *account) press(name string, call func() (any, error)) {
	a.t.Helper()
	defer func() {
		if v := recover(); v != nil {
			a.t.Errorf("%s panics: %.200v", name, v)
			a.tells("panic of "+name, fmt.Sprint(v), nil)
		}
	}()
	out, err := call()
	a.tells("answer of "+name, out, err)
}

// tells keeps what a page is told.
func (a *account) tells(name string, out any, err error) {
	b, merr := json.Marshal(out)
	if merr != nil {
		a.t.Fatal(merr)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		b = fmt.Appendf(b, "\n%v\n%+v\n%#v", e, e, e)
	}
	if err != nil {
		told, _ := json.Marshal(core.AsError(err))
		b = append(b, told...)
	}
	a.made[name] = append(a.made[name], append(b, '\n')...)
}

// quiet are the bound methods that do not only tell something, or ask for a person at the screen.
var quiet = []string{
	"accounts.API.CreateVault", "accounts.API.EraseVault", "accounts.API.Disconnect", "accounts.API.MoveVault", "accounts.API.Restore", "accounts.API.Connect", "accounts.API.Reconnect",
	"jobs.API.Pause", "jobs.API.Cancel", "app.API.StartDemo", "app.API.LeaveDemo", "app.API.Practise", "app.API.ChooseFiles", "app.API.OpenDataDir", "app.API.OpenLink",
	"actions.API.Stop", "rules.API.Remove", "accounts.API.Pause",
}

// asksAll calls every bound method with an empty input, and with one that names the streams and connections there are.
func (a *account) asksAll() int {
	n := 0
	for name, v := range a.w.Bound() {
		rv := reflect.ValueOf(v)
		for i := range rv.NumMethod() {
			full := name + "." + rv.Type().Method(i).Name
			if slices.Contains(quiet, full) {
				continue
			}
			m := rv.Method(i)
			args := []reflect.Value{}
			if m.Type().NumIn() == 1 {
				in := reflect.New(m.Type().In(0))
				_ = json.Unmarshal([]byte(`{"done":500,"days":90,"limit":500,"rows":100}`), in.Interface()) // what fits, fits
				args = append(args, in.Elem())
			}
			a.press(full, func() (any, error) {
				out := m.Call(args)
				err, _ := out[len(out)-1].Interface().(error)
				return out[0].Interface(), err
			})
			n++
		}
	}
	return n
}

// reconnects enters the credentials anew where they were refused.
func (a *account) reconnects() {
	a.t.Helper()
	if err := a.peer.set(mishap{}); err != nil {
		a.t.Fatal(err)
	}
	for _, d := range a.drafts {
		out, err := a.w.Accounts.Reconnect(d)
		a.tells("answer of Reconnect", out, err)
	}
	time.Sleep(11 * time.Minute) // until what was broken off is tried again
	synctest.Wait()
}

// TestSecretsAreNowhere lets 30 things go wrong (200 at the gate), most of which say back what was sent, and looks for six
// secrets in everything that Purser writes and says: databases with their logs, documents, exports, copies, log at every
// level, messages, answers of bound methods, errors, output of the command line.
func TestSecretsAreNowhere(t *testing.T) {
	t.Setenv("PURSER_WEBHOOK_SECRET", canaryWebhook)
	dir, copies := t.TempDir(), t.TempDir()
	var a *account
	var end time.Time
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)))
		a = openAccount(t.Context(), t, dir)
		out, err := a.w.Bound()["app.API"].(*app.API).SetWebhook(app.SetWebhookInput{Address: "https://example.com/hook"})
		a.tells("answer of SetWebhook", out, err)
		time.Sleep(20 * time.Minute) // some of it is well
		synctest.Wait()
		all := mishaps()
		if len(all) < 200 {
			t.Fatalf("only %d mishaps", len(all))
		}
		for i, m := range all[:failures()] {
			a.suffers(m)
			if i%6 == 5 || i == failures()-1 {
				a.reconnects()
			}
		}
		if n := a.asksAll(); n < 100 {
			t.Errorf("only %d bound methods were called", n)
		}
		for _, d := range a.drafts {
			c, err := a.w.Credentials(t.Context(), d.API, "na")
			if err != nil || c.RefreshToken.Reveal() != d.RefreshToken {
				t.Fatalf("it does not hold the secrets: %v", err)
			}
			a.w.Panics(fmt.Errorf("held in hand: %v %+v %#v %q %v", c, &c, c, c, []any{c.ClientSecret, &c.RefreshToken}))
		}
		if err := a.w.Backup(t.Context(), copies); err != nil {
			t.Error(err)
		}
		a.made.folder(t, dir) // while it runs, with what is not in the databases yet
		for _, m := range a.w.Messages() {
			a.tells("messages", m, nil)
		}
		a.w.Close(t.Context())
		end = time.Now()
	})
	a.t = t
	a.made.folder(t, dir)
	a.made.folder(t, copies)
	a.commandLine(end)
	a.made["log"] = a.log.bytes()
	if len(a.peer.tokens) < 4 || len(a.peer.signed) == 0 || a.peer.struck < failures()/2 || len(a.w.Messages()) == 0 {
		t.Errorf("%d access tokens, %d signed addresses, %d answers spoilt, %d messages: that proves little", len(a.peer.tokens), len(a.peer.signed), a.peer.struck, len(a.w.Messages()))
	}
	for _, token := range a.peer.tokens {
		a.needle.hide("access token", token[strings.LastIndex(token, ".")+1:])
	}
	for _, s := range a.peer.signed {
		a.needle.hide("signature of a document's address", s)
	}
	for i, f := range a.made.found(&a.needle) {
		if i < 25 {
			t.Error(f)
		}
	}
	a.made.control(t, &a.needle, bareSecret)
	size := 0
	for _, b := range a.made {
		size += len(b)
	}
	t.Logf("%d failures, %d spoilt answers by %d kinds, %d access tokens; %d artefacts of %d bytes", failures(), a.peer.struck, len(a.peer.strikes), len(a.peer.tokens), len(a.made), size)
}

// commandLine keeps what commands say of the folder.
func (a *account) commandLine(now time.Time) {
	a.t.Helper()
	for _, line := range []string{
		"doctor", "doctor --json", "brief --json", "facts --json", "audit verify", "audit head", "rules list", "export", "export sales.daily --csv", "export orders.lines --csv",
		"stop", "resume", "rebuild", "nonsense", "import " + a.dir + "/nothing",
	} {
		status, out, errs := app.RunCLI(a.t.Context(), now, nil, append([]string{"--data-dir", a.dir, "-v"}, strings.Fields(line)...)...)
		a.made["command "+line] = fmt.Appendf(nil, "%d\n%s\n%s", status, out, errs)
	}
}

// TestSecretsInACrash has a connected Purser end by a panic, with everything that it holds in its hands, and looks at
// what the system prints of it.
func TestSecretsInACrash(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv("PURSER_TEST_CRASH"); dir != "" {
		crash(t, dir)
		return
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSecretsInACrash$", "-test.v")
	cmd.Env = append(os.Environ(), "PURSER_TEST_CRASH="+dir, "GOTRACEBACK=all")
	out, err := cmd.CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte("held in hand")) || !bytes.Contains(out, []byte("goroutine ")) {
		t.Fatalf("it did not crash: %v\n%.2000s", err, out)
	}
	p := newPeer(t)
	var n needles
	n.hide("passphrase", canaryPassphrase)
	n.hide("client secret", bareSecret)
	for _, api := range []string{"spapi", "ads"} {
		c := p.to.Credentials(api, "na")
		n.hide("client secret", strings.TrimPrefix(c.ClientSecret, "amzn1.oa2-cs.v1."))
		n.hide("refresh token", strings.TrimPrefix(c.RefreshToken, "Atzr|Practice"))
	}
	a := artefacts{"crash": out}
	a.folder(t, dir)
	for _, f := range a.found(&n) {
		t.Error(f)
	}
	a.control(t, &n, bareSecret)
}

func crash(t *testing.T, dir string) {
	t.Helper()
	a := openAccount(context.Background(), t, dir)
	c, err := a.w.Credentials(t.Context(), "adsapi", "na")
	if err != nil {
		t.Fatal(err)
	}
	if c.ClientSecret.Reveal() != bareSecret {
		t.Fatal("it does not hold the secret")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		panic(fmt.Errorf("held in hand: %v %+v %#v %s %q", c, c, &c, app.Passphrase(canaryPassphrase), fmt.Sprint(c)))
	}()
	<-done
}
