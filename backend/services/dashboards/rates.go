package dashboards

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"purser/backend/core"
)

// rate is units of to for one of from, from a day on.
type rate struct {
	from, to core.Currency
	day      core.Day
	ratio    *big.Rat
	out      RateOutput
}

// Rates lists the rates of exchange, newest first.
func (s *Service) Rates(ctx context.Context) (RatesOutput, error) {
	out := RatesOutput{Rates: []RateOutput{}}
	all, err := s.allRates(ctx)
	for _, r := range all {
		out.Rates = append(out.Rates, r.out)
	}
	return out, err
}

func (s *Service) allRates(ctx context.Context) ([]rate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read {
		return s.rates, nil
	}
	rows, err := s.o.Ledger.Reader().QueryContext(ctx, s.q["AllRates"])
	if err != nil {
		return nil, fmt.Errorf("read rates of exchange: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []rate
	for rows.Next() {
		var o RateOutput
		if err := rows.Scan(&o.From, &o.To, &o.Day, &o.Rate, &o.Source); err != nil {
			return nil, fmt.Errorf("read rates of exchange: %w", err)
		}
		r, err := parseRate(RateInput(o))
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read rates of exchange: %w", err)
	}
	s.rates, s.read = all, true
	return all, nil
}

// decimal bounds a rate so that what is converted stays a number of minor units.
var decimal = regexp.MustCompile(`^\d{1,9}(\.\d{1,12})?$`)

func parseRate(in RateInput) (rate, error) {
	r := rate{from: core.Currency(strings.ToUpper(strings.TrimSpace(in.From))), to: core.Currency(strings.ToUpper(strings.TrimSpace(in.To)))}
	for _, c := range []core.Currency{r.from, r.to} {
		if !knownCurrency(c) {
			return r, core.Invalid("dashboards", fmt.Sprintf("%q is not a currency of an Amazon marketplace.", string(c)), "Write its three letters, such as EUR.")
		}
	}
	if r.from == r.to {
		return r, core.Invalid("dashboards", "Both currencies are the same.", "Choose two.")
	}
	day, err := core.ParseDay(in.Day)
	if err != nil {
		return r, core.Invalid("dashboards", err.Error()+".", "")
	}
	text := strings.TrimSpace(in.Rate)
	if !decimal.MatchString(text) {
		text = "0" // and below not a rate
	}
	ratio, ok := new(big.Rat).SetString(text)
	if !ok || ratio.Sign() <= 0 {
		return r, core.Invalid("dashboards", fmt.Sprintf("%q is not a rate.", in.Rate), "Write a number above zero with a decimal point: 1.087.")
	}
	r.day, r.ratio = day, ratio
	r.out = RateOutput{From: string(r.from), To: string(r.to), Day: day.String(), Rate: text, Source: strings.TrimSpace(in.Source)}
	return r, nil
}

func knownCurrency(c core.Currency) bool {
	return slices.ContainsFunc(core.Marketplaces(), func(m core.Marketplace) bool { return m.Currency == c })
}

// SetRate stores a dated rate of exchange.
func (s *Service) SetRate(ctx context.Context, in RateInput) (RatesOutput, error) {
	r, err := parseRate(in)
	if err != nil {
		return RatesOutput{Rates: []RateOutput{}}, err
	}
	if r.out.Source == "" {
		return RatesOutput{Rates: []RateOutput{}}, core.Invalid("dashboards", "The rate has no source.", "Say where it is from, so that you can check it later.")
	}
	return s.writeRate(ctx, "PutRate", r.out.From, r.out.To, r.out.Day, r.out.Rate, r.out.Source)
}

// DeleteRate forgets the rate of a day.
func (s *Service) DeleteRate(ctx context.Context, in RateInput) (RatesOutput, error) {
	return s.writeRate(ctx, "DropRate", strings.ToUpper(strings.TrimSpace(in.From)), strings.ToUpper(strings.TrimSpace(in.To)), strings.TrimSpace(in.Day))
}

func (s *Service) writeRate(ctx context.Context, query string, args ...any) (RatesOutput, error) {
	err := s.o.Ledger.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, s.q[query], args...)
		return err
	})
	if err != nil {
		return RatesOutput{Rates: []RateOutput{}}, fmt.Errorf("store the rate of exchange: %w", err)
	}
	s.mu.Lock()
	s.read = false
	s.mu.Unlock()
	s.changed()
	return s.Rates(ctx)
}

// converter turns amounts into one currency at the rate of a day. The zero converter leaves them as they are.
type converter struct {
	to    core.Currency
	day   core.Day
	rates []rate
}

func (s *Service) converterTo(ctx context.Context, currency string, day core.Day) (converter, error) {
	if currency == "" {
		return converter{}, nil
	}
	all, err := s.allRates(ctx)
	return converter{core.Currency(currency), day, all}, err
}

// find is the newest rate that holds on the day, either way round.
func (c converter) find(from core.Currency) (ratio *big.Rat, note string) {
	for _, r := range c.rates { // newest first
		if r.day > c.day {
			continue
		}
		if r.from == from && r.to == c.to {
			return r.ratio, fmt.Sprintf("at %s %s for 1 %s of %s (%s)", r.out.Rate, r.to, r.from, r.day, r.out.Source)
		}
		if r.from == c.to && r.to == from {
			return new(big.Rat).Inv(r.ratio), fmt.Sprintf("at %s %s for 1 %s of %s (%s)", r.out.Rate, r.to, r.from, r.day, r.out.Source)
		}
	}
	return nil, ""
}

// convert gives the amount in the wanted currency, rounded half away from zero to its minor unit, and says at
// which rate; ok is false where none is known.
func (c converter) convert(m core.Money) (out core.Money, note string, ok bool) {
	if c.to == "" || m.Currency == c.to || m.Currency == "" {
		return m, "", true
	}
	ratio, note := c.find(m.Currency)
	if ratio == nil {
		return m, "", false
	}
	v := new(big.Rat).Mul(new(big.Rat).SetInt64(m.Minor), ratio)
	shift := c.to.Exponent() - m.Currency.Exponent()
	for ; shift > 0; shift-- {
		v.Mul(v, big.NewRat(10, 1))
	}
	for ; shift < 0; shift++ {
		v.Mul(v, big.NewRat(1, 10))
	}
	half := big.NewRat(1, 2)
	if v.Sign() < 0 {
		half.Neg(half)
	}
	v.Add(v, half)
	minor := new(big.Int).Quo(v.Num(), v.Denom())
	if !minor.IsInt64() {
		return m, "", false
	}
	return core.Money{Minor: minor.Int64(), Currency: c.to}, note, true
}
