package accounts_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/accounts"
)

func TestConnectTriesFirst(t *testing.T) {
	t.Parallel()
	x := ready(t)
	for name, c := range map[string]struct {
		change  func(*accounts.DraftInput)
		problem string
		field   string
	}{
		"secret": {func(in *accounts.DraftInput) { in.ClientSecret = secretTwo }, "invalid_client", "client_secret"},
		"token":  {func(in *accounts.DraftInput) { in.RefreshToken = "Atzr|canary-unknown" }, "invalid_grant", "refresh_token"},
		"region": {func(in *accounts.DraftInput) { in.RefreshToken = tokenEU }, "wrong_region", "region"},
	} {
		in := draftNA()
		c.change(&in)
		out, err := x.Connect(t.Context(), in)
		if err != nil || out.Works || out.Kept || out.Problem == nil || out.Problem.Name != c.problem || out.Problem.Field != c.field {
			t.Fatalf("%s: %+v %v", name, out.Problem, err)
		}
		if len(out.Problem.Steps) == 0 || strings.Contains(out.Problem.Raw+out.Problem.Text, "canary") || out.Problem.Raw == "" {
			t.Errorf("%s: %+v", name, out.Problem)
		}
		try, err := x.Try(t.Context(), in)
		if err != nil || try.Problem == nil || try.Problem.Name != c.problem {
			t.Fatalf("%s: %+v %v", name, try.Problem, err)
		}
	}
	if n, err := x.vault.Names(); err != nil || len(n) != 0 {
		t.Fatalf("what does not work was kept: %v %v", n, err)
	}
	if len(x.overview(t).Connections) != 0 || len(x.records) != 0 {
		t.Fatal("what does not work is connected")
	}
	try, err := x.Try(t.Context(), draftNA())
	if err != nil || !try.Works || try.Kept || len(x.overview(t).Connections) != 0 {
		t.Fatalf("%+v %v", try, err)
	}
	out := x.connect(t, draftNA())
	if out.SellerID != "A1SELLER" || len(out.Places) != 4 || len(out.Allowed) != 3 || len(out.Warnings) != 1 {
		t.Fatalf("%+v", out)
	}
	x.credentials(t, "na", secretOne, tokenNA)
	_, err = x.Connect(t.Context(), draftNA())
	refused(t, err, core.CodeConflict, "already")
	x.open(t) // after a start the vault is locked
	x.faulty(t, "na", source.FaultUnavailable)
	if err := x.vault.Unlock(t.Context(), noText); err != nil {
		t.Fatal(err)
	}
	x.credentials(t, "na", secretOne, tokenNA)
	c := x.one(t, "na")
	if c.State != "connected" || c.StoreName != "Harbour Goods" || c.ClientID != clientID || c.Problem != nil || *c.Rotation.DaysLeft != 180 {
		t.Fatalf("%+v", c)
	}
	sites, err := x.Sites(t.Context())
	if err != nil || len(sites) != 3 { // ZZ is no marketplace that is known
		t.Fatalf("%+v %v", sites, err)
	}
	if len(x.records) != 1 || x.records[0].Subject != "connection:spapi/na" || x.records[0].To != "connected" {
		t.Errorf("%+v", x.records)
	}
}

// Amazon does not tell the merchant token, and listings cannot be asked for without it: not even to try.
func TestTheMerchantTokenIsKnownToWhoTries(t *testing.T) {
	t.Parallel()
	x := ready(t)
	in := draftNA()
	in.SellerID = "a1seller"
	x.connect(t, in)
	if _, err := x.Check(t.Context(), "spapi", "na"); err != nil {
		t.Fatal(err)
	}
	for i, c := range x.amazon.made {
		if c.Seller != "A1SELLER" {
			t.Errorf("client %d of %d was made for seller %q", i+1, len(x.amazon.made), c.Seller)
		}
	}
	if len(x.amazon.made) != 2 {
		t.Errorf("%d clients were made", len(x.amazon.made))
	}
}

func TestWhatIsEnteredWronglyIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	x := ready(t)
	for part, change := range map[string]func(*accounts.DraftInput){
		"does not know the API":    func(in *accounts.DraftInput) { in.API = "mws" },
		"no region":                func(in *accounts.DraftInput) { in.Region = "sa" },
		"client ID is missing":     func(in *accounts.DraftInput) { in.ClientID = " " },
		"secret is missing":        func(in *accounts.DraftInput) { in.ClientSecret = "" },
		"token is missing":         func(in *accounts.DraftInput) { in.RefreshToken = "" },
		"client ID is a secret":    func(in *accounts.DraftInput) { in.ClientID = secretOne },
		"secret is something else": func(in *accounts.DraftInput) { in.ClientSecret = tokenNA },
		"token is something else":  func(in *accounts.DraftInput) { in.RefreshToken = secretOne },
		"access token":             func(in *accounts.DraftInput) { in.RefreshToken = "Atza|canary" },
		"line break":               func(in *accounts.DraftInput) { in.RefreshToken = "Atzr|canary\nna" },
		"day the client secret":    func(in *accounts.DraftInput) { in.SecretCreated = "" },
		"is no date":               func(in *accounts.DraftInput) { in.SecretCreated = "26.11.2026" },
		"yet to come":              func(in *accounts.DraftInput) { in.SecretCreated = "2026-11-28" },
		"only be on this computer": func(in *accounts.DraftInput) { in.Base = "http://127.0.0.1:1/spapi/na" },
		"can only be on this":      func(in *accounts.DraftInput) { in.Base, in.Token = "https://example.com/a", "https://example.com/t" },
		"at Amazon can only be": func(in *accounts.DraftInput) {
			in.Base, in.Token = "http://127.0.0.1.example.com/", "http://127.0.0.1/t"
		},
		"not at Amazon can":          func(in *accounts.DraftInput) { in.Base, in.Token = "http://u:p@127.0.0.1/", "http://127.0.0.1/t" },
		"account that is not at Ama": func(in *accounts.DraftInput) { in.Base, in.Token = "file:///etc/", "http://127.0.0.1/t" },
	} {
		in := draftNA()
		change(&in)
		_, err := x.Connect(t.Context(), in)
		refused(t, err, core.CodeInvalid, part)
	}
	if x.amazon.calls != 0 {
		t.Errorf("Amazon was asked %d times", x.amazon.calls)
	}
	in := draftNA()
	in.Base, in.Token = " http://127.0.0.1:4711/spapi/na/ ", "http://127.0.0.1:4711/auth/o2/token"
	in.ClientSecret = "\n" + secretOne + " "
	x.connect(t, in)
	if c := x.one(t, "na"); c.Endpoint.Base != "http://127.0.0.1:4711/spapi/na" || c.Endpoint.Token != in.Token {
		t.Fatalf("%+v", c.Endpoint)
	}
	c, err := x.Credentials(t.Context(), "spapi", "na")
	if err != nil || c.Endpoint.Base == "" || c.ClientSecret.Reveal() != secretOne {
		t.Fatalf("%+v %v", c, err)
	}
}

func TestWithoutAVaultNothingIsKept(t *testing.T) {
	t.Parallel()
	x := blank(t)
	_, err := x.Connect(t.Context(), draftNA())
	refused(t, err, core.CodeUnavailable, "no vault yet")
	if x.amazon.calls != 0 {
		t.Error("Amazon was asked for nothing")
	}
	x.ring.fail = errors.New("it is locked")
	_, err = x.CreateVault(t.Context(), accounts.VaultInput{Mode: "keychain"})
	refused(t, err, core.CodeUnavailable, "passphrase")
	_, err = x.CreateVault(t.Context(), accounts.VaultInput{Mode: "file"})
	refused(t, err, core.CodeInvalid, "keychain or by a passphrase")
	_, err = x.CreateVault(t.Context(), accounts.VaultInput{Mode: "passphrase", Passphrase: "short"})
	refused(t, err, core.CodeInvalid, "12 characters")
	out, err := x.CreateVault(t.Context(), accounts.VaultInput{Mode: "passphrase", Passphrase: "long enough, this"})
	if err != nil || len(out.Words) != 24 || out.Vault.State != "unlocked" {
		t.Fatalf("%+v %v", out.Vault, err)
	}
	x.connect(t, draftNA())
}

func TestReconnectTriesBeforeItReplaces(t *testing.T) {
	t.Parallel()
	x := connected(t)
	raw := `{"error":"invalid_grant","error_description":"revoked ` + tokenNA + `"}`
	if outdated, err := x.MarkReconnect(t.Context(), "spapi", "na", time.Time{}, refusal(source.FaultReconnect, 400, raw)); err != nil || outdated {
		t.Fatal(outdated, err)
	}
	c := x.one(t, "na")
	if c.State != "reconnect" || c.Problem == nil || c.Problem.Name != "invalid_grant" || strings.Contains(c.Problem.Raw, "canary") || c.Problem.Request != "req-1" || c.Problem.At == "" {
		t.Fatalf("%+v", c.Problem)
	}
	x.faulty(t, "na", source.FaultReconnect)
	if s, _ := x.Sites(t.Context()); len(s) != 0 {
		t.Errorf("read meanwhile: %v", s)
	}
	x.clock.add(time.Hour)
	in := accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: "Atzr|canary-wrong"}
	out, err := x.Reconnect(t.Context(), in)
	if err != nil || out.Kept || out.Problem.Name != "invalid_grant" {
		t.Fatalf("%+v %v", out.Problem, err)
	}
	if got, err := x.vault.Get(t.Context(), "lwa/spapi/na/refresh_token"); err != nil || got.Reveal() != tokenNA {
		t.Fatalf("the old token was replaced by one that does not work: %v", err)
	}
	in.RefreshToken = tokenNew // the rest stays
	if out, err = x.Reconnect(t.Context(), in); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	x.credentials(t, "na", secretOne, tokenNew)
	if c := x.one(t, "na"); c.State != "connected" || c.Problem != nil || c.Rotation.Created != "2026-11-26" {
		t.Fatalf("%+v", c)
	}
	// A call with the old token ends only now: it is not about the new one.
	if outdated, err := x.MarkReconnect(t.Context(), "spapi", "na", x.clock.Now().Add(-time.Minute), refusal(source.FaultReconnect, 400, raw)); err != nil || !outdated {
		t.Fatal(outdated, err)
	}
	x.credentials(t, "na", secretOne, tokenNew)

	other := x.amazon.places["na"]
	other.StoreName = "Other Goods"
	x.amazon.places["na"] = other
	in.RefreshToken, in.SellerID = tokenNA, "A2OTHER"
	if out, err = x.Reconnect(t.Context(), in); err != nil || out.Kept || out.Problem.Name != "other_seller" {
		t.Fatalf("%+v %v", out, err)
	}
	x.credentials(t, "na", secretOne, tokenNew)
	_, err = x.Reconnect(t.Context(), accounts.DraftInput{API: "spapi", Region: "fe"})
	refused(t, err, core.CodeNotFound, "not connected")
}

// TestANewSecretIsForAllRegionsOfTheApplication shares it where it works, and tells where it does not.
func TestANewSecretIsForAllRegionsOfTheApplication(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.connect(t, draftEU())
	x.amazon.secrets[secretTwo] = true
	x.clock.add(24 * time.Hour)
	in := accounts.DraftInput{API: "spapi", Region: "na", ClientSecret: secretTwo, SecretCreated: "2026-11-27"}
	delete(x.amazon.tokens, tokenEU)
	out, err := x.Reconnect(t.Context(), in)
	if err != nil || !out.Kept || len(out.Also) != 0 || len(out.Warnings) != 2 || strings.Contains(strings.Join(out.Warnings, ""), "canary") {
		t.Fatalf("%+v %v", out, err)
	}
	x.credentials(t, "na", secretTwo, tokenNA)
	x.credentials(t, "eu", secretOne, tokenEU)
	x.amazon.tokens[tokenEU] = "eu"
	in.ClientSecret, in.Region = secretOne, "na"
	if _, err = x.Reconnect(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	in.ClientSecret = secretTwo
	if out, err = x.Reconnect(t.Context(), in); err != nil || !slices.Equal(out.Also, []string{"eu"}) {
		t.Fatalf("%+v %v", out, err)
	}
	x.credentials(t, "eu", secretTwo, tokenEU)
	if c := x.one(t, "eu"); c.Rotation.Created != "2026-11-27" {
		t.Errorf("%+v", c.Rotation)
	}
	in = accounts.DraftInput{API: "spapi", Region: "na", ClientSecret: secretOne}
	_, err = x.Reconnect(t.Context(), in)
	refused(t, err, core.CodeInvalid, "On which day")
}

// TestSwapUnderLoad swaps the secret while clients ask for it all the time: nobody is refused, and nobody gets half.
func TestSwapUnderLoad(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.amazon.secrets[secretTwo] = true
	var asked, seen atomic.Int64
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				c, err := x.Credentials(t.Context(), "spapi", "na")
				one := c.ClientSecret.Reveal() == secretOne && c.RefreshToken.Reveal() == tokenNA
				two := c.ClientSecret.Reveal() == secretTwo && c.RefreshToken.Reveal() == tokenNew
				if err != nil || one == two {
					t.Errorf("%v %s %s", err, c.ClientSecret.Reveal(), c.RefreshToken.Reveal())
					return
				}
				asked.Add(1)
				if two {
					seen.Add(1)
				}
			}
		})
	}
	for i := range 10 {
		in := accounts.DraftInput{API: "spapi", Region: "na", ClientSecret: secretTwo, RefreshToken: tokenNew, SecretCreated: "2026-11-26"}
		if i%2 == 1 {
			in.ClientSecret, in.RefreshToken = secretOne, tokenNA
		}
		if out, err := x.Reconnect(t.Context(), in); err != nil || !out.Kept {
			t.Error(out, err)
		}
	}
	close(stop)
	group.Wait()
	if asked.Load() < 20 || seen.Load() == 0 {
		t.Errorf("asked only %d times, %d of them for the new", asked.Load(), seen.Load())
	}
}

func TestWhatHappensWhileAmazonIsAsked(t *testing.T) {
	t.Parallel()
	x := connected(t)
	once := sync.Once{}
	x.amazon.during = func() { once.Do(func() { _ = x.Erase(t.Context(), "spapi", "na") }) }
	_, err := x.Reconnect(t.Context(), accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: tokenNew})
	refused(t, err, core.CodeConflict, "meanwhile")
	if n, err := x.vault.Names(); err != nil || len(n) != 0 {
		t.Fatalf("what was erased came back: %v %v", n, err)
	}
	x.amazon.during = nil
	x.failing = errors.New("the disk is full")
	_, err = x.Connect(t.Context(), draftNA())
	refused(t, err, core.CodeInternal, "once more")
	x.faulty(t, "na", source.FaultReconnect)
	x.failing = nil
	x.connect(t, draftNA())
	x.failing = errors.New("the disk is full")
	if err := x.Erase(t.Context(), "spapi", "na"); err == nil {
		t.Fatal("erased without a word in the audit")
	}
	x.credentials(t, "na", secretOne, tokenNA)
}

func TestEraseLeavesNothing(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.connect(t, draftEU())
	if err := x.Erase(t.Context(), "spapi", "na"); err != nil {
		t.Fatal(err)
	}
	x.faulty(t, "na", source.FaultReconnect)
	x.credentials(t, "eu", secretOne, tokenEU)
	if n, err := x.vault.Names(); err != nil || len(n) != 3 {
		t.Fatalf("%v %v", n, err)
	}
	refused(t, x.Erase(t.Context(), "spapi", "na"), core.CodeNotFound, "not connected")
	if err := x.Erase(t.Context(), "spapi", "eu"); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"connection", "place", "capability", "told"} {
		var n int
		if err := x.db.Reader().QueryRowContext(t.Context(), "SELECT count(*) FROM accounts_"+table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows left, %v", table, n, err)
		}
	}
	x.connect(t, draftNA())
	x.noCanary(t)
	x.open(t)
	refused(t, x.Erase(t.Context(), "spapi", "na"), core.CodeUnavailable, "locked")
	if len(x.overview(t).Connections) != 1 {
		t.Error("half of it was erased")
	}
	clear(x.ring.kept)
	if err := x.Unlock(t.Context(), noText); err == nil {
		t.Fatal("opened without a key")
	}
	refused(t, x.Erase(t.Context(), "spapi", "na"), core.CodeUnavailable, "recovery words")
	if err := x.EraseVault(t.Context(), "erase"); err != nil {
		t.Fatal(err)
	}
	if err := x.Erase(t.Context(), "spapi", "na"); err != nil { // the secrets went with the vault
		t.Fatal(err)
	}
}

// TestEraseWhileTheKeyIsLost: what was disconnected does not come back with the recovery words.
func TestEraseWhileTheKeyIsLost(t *testing.T) {
	t.Parallel()
	x := blank(t)
	made, err := x.CreateVault(t.Context(), accounts.VaultInput{Mode: "keychain"})
	if err != nil {
		t.Fatal(err)
	}
	x.connect(t, draftNA())
	x.open(t)
	clear(x.ring.kept)
	if err := x.Unlock(t.Context(), noText); err == nil || x.VaultState().State != "lost" {
		t.Fatalf("%v %+v", err, x.VaultState())
	}
	if err := x.Erase(t.Context(), "spapi", "na"); err == nil || len(x.overview(t).Connections) != 1 {
		t.Fatalf("disconnected while its secrets stay: %v", err)
	}
	in := accounts.RestoreInput{Words: strings.Join(made.Words, " "), Mode: "keychain"}
	if err := x.RestoreVault(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if err := x.Erase(t.Context(), "spapi", "na"); err != nil {
		t.Fatal(err)
	}
	if names, err := x.vault.Names(); err != nil || len(names) != 0 {
		t.Fatalf("secrets of what is disconnected stay: %v %v", names, err)
	}
}

// noCanary looks for secrets in every file of the folder.
func (x *set) noCanary(t *testing.T) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(x.dir, "*"))
	if err != nil || len(all) < 3 {
		t.Fatalf("%v %v", all, err)
	}
	for _, f := range all {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "canary") {
			t.Errorf("%s holds a secret", filepath.Base(f))
		}
	}
}

func TestEraseTheVault(t *testing.T) {
	t.Parallel()
	x := connected(t)
	refused(t, x.EraseVault(t.Context(), "yes"), core.CodeInvalid, "erase")
	x.credentials(t, "na", secretOne, tokenNA)
	if err := x.EraseVault(t.Context(), "erase"); err != nil {
		t.Fatal(err)
	}
	c := x.one(t, "na")
	if c.State != "reconnect" || c.Problem.Name != "vault_erased" {
		t.Fatalf("%+v", c)
	}
	if _, err := x.CreateVault(t.Context(), accounts.VaultInput{Mode: "keychain"}); err != nil {
		t.Fatal(err)
	}
	_, err := x.Reconnect(t.Context(), accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: tokenNA})
	refused(t, err, core.CodeInvalid, "client ID is missing")
	if out, err := x.Reconnect(t.Context(), draftNA()); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	x.credentials(t, "na", secretOne, tokenNA)
}
