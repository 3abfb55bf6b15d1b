package retention

import (
	"context"
	"sync/atomic"

	"purser/backend/core"
)

// Eraser erases the data folder that is open. The program is it: erasing ends the session.
type Eraser interface {
	// Plan says what Erase would do.
	Plan() (EraseBeginOutput, error)
	// Erase does it and opens the folder anew.
	Erase(word string) (ReceiptOutput, error)
	// Receipts of earlier times.
	Receipts() ([]ReceiptOutput, error)
}

// API is what the window may ask of retention.
type API struct{ at atomic.Pointer[attachment] }

type attachment struct {
	ctx   context.Context //nolint:containedctx // bound methods get none: the life of the session stands in
	s     *Service
	erase Eraser
}

// Attach connects the API to a running service; before that every method answers "unavailable".
func Attach(ctx context.Context, a *API, s *Service, e Eraser) { a.at.Store(&attachment{ctx, s, e}) }

func (a *API) ready() (*attachment, error) {
	if at := a.at.Load(); at != nil {
		return at, nil
	}
	return nil, core.Unavailable(part, "What is kept how long is not open yet.", nil)
}

// Classes lists the classes of data: how long each is kept, what there is of it, and what goes next.
func (a *API) Classes() (ClassesOutput, error) {
	at, err := a.ready()
	if err != nil {
		return noClasses(), err
	}
	return at.s.Classes(at.ctx)
}

// SetClass changes how long a class is kept and answers all of them.
func (a *API) SetClass(in SetClassInput) (ClassesOutput, error) {
	at, err := a.ready()
	if err != nil {
		return noClasses(), err
	}
	if err := at.s.SetClass(at.ctx, in); err != nil {
		return noClasses(), err
	}
	return at.s.Classes(at.ctx)
}

// Preview says what a purge would delete now.
func (a *API) Preview() (RunOutput, error) {
	at, err := a.ready()
	if err != nil {
		return noRun(), err
	}
	return at.s.Preview(at.ctx)
}

// Purge deletes at once what is due; it is done by itself once a day.
func (a *API) Purge() (RunOutput, error) {
	at, err := a.ready()
	if err != nil {
		return noRun(), err
	}
	return at.s.Purge(at.ctx, byPerson)
}

// EraseBegin says what erasing everything would do, and which word has to be typed for it.
func (a *API) EraseBegin() (EraseBeginOutput, error) {
	at, err := a.ready()
	if err != nil {
		return noPlan(), err
	}
	return at.erase.Plan()
}

// Erase erases everything and answers the receipt. The account is open anew then, as on the first start.
func (a *API) Erase(in EraseInput) (ReceiptOutput, error) {
	at, err := a.ready()
	if err != nil {
		return noReceipt(), err
	}
	return at.erase.Erase(in.Word)
}

// Receipts lists the receipts of what was erased in this folder earlier.
func (a *API) Receipts() (ReceiptsOutput, error) {
	at, err := a.ready()
	if err != nil {
		return ReceiptsOutput{Receipts: []ReceiptOutput{}}, err
	}
	all, err := at.erase.Receipts()
	return ReceiptsOutput{Receipts: append([]ReceiptOutput{}, all...)}, err
}

func noClasses() ClassesOutput {
	return ClassesOutput{Classes: []ClassOutput{}, Runs: []RunOutput{}, Waiting: []string{}}
}

func noRun() RunOutput { return RunOutput{Parts: []RunPartOutput{}, Waiting: []string{}} }

func noPlan() EraseBeginOutput {
	return EraseBeginOutput{Items: []ItemOutput{}, Amazon: []AmazonOutput{}, Outside: []OutsideOutput{}}
}

func noReceipt() ReceiptOutput {
	return ReceiptOutput{Items: []ItemOutput{}, Amazon: []AmazonOutput{}, Outside: []OutsideOutput{}, Left: []OutsideOutput{}}
}
