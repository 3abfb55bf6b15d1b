package rules

import (
	"fmt"
	"math"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"purser/backend/core/fact"
)

// maxCost bounds what one expression may cost, in CEL's units (about one per
// operation): a policy runs on every subject of the account.
const maxCost = 2000

// Names of what every expression may say of its subject.
const (
	subjectName        = "subject.name"        // "SKU-104", the last part of the id
	subjectLabel       = "subject.label"       // as a person knows it
	subjectMarketplace = "subject.marketplace" // "DE"
	subjectParent      = "subject.parent"      // the campaign of a search term
)

func celType(t fact.Type) *cel.Type {
	switch t {
	case fact.Count:
		return cel.IntType
	case fact.Flag:
		return cel.BoolType
	case fact.Text:
		return cel.StringType
	default:
		return cel.DoubleType
	}
}

// baseEnv declares the facts about kind, about what a subject of that kind lies in, and about what belongs to it.
func (e *Engine) baseEnv(kind fact.SubjectKind) (*cel.Env, error) {
	opts := append(listFunctions(),
		cel.CrossTypeNumericComparisons(true),
		cel.ExpressionNodeLimit(500),
		cel.Variable(subjectName, cel.StringType),
		cel.Variable(subjectLabel, cel.StringType),
		cel.Variable(subjectMarketplace, cel.StringType),
		cel.Variable(subjectParent, cel.StringType),
		cel.Function("abs",
			cel.Overload("abs_double", []*cel.Type{cel.DoubleType}, cel.DoubleType, cel.UnaryBinding(absolute)),
			cel.Overload("abs_int", []*cel.Type{cel.IntType}, cel.IntType, cel.UnaryBinding(absolute))),
	)
	for _, d := range e.facts.Definitions() {
		switch e.reach(kind, d.Subject) {
		case own, wider:
			opts = append(opts, cel.Variable(d.Name, celType(d.Type)))
		case many:
			opts = append(opts, cel.Variable(d.Name, cel.ListType(celType(d.Type))))
		case unseen:
		}
	}
	env, err := cel.NewEnv(opts...)
	if err != nil {
		return nil, fmt.Errorf("declare the facts about %s: %w", kind, err)
	}
	return env, nil
}

func absolute(v ref.Val) ref.Val {
	switch x := v.(type) {
	case types.Double:
		return types.Double(math.Abs(float64(x)))
	case types.Int:
		if x < 0 {
			return -x
		}
		return x
	}
	return types.MaybeNoSuchOverloadErr(v)
}

// programOptions of every expression: a division that has no finite result is unknown,
// so that dividing by zero can never make a condition true.
func programOptions() cel.ProgramOption {
	return cel.CustomDecoratorV2(func(i interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
		if c, ok := i.(interpreter.InterpretableCall); ok && c.Function() == operators.Divide {
			return division{c}, nil
		}
		return i, nil
	})
}

type division struct{ interpreter.InterpretableCall }

func (d division) Exec(f *interpreter.ExecutionFrame) ref.Val {
	v := d.InterpretableCall.Exec(f)
	switch x := v.(type) {
	case types.Double:
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			return types.NewUnknown(byZero, types.NewAttributeTrail("division by zero"))
		}
	case *types.Err:
		return types.NewUnknown(byZero, types.NewAttributeTrail("division by zero"))
	}
	return v
}

func (d division) Eval(a interpreter.Activation) ref.Val {
	return interpreter.EvalActivation(a, d.Exec)
}

// estimator bounds texts, whose length CEL cannot know.
type estimator struct{}

func (estimator) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}

func (estimator) EstimateSize(cost.AstNode) *cost.SizeEstimate {
	return &cost.SizeEstimate{Min: 0, Max: 200}
}
