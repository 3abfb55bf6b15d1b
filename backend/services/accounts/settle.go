package accounts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core/source"
)

// seller is one whose adverts a login is for.
type seller struct {
	id, store string
	codes     []string // of its marketplaces
}

// title names a seller for a person.
func (s seller) title() string {
	if s.store == "" {
		return s.id
	}
	return s.store + " (" + s.id + ")"
}

// sellersOf lists whose places are; none where Amazon does not tell.
func sellersOf(all []source.Place) (out []seller) {
	for _, p := range all {
		if p.Seller == "" {
			continue
		}
		i := slices.IndexFunc(out, func(s seller) bool { return s.id == p.Seller })
		if i < 0 {
			i = len(out)
			out = append(out, seller{id: p.Seller, store: p.Store})
		}
		if !slices.Contains(out[i].codes, p.Code) {
			out[i].codes = append(out[i].codes, p.Code)
		}
	}
	return out
}

// settle decides which seller a draft is for: what Amazon says, else what was entered, else what is known already. Where
// Amazon says another than was entered, or than it said before, it is refused: what is read of two accounts would mix. Where
// Amazon says none, an account that does not look like the one before has to be vouched for. Have is what lets in before.
func (s *Service) settle(ctx context.Context, d draft, f *found, before connection, have Credentials) (*ProblemOutput, error) {
	all, err := s.all(ctx)
	if err != nil {
		return nil, err
	}
	beside := ""
	for _, c := range all {
		if c.region == d.region && c.api != d.api {
			beside = cmp.Or(beside, c.sellerID)
		}
	}
	switch {
	case len(f.sellers) > 0:
		if problem := f.only(d.seller, before.sellerID, beside); problem != nil {
			return problem, nil
		}
	case d.api == advertising: // there are no profiles yet, and nothing is read
	case before.connectedAt != 0 && !d.RefreshToken.Equal(have.RefreshToken) && !before.looksLike(*f):
		switch {
		case d.seller == "":
			return otherStore(*f, before), nil
		case before.sellerID != "" && before.sellerID != d.seller:
			return otherSeller(d.seller, before.sellerID), nil
		}
	}
	f.sellerID = cmp.Or(f.sellerID, d.seller, before.sellerID, beside)
	switch {
	case f.sellerID == "" && d.api == sellingPartner:
		f.warnings = append(f.warnings, "The merchant token is not known. Without it listings cannot be read; it is in Seller Central → Settings → Account Info.")
	case beside != "" && beside != f.sellerID:
		f.warnings = append(f.warnings, "Sales and adverts in "+regionTitle(d.region)+" are of two sellers, "+beside+" and "+f.sellerID+". Check that both belong together.")
	}
	return nil, nil
}

// only leaves nothing of what was found but what is of one seller: of the only one that there is, or of the one that was
// entered, is known already, or sells beside. Where none of these tells which of several it is, a person is asked.
func (f *found) only(entered, before, beside string) *ProblemOutput {
	of := func(id string) bool { return slices.ContainsFunc(f.sellers, func(s seller) bool { return s.id == id }) }
	for _, id := range []string{entered, before} {
		if id != "" && !of(id) {
			return otherSeller(f.titles(""), id)
		}
	}
	id := cmp.Or(entered, before)
	switch {
	case entered != "" && before != "" && entered != before:
		return otherSeller(entered, before)
	case id != "":
	case len(f.sellers) == 1:
		id = f.sellers[0].id
	case of(beside):
		id = beside
	default:
		return severalSellers(f.titles(""))
	}
	if others := f.titles(id); others != "" {
		f.warnings = append(f.warnings, "The login is for adverts of others too: "+others+". Nothing of theirs is read or changed.")
	}
	f.sellerID = id
	f.places = slices.DeleteFunc(f.places, func(p place) bool { return p.seller != id })
	f.storeName = f.sellers[slices.IndexFunc(f.sellers, func(s seller) bool { return s.id == id })].store
	return nil
}

// titles names the sellers that were found, but one, for a person.
func (f *found) titles(but string) string {
	var out []string
	for _, s := range f.sellers {
		if s.id != but {
			out = append(out, s.title())
		}
	}
	return strings.Join(out, ", ")
}

// looksLike says whether a new token opens, as far as can be told, the account that a connection is of: the same name of the
// store, and every marketplace that there was.
func (c connection) looksLike(f found) bool {
	if f.storeName == "" || f.storeName != c.storeName {
		return false
	}
	for _, p := range c.places {
		if !slices.ContainsFunc(f.places, func(o place) bool { return o.code == p.code }) {
			return false
		}
	}
	return true
}

// otherSeller refuses to put another account in the place of one.
func otherSeller(told, known string) *ProblemOutput {
	return &ProblemOutput{
		Name: "other_seller", Field: "refresh_token", Fault: string(source.FaultInvalid), Title: "This is another seller's account",
		Text:  fmt.Sprintf("The token is for seller %s, and it should be for seller %s. Their figures must not mix.", told, known),
		Steps: []string{"Enter a token of the same account and its merchant token, or keep the other account in a data folder of its own."},
	}
}

// severalSellers asks whose adverts are to be read, where a login is for those of several and nothing tells.
func severalSellers(titles string) *ProblemOutput {
	return &ProblemOutput{
		Name: "several_sellers", Field: "seller_id", Fault: string(source.FaultInvalid), Title: "Whose adverts are to be read?",
		Text:  "The login is for the adverts of several sellers: " + titles + ". Purser reads and changes those of one.",
		Steps: []string{"Choose the seller whose account this is, and try it again."},
	}
}

// otherStore asks whose account a new token is for, where it does not look like the one before and Amazon tells no seller.
func otherStore(f found, before connection) *ProblemOutput {
	named := func(store string, places []place) string {
		var codes []string
		for _, p := range places {
			codes = append(codes, p.code)
		}
		return cmp.Or(store, "a store without a name") + " (" + cmp.Or(strings.Join(codes, ", "), "no marketplace") + ")"
	}
	return &ProblemOutput{
		Name: "other_store", Field: "seller_id", Fault: string(source.FaultInvalid), Title: "Is this the same account?",
		Text: fmt.Sprintf("The new refresh token opens %s; what is connected is %s. The figures of two accounts must not mix.",
			named(f.storeName, f.places), named(before.storeName, before.places)),
		Steps: []string{
			"If it is the same account, enter its merchant token too: Seller Central → Settings → Account Info.",
			"If it is another one, enter a token of the account that is connected, or keep the other in a data folder of its own.",
		},
	}
}
