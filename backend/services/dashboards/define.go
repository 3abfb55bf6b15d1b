package dashboards

import (
	"context"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Define says what a shown number is, how it came about and what it rests on.
func (s *Service) Define(ctx context.Context, in ReferenceInput) (DefinitionOutput, error) {
	out := DefinitionOutput{Values: []ValueOutput{}, Sources: []SourceOutput{}, Parts: []PartOutput{}}
	d, ok := s.number(in.Name)
	if !ok {
		return out, core.NotFound("dashboards", "There is no number named "+in.Name+".")
	}
	v, err := s.view(ctx, in.View)
	if err != nil {
		return out, err
	}
	if in.Subject == "" && len(v.markets) == 1 && !v.narrowed() {
		in.Subject = v.markets[0].Code
	}
	out.Name, out.Title, out.Subject, out.Unit = d.base, d.title(), in.Subject, d.def.Unit
	out.Meaning, out.Formula = d.def.Meaning, d.def.Formula
	out.Label = s.labelOf(in.Subject, v)
	if out.Sources, err = s.sourcesOf(ctx, d); err != nil {
		return out, err
	}
	if d.measure != nil {
		out.From, out.To = v.period.From.String(), v.period.To.String()
		return out, s.defineMeasure(ctx, &out, d, in, v)
	}
	return out, s.defineFact(ctx, &out, d, in, v)
}

// number finds a fact or measure; of a column made of a measure, such as its change, the measure.
func (s *Service) number(name string) (decl, bool) {
	if d, ok := s.find(name); !ok || d.suffix == "" {
		return d, ok
	}
	base, _, _ := strings.Cut(name, "~")
	return s.find(base)
}

func (s *Service) labelOf(subject string, v view) string {
	if subject == "" {
		if v.all {
			return "Account"
		}
		return codesOf(v)
	}
	if subject == "account" {
		return "Account"
	}
	label, detail := s.names(kindOf(subject), subject)
	if detail != "" {
		return label + ", " + detail
	}
	return label
}

// kindOf guesses the kind of a subject from its form; only SKUs and marketplaces are told apart from the rest.
func kindOf(subject string) fact.SubjectKind {
	if _, rest := fact.SplitID(subject); rest == "" {
		return fact.Marketplace
	}
	return fact.SKU
}

// sourcesOf lists the kinds of document behind a name, with how fresh they are.
func (s *Service) sourcesOf(ctx context.Context, d decl) ([]SourceOutput, error) {
	names := slices.Clone(d.def.Sources)
	if d.measure != nil {
		for _, b := range s.bases(d.base, nil) {
			for _, k := range s.measures[b].Sources {
				if !slices.Contains(names, k) {
					names = append(names, k)
				}
			}
		}
	}
	kinds, err := s.o.Account.Kinds(ctx)
	out := []SourceOutput{}
	for _, n := range names {
		src := SourceOutput{Kind: n, Title: s.kindTitle(n), State: string(fact.Fresh)}
		for _, k := range kinds {
			if k.Name == n {
				src.AsOf, src.State = k.AsOf, string(k.State)
			}
		}
		out = append(out, src)
	}
	return out, err
}

func (s *Service) defineMeasure(ctx context.Context, out *DefinitionOutput, d decl, in ReferenceInput, v view) error {
	kind := s.kindFor(ctx, in.Subject, v, d)
	u, err := s.universe(ctx, moduleOf(d.base), kind, v)
	if err != nil {
		return err
	}
	rows := u.pick(v, kind, "", in.Subject)
	names := append([]string{d.base}, partNames(*d.measure)...)
	e := s.evaluator(u, kind, v.period, v)
	e.load(ctx, names)
	out.Values = s.shown(d.def.Type, d.def.Unit, e.sums(d.base, rows))
	if len(out.Values) == 0 {
		out.Values = append(out.Values, s.show(d.def.Type, d.def.Unit, unknown("nothing is known of it")))
	}
	for _, t := range d.measure.Terms {
		sign := "+"
		if t.Sign < 0 {
			sign = "−"
		}
		out.Parts = append(out.Parts, s.part(e, t.Name, sign, in.Subject, rows, v))
	}
	if d.measure.Num != "" {
		out.Parts = append(out.Parts, s.part(e, d.measure.Num, "", in.Subject, rows, v), s.part(e, d.measure.Den, "÷", in.Subject, rows, v))
	}
	if d.measure.Base() {
		out.HasRows = in.Subject != ""
		if in.Subject == "" {
			s.byMarket(out, e, d, rows, v)
		}
	}
	return nil
}

// kindFor is the kind of subject that a reference speaks of.
func (s *Service) kindFor(ctx context.Context, subject string, v view, d decl) fact.SubjectKind {
	if subject == "" {
		if v.narrowed() {
			return fact.SKU
		}
		return fact.Marketplace
	}
	if k := kindOf(subject); k == fact.Marketplace {
		return k
	}
	if it, ok := s.o.Account.Item(ctx, subject); ok && it.SKU != "" {
		return fact.SKU
	}
	for _, k := range []fact.SubjectKind{fact.SearchTerm, fact.Campaign} {
		if s.has(d, k) && s.known(ctx, k, d, subject, v) {
			return k
		}
	}
	return fact.SKU
}

// kindOfAll is the kind of subject that measures are asked of for a subject; of the whole scope for none.
func (s *Service) kindOfAll(ctx context.Context, subject string, v view, names []string) fact.SubjectKind {
	var d decl
	for _, n := range names {
		if found, ok := s.find(n); ok {
			d = found
			break
		}
	}
	if d.measure == nil {
		d.measure = &fact.Measure{}
	}
	return s.kindFor(ctx, subject, v, d)
}

// known says whether a measure speaks of the subject as one of the kind.
func (s *Service) known(ctx context.Context, k fact.SubjectKind, d decl, subject string, v view) bool {
	u, err := s.universe(ctx, moduleOf(d.base), k, v)
	if err != nil {
		return false
	}
	_, ok := slices.BinarySearch(u.ids, subject)
	return ok
}

func partNames(m fact.Measure) []string {
	var out []string
	for _, t := range m.Terms {
		out = append(out, t.Name)
	}
	if m.Num != "" {
		out = append(out, m.Num, m.Den)
	}
	return out
}

func (s *Service) part(e *evaluator, name, sign, subject string, rows []int, v view) PartOutput {
	m := s.measures[name]
	return PartOutput{
		Name: name, Title: decl{def: m.Definition}.title(), Subject: subject, Label: s.labelOf(subject, v), Sign: sign,
		Value: s.joined(m.Type, m.Unit, e.sums(name, rows)),
	}
}

// byMarket splits the total of a scope by marketplace.
func (s *Service) byMarket(out *DefinitionOutput, e *evaluator, d decl, rows []int, v view) {
	for _, m := range v.markets {
		var of []int
		for _, i := range rows {
			if e.u.codes[e.u.market[i]] == m.Code {
				of = append(of, i)
			}
		}
		out.Parts = append(out.Parts, PartOutput{
			Name: d.base, Title: d.title(), Subject: m.Code, Label: m.Code, Sign: "+", Value: s.joined(d.def.Type, d.def.Unit, e.sums(d.base, of)),
		})
	}
}

func (s *Service) defineFact(ctx context.Context, out *DefinitionOutput, d decl, in ReferenceInput, v view) error {
	if in.Subject == "" {
		return s.defineTotal(ctx, out, d, v)
	}
	x, err := s.factOf(ctx, d, in.Subject, v)
	if err != nil {
		return err
	}
	out.Values = append(out.Values, s.showFact(d.def.Type, d.def.Unit, x))
	for _, name := range d.def.Parts {
		p, ok := s.find(name)
		if !ok {
			continue
		}
		part, err := s.partOf(ctx, p, in.Subject, v)
		if err != nil {
			return err
		}
		out.Parts = append(out.Parts, part)
	}
	out.HasRows = len(d.def.Parts) == 0
	return nil
}

// defineTotal splits a fact of marketplaces by marketplace.
func (s *Service) defineTotal(ctx context.Context, out *DefinitionOutput, d decl, v view) error {
	cols, err := s.o.Modules.Columns(ctx, fact.Query{AsOf: v.asOf, Names: []string{d.base}})
	if err != nil {
		return err
	}
	values := map[string]fact.Value{}
	if len(cols) > 0 {
		values = cols[0].Values
	}
	if d.def.Type == fact.Count || d.def.Type == fact.Money {
		for _, x := range s.sumFact(d, values, v) {
			out.Values = append(out.Values, s.show(d.def.Type, d.def.Unit, x))
		}
	} else {
		_, x := s.worstOf(d, values, v)
		out.Values = append(out.Values, s.showFact(d.def.Type, d.def.Unit, x))
	}
	for _, m := range v.markets {
		x := ofFact(d.def.Type, values[m.Code]).in(v.into)
		out.Parts = append(out.Parts, PartOutput{Name: d.base, Title: d.title(), Subject: m.Code, Label: m.Code, Value: s.show(d.def.Type, d.def.Unit, x)})
	}
	return nil
}

func (s *Service) factOf(ctx context.Context, d decl, subject string, v view) (figure, error) {
	cols, err := s.o.Modules.Columns(ctx, fact.Query{AsOf: v.asOf, Names: []string{d.base}, Subject: subject})
	if err != nil {
		return figure{}, err
	}
	if len(cols) == 0 {
		return unknown(s.untold(d)), nil
	}
	return ofFact(d.def.Type, cols[0].Values[subject]).or(s.untold(d)).in(v.into), nil
}

// untold says why a fact is not known where its module says nothing of the subject.
func (s *Service) untold(d decl) string {
	if why := s.o.Modules.Reason(d.base); why != "" {
		return why
	}
	var titles []string
	for _, k := range d.def.Sources {
		titles = append(titles, s.kindTitle(k))
	}
	if len(titles) == 0 {
		return "nothing is known of it"
	}
	return "not told by " + strings.Join(titles, ", ")
}

// partOf is a number that a fact is made of: of the same subject, or of its marketplace. What is of many
// subjects is named without a value.
func (s *Service) partOf(ctx context.Context, p decl, subject string, v view) (PartOutput, error) {
	out := PartOutput{Name: p.base, Title: p.title(), Subject: subject}
	kind := kindOf(subject)
	switch {
	case p.measure != nil:
		d := DefinitionOutput{Values: []ValueOutput{}, Parts: []PartOutput{}}
		if err := s.defineMeasure(ctx, &d, p, ReferenceInput{Name: p.base, Subject: subject}, v); err != nil {
			return out, err
		}
		if len(d.Values) > 0 {
			out.Value = d.Values[0]
		}
	case kind != fact.Marketplace && p.def.Subject == fact.Marketplace:
		out.Subject, _ = fact.SplitID(subject)
		fallthrough
	case kind != fact.Marketplace || p.def.Subject == fact.Marketplace:
		x, err := s.factOf(ctx, p, out.Subject, v)
		if err != nil {
			return out, err
		}
		out.Value = s.showFact(p.def.Type, p.def.Unit, x)
	default:
		out.Subject = ""
		out.Value = ValueOutput{Text: "one a row", Maturity: string(fact.Fresh)}
	}
	out.Label = s.labelOf(out.Subject, v)
	return out, nil
}

// Rows answers the rows of documents behind a number.
func (s *Service) Rows(ctx context.Context, in RowsInput) (RowsOutput, error) {
	out := RowsOutput{Columns: []ColumnOutput{}, Rows: []TableRowOutput{}, Files: []FileOutput{}}
	d, ok := s.number(in.Reference.Name)
	if !ok {
		return out, core.NotFound("dashboards", "There is no number named "+in.Reference.Name+".")
	}
	v, err := s.view(ctx, in.Reference.View)
	if err != nil {
		return out, err
	}
	d, subject, err := s.leaf(ctx, d, in.Reference.Subject, v)
	if err != nil {
		return out, err
	}
	q := fact.RowsQuery{Name: d.base, Subject: subject, Period: v.period, AsOf: v.asOf, Offset: max(in.Offset, 0), Limit: clampLimit(in.Limit)}
	rows, err := s.o.Modules.Rows(ctx, q)
	if err != nil {
		return out, err
	}
	out.Title, out.How, out.Total = d.title()+", "+s.labelOf(subject, v), rows.How, rows.Total
	rows.Rows = rows.Rows[:min(len(rows.Rows), rowsFor(len(rows.Columns)))]
	out.Columns, out.Rows = listColumns(rows.Columns), s.rowsOutput(rows, q.Offset)
	ids := []int64{}
	for _, r := range rows.Rows {
		if r.Document != 0 && !slices.Contains(ids, r.Document) {
			ids = append(ids, r.Document)
		}
	}
	files, err := s.o.Account.Files(ctx, ids)
	for _, id := range ids {
		out.Files = append(out.Files, FileOutput{id, files[id].Name, files[id].Kind})
	}
	return out, err
}

// deepest bounds the way from a number down to its rows.
const deepest = 8

// leaf goes down from a number to one that rests on rows, each time to the first of what it is made of.
func (s *Service) leaf(ctx context.Context, d decl, subject string, v view) (decl, string, error) {
	for range deepest {
		if subject == "" && d.def.Subject != fact.Account && len(v.markets) > 0 {
			subject = s.firstKnown(ctx, d, v)
		}
		var parts []string
		if d.measure != nil {
			parts = partNames(*d.measure)
		} else {
			parts = d.def.Parts
		}
		if len(parts) == 0 {
			return d, subject, nil
		}
		next, ok := s.find(parts[0])
		if !ok {
			break
		}
		if next.measure == nil && next.def.Subject == fact.Marketplace {
			subject, _ = fact.SplitID(subject)
		}
		d = next
	}
	return d, subject, core.NotFound("dashboards", "No rows can be listed for "+d.title()+".")
}

// firstKnown is the first marketplace in scope for which the number is known, else the first.
func (s *Service) firstKnown(ctx context.Context, d decl, v view) string {
	for _, m := range v.markets {
		if d.measure != nil {
			var out DefinitionOutput
			if err := s.defineMeasure(ctx, &out, d, ReferenceInput{Name: d.base, Subject: m.Code}, v); err == nil && len(out.Values) > 0 && out.Values[0].Text != "?" {
				return m.Code
			}
			continue
		}
		if x, err := s.factOf(ctx, d, m.Code, v); err == nil && x.known {
			return m.Code
		}
	}
	return v.markets[0].Code
}
