package rules

import (
	"context"
	"fmt"
	"strings"

	"purser/backend/core"
)

// Save keeps a draft as a new version of its policy and evaluates anew; what is wrong with it is among the draft's
// problems, and then nothing is kept.
func (a *API) Save(in SaveInput) (Draft, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return Draft{}, err
	}
	text, problems, err := e.Save(ctx, in)
	return a.kept(ctx, e, text, problems, err)
}

// Restore puts an earlier version of a policy in force again, as a new version, and evaluates anew.
func (a *API) Restore(in VersionInput) (Draft, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return Draft{}, err
	}
	text, problems, err := e.Restore(ctx, in)
	return a.kept(ctx, e, text, problems, err)
}

// kept is the draft of what was kept, or of what was refused with its problems.
func (a *API) kept(ctx context.Context, e *Engine, text string, problems []ProblemOutput, err error) (Draft, error) {
	if err != nil {
		return Draft{}, err
	}
	if len(problems) == 0 {
		a.tellChanged()
	}
	d, err := e.Read(ctx, DraftInput{YAML: text})
	if err != nil {
		return Draft{}, err
	}
	if len(d.Problems) == 0 {
		d.Problems = append(d.Problems, problems...) // those that only show beside the other policies
	}
	return d, nil
}

// Versions lists the versions of a policy, newest first.
func (a *API) Versions(in PolicyInput) (VersionsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return VersionsOutput{}, err
	}
	return e.Versions(ctx, in.Policy)
}

// Switch switches a policy on or off and evaluates anew.
func (a *API) Switch(in SwitchInput) (PoliciesOutput, error) {
	return a.changedPolicies(func(ctx context.Context, e *Engine) error { return e.Switch(ctx, in.Policy, in.On) })
}

// Remove forgets a policy that the seller wrote and evaluates anew.
func (a *API) Remove(in PolicyInput) (PoliciesOutput, error) {
	return a.changedPolicies(func(ctx context.Context, e *Engine) error { return e.Remove(ctx, in.Policy) })
}

func (a *API) changedPolicies(do func(context.Context, *Engine) error) (PoliciesOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return PoliciesOutput{}, err
	}
	if err := do(ctx, e); err != nil {
		return PoliciesOutput{}, err
	}
	a.tellChanged()
	return e.List(ctx)
}

// Text gives a policy as text, or with an empty name all of them as one YAML stream.
func (a *API) Text(in PolicyInput) (TextOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return TextOutput{}, err
	}
	text, err := e.Text(ctx, in.Policy)
	if err != nil {
		return TextOutput{}, err
	}
	if in.Policy != "" {
		return TextOutput{YAML: text, Name: in.Policy + ".yaml"}, nil
	}
	name := "purser-rules.yaml"
	if day, err := a.day("", e); err == nil {
		name = fmt.Sprintf("purser-rules-%s.yaml", day)
	}
	return TextOutput{YAML: text, Name: name}, nil
}

// Import keeps every policy of a text and evaluates anew, or keeps none and says what is wrong.
func (a *API) Import(in TextInput) (ImportOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return ImportOutput{}, err
	}
	out, err := e.Import(ctx, in.YAML)
	if err != nil {
		return ImportOutput{}, err
	}
	if len(out.Kept) > 0 {
		a.tellChanged()
	}
	return out, nil
}

// Exceptions lists what the seller took out of a policy, or with an empty name of all of them.
func (a *API) Exceptions(in PolicyInput) (ExceptionsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return ExceptionsOutput{}, err
	}
	return e.Exceptions(ctx, in.Policy)
}

// AddException takes a subject out of a policy and evaluates anew.
func (a *API) AddException(in ExceptionInput) (ExceptionsOutput, error) {
	return a.changedExceptions(in.Policy, func(ctx context.Context, e *Engine) error {
		today, err := a.day("", e)
		if err != nil {
			return err
		}
		return e.AddException(ctx, in, today)
	})
}

// RemoveException puts a subject back under a policy and evaluates anew.
func (a *API) RemoveException(in ExceptionInput) (ExceptionsOutput, error) {
	return a.changedExceptions(in.Policy, func(ctx context.Context, e *Engine) error { return e.RemoveException(ctx, in) })
}

func (a *API) changedExceptions(policy string, do func(context.Context, *Engine) error) (ExceptionsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return ExceptionsOutput{}, err
	}
	if err := do(ctx, e); err != nil {
		return ExceptionsOutput{}, err
	}
	a.tellChanged()
	return e.Exceptions(ctx, policy)
}

// Tests gives the tests of a policy as text.
func (a *API) Tests(in TestsInput) (TestsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return TestsOutput{}, err
	}
	in.Tests = ""
	_, out, err := e.testsFor(ctx, in)
	return out, err
}

// RunTests runs tests on a draft or on the policy as it is kept.
func (a *API) RunTests(in TestsInput) (TestsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return TestsOutput{}, err
	}
	return e.RunTests(ctx, in)
}

// SaveTests keeps the seller's own tests of a policy; an empty text returns to the shipped ones. They are run too.
func (a *API) SaveTests(in TestsInput) (TestsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return TestsOutput{}, err
	}
	return e.SaveTests(ctx, in)
}

// MakeTest adds a test to those of a policy, from what is known about a subject on a day. It is not kept.
func (a *API) MakeTest(in MakeTestInput) (TestsOutput, error) {
	ctx, e, err := a.engine()
	if err != nil {
		return TestsOutput{}, err
	}
	day, err := a.day(in.AsOf, e)
	if err != nil {
		return TestsOutput{}, err
	}
	if strings.TrimSpace(in.Name) == "" {
		return TestsOutput{}, core.Invalid("rules", "The test needs a name.", "Say in a few words what it shows.")
	}
	return e.MakeTest(ctx, in, day)
}
