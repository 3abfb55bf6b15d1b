package accounts_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/secrets"
	"purser/backend/services/accounts"
)

var noText secrets.Text

func TestPause(t *testing.T) {
	t.Parallel()
	x := connected(t)
	for range 2 { // once more changes nothing
		if err := x.SetPause(t.Context(), "spapi", "na", true); err != nil {
			t.Fatal(err)
		}
	}
	if c := x.one(t, "na"); c.State != "paused" || !c.Paused {
		t.Fatalf("%+v", c)
	}
	x.faulty(t, "na", source.FaultUnavailable)
	if s, err := x.Sites(t.Context()); err != nil || len(s) != 0 {
		t.Fatalf("%v %v", s, err)
	}
	// A pause is a person's: connecting anew does not end it.
	if out, err := x.Reconnect(t.Context(), accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: tokenNew}); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	if c := x.one(t, "na"); c.State != "paused" {
		t.Fatalf("%+v", c)
	}
	if err := x.SetPause(t.Context(), "spapi", "na", false); err != nil {
		t.Fatal(err)
	}
	x.credentials(t, "na", secretOne, tokenNew)
	if len(x.records) != 4 {
		t.Errorf("%+v", x.records)
	}
	refused(t, x.SetPause(t.Context(), "spapi", "eu", true), core.CodeNotFound, "not connected")
}

func TestPlacesThatAreRead(t *testing.T) {
	t.Parallel()
	x := connected(t)
	set := func(places ...accounts.PlaceInput) error {
		return x.SetPlaces(t.Context(), accounts.PlacesInput{API: "spapi", Region: "na", Places: places})
	}
	if err := set(accounts.PlaceInput{Code: "CA"}, accounts.PlaceInput{Code: "MX"}); err != nil {
		t.Fatal(err)
	}
	refused(t, set(accounts.PlaceInput{Code: "DE", Wanted: true}), core.CodeNotFound, "DE")
	refused(t, set(accounts.PlaceInput{Code: "ZZ", Wanted: true}), core.CodeInvalid, "does not know")
	us := accounts.Site{API: "spapi", Region: "na", Marketplace: "US"}
	if s, err := x.Sites(t.Context()); err != nil || len(s) != 1 || s[0] != us {
		t.Fatalf("%v %v", s, err)
	}
	// What a person chose stays when Amazon is asked again; what is new is read, what is gone is gone.
	p := x.amazon.places["na"]
	p.Marketplaces = []source.Place{{Code: "US", Suspended: true}, {Code: "CA"}, {Code: "BR"}}
	x.amazon.places["na"] = p
	out, err := x.Check(t.Context(), "spapi", "na")
	if err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	got := ""
	for _, p := range x.one(t, "na").Places {
		got += p.Code
		if p.Wanted {
			got += "+"
		}
		if p.Suspended {
			got += "!"
		}
		got += " "
	}
	if got != "BR+ CA US+! " {
		t.Errorf("places: %s", got)
	}
}

func TestSeveralProfilesForOneMarketplace(t *testing.T) {
	t.Parallel()
	x := ready(t)
	x.amazon.adverts("na", "A1SELLER US 1", "A1SELLER US 2", "A1SELLER CA 3")
	out := x.connect(t, draftAds())
	if len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "US") {
		t.Fatalf("%v", out.Warnings)
	}
	profile := func(code, want string) {
		t.Helper()
		if got, err := x.Profile(t.Context(), "na", code); err != nil || got != want {
			t.Fatalf("%s: %q %v", code, got, err)
		}
	}
	profile("US", "")
	profile("CA", "3")
	both := accounts.PlacesInput{API: "adsapi", Region: "na", Places: []accounts.PlaceInput{{Code: "US", Profile: "1", Wanted: true}, {Code: "US", Profile: "2", Wanted: true}}}
	refused(t, x.SetPlaces(t.Context(), both), core.CodeInvalid, "cannot both")
	both.Places[0].Wanted = false
	if err := x.SetPlaces(t.Context(), both); err != nil {
		t.Fatal(err)
	}
	profile("US", "2")
	if c := x.one(t, "na"); c.Rotation.Applies || c.Rotation.DaysLeft != nil {
		t.Errorf("%+v", c.Rotation)
	}
}

func TestCapabilities(t *testing.T) {
	t.Parallel()
	x := ready(t)
	x.amazon.denied["finances"] = true
	x.amazon.probes["solicitations"] = refusal(source.FaultThrottled, 429, "")
	out := x.connect(t, draftNA())
	if len(out.Missing) != 1 || !strings.Contains(out.Missing[0].Text, "Finance and Accounting") || len(out.Missing[0].Steps) < 3 {
		t.Fatalf("%+v", out.Missing)
	}
	is := func(name string, want source.CapabilityState) {
		t.Helper()
		if got := x.Capability(t.Context(), "spapi", "na", name); got != want {
			t.Fatalf("%s is %s, want %s", name, got, want)
		}
	}
	is("orders", source.Granted)
	is("finances", source.Denied)
	is("solicitations", source.UnknownGrant)
	is("nothing", source.UnknownGrant)
	// What cannot be told now does not replace what is known.
	x.amazon.denied["finances"] = false
	x.amazon.probes = map[string]error{"orders": refusal(source.FaultUnavailable, 503, "")}
	if _, err := x.Check(t.Context(), "spapi", "na"); err != nil {
		t.Fatal(err)
	}
	is("orders", source.Granted)
	is("finances", source.Granted)
	is("solicitations", source.Granted)
	for range 2 {
		if err := x.MarkDenied(t.Context(), "spapi", "na", "orders", refusal(source.FaultDenied, 403, "")); err != nil {
			t.Fatal(err)
		}
	}
	is("orders", source.Denied)
	if m := x.one(t, "na").Missing; len(m) != 1 || !strings.HasPrefix(m[0].Title, "Orders") {
		t.Fatalf("%+v", m)
	}
	if err := x.MarkDenied(t.Context(), "spapi", "fe", "orders", refusal(source.FaultDenied, 403, "")); err != nil {
		t.Fatal(err)
	}
	// That nothing was reached is no answer to a probe.
	x.amazon.probes = map[string]error{"orders": refusal(source.FaultOffline, 0, "")}
	got, err := x.Check(t.Context(), "spapi", "na")
	if err != nil || got.Works || got.Problem.Name != "offline" {
		t.Fatalf("%+v %v", got, err)
	}
	x.amazon.probes = map[string]error{"orders": errors.New("a fault of its own")}
	if _, err := x.Check(t.Context(), "spapi", "na"); err == nil {
		t.Fatal("a fault of the program's passes for an answer")
	}
}

func inNA(s accounts.Site) bool { return s.Region == "na" }

func TestCheckConnectsAgainWhatWorks(t *testing.T) {
	t.Parallel()
	x := connected(t)
	refuse := func(region string) {
		t.Helper()
		if outdated, err := x.MarkReconnect(t.Context(), "spapi", region, time.Time{}, errors.New("refused")); err != nil || outdated {
			t.Fatal(outdated, err)
		}
	}
	refuse("na")
	n := len(x.records)
	if refuse("na"); len(x.records) != n {
		t.Fatal("told twice")
	}
	// Nothing is read there now, and what is followed is no other.
	sites, err := x.Sites(t.Context())
	followed, ferr := x.Followed(t.Context())
	if err != nil || ferr != nil || slices.ContainsFunc(sites, inNA) || !slices.ContainsFunc(followed, inNA) {
		t.Fatalf("%v %v %v %v", sites, err, followed, ferr)
	}
	if err := x.SetPause(t.Context(), "spapi", "na", true); err != nil {
		t.Fatal(err)
	}
	if followed, err = x.Followed(t.Context()); err != nil || slices.ContainsFunc(followed, inNA) {
		t.Fatalf("what is paused is followed: %v %v", followed, err)
	}
	if err := x.SetPause(t.Context(), "spapi", "na", false); err != nil {
		t.Fatal(err)
	}
	x.faulty(t, "na", source.FaultReconnect)
	if out, err := x.Check(t.Context(), "spapi", "na"); err != nil || !out.Works {
		t.Fatalf("%+v %v", out, err)
	}
	x.credentials(t, "na", secretOne, tokenNA)
	refuse("fe") // where nothing is connected
}
