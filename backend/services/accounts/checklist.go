package accounts

import (
	"context"
	"database/sql"
	_ "embed" // the checklist
	"errors"
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
)

//go:embed checklist.yaml
var checklistText []byte

type todo struct {
	Source string `yaml:"source"`
	Date   string `yaml:"date"`
	Groups []struct {
		Name  string `yaml:"name"`
		Title string `yaml:"title"`
		Items []struct {
			Name  string `yaml:"name"`
			Title string `yaml:"title"`
			Text  string `yaml:"text"`
			Link  string `yaml:"link"`
		} `yaml:"items"`
	} `yaml:"groups"`
}

//nolint:gochecknoglobals // read once from what is embedded
var checklist = sync.OnceValues(func() (todo, error) {
	var t todo
	if err := yaml.Unmarshal(checklistText, &t); err != nil {
		return t, fmt.Errorf("the checklist: %w", err)
	}
	seen := map[string]bool{}
	for _, g := range t.Groups {
		for _, i := range g.Items {
			if i.Name == "" || i.Title == "" || seen[i.Name] {
				return t, fmt.Errorf("the checklist: %q has no title, or is there twice", i.Name)
			}
			seen[i.Name] = true
		}
	}
	if len(seen) == 0 || t.Source == "" || t.Date == "" {
		return t, errors.New("the checklist is not whole")
	}
	return t, nil
})

// Checklist gives what a private developer has to do, with what was ticked.
func (s *Service) Checklist(ctx context.Context) (ChecklistOutput, error) {
	t, err := checklist()
	if err != nil {
		return ChecklistOutput{}, err
	}
	type tick struct {
		name string
		at   int64
	}
	all, err := collect(ctx, s.o.DB.Reader(), s.q["Ticks"], func(r *sql.Rows) (tick, error) {
		var x tick
		return x, r.Scan(&x.name, &x.at)
	})
	if err != nil {
		return ChecklistOutput{}, err
	}
	done := map[string]int64{}
	for _, x := range all {
		done[x.name] = x.at
	}
	out := ChecklistOutput{Groups: []ChecklistGroupOutput{}, Source: t.Source, Date: t.Date}
	for _, g := range t.Groups {
		group := ChecklistGroupOutput{Name: g.Name, Title: g.Title, Items: []ChecklistItemOutput{}}
		for _, i := range g.Items {
			group.Items = append(group.Items, ChecklistItemOutput{Name: i.Name, Title: i.Title, Text: i.Text, Link: i.Link, DoneAt: stampText(done[i.Name])})
			out.Total++
			if done[i.Name] != 0 {
				out.Done++
			}
		}
		out.Groups = append(out.Groups, group)
	}
	return out, nil
}

// Tick ticks an item of the checklist, or takes the tick away.
func (s *Service) Tick(ctx context.Context, name string, done bool) error {
	t, err := checklist()
	if err != nil {
		return err
	}
	for _, g := range t.Groups {
		for _, i := range g.Items {
			if i.Name != name {
				continue
			}
			return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
				if done {
					_, err := s.exec(ctx, tx, "Tick", name, s.now().UnixMilli())
					return err
				}
				_, err := s.exec(ctx, tx, "Untick", name)
				return err
			})
		}
	}
	return core.NotFound(part, "The checklist has no item "+name+".")
}
