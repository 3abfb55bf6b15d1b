package accounts

import (
	"cmp"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/platform/secrets"
)

// draft is what was entered, checked as far as it can be without Amazon.
type draft struct {
	key
	Credentials
	created string // day the secret was made; "" where nobody said
	seller  string // merchant token as entered; "" where it was not
}

// read checks what was entered. Against what there is, c, empty fields stay as they are; c is nil for a new connection.
func (s *Service) read(in DraftInput, c *connection, have Credentials) (draft, error) {
	d := draft{key: key{in.API, in.Region}, created: strings.TrimSpace(in.SecretCreated)}
	if !slices.Contains(s.o.APIs, d.api) {
		return d, core.Invalid(part, "Purser does not know the API "+d.api+".", "Choose one of the list.")
	}
	if !slices.ContainsFunc(regions(), func(r RegionOutput) bool { return r.Region == d.region }) {
		return d, core.Invalid(part, "There is no region "+d.region+".", "Choose North America, Europe or Far East.")
	}
	d.ClientID = strings.TrimSpace(in.ClientID)
	d.ClientSecret, d.RefreshToken = secrets.NewText(strings.TrimSpace(in.ClientSecret)), secrets.NewText(strings.TrimSpace(in.RefreshToken))
	d.Endpoint = Endpoint{strings.TrimSuffix(strings.TrimSpace(in.Base), "/"), strings.TrimSpace(in.Token)}
	if c != nil {
		d.stay(*c, have)
	}
	if err := checkShape(d.Credentials); err != nil {
		return d, err
	}
	if err := checkEndpoint(d.Endpoint); err != nil {
		return d, err
	}
	if d.seller = strings.ToUpper(strings.TrimSpace(in.SellerID)); d.seller != "" && !merchant.MatchString(d.seller) {
		return d, core.Invalid(part, "This is no merchant token: "+d.seller+".", "It begins with A, has letters and digits only, and is shown in Seller Central → Settings → Account Info → Merchant token.")
	}
	d.Seller = cmp.Or(d.seller, have.Seller)
	return d, s.checkCreated(&d)
}

// merchant is how merchant tokens look.
var merchant = regexp.MustCompile(`^A[A-Z0-9]{6,24}$`)

// stay fills what was left out with what there is.
func (d *draft) stay(c connection, have Credentials) {
	if d.ClientID == "" {
		d.ClientID = have.ClientID
	}
	if d.ClientSecret.Empty() {
		d.ClientSecret = have.ClientSecret
		if d.created == "" {
			d.created = c.secretCreated
		}
	}
	if d.RefreshToken.Empty() {
		d.RefreshToken = have.RefreshToken
	}
	d.Endpoint = c.endpoint // another account is another connection
}

// checkShape finds what was pasted into the wrong field, by how Amazon's own begin.
func checkShape(c Credentials) error {
	secret, token := c.ClientSecret.Reveal(), c.RefreshToken.Reveal()
	isToken := func(s string) bool { return strings.HasPrefix(s, "Atzr|") }
	isSecret := func(s string) bool { return strings.HasPrefix(s, "amzn1.oa2-cs.") }
	isID := func(s string) bool { return strings.HasPrefix(s, "amzn1.application-oa2-client.") }
	switch {
	case c.ClientID == "":
		return core.Invalid(part, "The client ID is missing.", "It begins with amzn1.application-oa2-client.")
	case secret == "":
		return core.Invalid(part, "The client secret is missing.", "It is beside the client ID, under LWA credentials.")
	case token == "":
		return core.Invalid(part, "The refresh token is missing.", "Authorise your application; the token is shown once.")
	case isSecret(c.ClientID), isToken(c.ClientID):
		return core.Invalid(part, "What was entered as the client ID is a secret.", "Enter the client ID there; make a new secret if anybody saw this one.")
	case isID(secret), isToken(secret):
		return core.Invalid(part, "What was entered as the client secret is something else.", "It begins with amzn1.oa2-cs.")
	case isID(token), isSecret(token):
		return core.Invalid(part, "What was entered as the refresh token is something else.", "It begins with Atzr|")
	case strings.HasPrefix(token, "Atza|"):
		return core.Invalid(part, "This is an access token, which is good for an hour only.", "Enter the refresh token, which begins with Atzr|")
	case strings.ContainsAny(c.ClientID+secret+token, " \t\r\n"):
		return core.Invalid(part, "Something of what was entered has a blank or a line break in it.", "Copy it again, in one piece.")
	}
	return nil
}

// checkEndpoint takes Amazon's own addresses, or one on this computer for both.
func checkEndpoint(e Endpoint) error {
	if e == (Endpoint{}) {
		return nil
	}
	for _, address := range []string{e.Base, e.Token} {
		u, err := url.Parse(address)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || !loopback(u.Hostname()) || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return core.Invalid(part, "An account that is not at Amazon can only be on this computer.",
				"Leave both addresses empty, or enter both so that they begin with http://127.0.0.1")
		}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// checkCreated wants the day on which the secret was made where that matters.
func (s *Service) checkCreated(d *draft) error {
	r, err := rotation()
	if err != nil {
		return err
	}
	if d.created == "" {
		if r.applies(d.api) {
			return core.Invalid(part, "On which day the client secret was made is missing.",
				"Seller Central shows it under LWA credentials. Amazon ends a secret after a while, and Purser reminds you in time.")
		}
		return nil
	}
	day, err := core.ParseDay(d.created)
	if err != nil {
		return core.Invalid(part, "The day on which the client secret was made is no date: "+d.created+".", "Write it as 2026-11-30.")
	}
	if day > core.DayOf(s.now(), time.UTC)+1 { // somewhere it is tomorrow already
		return core.Invalid(part, "The client secret cannot have been made on "+d.created+": that day is yet to come.", "Check the date.")
	}
	d.created = day.String()
	return nil
}
