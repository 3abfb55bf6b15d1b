package catalog

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// Limits of marks.
const (
	maxMark   = 40     // characters of a tag or a group
	maxMarked = 10_000 // SKUs at once
)

// Marks is what the seller sorts a SKU by.
type Marks struct {
	Tags  []string // in alphabetical order, never nil
	Group string   // product group; "": none
}

// Marks gives the marks of every SKU that has any, by subject id ("US/SKU-104").
func (s *Service) Marks(ctx context.Context) (map[string]Marks, error) {
	c, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	return maps.Clone(c.marks), nil
}

// SetMarks adds and removes tags of subjects and, if group is not nil, sets their product group
// ("" takes them out of any). It answers the marks that the subjects had before, one entry for
// each, which RestoreMarks takes back. All or none is stored; at most 10,000 subjects at a time.
// A tag or group that is in use keeps its spelling. A subject that no report names is taken too.
func (s *Service) SetMarks(ctx context.Context, subjects, addTags, removeTags []string, group *string) (map[string]Marks, error) {
	add, err := names("tag", addTags)
	if err != nil {
		return nil, err
	}
	remove := map[string]bool{}
	for _, t := range removeTags {
		remove[folded(tidy(t))] = true
	}
	var to string
	if group != nil && tidy(*group) != "" {
		list, err := names("group", []string{*group})
		if err != nil {
			return nil, err
		}
		to = list[0]
	}
	return s.mark(ctx, subjects, func(_ string, have Marks, spell spelling) Marks {
		next := Marks{Tags: slices.DeleteFunc(slices.Clone(have.Tags), func(t string) bool { return remove[folded(t)] }), Group: have.Group}
		for _, t := range add {
			if !slices.ContainsFunc(next.Tags, func(h string) bool { return folded(h) == folded(t) }) {
				next.Tags = append(next.Tags, spell.tag(t))
			}
		}
		if group != nil {
			next.Group = spell.group(to)
		}
		return next
	})
}

// RestoreMarks sets the marks of subjects to exactly these, and answers what they were before.
func (s *Service) RestoreMarks(ctx context.Context, marks map[string]Marks) (map[string]Marks, error) {
	to := make(map[string]Marks, len(marks))
	for subject, m := range marks {
		tags, err := names("tag", m.Tags)
		if err != nil {
			return nil, err
		}
		if m.Group = tidy(m.Group); m.Group != "" {
			if _, err := names("group", []string{m.Group}); err != nil {
				return nil, err
			}
		}
		to[subject] = Marks{tags, m.Group}
	}
	return s.mark(ctx, slices.Collect(maps.Keys(to)), func(subject string, _ Marks, _ spelling) Marks { return to[subject] })
}

// mark changes the marks of subjects in one transaction.
func (s *Service) mark(ctx context.Context, subjects []string, change func(subject string, have Marks, spell spelling) Marks) (map[string]Marks, error) {
	if len(subjects) > maxMarked {
		return nil, core.Invalid("catalog", fmt.Sprintf("%d SKUs are too many at once.", len(subjects)), fmt.Sprintf("Mark at most %d at a time.", maxMarked))
	}
	for _, subject := range subjects {
		mkt, sku := fact.SplitID(subject)
		if _, ok := core.MarketplaceByCode(mkt); !ok || sku == "" {
			return nil, core.Invalid("catalog", "“"+subject+"” is no SKU of a marketplace.", "Name a SKU with its marketplace, such as US/SKU-104.")
		}
	}
	before := make(map[string]Marks, len(subjects))
	err := s.ledger.Write(ctx, func(tx *sql.Tx) error {
		all, err := readMarks(ctx, tx, s.lq)
		if err != nil {
			return err
		}
		spell := spellingOf(all)
		after := make(map[string]Marks, len(subjects))
		for _, subject := range subjects {
			have, ok := all[subject]
			if !ok {
				have.Tags = []string{}
			}
			before[subject], after[subject] = have, change(subject, have, spell)
		}
		return s.writeMarks(ctx, tx, after)
	})
	if err != nil {
		return nil, fmt.Errorf("store marks: %w", err)
	}
	return before, nil
}

// markRow is a tag or a group of one SKU.
type markRow struct{ mkt, sku, folded, text string }

func (s *Service) writeMarks(ctx context.Context, tx *sql.Tx, marks map[string]Marks) error {
	var skus, tags, groups []markRow
	for subject, m := range marks {
		mkt, sku := fact.SplitID(subject)
		skus = append(skus, markRow{mkt: mkt, sku: sku})
		for _, t := range m.Tags {
			tags = append(tags, markRow{mkt, sku, folded(t), t})
		}
		if m.Group != "" {
			groups = append(groups, markRow{mkt, sku, m.Group, ""})
		}
	}
	value := func(r *markRow, col int) any { return [...]any{r.mkt, r.sku, r.folded, r.text}[col] }
	for _, step := range []struct {
		query string
		rows  []markRow
	}{{"DropTags", skus}, {"DropGroups", skus}, {"AddTags", tags}, {"AddGroups", groups}} {
		if _, err := sqlite.Bulk(ctx, tx, s.lq[step.query], sqlite.RowsOf(step.rows, value)); err != nil {
			return err
		}
	}
	return s.bump(ctx, tx)
}

// querier is a reader or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func readMarks(ctx context.Context, db querier, q sqlite.Queries) (map[string]Marks, error) {
	rows, err := db.QueryContext(ctx, q["ListMarks"])
	if err != nil {
		return nil, fmt.Errorf("read marks: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]Marks{}
	for rows.Next() {
		var mkt, sku, text, rank string
		var group bool
		if err := rows.Scan(&mkt, &sku, &group, &text, &rank); err != nil {
			return nil, fmt.Errorf("read marks: %w", err)
		}
		subject := fact.SubjectID(mkt, sku)
		m, ok := out[subject]
		if !ok {
			m.Tags = []string{}
		}
		if group {
			m.Group = text
		} else {
			m.Tags = append(m.Tags, text)
		}
		out[subject] = m
	}
	return out, rows.Err()
}

// spelling is how tags and groups in use are written, by their folded form.
type spelling struct{ tags, groups map[string]string }

func spellingOf(all map[string]Marks) spelling {
	s := spelling{map[string]string{}, map[string]string{}}
	for _, m := range all {
		for _, t := range m.Tags {
			s.tags[folded(t)] = t
		}
		if m.Group != "" {
			s.groups[folded(m.Group)] = m.Group
		}
	}
	return s
}

func (s spelling) tag(t string) string { return spelt(s.tags, t) }

func (s spelling) group(g string) string { return spelt(s.groups, g) }

func spelt(known map[string]string, t string) string {
	if k, ok := known[folded(t)]; ok {
		return k
	}
	return t
}

// folded is a name without regard to case, in any script.
func folded(s string) string { return cases.Fold().String(s) }

// tidy puts a name on one line without spaces at its ends.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// names checks tags or groups as they are typed; the same name twice is one.
func names(what string, list []string) ([]string, error) {
	out := []string{}
	for _, raw := range list {
		n := tidy(raw)
		switch {
		case n == "":
			return nil, core.Invalid("catalog", "A "+what+" without a name was not taken.", "Give it a name.")
		case utf8.RuneCountInString(n) > maxMark:
			return nil, core.Invalid("catalog", fmt.Sprintf("The %s “%s” is longer than %d characters.", what, n, maxMark), "Give it a shorter name.")
		case strings.Contains(n, ","):
			return nil, core.Invalid("catalog", "The "+what+" “"+n+"” has a comma in it.", "Leave the comma out; several names are several "+what+"s.")
		}
		if !slices.ContainsFunc(out, func(o string) bool { return folded(o) == folded(n) }) {
			out = append(out, n)
		}
	}
	return out, nil
}
