package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
)

// tokenLife is how long an access token is good.
const tokenLife = time.Hour

// sellerID is the demo seller's name at Amazon.
const sellerID = "A2PRACTICEHARBR"

// Credentials are what the seller would copy into Purser.
type Credentials struct {
	ClientID     string
	ClientSecret string
	RefreshToken string
}

// Credentials gives those of an API ("spapi", "ads") in a region. They are good for this server alone.
func (s *Server) Credentials(api, region string) Credentials {
	return Credentials{
		ClientID:     "amzn1.application-oa2-client." + s.sign("client", api)[:32],
		ClientSecret: "amzn1.oa2-cs.v1." + s.sign("secret", api),
		RefreshToken: "Atzr|Practice" + s.sign("refresh", api, region),
	}
}

// SellerID is the seller's name at Amazon.
func (s *Server) SellerID() string { return sellerID }

// sign gives a name that only this server can make.
func (s *Server) sign(parts ...string) string {
	m := hmac.New(sha256.New, strconv.AppendUint([]byte("practice"), s.o.Seed, 10))
	_, _ = m.Write([]byte(strings.Join(parts, "\x00"))) // a hash never fails
	return fmt.Sprintf("%x", m.Sum(nil))
}

func (s *Server) lwaOperations() []*operation {
	return []*operation{{name: "token", api: apiLWA, family: "lwa", method: http.MethodPost, path: "/auth/o2/token", handle: (*call).token}}
}

// token is Login with Amazon: a refresh token for an access token.
func (c *call) token() answer {
	if kind, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return c.fail(http.StatusBadRequest, "invalid_request", "The Content-Type must be application/x-www-form-urlencoded.", "")
	}
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return c.fail(http.StatusBadRequest, "invalid_request", "The request is malformed.", "")
	}
	for _, k := range []string{"grant_type", "refresh_token", "client_id", "client_secret"} {
		if len(form[k]) != 1 || form[k][0] == "" {
			return c.fail(http.StatusBadRequest, "invalid_request", "The request is missing a required parameter : "+k, "")
		}
	}
	if form.Get("grant_type") != "refresh_token" {
		return c.fail(http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported.", "")
	}
	for _, api := range []string{apiSP, apiAds} {
		for _, region := range []string{"na", "eu", "fe"} {
			if k := c.Credentials(api, region); form.Get("client_id") == k.ClientID && form.Get("refresh_token") == k.RefreshToken {
				c.about, c.region = []string{api}, region
				return c.grant(k, form.Get("client_secret"), api, region)
			}
		}
	}
	for _, api := range []string{apiSP, apiAds} {
		if k := c.Credentials(api, ""); form.Get("client_id") == k.ClientID {
			return c.fail(http.StatusBadRequest, "invalid_grant", "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.", "")
		}
	}
	return c.fail(http.StatusUnauthorized, "invalid_client", "Client authentication failed", "")
}

func (c *call) grant(k Credentials, secret, api, region string) answer {
	switch {
	case secret != k.ClientSecret || c.strikes(SecretExpired):
		return c.fail(http.StatusUnauthorized, "invalid_client", "Client authentication failed", "")
	case c.strikes(TokenRevoked):
		return c.fail(http.StatusBadRequest, "invalid_grant", "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.", "")
	}
	return c.ok(http.StatusOK, map[string]any{
		"access_token": c.accessToken(api, region), "refresh_token": k.RefreshToken, "token_type": "bearer", "expires_in": int(tokenLife / time.Second),
	})
}

// grantOf is what an access token says.
type grantOf struct {
	API    string
	Region string
	Issued int64
	N      int64
}

// accessToken carries its own meaning, so that it is good after a restart.
func (s *Server) accessToken(api, region string) string {
	b, err := json.Marshal(grantOf{api, region, s.o.Clock.Now().Unix(), s.state.Requests})
	if err != nil {
		return "" // numbers and strings always marshal
	}
	text := base64.RawURLEncoding.EncodeToString(b)
	return "Atza|" + text + "." + s.sign("access", text)[:32]
}

func (s *Server) readToken(t string) (grantOf, bool) {
	var g grantOf
	t, ok := strings.CutPrefix(t, "Atza|")
	text, mac, found := strings.Cut(t, ".")
	if !ok || !found || !hmac.Equal([]byte(mac), []byte(s.sign("access", text)[:32])) {
		return g, false
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	return g, err == nil && json.Unmarshal(b, &g) == nil
}

// admit checks who asks, as Amazon does before anything else.
func (c *call) admit() (answer, bool) {
	switch c.op.api {
	case apiSP:
		return c.admitSP()
	case apiAds:
		return c.admitAds()
	}
	return answer{}, true
}

func (c *call) admitSP() (answer, bool) {
	if c.r.Header.Get("User-Agent") == "" || strings.HasPrefix(c.r.Header.Get("User-Agent"), "Go-http-client/") {
		return c.invalid("Missing required header User-Agent.", "Name the application, its version and its language."), false
	}
	given := c.r.Header.Get("X-Amz-Access-Token")
	if given == "" {
		return c.fail(http.StatusForbidden, "MissingAuthenticationToken", "Missing Authentication Token", ""), false
	}
	g, ok := c.readToken(given)
	switch {
	case !ok || g.API != apiSP:
		return c.denied("The access token you provided is revoked, malformed or invalid."), false
	case c.strikes(SecretExpired):
		return c.denied("The LWA secret token you provided has expired."), false
	case c.tokenIsOld(g) || c.strikes(TokenExpired):
		return c.denied("The access token you provided has expired."), false
	case c.strikes(TokenRevoked):
		return c.denied("The access token you provided is revoked, malformed or invalid."), false
	case g.Region != c.region || len(c.markets(c.region)) == 0 || c.strikes(RoleMissing):
		return c.denied(""), false
	}
	return answer{}, true
}

func (c *call) tokenIsOld(g grantOf) bool {
	return c.now.Unix() >= g.Issued+int64(tokenLife/time.Second)
}

func (c *call) admitAds() (answer, bool) {
	refused := func(message string) (answer, bool) { return c.fail(http.StatusUnauthorized, "", message, ""), false }
	if c.r.Header.Get("User-Agent") == "" || strings.HasPrefix(c.r.Header.Get("User-Agent"), "Go-http-client/") {
		return c.fail(http.StatusBadRequest, "", "Missing required header User-Agent.", ""), false
	}
	given, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return refused("Not authorized to access scope/advertiser: no bearer token was sent.")
	}
	g, ok := c.readToken(given)
	switch {
	case !ok || g.API != apiAds:
		return refused("The access token is not valid.")
	case c.tokenIsOld(g) || c.strikes(TokenExpired) || c.strikes(TokenRevoked) || c.strikes(SecretExpired):
		return refused("The access token has expired.")
	case c.r.Header.Get("Amazon-Advertising-Api-Clientid") != c.Credentials(apiAds, c.region).ClientID:
		return refused("Amazon-Advertising-API-ClientId is missing or does not belong to the token.")
	case g.Region != c.region || c.strikes(RoleMissing):
		return c.fail(http.StatusForbidden, "", "The client is not allowed to use the advertising API here.", ""), false
	}
	if a, ok := c.admitMedia(); !ok {
		return a, false
	}
	return c.admitScope()
}

func (c *call) admitScope() (answer, bool) {
	if !c.op.scoped {
		return answer{}, true
	}
	scope := c.r.Header.Get("Amazon-Advertising-Api-Scope")
	for _, m := range c.markets(c.region) {
		if scope == c.profileID(m) {
			c.profile = m.Code
			return answer{}, true
		}
	}
	if scope == "" {
		return c.fail(http.StatusUnauthorized, "", "Amazon-Advertising-API-Scope is missing.", ""), false
	}
	return c.fail(http.StatusForbidden, "", "Not authorized to access scope "+scope+".", ""), false
}

// admitMedia holds a request to the media type of its resource.
func (c *call) admitMedia() (answer, bool) {
	if c.op.media == "" {
		return answer{}, true
	}
	if c.r.Method != http.MethodGet && c.r.Header.Get("Content-Type") != c.op.media {
		return c.fail(http.StatusUnsupportedMediaType, "", "Cannot consume content type "+c.r.Header.Get("Content-Type"), ""), false
	}
	if accept := c.r.Header.Get("Accept"); c.op.family == "sp" && accept != c.op.media {
		return c.fail(http.StatusNotAcceptable, "", "The Accept header must be "+c.op.media, ""), false
	}
	return answer{}, true
}

// marketOf finds one of the seller's marketplaces in the region by its id.
func (c *call) marketOf(id string) (core.Marketplace, bool) {
	for _, m := range c.markets(c.region) {
		if string(m.ID) == id {
			return m, true
		}
	}
	return core.Marketplace{}, false
}
