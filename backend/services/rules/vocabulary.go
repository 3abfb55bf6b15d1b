package rules

import (
	"context"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// subjectKinds are the kinds of subject that policies can be about.
func subjectKinds() []SubjectOutput {
	var out []SubjectOutput
	for _, k := range []fact.SubjectKind{fact.SKU, fact.Campaign, fact.SearchTerm, fact.HealthMetric, fact.Marketplace, fact.Account} {
		out = append(out, SubjectOutput{Kind: string(k), Title: kindTitle(k)})
	}
	return out
}

func kindTitle(k fact.SubjectKind) string {
	switch k {
	case fact.SKU:
		return "SKU"
	case fact.Marketplace:
		return "marketplace"
	case fact.Campaign:
		return "campaign"
	case fact.SearchTerm:
		return "search term"
	case fact.HealthMetric:
		return "health metric"
	case fact.Account:
		return "account"
	}
	return string(k)
}

// factTitle is the title of a fact; where it has none it is made from its name: "Cover days".
func factTitle(d fact.Definition) string {
	if d.Title != "" {
		return d.Title
	}
	_, name, _ := strings.Cut(d.Name, ".")
	return sentenceCase(strings.ReplaceAll(name, "_", " "))
}

// VocabularyInput names a kind of subject.
type VocabularyInput struct {
	Subject string `json:"subject"`
}

// Vocabulary lists what conditions about a kind of subject can be made of.
func (e *Engine) Vocabulary(ctx context.Context, kind fact.SubjectKind) (VocabularyOutput, error) {
	if !knownKind(kind) {
		return VocabularyOutput{}, core.Invalid("rules", "There is no kind of subject "+string(kind)+".", "Name sku, campaign, search_term, health_metric, marketplace or account.")
	}
	set, err := e.snapshot(ctx)
	if err != nil {
		return VocabularyOutput{}, err
	}
	out := VocabularyOutput{
		Subject: string(kind), Facts: e.factWords(kind), Functions: functionWords(), Subjects: subjectKinds(), Policies: []PolicyRef{},
		Effects: effectWords(), Formats: formats(), Kinds: append([]string{}, e.kinds...),
	}
	for _, x := range set.entries {
		if x.policy.Subject != kind || x.policy.Stage == StageGuard {
			continue
		}
		ref := PolicyRef{Name: x.name, Title: x.policy.Title, Subject: string(kind), Cases: []string{}}
		for _, cs := range x.policy.Cases {
			ref.Cases = append(ref.Cases, cs.Name)
		}
		out.Policies = append(out.Policies, ref)
	}
	return out, nil
}

// factWords lists the facts that a policy about a kind can see: those of the kind itself first.
func (e *Engine) factWords(kind fact.SubjectKind) []WordOutput {
	mine, others := []WordOutput{}, []WordOutput{}
	for _, d := range e.facts.Definitions() {
		w := WordOutput{
			Name: d.Name, Title: factTitle(d), Type: string(d.Type), Unit: d.Unit, Meaning: d.Meaning, About: string(d.Subject), Insert: d.Name,
		}
		switch e.reach(kind, d.Subject) {
		case own:
			mine = append(mine, w)
		case wider:
			others = append(others, w)
		case many:
			w.Many, w.Type, w.Insert = true, "list of "+w.Type, "lowest("+d.Name+")"
			switch d.Type {
			case fact.Flag:
				w.Insert = "any(" + d.Name + ")"
			case fact.Text:
				w.Insert = d.Name
			case fact.Number, fact.Ratio, fact.Percent, fact.Money, fact.Count:
			}
			others = append(others, w)
		case unseen:
		}
	}
	byName := func(a, b WordOutput) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(mine, byName)
	slices.SortFunc(others, byName)
	return append(mine, others...)
}

// functionWords lists what can be written around facts, and the names of the subject itself.
func functionWords() []WordOutput {
	number := func(name, title, meaning, insert string) WordOutput {
		return WordOutput{Name: name, Title: title, Type: string(fact.Number), Meaning: meaning, Insert: insert}
	}
	flag := func(name, title, meaning, insert string) WordOutput {
		return WordOutput{Name: name, Title: title, Type: string(fact.Flag), Meaning: meaning, Insert: insert}
	}
	text := func(name, title, meaning string) WordOutput {
		return WordOutput{Name: name, Title: title, Type: string(fact.Text), Meaning: meaning, Insert: name}
	}
	return []WordOutput{
		number("abs", "Size", "A number without its sign.", "abs()"),
		number("double", "With decimals", "A whole number as one with decimals, so that it can be reckoned with others.", "double()"),
		number("int", "Whole number", "A number without its decimals.", "int()"),
		number("lowest", "Lowest", "The lowest of the values of several subjects.", "lowest()"),
		number("highest", "Highest", "The highest of the values of several subjects.", "highest()"),
		number("total", "Total", "The sum of the values of several subjects; only of what adds up.", "total()"),
		number("size", "How many", "How many values there are, or how many letters a text has.", "size()"),
		flag("any", "Any", "At least one of several subjects has it.", "any()"),
		flag("every", "Every", "All of several subjects have it.", "every()"),
		flag("exists", "Any that", "At least one of several values meets a condition.", "exists(x, x > 0.0)"),
		flag("all", "All that", "Every one of several values meets a condition.", "all(x, x > 0.0)"),
		flag("contains", "Contains", "A text has another in it.", "contains('')"),
		flag("startsWith", "Begins with", "A text begins with another.", "startsWith('')"),
		flag("endsWith", "Ends with", "A text ends with another.", "endsWith('')"),
		flag("matches", "Matches", "A text matches a pattern (RE2).", "matches('')"),
		text(subjectName, "Name", "The subject's own name, such as the SKU."),
		text(subjectLabel, "Label", "The subject as you know it."),
		text(subjectMarketplace, "Marketplace", "The code of its marketplace, such as DE."),
		text(subjectParent, "Parent", "The campaign of a search term; empty for others."),
	}
}

func functionNames() []string {
	var out []string
	for _, w := range functionWords() {
		out = append(out, w.Name)
	}
	return out
}

// effectWords lists the effects that cases can name, in an order that does not change.
func effectWords() []EffectOutput {
	out := []EffectOutput{{Effect: string(Growth), Words: Growth.words(), Grows: true}}
	for _, lever := range []string{"bids", "budget", "launch", "order", "stock", "price", "listing"} {
		for _, direction := range []string{"up", "down"} {
			e := Effect(lever + "." + direction)
			out = append(out, EffectOutput{Effect: string(e), Words: e.words(), Grows: e.grows()})
		}
	}
	return out
}
