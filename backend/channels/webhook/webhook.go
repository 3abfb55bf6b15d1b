// Package webhook posts signed messages to one address of the seller's.
//
// Input: the address and its secret, as the seller set them, and messages that are JSON.
// Output: each handed over with its event id, time and signature, or an error that says whether it can have arrived.
//
// The scheme is that of Standard Webhooks, close to how Stripe and GitHub sign. Three headers go with a POST,
//
//	webhook-id         the event id; the same message has the same id however often it comes: drop what you have had
//	webhook-timestamp  when it was sent, in seconds since 1970; refuse what is more than five minutes away
//	webhook-signature  "v1," and the base64 of HMAC-SHA256 over id + "." + timestamp + "." + body, keyed with the secret
//
// and Verify is what a receiver does with them. The id is signed as well, so that nobody can send a message that he
// overheard again under another id.
package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/platform/clock"
)

const (
	// patience bounds one message, from the first look-up of a name to the answer.
	patience = 10 * time.Second
	// largest is how many bytes a message may have, largestAnswer how many of an answer are read.
	largest       = 256 << 10
	largestAnswer = 64 << 10
)

// Headers of a message.
const (
	HeaderID        = "webhook-id"
	HeaderTime      = "webhook-timestamp"
	HeaderSignature = "webhook-signature"
)

// Target gives the only address that messages go to, and the secret that they are signed with. It is asked for each
// message, so that what the seller changes or takes away counts at once. An error, or no address, says that nothing can
// be sent; its words are shown to a person and hold no secret.
type Target func(ctx context.Context) (address, secret string, err error)

// Channel posts messages.
type Channel struct {
	target Target
	clk    clock.Clock
	client *http.Client
}

// New makes a channel to the address that target names. Nothing in a message decides where it goes.
func New(target Target, clk clock.Clock) *Channel {
	only := &http.Protocols{}
	only.SetHTTP1(true) // HTTP/2 may send a request again by itself
	return &Channel{target: target, clk: clk, client: &http.Client{
		Transport: &http.Transport{
			// No proxy: it would hide whom we speak to. A line is used once: one that is kept may be cut while a message
			// is on it, and the library would then send it again.
			DialContext: dial, DisableKeepAlives: true, DisableCompression: true, Protocols: only, TLSClientConfig: secured(),
			MaxResponseHeaderBytes: largestAnswer,
		},
		// A redirect would carry the message to where the seller did not send it.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Address names where messages go: the host, and a hash of the whole address, whose path may be a secret of its own.
// It changes when the address does.
func (c *Channel) Address(ctx context.Context) (string, error) {
	u, _, err := c.where(ctx)
	if err != nil {
		return "", err
	}
	return label(u), nil
}

func label(u *url.URL) string { return u.Host + " (" + action.Short(u.String()) + ")" }

// where gives the address and the secret, both held against what may be used.
func (c *Channel) where(ctx context.Context) (*url.URL, Secret, error) {
	address, text, err := c.target(ctx)
	if err != nil {
		return nil, Secret{}, core.Unavailable("webhook", "Messages cannot be sent: "+err.Error()+".", err)
	}
	if address == "" {
		return nil, Secret{}, core.Unavailable("webhook", "No address for messages is set.", nil)
	}
	u, err := check(address)
	if err != nil {
		return nil, Secret{}, err
	}
	secret, err := NewSecret(text)
	if err != nil || !secret.strong() {
		return nil, Secret{}, core.Invalid("webhook", "The secret for messages is missing, unreadable or shorter than 24 bytes.", "Set a longer one, the same here and at the receiver.")
	}
	return u, secret, nil
}

// check gives an address that may be written to: https, or plain http to this computer itself. Its errors do not repeat it.
func check(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return nil, core.Invalid("webhook", "The address for messages is no address.", "Write it as https://example.com/path.")
	case u.User != nil:
		return nil, core.Invalid("webhook", "The address for messages has a name or password in it.", "Leave them out: messages are signed instead.")
	case u.Scheme == "https":
	case u.Scheme == "http" && isLoopback(u.Hostname()):
	default:
		return nil, core.Invalid("webhook", "The address for messages must begin with https://.", "Plain http is taken only for this computer itself.")
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

var eventID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

// Post hands one message over, once, to the address that Address named as to; if the seller has set another one since,
// it is refused. A RefusedError says that it cannot have arrived or was not taken; any other error
// leaves that open. No error, and no receipt, holds the address's path, the secret or words of the answer.
func (c *Channel) Post(ctx context.Context, to, id, body string) (action.Receipt, error) {
	u, secret, err := c.where(ctx)
	switch {
	case err != nil:
		return action.Receipt{}, action.Refuse("The message was not sent. "+err.Error(), err)
	case label(u) != to:
		return action.Receipt{}, action.Refuse("The message was not sent: its address was changed meanwhile.", nil)
	case !eventID.MatchString(id):
		return action.Receipt{}, action.Refuse("The message was not sent: its event id is none.", nil)
	case len(body) > largest:
		return action.Receipt{}, action.Refuse("The message was not sent: it is larger than 256 KB.", nil)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var begun atomic.Bool // set when there is a line to the address, before any byte is on it
	req, err := c.request(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { begun.Store(true) },
	}), u, secret, id, body)
	if err != nil {
		return action.Receipt{}, action.Refuse("The message was not sent: it cannot be written.", nil)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return action.Receipt{}, lost(u.Host, begun.Load(), err)
	}
	defer func() { _ = res.Body.Close() }()
	// What the answer says is read to its end or its limit and left aside: it may repeat the address.
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, largestAnswer)) // its status has been read
	return answered(u.Host, id, res.StatusCode)
}

func (c *Channel) request(ctx context.Context, u *url.URL, secret Secret, id, body string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.GetBody = nil // without it the library cannot send a message again
	at := strconv.FormatInt(c.clk.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Purser")
	req.Header.Set(HeaderID, id)
	req.Header.Set(HeaderTime, at)
	req.Header.Set(HeaderSignature, secret.sign(id, at, body))
	return req, nil
}

// lost says what is known of a message that got no answer, in words of its own: those of the library repeat the address,
// or what the other side sent.
func lost(host string, begun bool, err error) error {
	why := reason(begun, err)
	if !begun {
		return action.Refuse(fmt.Sprintf("The message was not sent to %s: %s.", host, why), nil)
	}
	return core.Unavailable("webhook", fmt.Sprintf("The message may have reached %s: %s.", host, why), nil)
}

func reason(begun bool, err error) string {
	var timeout net.Error
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.Canceled):
		return "it was called off"
	case errors.Is(err, errKept):
		return errKept.Error()
	case errors.As(err, &certificate):
		return "its certificate is not one that this computer trusts"
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no such name"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "no answer came in time"
	case begun:
		return "the line was cut"
	}
	return "there is no line to it"
}

// answered reads a status. 408, 409, 425 and 429 do not say that nothing was done, and neither do redirects and faults
// of the receiver.
func answered(host, id string, status int) (action.Receipt, error) {
	said := strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
	switch {
	case status >= 200 && status < 300:
		return action.Receipt{Ref: id, Text: fmt.Sprintf("%s took the message: %s.", host, said)}, nil
	case status == http.StatusRequestTimeout, status == http.StatusConflict, status == http.StatusTooEarly, status == http.StatusTooManyRequests:
	case status >= 400 && status < 500:
		return action.Receipt{}, action.Refuse(fmt.Sprintf("%s refused the message: %s.", host, said), nil)
	case status >= 300 && status < 400:
		return action.Receipt{}, core.Unavailable("webhook", fmt.Sprintf("%s answered %s. Redirects are not followed: set the address that it leads to.", host, said), nil)
	}
	return action.Receipt{}, core.Unavailable("webhook", fmt.Sprintf("%s answered %s, which does not say whether it took the message.", host, said), nil)
}
