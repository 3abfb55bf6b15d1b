package accounts_test

import (
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/accounts"
)

// TestTheMerchantToken is entered, because the Selling Partner API does not tell it, or taken from the adverts.
func TestTheMerchantToken(t *testing.T) {
	t.Parallel()
	x := ready(t)
	untold, without := x.amazon.places["na"], draftNA()
	without.SellerID = ""
	seller := func(want string) {
		t.Helper()
		if got, err := x.Seller(t.Context(), "na"); err != nil || got != want {
			t.Fatalf("%q %v, want %q", got, err, want)
		}
	}
	out := x.connect(t, without)
	if len(out.Warnings) != 2 || !strings.Contains(out.Warnings[0], "merchant token") {
		t.Fatalf("%v", out.Warnings)
	}
	seller("")
	in := accounts.DraftInput{API: "spapi", Region: "na", SellerID: "not one"}
	_, err := x.Reconnect(t.Context(), in)
	refused(t, err, core.CodeInvalid, "merchant token")
	in.SellerID = " a1seller "
	if out, err := x.Reconnect(t.Context(), in); err != nil || !out.Kept || len(out.Warnings) != 1 {
		t.Fatalf("%+v %v", out, err)
	}
	seller("A1SELLER")
	if _, err := x.Check(t.Context(), "spapi", "na"); err != nil {
		t.Fatal(err)
	}
	seller("A1SELLER")
	in.SellerID = "A1SELLERX" // a person may mend what a person entered
	if out, err := x.Reconnect(t.Context(), in); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out, err)
	}
	seller("A1SELLERX")

	x.amazon.adverts("na", "A1SELLER US 11")
	ads := draftAds()
	ads.SellerID = "A9OTHER"
	if out, err := x.Connect(t.Context(), ads); err != nil || out.Kept || out.Problem.Name != "other_seller" {
		t.Fatalf("%+v %v", out, err)
	}
	ads.SellerID = ""
	if out := x.connect(t, ads); len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "two sellers") {
		t.Fatalf("%v", out.Warnings)
	}
	if err := x.Erase(t.Context(), "spapi", "na"); err != nil {
		t.Fatal(err)
	}
	seller("A1SELLER") // of the adverts
	x.amazon.places["na"] = untold
	if out := x.connect(t, without); out.SellerID != "A1SELLER" {
		t.Fatalf("%+v", out)
	}
}

// TestATokenOfAnotherAccount: the Selling Partner API tells no seller, so that a new token has to open what looks like the
// account before, or a person has to say that it is.
func TestATokenOfAnotherAccount(t *testing.T) {
	t.Parallel()
	x := ready(t)
	mine := x.amazon.places["na"]
	x.connect(t, draftNA())
	problem := func(store string, places []source.Place, token, seller, want string) {
		t.Helper()
		x.amazon.places["na"] = source.Places{StoreName: store, Plan: "PROFESSIONAL", Marketplaces: places}
		in := accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: token, SellerID: seller}
		for _, do := range []func(accounts.DraftInput) (accounts.TryOutput, error){
			func(in accounts.DraftInput) (accounts.TryOutput, error) { return x.Try(t.Context(), in) },
			func(in accounts.DraftInput) (accounts.TryOutput, error) { return x.Reconnect(t.Context(), in) },
		} {
			out, err := do(in)
			got := ""
			if out.Problem != nil {
				got = out.Problem.Name
			}
			if err != nil || got != want || (want == "") != out.Works {
				t.Fatalf("%s %s: %+v %v, want %q", store, seller, out.Problem, err, want)
			}
		}
	}
	less := []source.Place{{Code: "US"}, {Code: "BR"}}
	problem("Other Goods", mine.Marketplaces, tokenNew, "", "other_store")
	problem("Harbour Goods", less, tokenNew, "", "other_store")
	problem("", mine.Marketplaces, tokenNew, "", "other_store")
	problem("Other Goods", mine.Marketplaces, tokenNew, "A9OTHER", "other_seller")
	x.credentials(t, "na", secretOne, tokenNA)
	problem("Harbour Goods", append(slices.Clone(mine.Marketplaces), source.Place{Code: "BR"}), tokenNew, "", "") // one more is sold in
	x.credentials(t, "na", secretOne, tokenNew)
	problem("Other Goods", less, tokenNew, "", "") // the token is the same: the store was renamed
	problem("Third Goods", mine.Marketplaces, tokenNA, "A1SELLER", "")
	x.credentials(t, "na", secretOne, tokenNA)
	if c := x.one(t, "na"); c.SellerID != "A1SELLER" || c.StoreName != "Third Goods" {
		t.Fatalf("%+v", c)
	}
}

// followed lists what is read of adverts: "US 11".
func (x *set) followed(t *testing.T) (out []string) {
	t.Helper()
	all, err := x.Followed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.API == "adsapi" {
			out = append(out, s.Marketplace+" "+s.Profile)
		}
	}
	return out
}

// TestAdvertsOfSeveralSellers: one login can be for those of several, and only one of them is this account's.
func TestAdvertsOfSeveralSellers(t *testing.T) {
	t.Parallel()
	x := ready(t)
	x.amazon.adverts("na", "A1SELLER US 11", "A2OTHER CA 22", "A2OTHER US 23")
	out, err := x.Connect(t.Context(), draftAds())
	if err != nil || out.Kept || out.Problem == nil || out.Problem.Name != "several_sellers" || out.Problem.Field != "seller_id" || len(out.Sellers) != 2 {
		t.Fatalf("%+v %v", out, err)
	}
	if s := out.Sellers[1]; s.ID != "A2OTHER" || s.Store != "Store of A2OTHER" || !slices.Equal(s.Marketplaces, []string{"CA", "US"}) {
		t.Fatalf("%+v", s)
	}
	in := draftAds()
	in.SellerID = "A3NOBODY"
	if out, err := x.Try(t.Context(), in); err != nil || out.Problem == nil || out.Problem.Name != "other_seller" {
		t.Fatalf("%+v %v", out, err)
	}
	in.SellerID = "A1SELLER"
	out = x.connect(t, in)
	if out.SellerID != "A1SELLER" || out.StoreName != "Store of A1SELLER" || len(out.Places) != 1 || !strings.Contains(strings.Join(out.Warnings, ""), "A2OTHER") {
		t.Fatalf("%+v", out)
	}
	only := func(want ...string) {
		t.Helper()
		if got := x.followed(t); !slices.Equal(got, want) {
			t.Fatalf("followed: %v, want %v", got, want)
		}
		if p, err := x.Profile(t.Context(), "na", "CA"); err != nil || p != "" {
			t.Fatalf("another seller's profile is used: %q %v", p, err)
		}
	}
	only("US 11")
	// In another order, and with more of both, the seller stays.
	x.amazon.adverts("na", "A2OTHER CA 22", "A2OTHER US 23", "A1SELLER MX 12", "A1SELLER US 11")
	if out, err := x.Check(t.Context(), "adsapi", "na"); err != nil || !out.Kept {
		t.Fatalf("%+v %v", out.Problem, err)
	}
	only("MX 12", "US 11")
	if err := x.SetPause(t.Context(), "adsapi", "na", true); err != nil {
		t.Fatal(err)
	}
	if p, err := x.Profile(t.Context(), "na", "MX"); err != nil || p != "12" { // what is paused is known, and refused by its credentials
		t.Fatalf("%q %v", p, err)
	}
	// Another's cannot take its place, and nothing of it is left to take.
	if out, err := x.Reconnect(t.Context(), accounts.DraftInput{API: "adsapi", Region: "na", SellerID: "A2OTHER"}); err != nil || out.Kept || out.Problem.Name != "other_seller" {
		t.Fatalf("%+v %v", out, err)
	}
	x.amazon.adverts("na", "A2OTHER US 23")
	if out, err := x.Check(t.Context(), "adsapi", "na"); err != nil || out.Kept || out.Problem.Name != "other_seller" {
		t.Fatalf("%+v %v", out, err)
	}
	x.amazon.places["na"] = source.Places{} // no adverts at all: nobody is asked anything
	if out, err := x.Reconnect(t.Context(), accounts.DraftInput{API: "adsapi", Region: "na", RefreshToken: tokenNew}); err != nil || !out.Kept || out.SellerID != "A1SELLER" {
		t.Fatalf("%+v %v", out.Problem, err)
	}
}

// TestAdvertsOfWhoSells: of several sellers the one whose sales are connected is meant.
func TestAdvertsOfWhoSells(t *testing.T) {
	t.Parallel()
	x := connected(t)
	x.amazon.adverts("na", "A2OTHER CA 22", "A1SELLER US 11")
	if out := x.connect(t, draftAds()); out.SellerID != "A1SELLER" || !slices.Equal(x.followed(t), []string{"US 11"}) {
		t.Fatalf("%+v", out)
	}
}
