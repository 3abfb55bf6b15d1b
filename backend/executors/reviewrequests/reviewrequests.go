// Package reviewrequests asks a buyer, through Amazon and in Amazon's words, for a review and seller feedback.
//
// Input: an order.
// Output: one request for it, ever, inside the days in which Amazon takes it. Nothing takes it back.
//
// Amazon forbids to choose whom to ask by how content they are. Nothing here knows of ratings, returns or messages, so
// that nobody can.
package reviewrequests

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
)

// Name is the kind of action: what policies write.
const Name = "review.request"

// Solicitations asks for reviews. marketplace is a code, such as "US"; order is Amazon's number.
type Solicitations interface {
	// Order tells what a request depends on.
	Order(ctx context.Context, marketplace, order string) (Order, error)
	// Offered says whether Amazon offers the request now: getSolicitationActionsForOrder names
	// productReviewAndSellerFeedback. An answer without it is false; a 403 is false as well, and best its *source.APIError,
	// whose message is for a person and whose raw text tells whether Amazon lets the account write to nobody.
	Offered(ctx context.Context, marketplace, order string) (bool, error)
	// Ask sends it, once: it never repeats by itself. ErrNotOffered is Amazon's 403. A RefusedError says that nothing
	// was sent; any other error leaves that open.
	Ask(ctx context.Context, marketplace, order string) (ref string, err error)
}

// Order is what a request depends on.
type Order struct {
	Earliest, Latest time.Time // when it was to be delivered; zero: Amazon does not say
	Cancelled        bool
	Replacement      bool
}

// ErrNotOffered says that Amazon does not take the request: it was sent already, or the order is not eligible, or the
// account or the app may not ask at all. A *source.APIError beside it says what Amazon has told.
var ErrNotOffered = errors.New("the request is not available for this order")

// Book remembers for which orders a request was begun, across restarts and for ever.
type Book interface {
	// Claim notes that the request for an order is begun under a key, and gives the key that has it from now on: this
	// one, or the one that was first.
	Claim(ctx context.Context, marketplace, order, key string) (holder string, err error)
	// Holder is the key that has an order; "" for none.
	Holder(ctx context.Context, marketplace, order string) (string, error)
	// Release gives an order back, if the key has it: its request was surely not sent.
	Release(ctx context.Context, marketplace, order, key string) error
}

// Executor sends requests.
type Executor struct {
	amazon Solicitations
	book   Book
	clock  clock.Clock
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor.
func New(amazon Solicitations, book Book, c clock.Clock) *Executor { return &Executor{amazon, book, c} }

// Kind implements action.Executor. Amazon refuses a second request, but it cannot be asked whether the first was ours:
// one whose answer was lost is unknown until a person has looked, and is not sent again.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: Name, Title: "Ask for a review", Level: action.Final, Needs: []string{action.PerDay, action.PerEntityDay},
	}
}

// request is the payload: what is asked of Amazon.
type request struct {
	Kind        string `json:"request"`
	Marketplace string `json:"marketplace_id"`
	Order       string `json:"order"`
}

const asked = "asked"

// place reads a subject: "US/111-0000001-0000001".
func place(subject string) (m core.Marketplace, order string, err error) {
	code, order := fact.SplitID(subject)
	m, known := core.MarketplaceByCode(code)
	if !known || m.Code != code || order == "" || len(order) > 40 {
		return m, "", core.Invalid("actions", fmt.Sprintf("%.60q names no order.", subject), "It takes an order of a marketplace, such as US/111-0000001-0000001.")
	}
	for _, c := range order {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && c != '-' {
			return m, "", core.Invalid("actions", fmt.Sprintf("%.60q names no order.", subject), "")
		}
	}
	return m, order, nil
}

func body(subject string) (string, error) {
	m, order, err := place(subject)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(request{"productReviewAndSellerFeedback", string(m.ID), order})
	if err != nil {
		return "", fmt.Errorf("write a request: %w", err)
	}
	return string(text), nil
}

// Prepare implements action.Executor.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	text, err := body(w.Subject)
	if err != nil {
		return action.Request{}, err
	}
	if err := e.may(ctx, w.Subject, ""); err != nil {
		return action.Request{}, err
	}
	return action.Request{
		Kind: Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: w.Subject, Field: "review_request",
		After: asked, Payload: text, Size: action.Size{Units: 1},
	}, nil
}

// may says why the request for an order must not be sent now under a key.
func (e *Executor) may(ctx context.Context, subject, key string) error {
	m, order, err := place(subject)
	if err != nil {
		return err
	}
	holder, err := e.book.Holder(ctx, m.Code, order)
	if err != nil {
		return err
	}
	if holder != "" && holder != key {
		return core.Invalid("actions", "The buyer of this order was asked already. Amazon takes one request for an order.", "")
	}
	o, err := e.amazon.Order(ctx, m.Code, order)
	if err != nil {
		return err
	}
	if err := open(o, m, e.clock.Now()); err != nil {
		return err
	}
	offered, err := e.amazon.Offered(ctx, m.Code, order)
	if restricted(err) {
		return action.KindStopped(restrictedText, err)
	}
	if err != nil && !notOffered(err) {
		return err
	}
	if !offered || err != nil {
		return core.Invalid("actions", noOffer(err), "")
	}
	return nil
}

// noOffer says that Amazon does not let a buyer be asked: in the words that came with it, which tell more than a guess.
func noOffer(err error) string {
	var api *source.APIError
	if errors.As(err, &api) && api.Message != "" {
		return api.Message
	}
	return "Amazon does not offer to ask this buyer: it was done already, or the order is not eligible."
}

// unsent says why nothing was sent. It is not sent again by itself, whatever a fault that passes says of what is asked for.
func unsent(err error) string {
	var api *source.APIError
	if !errors.As(err, &api) {
		return err.Error() + " Nothing was sent."
	}
	switch api.Fault {
	case source.FaultThrottled:
		return "Amazon takes no more requests of this kind just now. Nothing was sent."
	case source.FaultOffline, source.FaultUnavailable:
		return "Amazon could not be reached. Nothing was sent; approve it again later."
	default:
		return api.Message + " Nothing was sent."
	}
}

// notOffered says whether an error is Amazon's no to the request: a 403 of this API. It may be about this order, or about
// a role that the app lacks, which Amazon does not tell apart.
func notOffered(err error) bool {
	var api *source.APIError
	return errors.Is(err, ErrNotOffered) || errors.As(err, &api) && api.Status == http.StatusForbidden
}

const restrictedText = "Amazon does not let this account write to buyers now. Look under Performance, Account Health in Seller Central for how long and why."

// restricted says whether an error is Amazon's no to the whole account: a 403 that speaks of messages being restricted.
func restricted(err error) bool {
	var api *source.APIError
	if !errors.As(err, &api) || api.Status != http.StatusForbidden {
		return false
	}
	p, err := published()
	if err != nil {
		return false
	}
	text := strings.ToLower(told(api))
	has := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	return has(p.Restricted.What) && has(p.Restricted.How) && !has(p.Restricted.Unless)
}

// told is what Amazon's answer says in words, and not what its fields are called. Where no answer was kept it is what the
// error says; an answer that is none of Amazon's says nothing.
func told(e *source.APIError) string {
	if e.Raw == "" {
		return e.Message
	}
	type words struct {
		Message string `json:"message"`
		Details string `json:"details"`
	}
	var answer struct {
		Errors []words `json:"errors"`
		words
	}
	if json.Unmarshal([]byte(e.Raw), &answer) != nil {
		return ""
	}
	text := answer.Message + " " + answer.Details
	for _, w := range answer.Errors {
		text += " " + w.Message + " " + w.Details
	}
	return text
}

// Value implements action.Executor.
func (*Executor) Value(_ context.Context, r action.Request) (string, error) { return r.Before, nil }

// Execute implements action.Executor. Everything is asked once more, and the order is claimed before anything is sent.
func (e *Executor) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	text, err := body(r.Entity)
	if err != nil || text != r.Payload || r.After != asked || r.Key == "" {
		return action.Receipt{}, action.Refuse("What was to be sent is not what was prepared. Nothing was sent; approve it anew.", err)
	}
	if ctx.Err() != nil {
		return action.Receipt{}, action.Refuse("It was called off before it began.", ctx.Err())
	}
	if err := e.may(ctx, r.Entity, r.Key); err != nil {
		return action.Receipt{}, action.Refuse(unsent(err), err)
	}
	m, order, err := place(r.Entity)
	if err != nil {
		return action.Receipt{}, action.Refuse(err.Error(), err)
	}
	holder, err := e.book.Claim(ctx, m.Code, order, r.Key)
	switch {
	case err != nil:
		return action.Receipt{}, action.Refuse("It could not be noted that this buyer is asked, so nothing was sent: "+err.Error(), err)
	case holder != r.Key:
		return action.Receipt{}, action.Refuse("The buyer of this order was asked already. Amazon takes one request for an order.", nil)
	}
	ref, err := e.amazon.Ask(ctx, m.Code, order)
	switch {
	case err == nil:
		return action.Receipt{Ref: ref, Text: "Amazon has taken the request and writes to the buyer."}, nil
	case restricted(err):
		err = action.Refuse(restrictedText+" Nothing was sent.", action.KindStopped(restrictedText, err))
	case notOffered(err):
		err = action.Refuse(noOffer(err)+" Nothing was sent.", err)
	}
	if action.IsRefused(err) {
		err = errors.Join(err, e.book.Release(context.WithoutCancel(ctx), m.Code, order, r.Key))
	}
	return action.Receipt{}, err
}

// Found implements action.Executor. While Amazon still offers the request none was sent; where it does not, that may
// have other reasons.
func (e *Executor) Found(ctx context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	m, order, err := place(r.Entity)
	if err != nil {
		return action.Open, action.Receipt{}, err
	}
	switch offered, err := e.amazon.Offered(ctx, m.Code, order); {
	case err != nil && !notOffered(err):
		return action.Open, action.Receipt{}, err
	case err == nil && offered:
		return action.NotDone, action.Receipt{}, nil
	}
	return action.Open, action.Receipt{}, nil
}

// Reverse implements action.Executor.
func (*Executor) Reverse(action.Request) (action.Request, error) {
	return action.Request{}, action.ErrFinal
}
