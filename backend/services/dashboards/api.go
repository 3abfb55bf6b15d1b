package dashboards

import (
	"context"
	"sync/atomic"

	"purser/backend/core"
)

// API is what the window may ask of the dashboards.
type API struct{ at atomic.Pointer[attachment] }

type attachment struct {
	ctx context.Context //nolint:containedctx // bound methods get none: the life of the session stands in
	s   *Service
}

// Attach connects the API to an open service.
func Attach(ctx context.Context, a *API, s *Service) { a.at.Store(&attachment{ctx, s}) }

func (a *API) ready() (*attachment, error) {
	if at := a.at.Load(); at != nil {
		return at, nil
	}
	return nil, core.Unavailable("dashboards", "The pages are not open yet.", nil)
}

// ask hands a question to the service, once it is there.
func ask[In, Out any](a *API, in In, answer func(*Service, context.Context, In) (Out, error)) (Out, error) {
	at, err := a.ready()
	if err != nil {
		var none Out
		return none, err
	}
	return answer(at.s, at.ctx, in)
}

// Scopes answers what pages can be narrowed to.
func (a *API) Scopes() (ScopesOutput, error) {
	return ask(a, EmptyOutput{}, func(s *Service, ctx context.Context, _ EmptyOutput) (ScopesOutput, error) { return s.Scopes(ctx) })
}

// Page answers a page's tiles and says what charts and tables it has.
func (a *API) Page(in PageInput) (PageOutput, error) { return ask(a, in, (*Service).Page) }

// Chart answers the data of one chart.
func (a *API) Chart(in ChartInput) (ChartDataOutput, error) { return ask(a, in, (*Service).Chart) }

// Columns answers what columns a table can show.
func (a *API) Columns(in ColumnsInput) (ColumnsOutput, error) { return ask(a, in, (*Service).Columns) }

// Table answers a window of a table: sorted, filtered, grouped and cut here, never in the window.
func (a *API) Table(in TableInput) (TableOutput, error) { return ask(a, in, (*Service).Table) }

// Define says what a shown number is, how it came about and what it rests on.
func (a *API) Define(in ReferenceInput) (DefinitionOutput, error) {
	return ask(a, in, (*Service).Define)
}

// Rows answers the rows of documents behind a number.
func (a *API) Rows(in RowsInput) (RowsOutput, error) { return ask(a, in, (*Service).Rows) }

// Checks answers the twelve morning checks.
func (a *API) Checks() (ChecksOutput, error) {
	return ask(a, EmptyOutput{}, func(s *Service, ctx context.Context, _ EmptyOutput) (ChecksOutput, error) { return s.Checks(ctx) })
}

// Timeline answers everything about one SKU over the days of the view.
func (a *API) Timeline(in SubjectInput) (TimelineOutput, error) {
	return ask(a, in, (*Service).Timeline)
}

// Search finds SKUs, campaigns, search terms, orders and saved views.
func (a *API) Search(in SearchInput) (SearchOutput, error) { return ask(a, in, (*Service).Search) }

// Views lists the saved views.
func (a *API) Views() (SavedViewsOutput, error) {
	return ask(a, EmptyOutput{}, func(s *Service, ctx context.Context, _ EmptyOutput) (SavedViewsOutput, error) { return s.Views(ctx) })
}

// SaveView keeps a view under a name, or changes one.
func (a *API) SaveView(in SaveViewInput) (SavedViewOutput, error) {
	return ask(a, in, (*Service).SaveView)
}

// DeleteView forgets a saved view.
func (a *API) DeleteView(in ViewIDInput) (EmptyOutput, error) {
	return ask(a, in, (*Service).DeleteView)
}

// Export writes a table or a page into a file.
func (a *API) Export(in ExportInput) (ExportOutput, error) { return ask(a, in, (*Service).Export) }

// Rates lists the rates of exchange.
func (a *API) Rates() (RatesOutput, error) {
	return ask(a, EmptyOutput{}, func(s *Service, ctx context.Context, _ EmptyOutput) (RatesOutput, error) { return s.Rates(ctx) })
}

// SetRate stores a dated rate of exchange.
func (a *API) SetRate(in RateInput) (RatesOutput, error) { return ask(a, in, (*Service).SetRate) }

// DeleteRate forgets the rate of a day.
func (a *API) DeleteRate(in RateInput) (RatesOutput, error) { return ask(a, in, (*Service).DeleteRate) }
