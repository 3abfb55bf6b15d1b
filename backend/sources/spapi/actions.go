package spapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
)

// Why an answer of status 2xx is none.
var (
	errNoAddress = errors.New("it names no address")
	errPage      = errors.New("it is a web page")
	errNoStatus  = errors.New("it says nothing of what was done")
	errNoList    = errors.New("it has no list")
	errEndless   = errors.New("its pages do not end")
)

const (
	solicitationsPath = "/solicitations/v1/orders/"
	// reviewAction is how Amazon names the request for a review and seller feedback.
	reviewAction = "productReviewAndSellerFeedback"
)

// accepted and valid are how a patch, and the check of one, end well.
const (
	accepted = "ACCEPTED"
	valid    = "VALID"
)

// final says whether trying again gives the same.
func final(f source.APIFault) bool {
	return f != source.FaultThrottled && f != source.FaultOffline && f != source.FaultUnavailable
}

// Validate has Amazon check a patch without applying it, and gives what speaks against it in words; nothing where it
// would be accepted.
func (c *Client) Validate(ctx context.Context, marketplace, sku, body string) ([]string, error) {
	got, err := c.waiting().patch(ctx, marketplace, sku, []byte(body), true)
	if err != nil {
		return nil, plain(err)
	}
	against := got.against()
	if len(against) == 0 && got.Status != valid && got.Status != accepted {
		against = []string{"Amazon does not take it and does not say why (" + string(got.Status) + ")."}
	}
	return against, nil
}

// Patch sends a patch, and gives Amazon's name of the submission once it was ACCEPTED, which is not applied yet. A
// *action.RefusedError says that nothing was done; any other error leaves that open, and so does one that passes: what
// could not be sent just now may be sent again.
func (c *Client) Patch(ctx context.Context, marketplace, sku, body string) (submission string, err error) {
	got, err := c.waiting().patch(ctx, marketplace, sku, []byte(body), false)
	var f *failure
	switch {
	case errors.As(err, &f) && f.unsent && final(f.Fault):
		return "", action.Refuse(f.Message, f.APIError)
	case err != nil:
		return "", plain(err)
	case got.Status == accepted:
		return string(got.ID), nil
	}
	reason := strings.Join(got.against(), " ")
	if reason == "" {
		reason = "It did not say why (" + string(got.Status) + ")."
	}
	e := &source.APIError{Fault: source.FaultInvalid, API: Name, Operation: "patchListingsItem", Message: "Amazon does not take the change. " + reason, Request: string(got.ID)}
	if got.Status == "INVALID" {
		return "", action.Refuse(e.Message, e)
	}
	return "", e
}

// against are the errors of a submission, for a person.
func (s Submission) against() []string {
	var out []string
	for _, i := range s.Issues {
		if i.Severity == "ERROR" {
			out = append(out, clip(string(i.Message), 300))
		}
	}
	return out
}

// actionList is what Amazon offers to do for an order.
type actionList struct {
	Links struct {
		Actions []struct {
			Href text `json:"href"`
			Name text `json:"name"`
		} `json:"actions"`
	} `json:"_links"`
}

func solicitationActions(region, order, marketplace string) call {
	q := url.Values{}
	list(q, "marketplaceIds", marketplace)
	return get("getSolicitationActionsForOrder", region, solicitationsPath+part(order), q)
}

func createSolicitation(region, order, marketplace string) call {
	q := url.Values{}
	list(q, "marketplaceIds", marketplace)
	return call{
		operation: "createProductReviewAndSellerFeedbackSolicitation", region: region, method: http.MethodPost,
		path: solicitationsPath + part(order) + "/solicitations/" + reviewAction, query: q,
	}
}

// Offered says whether Amazon offers to ask the buyer of an order for a review and seller feedback now. Amazon's 403 is
// a no with its reason, an error that is ErrNotOffered: it may be about this order, about all messages of the account, or
// about a role that the app lacks. A dry run (action.DryRun) is told of an offer that was there some minutes ago.
func (c *Client) Offered(ctx context.Context, marketplace, order string) (bool, error) {
	m, err := market(marketplace)
	if err != nil {
		return false, err
	}
	key := m.Code + "/" + order
	if action.IsDryRun(ctx) {
		if offered, ok := c.looked.offered.of(key, c.o.Clock.Now()); ok {
			return offered, nil
		}
	}
	got, _, err := ask[actionList](ctx, c.waiting(), solicitationActions(m.Region, order, string(m.ID)))
	if notOffered(err) {
		return false, noOffer(err)
	}
	for _, a := range got.Links.Actions {
		if a.Name == reviewAction || strings.Contains(string(a.Href), "/"+reviewAction) {
			c.looked.offered.keep(key, true, c.o.Clock.Now())
			return true, nil
		}
	}
	return false, plain(err)
}

// ErrNotOffered says that Amazon does not take the request for an order: it was sent already, the order is not eligible,
// or the account or the app may not ask at all.
var ErrNotOffered = errors.New("the request is not available for this order")

// Ask sends the request, once. ErrNotOffered is Amazon's 403. A *action.RefusedError says that nothing was sent; any
// other error leaves that open.
func (c *Client) Ask(ctx context.Context, marketplace, order string) (ref string, err error) {
	m, err := market(marketplace)
	if err != nil {
		return "", action.Refuse(core.AsError(err).Error(), err)
	}
	c.looked.offered.forget(m.Code + "/" + order)
	_, res, err := ask[json.RawMessage](ctx, c.waiting(), createSolicitation(m.Region, order, string(m.ID)))
	var f *failure
	switch {
	case notOffered(err):
		err = noOffer(err)
		return "", action.Refuse(asAPI(err).Message, err)
	case errors.As(err, &f) && f.unsent:
		return "", action.Refuse(refusal(f), f.APIError)
	case err != nil:
		return "", plain(err)
	}
	return res.RequestID(), nil
}

// refusal says why nothing was sent. It is not sent again by itself, whatever the fault says of what is asked for.
func refusal(f *failure) string {
	switch f.Fault {
	case source.FaultThrottled:
		return "Amazon takes no more requests of this kind just now."
	case source.FaultOffline, source.FaultUnavailable:
		return "Amazon could not be reached. Approve it again later."
	default:
		return f.Message
	}
}

// noOffer is Amazon's no to an order, with what it said of it.
func noOffer(err error) error {
	e := *asAPI(err)
	e.Fault, e.Err = source.FaultNotOffered, ErrNotOffered
	e.Message = "Amazon does not let the buyer of this order be asked: it was done already, the order is not eligible, or buyers may not be written to."
	t, ok := said([]byte(e.Raw))
	if !ok || t.String() == "" {
		return &e
	}
	e.Message += " It said: " + t.String()
	if t.has("access to requested resource is denied") && !t.has("solicitation is not available") {
		e.Message += " It says that too where a role is missing: if it does so for every order, " + missingRole(roleOf(capSolicitations))
	}
	return &e
}

// notOffered says whether an error is Amazon's no to an order.
func notOffered(err error) bool {
	e := asAPI(err)
	return e != nil && e.Status == http.StatusForbidden && e.Fault == source.FaultDenied
}
