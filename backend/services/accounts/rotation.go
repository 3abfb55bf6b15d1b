package accounts

import (
	"context"
	"database/sql"
	_ "embed" // the figures of rotation
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
)

//go:embed rotation.yaml
var rotationText []byte

// figures is how long secrets are good for, as it is shipped.
type figures struct {
	Source  string   `yaml:"source"`
	Date    string   `yaml:"date"`
	Days    int      `yaml:"days"`
	Overlap int      `yaml:"overlap_days"`
	Remind  []int    `yaml:"remind"`
	APIs    []string `yaml:"apis"`
}

//nolint:gochecknoglobals // read once from what is embedded
var rotation = sync.OnceValues(func() (figures, error) {
	var f figures
	if err := yaml.Unmarshal(rotationText, &f); err != nil {
		return f, fmt.Errorf("the figures of rotation: %w", err)
	}
	if f.Days <= 0 || len(f.Remind) == 0 || f.Source == "" || f.Date == "" {
		return f, errors.New("the figures of rotation are not whole")
	}
	slices.Sort(f.Remind)
	return f, nil
})

func (f figures) applies(api string) bool { return slices.Contains(f.APIs, api) }

// Reminder says that the secret of an application ends.
type Reminder struct {
	Key      string // stable: "accounts:secret:spapi:<client>:2026-06-01:30"
	API      string
	ClientID string
	Regions  []string // connected with it
	Days     int      // which of the reminders
	Left     int      // days left; 0 or below: it has ended
	Ends     string   // YYYY-MM-DD
	Title    string
	Text     string // what happens and what to do
}

// Due gives the reminders that are due now, each exactly once for a secret: what it gives it will not give again. Where
// several became due since it was last asked, the most urgent stands for all.
func (s *Service) Due(ctx context.Context, now time.Time) ([]Reminder, error) {
	f, err := rotation()
	if err != nil {
		return nil, err
	}
	all, err := s.all(ctx)
	if err != nil {
		return nil, err
	}
	possible := reminders(f, all, now)
	if len(possible) == 0 {
		return nil, nil
	}
	var out []Reminder
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		for _, r := range possible {
			told := true
			for _, days := range f.Remind {
				if days < r.Left {
					continue
				}
				isNew, err := s.exec(ctx, tx, "Tell", r.API, r.ClientID, r.created, days, now.UnixMilli())
				if err != nil {
					return err
				}
				if days == r.Days {
					told = !isNew
				}
			}
			if !told {
				out = append(out, r.Reminder)
			}
		}
		return nil
	})
	return out, err
}

// candidate is a reminder that may have been told.
type candidate struct {
	Reminder
	created string
}

// reminders gives the most urgent reminder of each application's secret. Regions that share a secret share it.
func reminders(f figures, all []connection, now time.Time) (out []candidate) {
	for _, c := range all {
		left, ok := f.left(c, now)
		if !ok {
			continue
		}
		i := slices.IndexFunc(f.Remind, func(days int) bool { return left <= days })
		if i < 0 {
			continue
		}
		same := func(o candidate) bool {
			return o.API == c.api && o.ClientID == c.clientID && o.created == c.secretCreated
		}
		if at := slices.IndexFunc(out, same); at >= 0 {
			out[at].Regions = append(out[at].Regions, c.region)
			continue
		}
		out = append(out, candidate{created: c.secretCreated, Reminder: Reminder{
			Key: fmt.Sprintf("accounts:secret:%s:%s:%s:%d", c.api, c.clientID, c.secretCreated, f.Remind[i]),
			API: c.api, ClientID: c.clientID, Regions: []string{c.region}, Days: f.Remind[i], Left: left, Ends: f.ends(c),
		}})
	}
	for i := range out {
		out[i].Title, out[i].Text = f.words(out[i].Reminder)
	}
	return out
}

// left is how many days a secret is still good for; false where no end is known.
func (f figures) left(c connection, now time.Time) (int, bool) {
	day, err := core.ParseDay(c.secretCreated)
	if err != nil || !f.applies(c.api) {
		return 0, false
	}
	return int(day) + f.Days - int(core.DayOf(now, time.UTC)), true
}

func (f figures) ends(c connection) string {
	day, err := core.ParseDay(c.secretCreated)
	if err != nil {
		return ""
	}
	return (day + core.Day(f.Days)).String()
}

func (f figures) words(r Reminder) (title, text string) {
	var where []string
	for _, region := range r.Regions {
		where = append(where, regionTitle(region))
	}
	switch {
	case r.Left <= 0:
		title = "The client secret for Amazon has ended"
	case r.Left == 1:
		title = "The client secret for Amazon ends tomorrow"
	default:
		title = fmt.Sprintf("The client secret for Amazon ends in %d days", r.Left)
	}
	return title, fmt.Sprintf("After %s Amazon refuses every call of %s in %s. Make a new secret in Seller Central (Apps and Services → Develop Apps → View) "+
		"and enter it under Connections, Reconnect. The old one goes on working for %d days, and the refresh token stays good.",
		r.Ends, apiTitle(r.API), strings.Join(where, " and in "), f.Overlap)
}
