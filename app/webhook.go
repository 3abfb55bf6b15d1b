package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"

	signed "purser/backend/channels/webhook"
	"purser/backend/core"
	"purser/backend/platform/keychain"
)

const (
	webhookFile  = "webhook.json"
	webhookEntry = "webhook signing secret"
	// webhookEnv gives the signing secret to a Purser on a computer without a keychain.
	webhookEnv = "PURSER_WEBHOOK_SECRET"
)

// webhook is the one address that Purser may send to, and the secret it signs with.
type webhook struct {
	dir  string
	demo bool
	keys *keychain.Keychain
}

// WebhookOutput is where messages go.
type WebhookOutput struct {
	Address string `json:"address"` // "": none is set, and nothing is sent
	Signed  bool   `json:"signed"`  // the secret is where it should be
	Problem string `json:"problem"` // why nothing can be sent; "" if it can
	Secret  string `json:"secret"`  // only in the answer that made it
	Demo    bool   `json:"demo"`    // nothing is ever sent
}

// SetWebhookInput sets the address; "" takes it away.
type SetWebhookInput struct {
	Address string `json:"address"`
}

// target gives the address and the secret; an error says in words why there is nothing to send to.
func (w webhook) target(ctx context.Context) (address, secret string, err error) {
	if w.demo {
		return "", "", errors.New("this is the demo shop: nothing is sent")
	}
	if address, err = w.address(); err != nil {
		return "", "", err
	}
	if address == "" {
		return "", "", errors.New("no address for messages is set; set one under Settings, Guardrails")
	}
	if secret, err = w.secret(ctx); err != nil {
		return "", "", err
	}
	return address, secret, nil
}

func (w webhook) secret(ctx context.Context) (string, error) {
	if s := givenSecret(); s != "" {
		return s, nil
	}
	s, err := w.keys.Get(ctx, w.entry())
	if errors.Is(err, keychain.ErrMissing) {
		return "", errors.New("the secret that messages are signed with is gone from the keychain; set the address anew")
	}
	return s, err
}

// givenSecret is the secret that the environment holds; "": the keychain has it.
func givenSecret() string {
	return os.Getenv(webhookEnv) //nolint:forbidigo // app reads the environment
}

// entry names the secret of this data folder.
func (w webhook) entry() string { return webhookEntry + " of " + w.dir }

func (w webhook) address() (string, error) {
	b, err := os.ReadFile(filepath.Join(w.dir, webhookFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	var kept SetWebhookInput
	if err == nil {
		err = json.Unmarshal(b, &kept)
	}
	if err != nil {
		return "", fmt.Errorf("read the address for messages: %w", err)
	}
	return kept.Address, nil
}

func (w webhook) output(ctx context.Context) WebhookOutput {
	out := WebhookOutput{Demo: w.demo}
	address, err := w.address()
	out.Address = address
	if err == nil && address != "" {
		_, err = w.secret(ctx)
		out.Signed = err == nil
	}
	if err != nil {
		out.Problem = err.Error()
	}
	return out
}

// set keeps an address with a new secret, which is told once.
func (w webhook) set(ctx context.Context, address string) (WebhookOutput, error) {
	if w.demo {
		return WebhookOutput{}, core.Invalid("settings", "This is the demo shop: nothing is sent.", "Set the address in your own account.")
	}
	path := filepath.Join(w.dir, webhookFile)
	if address == "" {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return WebhookOutput{}, fmt.Errorf("forget the address for messages: %w", err)
		}
		if err := w.keys.Delete(ctx, w.entry()); err != nil {
			return WebhookOutput{}, core.Unavailable("settings", "The address is gone; its secret is still in the keychain: "+err.Error(), err)
		}
		return w.output(ctx), nil
	}
	if err := checkAddress(address); err != nil {
		return WebhookOutput{}, err
	}
	secret := ""
	if givenSecret() == "" {
		secret = signed.MakeSecret()
		if err := w.keys.Set(ctx, w.entry(), secret); err != nil {
			return WebhookOutput{}, &core.Error{
				Code: core.CodeUnavailable, Module: "settings", Err: err,
				Message: "The secret that messages are signed with could not be kept: " + err.Error(),
				Hint:    "Unlock the keychain of this computer, or start Purser with " + webhookEnv + " set. It is never kept in a file.",
			}
		}
	}
	b, err := json.MarshalIndent(SetWebhookInput{address}, "", "  ")
	if err != nil {
		return WebhookOutput{}, fmt.Errorf("keep the address for messages: %w", err)
	}
	if err := errors.Join(os.WriteFile(path+".part", b, 0o600), os.Rename(path+".part", path)); err != nil {
		return WebhookOutput{}, fmt.Errorf("keep the address for messages: %w", err)
	}
	out := w.output(ctx)
	out.Secret = secret
	return out, nil
}

// checkAddress takes https, and plain http only to this computer.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		return core.Invalid("settings", "That is no address: "+address+".", "Write it whole, such as https://example.com/hook.")
	case u.User != nil || u.Fragment != "":
		return core.Invalid("settings", "The address must have no name, password or # in it.", "Messages are signed instead.")
	case u.Scheme == "https":
		return nil
	case u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	}
	return core.Invalid("settings", "Messages go over https only.", "Write an address that begins with https://.")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Webhook says where messages go.
func (a *API) Webhook() (WebhookOutput, error) {
	s, err := a.session()
	if err != nil {
		return WebhookOutput{}, err
	}
	return s.hook.output(s.ctx), nil
}

// SetWebhook sets where messages go, with a new secret that is told once.
func (a *API) SetWebhook(in SetWebhookInput) (WebhookOutput, error) {
	s, err := a.session()
	if err != nil {
		return WebhookOutput{}, err
	}
	return s.hook.set(s.ctx, in.Address)
}
