package actions

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions/internal/guard"
)

// shipped are the limits that one executor comes with.
type shipped struct {
	Source string `yaml:"source"`
	Date   string `yaml:"date"`
	Limits []struct {
		Name  string  `yaml:"name"`
		Value float64 `yaml:"value"`
	} `yaml:"limits"`
}

// shippedBy reads what an executor comes with.
func shippedBy(e action.Executor) (out shipped, err error) {
	with, ok := e.(action.Limited)
	if !ok {
		return out, nil
	}
	k := e.Kind()
	if len(with.Limits()) == 0 {
		return out, nil
	}
	d := yaml.NewDecoder(bytes.NewReader(with.Limits()))
	d.KnownFields(true)
	if err := d.Decode(&out); err != nil {
		return out, fmt.Errorf("limits of %s: %w", k.Name, err)
	}
	if _, err := time.Parse(time.DateOnly, out.Date); err != nil || out.Source == "" {
		return out, fmt.Errorf("limits of %s do not say where they are from and since when", k.Name)
	}
	for _, l := range out.Limits {
		if !named(k, l.Name) || !(l.Value > 0) || math.IsInf(l.Value, 1) {
			return out, fmt.Errorf("limits of %s: %s of %g is no limit that it has", k.Name, l.Name, l.Value)
		}
	}
	return out, nil
}

type setLimit struct {
	Kind, Name string
	Value      sql.NullFloat64
}

// limits gives what holds now, by kind: as shipped, over it what the seller set.
func (s *Service) limits(ctx context.Context) (map[string]guard.Limits, error) {
	out := map[string]guard.Limits{}
	put := func(kind, name string, v float64) {
		if out[kind] == nil {
			out[kind] = guard.Limits{}
		}
		out[kind][name] = v
	}
	for kind, base := range s.shipped {
		for _, l := range base.Limits {
			put(kind, l.Name, l.Value)
		}
	}
	set, err := s.setLimits(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range set {
		if l.Value.Valid {
			put(l.Kind, l.Name, l.Value.Float64)
			continue
		}
		delete(out[l.Kind], l.Name)
	}
	return out, nil
}

func (s *Service) setLimits(ctx context.Context) ([]setLimit, error) {
	return collect(ctx, s.o.DB.Reader(), s.q["Limits"], func(sc scanner) (setLimit, error) {
		var l setLimit
		return l, sc.Scan(&l.Kind, &l.Name, &l.Value)
	})
}

// Limit is one figure as the settings show it.
type Limit struct {
	Kind, Name, Words string
	Value             float64 // 0: none is set, and nothing of the kind is done
	Shipped           float64 // 0: none is shipped
	Source            string  // of the shipped one, with its date
}

// Limits lists the figures of every kind, in the order of the executors. Limits of money are listed for the given
// currencies.
func (s *Service) Limits(ctx context.Context, currencies []core.Currency) ([]Limit, error) {
	now, err := s.limits(ctx)
	if err != nil {
		return nil, err
	}
	var out []Limit
	for _, k := range s.kinds {
		base, was := s.shipped[k.Name], map[string]float64{}
		for _, l := range base.Limits {
			was[l.Name] = l.Value
		}
		for _, name := range names(k, currencies) {
			l := Limit{Kind: k.Name, Name: name, Words: guard.Words(name), Value: now[k.Name][name], Shipped: was[name]}
			if l.Shipped != 0 {
				l.Source = base.Source + ", " + base.Date
			}
			out = append(out, l)
		}
	}
	return out, nil
}

func names(k action.Kind, currencies []core.Currency) []string {
	var out []string
	for _, n := range k.Needs {
		switch n {
		case action.MoneyOnce, action.MoneyDay, action.MoneyMonth:
			for _, c := range currencies {
				out = append(out, guard.Money(n, c))
			}
		default:
			out = append(out, n)
		}
	}
	return out
}

// SetLimit sets a figure. Making one stricter is free; loosening one asks for the same figure typed a second time. value
// "" takes it away, and nothing of the kind is done any more; "shipped" returns to the figure that was shipped.
func (s *Service) SetLimit(ctx context.Context, kind, name, value, typed string) error {
	e, err := s.executor(kind)
	if err != nil {
		return err
	}
	if !named(e.Kind(), name) {
		return core.Invalid("actions", fmt.Sprintf("%s has no limit named %q.", e.Kind().Title, name), "")
	}
	value, typed = strings.TrimSpace(value), strings.TrimSpace(typed)
	v := sql.NullFloat64{}
	if value != "" && value != asShipped {
		if v.Float64, err = figure(value); err != nil {
			return err
		}
		v.Valid = true
	}
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		now, err := s.limits(ctx)
		if err != nil {
			return err
		}
		was, set := now[kind][name]
		if v.Valid && typed != value && (!set || looser(name, was, v.Float64)) {
			return core.Invalid("actions", fmt.Sprintf("Setting %s to %s allows more than before and needs the figure typed once more.", guard.Words(name), value), "Type "+value+".")
		}
		if value == asShipped {
			_, err = tx.ExecContext(ctx, s.q["DropLimit"], kind, name)
		} else {
			_, err = tx.ExecContext(ctx, s.q["SetLimit"], kind, name, v, s.now().Unix())
		}
		if err != nil {
			return fmt.Errorf("set the limit %s of %s: %w", name, kind, err)
		}
		from := ""
		if set {
			from = strconv.FormatFloat(was, 'f', -1, 64)
		}
		return s.o.Record(ctx, tx, Record{Subject: "limit:" + kind + "/" + name, From: from, To: value, Who: Person, Reason: guard.Words(name)})
	})
}

const asShipped = "shipped"

// named says whether a kind has a limit of that name; those of money carry a currency.
func named(k action.Kind, name string) bool {
	base, currency, ofMoney := strings.Cut(name, ":")
	if !slices.Contains(k.Needs, base) {
		return false
	}
	switch base {
	case action.MoneyOnce, action.MoneyDay, action.MoneyMonth:
		return len(currency) == 3 && strings.ToUpper(currency) == currency
	}
	return !ofMoney
}

// looser says whether a figure allows more than another: of most limits the larger does, of a lowest value and of a
// pause the smaller.
func looser(name string, was, to float64) bool {
	switch name {
	case action.ValueMin, action.HoursBetween:
		return to < was
	}
	return to > was
}

func figure(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v <= 0 {
		return 0, core.Invalid("actions", fmt.Sprintf("%q is no limit.", text), "Write a number above 0, or leave it blank so that nothing of the kind is done.")
	}
	return v, nil
}
