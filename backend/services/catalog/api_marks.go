package catalog

import (
	"cmp"
	"slices"
)

// SetMarksInput changes the tags and the product group of SKUs.
type SetMarksInput struct {
	Subjects   []string `json:"subjects"` // "US/SKU-104"; at most 10,000
	AddTags    []string `json:"add_tags"`
	RemoveTags []string `json:"remove_tags"`
	SetGroup   bool     `json:"set_group"` // whether Group counts
	Group      string   `json:"group"`     // "": in no group
}

// MarksOutput is the marks of one SKU.
type MarksOutput struct {
	Subject string   `json:"subject"`
	Tags    []string `json:"tags"`
	Group   string   `json:"group"`
}

// SetMarksOutput holds the marks as they were before, for RestoreMarks.
type SetMarksOutput struct {
	Before []MarksOutput `json:"before"`
}

// SetMarks changes tags and groups, all or none.
func (a *API) SetMarks(in SetMarksInput) (SetMarksOutput, error) {
	at, err := a.ready()
	if err != nil {
		return SetMarksOutput{Before: []MarksOutput{}}, err
	}
	var group *string
	if in.SetGroup {
		group = &in.Group
	}
	before, err := at.s.SetMarks(at.ctx, in.Subjects, in.AddTags, in.RemoveTags, group)
	return SetMarksOutput{Before: marksOutput(before)}, err
}

// RestoreMarksInput is the Before of an earlier answer.
type RestoreMarksInput struct {
	Marks []MarksOutput `json:"marks"`
}

// RestoreMarks undoes SetMarks, and answers what it undid.
func (a *API) RestoreMarks(in RestoreMarksInput) (SetMarksOutput, error) {
	at, err := a.ready()
	if err != nil {
		return SetMarksOutput{Before: []MarksOutput{}}, err
	}
	marks := make(map[string]Marks, len(in.Marks))
	for _, m := range in.Marks {
		marks[m.Subject] = Marks{m.Tags, m.Group}
	}
	before, err := at.s.RestoreMarks(at.ctx, marks)
	return SetMarksOutput{Before: marksOutput(before)}, err
}

// MarksInUseOutput lists what SKUs can be marked with or narrowed down to.
type MarksInUseOutput struct {
	Tags   []string `json:"tags"`
	Groups []string `json:"groups"`
}

// MarksInUse lists the tags and groups that some SKU has, in alphabetical order.
func (a *API) MarksInUse() (MarksInUseOutput, error) {
	out := MarksInUseOutput{Tags: []string{}, Groups: []string{}}
	at, err := a.ready()
	if err != nil {
		return out, err
	}
	c, err := at.s.current(at.ctx)
	if err != nil {
		return out, err
	}
	s := spellingOf(c.marks)
	out.Tags, out.Groups = sorted(s.tags), sorted(s.groups)
	return out, nil
}

// sorted gives names in the order of their folded forms.
func sorted(byFolded map[string]string) []string {
	out := make([]string, 0, len(byFolded))
	for _, n := range byFolded {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Compare(folded(a), folded(b)) })
	return out
}

func marksOutput(marks map[string]Marks) []MarksOutput {
	out := make([]MarksOutput, 0, len(marks))
	for subject, m := range marks {
		out = append(out, MarksOutput{subject, append([]string{}, m.Tags...), m.Group})
	}
	slices.SortFunc(out, func(a, b MarksOutput) int { return cmp.Compare(a.Subject, b.Subject) })
	return out
}
