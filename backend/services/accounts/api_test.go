package accounts_test

import (
	"context"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/platform/secrets"
	"purser/backend/services/accounts"
)

func attached(t *testing.T, x *set) *accounts.API {
	t.Helper()
	a := &accounts.API{}
	accounts.Attach(context.Background(), a, x.Service)
	return a
}

// results calls fn with every type that a bound method gives, but for errors.
func results(fn func(method string, out reflect.Type)) {
	a := reflect.TypeFor[*accounts.API]()
	for i := range a.NumMethod() {
		m := a.Method(i)
		for o := range m.Type.NumOut() {
			if out := m.Type.Out(o); out != reflect.TypeFor[error]() {
				fn(m.Name, out)
			}
		}
	}
}

var secretive = regexp.MustCompile(`(?i)secret|token|pass|words|key|credential`)

// TestNoOutputCarriesASecret goes through every field of every answer: none is a secret, and none is named like one. The
// recovery words are told once, by the method that makes the vault.
func TestNoOutputCarriesASecret(t *testing.T) {
	t.Parallel()
	seen, fields := map[reflect.Type]bool{}, 0
	var walk func(path string, x reflect.Type)
	walk = func(path string, x reflect.Type) {
		if x == reflect.TypeFor[secrets.Text]() || x == reflect.TypeFor[accounts.Credentials]() {
			t.Errorf("%s is a secret", path)
		}
		switch x.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(path, x.Elem())
		case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan:
			t.Errorf("%s is no plain data", path)
		case reflect.Struct:
			if seen[x] {
				return
			}
			seen[x] = true
			for i := range x.NumField() {
				f := x.Field(i)
				name := path + "." + f.Name
				fields++
				if f.Tag.Get("json") == "" || f.Tag.Get("json") == "-" || !f.IsExported() {
					t.Errorf("%s has no JSON name", name)
				}
				allowed := []string{"CreateVault.Words", "EndpointOutput.Token"} // the words, once; an address on this computer
				if secretive.MatchString(f.Name+f.Tag.Get("json")) && !slices.Contains(allowed, x.Name()+"."+f.Name) && !slices.Contains(allowed, name) {
					t.Errorf("%s is named like a secret", name)
				}
				walk(name, f.Type)
			}
		default: // a plain value
		}
	}
	methods := map[string]bool{}
	results(func(method string, out reflect.Type) {
		methods[method] = true
		walk(method, out)
	})
	if len(methods) < 17 || fields < 60 {
		t.Errorf("only %d methods and %d fields were seen", len(methods), fields)
	}
	// Written out, what goes in is not what comes out.
	x := connected(t)
	a := attached(t, x)
	overview, err := a.Overview()
	if err != nil {
		t.Fatal(err)
	}
	try, err := a.Try(draftNA())
	if err != nil {
		t.Fatal(err)
	}
	check, err := a.Check(accounts.ConnectionInput{API: "spapi", Region: "na"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal([]any{overview, try, check})
	if err != nil || strings.Contains(string(b), "canary") || strings.Contains(string(b), "null,") && strings.Contains(string(b), `"places":null`) {
		t.Errorf("%s %v", b, err)
	}
}

func TestBeforeAttach(t *testing.T) {
	t.Parallel()
	v := reflect.ValueOf(&accounts.API{})
	for i := range v.NumMethod() {
		args := []reflect.Value{}
		for p := range v.Method(i).Type().NumIn() {
			args = append(args, reflect.Zero(v.Method(i).Type().In(p)))
		}
		out := v.Method(i).Call(args)
		err, ok := out[len(out)-1].Interface().(error)
		if !ok || core.AsError(err).Code != core.CodeUnavailable {
			t.Errorf("%s: %v", v.Type().Method(i).Name, err)
		}
	}
}

func TestWizard(t *testing.T) {
	t.Parallel()
	x := blank(t)
	a := attached(t, x)
	if v, err := a.VaultState(); err != nil || v.State != "none" || !strings.HasPrefix(v.Reason, "There is no vault yet") {
		t.Fatalf("%+v %v", v, err)
	}
	made, err := a.CreateVault(accounts.VaultInput{Mode: "passphrase", Passphrase: "long enough, this"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.CreateVault(accounts.VaultInput{Mode: "passphrase", Passphrase: "long enough, this"})
	refused(t, err, core.CodeConflict, "already")
	if out, err := a.Connect(draftNA()); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	na := accounts.ConnectionInput{API: "spapi", Region: "na"}
	if o, err := a.Pause(na); err != nil || o.Connections[0].State != "paused" {
		t.Fatalf("%+v %v", o, err)
	}
	if o, err := a.Resume(na); err != nil || o.Connections[0].State != "connected" {
		t.Fatalf("%+v %v", o, err)
	}
	if o, err := a.SetPlaces(accounts.PlacesInput{API: "spapi", Region: "na", Places: []accounts.PlaceInput{{Code: "CA"}}}); err != nil || o.Connections[0].Places[0].Wanted {
		t.Fatalf("%+v %v", o, err)
	}
	x.open(t)
	a = attached(t, x)
	_, err = a.Unlock(accounts.UnlockInput{})
	refused(t, err, core.CodeInvalid, "passphrase")
	_, err = a.Unlock(accounts.UnlockInput{Passphrase: "not this one, no"})
	refused(t, err, core.CodeInvalid, "wrong")
	if v, err := a.VaultState(); err != nil || v.Left != 9 || v.Wait != 0 {
		t.Fatalf("%+v %v", v, err)
	}
	_, err = a.Restore(accounts.RestoreInput{Words: "abandon", Mode: "keychain"})
	refused(t, err, core.CodeInvalid, "24")
	_, err = a.Restore(accounts.RestoreInput{Words: strings.Join(made.Words, " "), Mode: "nowhere"})
	refused(t, err, core.CodeInvalid, "keychain")
	if v, err := a.Restore(accounts.RestoreInput{Words: strings.Join(made.Words, " "), Mode: "keychain"}); err != nil || v.State != "unlocked" || v.Mode != "keychain" {
		t.Fatalf("%+v %v", v, err)
	}
	if v, err := a.MoveVault(accounts.VaultInput{Mode: "passphrase", Passphrase: "another one, longer"}); err != nil || v.Mode != "passphrase" {
		t.Fatalf("%+v %v", v, err)
	}
	_, err = a.RenewVault(accounts.VaultInput{Mode: "passphrase", Passphrase: "short"})
	refused(t, err, core.CodeInvalid, "12 characters")
	anew, err := a.RenewVault(accounts.VaultInput{Mode: "keychain"})
	if err != nil || len(anew.Words) != 24 || slices.Equal(anew.Words, made.Words) || anew.Vault.Mode != "keychain" {
		t.Fatalf("%+v %v", anew.Vault, err)
	}
	x.credentials(t, "na", secretOne, tokenNA)
	if out, err := a.Reconnect(accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: tokenNew}); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	if o, err := a.Disconnect(na); err != nil || len(o.Connections) != 0 || len(o.Regions) != 3 || len(o.APIs) != 2 {
		t.Fatalf("%+v %v", o, err)
	}
	if v, err := a.EraseVault(accounts.EraseVaultInput{Confirm: "erase"}); err != nil || v.State != "none" {
		t.Fatalf("%+v %v", v, err)
	}
}

func TestChecklist(t *testing.T) {
	t.Parallel()
	x := blank(t)
	a := attached(t, x)
	l, err := a.Checklist()
	if err != nil || l.Total < 15 || l.Done != 0 || l.Source == "" || l.Date == "" {
		t.Fatalf("%+v %v", l, err)
	}
	for range 2 {
		if l, err = a.Tick(accounts.TickInput{Name: "plan", Done: true}); err != nil || l.Done != 1 || l.Groups[0].Items[0].DoneAt != "2026-11-26T08:00:00Z" {
			t.Fatalf("%+v %v", l, err)
		}
	}
	x.open(t)
	if l, err = attached(t, x).Tick(accounts.TickInput{Name: "plan"}); err != nil || l.Done != 0 {
		t.Fatalf("%+v %v", l, err)
	}
	_, err = attached(t, x).Tick(accounts.TickInput{Name: "nothing", Done: true})
	refused(t, err, core.CodeNotFound, "nothing")
}
