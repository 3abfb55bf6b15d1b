package rules

import (
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// Draft is a policy as it is being written: its text, the truth, and what the builder shows of it.
type Draft struct {
	YAML     string          `json:"yaml"`
	Policy   *PolicyModel    `json:"policy"`   // null: the text is no policy at all, see Problems
	Problems []ProblemOutput `json:"problems"` // empty: it can be saved
	Warnings []string        `json:"warnings"` // "fires on none of 365 days"; it can be saved all the same
}

// ProblemOutput is what is wrong with a draft and where.
type ProblemOutput struct {
	Where   string `json:"where"` // case restock; "" for the policy
	Field   string `json:"field"` // when, title, at_stake…; "" where none is meant
	Line    int    `json:"line"`  // of the YAML text, from 1; 0: not known
	Column  int    `json:"column"`
	From    int    `json:"from"` // of the expression's text, in UTF-16 units, from 0
	To      int    `json:"to"`
	Message string `json:"message"`
}

// DraftInput gives a draft as text, or as the builder has it; with both the comments and the order of the text are kept.
type DraftInput struct {
	YAML   string       `json:"yaml"`
	Policy *PolicyModel `json:"policy"`
}

// PolicyModel is a policy as the builder shows it; every field means what it means in the YAML text.
type PolicyModel struct {
	Name         string           `json:"name"`
	Title        string           `json:"title"`
	Version      int              `json:"version"`
	Subject      string           `json:"subject"`
	Topic        string           `json:"topic"`
	Off          bool             `json:"off"`
	Stage        string           `json:"stage"`
	Priority     int              `json:"priority"`
	Description  string           `json:"description"`
	Source       string           `json:"source"`
	Date         string           `json:"date"`
	Scope        ConditionModel   `json:"scope"`
	Accepts      []string         `json:"accepts"`
	AcceptsStale []string         `json:"accepts_stale"`
	MinAge       int              `json:"min_age"`
	Unknown      string           `json:"unknown"`
	Thresholds   []ThresholdModel `json:"thresholds"`
	Clauses      []ClauseModel    `json:"clauses"`
	Cases        []CaseModel      `json:"cases"`
	Otherwise    string           `json:"otherwise"`
}

// ThresholdModel is a named figure of a draft.
type ThresholdModel struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Value   *float64 `json:"value"`
	From    string   `json:"from"`
	Unit    string   `json:"unit"`
	Meaning string   `json:"meaning"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
	Source  string   `json:"source"`
	Date    string   `json:"date"`
}

// ClauseModel is a named condition of a draft.
type ClauseModel struct {
	Name  string         `json:"name"`
	Title string         `json:"title"`
	When  ConditionModel `json:"when"`
	Words string         `json:"words"`
}

// CaseModel is a case of a draft.
type CaseModel struct {
	Name         string         `json:"name"`
	When         ConditionModel `json:"when"`
	Needed       bool           `json:"needed"`
	Hold         int            `json:"hold"`
	Keep         string         `json:"keep"`
	Cooldown     int            `json:"cooldown"`
	Severity     string         `json:"severity"`
	CriticalWhen string         `json:"critical_when"`
	InhibitedBy  []string       `json:"inhibited_by"`
	Effects      []string       `json:"effects"`
	Blocks       []string       `json:"blocks"`
	Group        string         `json:"group"`
	Title        string         `json:"title"`
	Sentence     string         `json:"sentence"`
	Do           string         `json:"do"`
	IfYouWait    string         `json:"if_you_wait"`
	Money        string         `json:"money"`
	Per          string         `json:"per"`
	Worse        string         `json:"worse"`
	Due          string         `json:"due"`
	DueFixed     bool           `json:"due_fixed"`
	ActionKind   string         `json:"action_kind"`
	ActionLabel  string         `json:"action_label"`
	Checklist    []string       `json:"checklist"`
	Link         string         `json:"link"`
	Units        string         `json:"units"`
	Target       string         `json:"target"`
}

// ConditionModel is a condition as text and as a tree. Writing takes the tree where there is one, else the text.
type ConditionModel struct {
	Text string     `json:"text"` // CEL
	Tree *Condition `json:"tree"` // null: empty, or the text has a fault
}

// Kinds of Condition.
const (
	CondAll     = "all"     // every part
	CondAny     = "any"     // at least one part
	CondNot     = "not"     // not its only part
	CondCompare = "compare" // Left Op Right
	CondFlag    = "flag"    // Left is a fact that is yes or no
	CondClause  = "clause"  // Left is the name of a clause
	CondFormula = "formula" // anything else: Left is the whole text
)

// Condition is one row of the builder, or a group of rows.
type Condition struct {
	Kind  string      `json:"kind"`
	Parts []Condition `json:"parts"` // of all, any and not; empty otherwise
	Left  string      `json:"left"`  // CEL
	Op    string      `json:"op"`    // < <= > >= == !=, in
	Right string      `json:"right"` // CEL
}

// PreviewInput asks what a draft would do now.
type PreviewInput struct {
	YAML    string `json:"yaml"`
	Subject string `json:"subject"` // whose conditions are shown live; "": the first match, near miss or subject
	AsOf    string `json:"as_of"`   // "": today
	Limit   int    `json:"limit"`   // of matches and of near misses; 0: 50
}

// PreviewOutput is what a draft would do now.
type PreviewOutput struct {
	Draft    Draft         `json:"draft"`
	AsOf     string        `json:"as_of"`
	Subjects int           `json:"subjects"`
	Matched  int           `json:"matched"`
	Near     int           `json:"near"` // false, and true if figures moved by a tenth
	Waiting  int           `json:"waiting"`
	CantTell int           `json:"cant_tell"`
	Excepted int           `json:"excepted"`
	Held     int           `json:"held"`
	Matches  []MatchOutput `json:"matches"`     // dearest first
	Misses   []MatchOutput `json:"near_misses"` // nearest first
	Live     *LiveOutput   `json:"live"`        // null: no subject
}

// MatchOutput is a subject that a draft matches, or nearly.
type MatchOutput struct {
	Subject  string         `json:"subject"`
	Label    string         `json:"label"`
	Case     string         `json:"case"`
	Title    string         `json:"title"`
	AtStake  string         `json:"at_stake"` // "€12.00 a day"; "" not known
	HeldBy   []string       `json:"held_by"`
	Distance float64        `json:"distance"` // of a near miss: the largest share a figure lacks, 0.04 is 4 %
	Lacks    []string       `json:"lacks"`    // of a near miss: "Days of cover 36.2, below 35.0 wanted"
	Existing bool           `json:"existing"` // the saved policy matches it too
	Outcome  string         `json:"outcome"`
	Values   []decision.Why `json:"values"` // facts of the deciding case, for the columns of the table
}

// LiveOutput is how each condition of a draft stands for one subject.
type LiveOutput struct {
	Subject string           `json:"subject"`
	Label   string           `json:"label"`
	Outcome string           `json:"outcome"`
	Case    string           `json:"case"`
	Summary string           `json:"summary"`
	Scope   *NodeOutput      `json:"scope"`
	Clauses []NamedNode      `json:"clauses"`
	Cases   []NamedNode      `json:"cases"`
	Facts   []FactNodeOutput `json:"facts"` // every fact and threshold that it reads
}

// NamedNode is the condition of a clause or a case.
type NamedNode struct {
	Name string      `json:"name"`
	Note string      `json:"note"` // why it did or did not decide; "" of clauses
	Node *NodeOutput `json:"node"`
}

// NodeOutput is one row of the builder with how it stands; its parts are in the order of Condition.Parts.
type NodeOutput struct {
	Result string       `json:"result"` // true, false, unknown, not_needed
	Left   string       `json:"left"`   // value of the left side, formatted with its unit; "" where there is none
	Right  string       `json:"right"`
	AsOf   string       `json:"as_of"` // oldest day of its facts
	Note   string       `json:"note"`  // why unknown
	Near   bool         `json:"near"`  // false, and true if the figures moved by a tenth
	Parts  []NodeOutput `json:"parts"`
}

// FactNodeOutput is a fact that a draft reads, of the live subject.
type FactNodeOutput struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	Value    string        `json:"value"`
	AsOf     string        `json:"as_of"`
	Source   string        `json:"source"`
	Maturity fact.Maturity `json:"maturity"`
	Note     string        `json:"note"`
}

// BacktestInput asks what a draft or a saved policy would have done.
type BacktestInput struct {
	YAML    string `json:"yaml"`    // "": the saved policy
	Policy  string `json:"policy"`  // saved; with YAML as well: what to compare with
	Against int    `json:"against"` // version of the saved policy to compare with; 0: the one in force, when YAML is given
	Days    int    `json:"days"`    // 30, 90 or 365
	AsOf    string `json:"as_of"`   // last day; "": today
}

// BacktestOutput is what a policy would have done, day by day, on what was known on each day.
type BacktestOutput struct {
	From       string          `json:"from"`
	To         string          `json:"to"`
	Days       int             `json:"days"`      // evaluated
	Skipped    int             `json:"skipped"`   // days before the first data
	Unsettled  int             `json:"unsettled"` // days at the end that rest on data that can still change
	Weeks      []WeekOutput    `json:"weeks"`     // oldest first, Monday to Sunday
	Summary    SummaryOutput   `json:"summary"`
	Before     *SummaryOutput  `json:"before"` // of the version compared with; null: none
	Only       int             `json:"only"`   // episodes of this one alone
	OnlyBefore int             `json:"only_before"`
	Both       int             `json:"both"`
	Episodes   []EpisodeOutput `json:"episodes"` // newest first, at most 200
	Overlaps   []OverlapOutput `json:"overlaps"` // with other policies, largest first
	Problems   []ProblemOutput `json:"problems"` // the draft does not run; the rest is empty
	TookMS     int             `json:"took_ms"`
}

// WeekOutput is a week of a backtest.
type WeekOutput struct {
	From      string `json:"from"`
	Episodes  int    `json:"episodes"` // begun in it
	Before    int    `json:"before"`   // of the version compared with
	Unsettled bool   `json:"unsettled"`
}

// SummaryOutput sums up a backtest.
type SummaryOutput struct {
	Episodes       int      `json:"episodes"`
	Subjects       int      `json:"subjects"`
	PerWeek        float64  `json:"per_week"`
	SecondsPerWeek float64  `json:"seconds_per_week"` // 12 for each episode
	Cleared        int      `json:"cleared"`          // ended by itself while nobody had acted
	Running        int      `json:"running"`          // not known to have ended
	Acted          int      `json:"acted"`            // you approved a decision of any policy about the subject meanwhile
	Dismissed      int      `json:"dismissed"`
	MedianDays     float64  `json:"median_days"`
	PointedAt      []string `json:"pointed_at"` // money at stake, summed per currency: "€1,204.00"
	Busiest        int      `json:"busiest"`    // most episodes begun on one day, the first one left out
	Held           int      `json:"held"`       // episodes that a guard held back on each of their days
}

// EpisodeOutput is one time that a policy fired on a subject.
type EpisodeOutput struct {
	Subject   string   `json:"subject"`
	Label     string   `json:"label"`
	Case      string   `json:"case"`
	Title     string   `json:"title"` // as it would have been said on its first day
	From      string   `json:"from"`
	To        string   `json:"to"`   // last day it fired
	Days      int      `json:"days"` // on which it fired
	AtStake   string   `json:"at_stake"`
	Running   bool     `json:"running"` // not known to have ended
	Did       string   `json:"did"`     // what you did meanwhile: "approved: …"; "" nothing
	Unsettled bool     `json:"unsettled"`
	Before    bool     `json:"before"`  // the version compared with fired then too
	Held      int      `json:"held"`    // days on which a guard held it back
	HeldBy    []string `json:"held_by"` // the guards, by title
}

// OverlapOutput is how much a policy says what another says already.
type OverlapOutput struct {
	Policy string  `json:"policy"`
	Title  string  `json:"title"`
	Share  float64 `json:"share"` // of its days on which the other fired on the same subject
}

// SweepInput asks what a draft would do for other figures of one of its thresholds.
type SweepInput struct {
	YAML      string `json:"yaml"`
	Threshold string `json:"threshold"`
	Days      int    `json:"days"`
}

// SweepOutput is a curve over the figures of a threshold.
type SweepOutput struct {
	Threshold string       `json:"threshold"`
	Unit      string       `json:"unit"`
	Points    []SweepPoint `json:"points"` // at most 25, ascending
}

// SweepPoint is what a figure of a threshold would do.
type SweepPoint struct {
	Value   float64 `json:"value"`
	Text    string  `json:"text"`
	Matches int     `json:"matches"` // now
	PerWeek float64 `json:"per_week"`
	Now     bool    `json:"now"` // the draft's own figure
}

// VocabularyOutput is what conditions about a kind of subject can be made of.
type VocabularyOutput struct {
	Subject   string          `json:"subject"`
	Facts     []WordOutput    `json:"facts"`
	Functions []WordOutput    `json:"functions"`
	Subjects  []SubjectOutput `json:"subjects"` // kinds that policies can be about
	Policies  []PolicyRef     `json:"policies"` // that can inhibit
	Effects   []EffectOutput  `json:"effects"`
	Formats   []string        `json:"formats"` // of templates
	Kinds     []string        `json:"action_kinds"`
}

// WordOutput is a name that conditions can use.
type WordOutput struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Type    string `json:"type"` // number, ratio, percent, money, count, flag, text; list of …
	Unit    string `json:"unit"`
	Meaning string `json:"meaning"`
	About   string `json:"about"` // kind of subject
	Many    bool   `json:"many"`  // values of several subjects: write lowest(…) around it
	Insert  string `json:"insert"`
}

// SubjectOutput is a kind of subject.
type SubjectOutput struct {
	Kind  string `json:"kind"`
	Title string `json:"title"` // "SKU"
}

// PolicyRef names a policy.
type PolicyRef struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Subject string   `json:"subject"`
	Cases   []string `json:"cases"`
}

// EffectOutput is what doing something can change.
type EffectOutput struct {
	Effect string `json:"effect"`
	Words  string `json:"words"`
	Grows  bool   `json:"grows"`
}

// SaveInput keeps a draft as a new version of its policy.
type SaveInput struct {
	YAML string `json:"yaml"`
	Note string `json:"note"` // why, for the list of versions
	New  bool   `json:"new"`  // refuse a name that is taken
}

// PolicyInput names a policy.
type PolicyInput struct {
	Policy string `json:"policy"`
}

// VersionInput names a version of a policy.
type VersionInput struct {
	Policy  string `json:"policy"`
	Version int    `json:"version"`
	Shipped bool   `json:"shipped"` // the shipped one, where a kept one has the same number
}

// SwitchInput switches a policy on or off.
type SwitchInput struct {
	Policy string `json:"policy"`
	On     bool   `json:"on"`
}

// VersionsOutput lists the versions of a policy, newest first.
type VersionsOutput struct {
	Policy   string          `json:"policy"`
	Versions []VersionOutput `json:"versions"`
}

// VersionOutput is one version of a policy.
type VersionOutput struct {
	Version int    `json:"version"`
	At      string `json:"at"` // RFC 3339; "" of the shipped one
	Note    string `json:"note"`
	YAML    string `json:"yaml"`
	Current bool   `json:"current"`
	Shipped bool   `json:"shipped"`
}

// ExceptionInput takes a subject out of a policy.
type ExceptionInput struct {
	Policy  string `json:"policy"`
	Case    string `json:"case"` // "": of all cases
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
	Until   string `json:"until"` // YYYY-MM-DD, the last day; "": for good
}

// ExceptionsOutput lists the exceptions of a policy.
type ExceptionsOutput struct {
	Exceptions []ExceptionOutput `json:"exceptions"`
}

// ExceptionOutput is a subject that was taken out of a policy.
type ExceptionOutput struct {
	Policy  string `json:"policy"`
	Case    string `json:"case"`
	Subject string `json:"subject"`
	Label   string `json:"label"`
	Reason  string `json:"reason"`
	Until   string `json:"until"`
	At      string `json:"at"`
}

// TextInput is policies as text: one YAML document each.
type TextInput struct {
	YAML string `json:"yaml"`
}

// TextOutput is policies as text.
type TextOutput struct {
	YAML string `json:"yaml"`
	Name string `json:"name"` // for a file: purser-rules-2026-11-25.yaml
}

// ImportOutput is what came of each policy of a text; nothing is kept unless all can be.
type ImportOutput struct {
	Kept     []PolicyRef     `json:"kept"`
	Problems []ProblemOutput `json:"problems"`
}

// TestsInput asks for the tests of a policy, or to run them on a draft.
type TestsInput struct {
	Policy string `json:"policy"`
	YAML   string `json:"yaml"`  // draft to run them on; "": the saved policy
	Tests  string `json:"tests"` // tests to run, as text; "": the saved ones
}

// TestsOutput is the tests of a policy as text, and how each ended.
type TestsOutput struct {
	Policy   string          `json:"policy"`
	Text     string          `json:"text"`
	Shipped  bool            `json:"shipped"` // the seller did not change them
	Results  []TestResult    `json:"results"`
	Problems []ProblemOutput `json:"problems"`
}

// TestResult is how one test ended.
type TestResult struct {
	Name   string   `json:"name"`
	Passed bool     `json:"passed"`
	Wrong  []string `json:"wrong"` // "case: got restock, want none"
}

// MakeTestInput makes a test of a policy from what is known about a subject on a day.
type MakeTestInput struct {
	YAML    string `json:"yaml"`
	Subject string `json:"subject"`
	AsOf    string `json:"as_of"`
	Name    string `json:"name"`
	Case    string `json:"case"` // what should have come of it: a case, or "" for nothing
}
