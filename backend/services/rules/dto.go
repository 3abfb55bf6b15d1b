package rules

import "purser/backend/core/decision"

// PoliciesOutput lists the policies, those that do not run included.
type PoliciesOutput struct {
	AsOf     string         `json:"as_of"` // of the last evaluation; "" before the first
	Policies []PolicyOutput `json:"policies"`
}

// PolicyOutput is a policy with what came of its last evaluation.
type PolicyOutput struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Subject     string            `json:"subject"`
	Version     int               `json:"version"`
	Description string            `json:"description"`
	Source      string            `json:"source"`
	Date        string            `json:"date"`
	Scope       string            `json:"scope"`
	Otherwise   string            `json:"otherwise"`
	Topic       string            `json:"topic"`
	Off         bool              `json:"off"`     // it is not evaluated
	Own         bool              `json:"own"`     // the seller wrote it
	Changed     bool              `json:"changed"` // it differs from the shipped one; own ones always do
	Guard       bool              `json:"guard"`   // it holds back others instead of proposing
	Stage       string            `json:"stage"`   // guard or propose
	Priority    int               `json:"priority"`
	Effects     []string          `json:"effects"` // what it would change; of a guard: what it holds back
	Health      string            `json:"health"`  // ok or err
	LastError   string            `json:"last_error"`
	Subjects    int               `json:"subjects"`
	Matches     int               `json:"matches"`
	CantTell    int               `json:"cant_tell"`
	Inhibited   int               `json:"inhibited"`
	Held        int               `json:"held"`     // matches that a guard holds back
	Waiting     int               `json:"waiting"`  // conditions that hold, but not for long enough yet
	Excepted    int               `json:"excepted"` // subjects that the seller took out
	Unknown     []ReasonOutput    `json:"unknown"`
	Clauses     []ClauseOutput    `json:"clauses"`
	Cases       []CaseOutput      `json:"cases"`
	Thresholds  []ThresholdOutput `json:"thresholds"`
}

// ReasonOutput says for how many subjects a reason kept something unknown.
type ReasonOutput struct {
	Reason   string `json:"reason"`
	Subjects int    `json:"subjects"`
}

// ClauseOutput is a named condition.
type ClauseOutput struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	When  string `json:"when"`
}

// CaseOutput is a case of a policy.
type CaseOutput struct {
	Name        string   `json:"name"`
	When        string   `json:"when"`
	Needed      bool     `json:"needed"`
	Severity    string   `json:"severity"`
	InhibitedBy []string `json:"inhibited_by"`
	Title       string   `json:"title"` // template
	Action      string   `json:"action"`
}

// ThresholdOutput is a named figure. Value and Default are null where a fact gives them.
type ThresholdOutput struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Value   *float64 `json:"value"`
	Default *float64 `json:"default"`
	From    string   `json:"from"`
	Unit    string   `json:"unit"`
	Text    string   `json:"text"` // the value for people: "20.0 %"; the fact's name where that gives it
	Meaning string   `json:"meaning"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
	Source  string   `json:"source"`
	Date    string   `json:"date"`
	Changed bool     `json:"changed"`
}

// SetThresholdInput changes a threshold.
type SetThresholdInput struct {
	Policy string `json:"policy"`
	Name   string `json:"name"`
	Value  Figure `json:"value"`
}

// ThresholdInput names a threshold.
type ThresholdInput struct {
	Policy string `json:"policy"`
	Name   string `json:"name"`
}

// ExplainInput asks how policies judged a subject.
type ExplainInput struct {
	Subject string `json:"subject"` // "DE/SKU-104", or "SKU-104" for all marketplaces
	Policy  string `json:"policy"`  // empty: all
	AsOf    string `json:"as_of"`   // YYYY-MM-DD; empty: today
}

// ExplainOutput is one explanation for each policy and subject that was meant.
type ExplainOutput struct {
	Explanations []ExplanationOutput `json:"explanations"`
}

// ExplanationOutput is how one policy judged one subject.
type ExplanationOutput struct {
	Policy      string            `json:"policy"`
	Title       string            `json:"title"`
	Version     int               `json:"version"`
	SubjectKind string            `json:"subject_kind"`
	Subject     string            `json:"subject"`
	Label       string            `json:"label"`
	AsOf        string            `json:"as_of"`
	Outcome     string            `json:"outcome"` // decided, continue, cant_tell, out_of_scope
	Case        string            `json:"case"`
	Summary     string            `json:"summary"`
	Scope       *CaseTraceOutput  `json:"scope"` // null: the policy is about every subject of its kind
	Cases       []CaseTraceOutput `json:"cases"`
	PassedOver  []string          `json:"passed_over"` // "reviews missing"
	Sentence    string            `json:"sentence"`    // of the proposal; "" unless decided
	Do          string            `json:"do"`
	Waiting     []string          `json:"waiting"` // "restock holds for 1 of 2 days"
	Guard       bool              `json:"guard"`   // it holds back others instead of proposing
	Effects     []string          `json:"effects"` // of a guard that decided: what it blocks, in words
	HeldBy      []HeldByOutput    `json:"held_by"` // guards that hold the proposal back
}

// HeldByOutput is a guard that holds a proposal back, and what it found.
type HeldByOutput struct {
	Policy string `json:"policy"`
	Title  string `json:"title"`
	Why    string `json:"why"`
}

// CaseTraceOutput is one case of an explanation.
type CaseTraceOutput struct {
	Case   string         `json:"case"`
	When   string         `json:"when"`
	Needed bool           `json:"needed"`
	Result string         `json:"result"`
	Note   string         `json:"note"`
	Why    []decision.Why `json:"why"`
}
