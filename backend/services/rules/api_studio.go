package rules

import (
	"cmp"

	"purser/backend/core/fact"
)

// Read says what a text is as a policy, and what is wrong with it.
func (a *API) Read(in DraftInput) (Draft, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return Draft{}, err
	}
	return e.Read(ctx, in)
}

// Write puts a policy as the builder has it into its text.
func (a *API) Write(in DraftInput) (Draft, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return Draft{}, err
	}
	return e.Write(ctx, in)
}

// Vocabulary lists what conditions about a kind of subject can be made of; SKUs where none is named.
func (a *API) Vocabulary(in VocabularyInput) (VocabularyOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return VocabularyOutput{}, err
	}
	return e.Vocabulary(ctx, fact.SubjectKind(cmp.Or(in.Subject, string(fact.SKU))))
}

// Preview says what a draft would do on a day.
func (a *API) Preview(in PreviewInput) (PreviewOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return PreviewOutput{}, err
	}
	day, err := a.day(in.AsOf, e)
	if err != nil {
		return PreviewOutput{}, err
	}
	return e.Preview(ctx, in, day)
}

// Sweep says what a draft would do for other figures of a threshold, today and over the days that end with it.
func (a *API) Sweep(in SweepInput) (SweepOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return SweepOutput{}, err
	}
	day, err := a.day("", e)
	if err != nil {
		return SweepOutput{}, err
	}
	return e.Sweep(ctx, in, day)
}
