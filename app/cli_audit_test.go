package app_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/decisions"
)

// propose stores three decisions and approves the first.
func propose(t *testing.T, w *app.Watched) {
	t.Helper()
	var ps []decision.Proposal
	for _, sku := range []string{"A", "B", "C"} {
		ps = append(ps, decision.Proposal{
			Policy: "default", Version: 1, Case: "reevaluate", SubjectKind: fact.SKU, Subject: "DE/" + sku, Severity: decision.Warning, Title: "Look at " + sku,
			Action: action.Action{Kind: action.Task, Label: "Look", Checklist: []string{"Look"}}, AsOf: core.Date(2026, 11, 24), Maturity: fact.Fresh,
		})
	}
	if err := w.Propose(t.Context(), ps...); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Decisions.Reject(decisions.RejectInput{ID: decisions.ID(ps[0].ID()), Reason: decisions.ReasonKnown}); err != nil {
		t.Fatal(err)
	}
}

// forge runs a statement on the ledger behind Purser's back.
func forge(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

type verified struct {
	Sound    bool     `json:"sound"`
	Rows     int      `json:"rows"`
	First    string   `json:"first"`
	Last     string   `json:"last"`
	Head     string   `json:"head"`
	Anchored int      `json:"anchored"`
	Anchors  int      `json:"anchors"`
	Notes    int      `json:"notes"`
	Anew     int      `json:"anew"`
	Faults   []string `json:"faults"`
}

func TestAuditOnTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := app.OpenWatched(t, dir, now())
	cli(t, dir, 1, "audit", "head") // there is nothing yet
	propose(t, w)
	out, _ := cli(t, dir, 0, "audit", "verify", "--json") // beside the open folder
	v := decode[verified](t, out)
	if !v.Sound || v.Rows != 4 || v.First != "2026-11-25T18:00:00Z" || v.Last != v.First || v.Anchored != 4 || v.Anchors != 2 || v.Faults == nil {
		t.Errorf("%s", out)
	}
	_, errs := cli(t, dir, 1, "audit", "anchor")
	if !strings.Contains(errs, "Another Purser is using") {
		t.Errorf("beside the open folder: %s", errs)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	head, _ := cli(t, dir, 0, "audit", "head")
	if head != v.Head+"\n" || !strings.HasPrefix(head, "4:") {
		t.Errorf("head %q", head)
	}
	out, _ = cli(t, dir, 0, "audit", "verify", "--head", head)
	for _, part := range []string{"✓ The audit is whole.", "4 rows from 2026-11-25T18:00:00Z", "ends with " + v.Head, "2 rows held against the file audit.anchor, the newest of row 4", "1 row held against what was written down"} {
		if !strings.Contains(out, part) {
			t.Errorf("%q is not in\n%s", part, out)
		}
	}
	out, _ = cli(t, dir, 1, "audit", "verify", "--head", "9"+head)
	if !strings.Contains(out, "row 94 was written down and is gone; the audit ends with row 4") {
		t.Errorf("%s", out)
	}
	cli(t, dir, 2, "audit", "verify", "--head", "4")

	anchor := filepath.Join(dir, "audit.anchor")
	if err := os.Rename(anchor, anchor+".away"); err != nil {
		t.Fatal(err)
	}
	out, _ = cli(t, dir, 1, "audit", "verify")
	if !strings.Contains(out, "✗ The audit is not whole:\n  - audit.anchor is gone") || !strings.Contains(out, "purser audit anchor") {
		t.Errorf("%s", out)
	}
	cli(t, dir, 0, "audit", "anchor")
	out, _ = cli(t, dir, 0, "audit", "verify", "--json")
	if v := decode[verified](t, out); v.Anew != 1 || v.Rows != 5 || v.Anchored != 5 {
		t.Errorf("%s", out)
	}

	forge(t, dir, `DROP TRIGGER decisions_audit_no_update; UPDATE decisions_audit SET who = 'purser' WHERE seq = 4`)
	out, _ = cli(t, dir, 1, "audit", "verify", "--json")
	if v := decode[verified](t, out); v.Sound || len(v.Faults) != 2 || v.Faults[0] != "row 4 was changed" {
		t.Errorf("%s", out)
	}
	out, _ = cli(t, dir, 1, "doctor")
	if !strings.Contains(out, "✗ audit log              was changed from outside: row 4 was changed; ") {
		t.Errorf("%s", out)
	}
}

func TestAuditThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, errs := cli(t, filepath.Join(dir, "nowhere"), 2, "audit", "verify")
	if !strings.Contains(errs, "There is no data folder") {
		t.Errorf("%s", errs)
	}
	_, errs = cli(t, dir, 2, "audit", "verify")
	if !strings.Contains(errs, "There is no ledger.db") {
		t.Errorf("%s", errs)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("the check made %v %v", left, err)
	}
	write(t, dir, "ledger.db", strings.Repeat("this is no database\n", 1000))
	cli(t, dir, 2, "audit", "verify")
	cli(t, dir, 2, "audit")
}

func TestStopOnTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	type answer struct {
		Stopped  bool   `json:"stopped"`
		Already  bool   `json:"already"`
		StopFile string `json:"stop_file"`
	}
	file := filepath.Join(dir, "STOP")
	write(t, dir, "ledger.db", "this is no database") // the switch asks no database
	for _, c := range []struct {
		verb string
		want answer
		says string
	}{
		{"resume", answer{false, true, file}, "Nothing was stopped"},
		{"stop", answer{true, false, file}, "Everything is stopped: nothing of what was approved begins"},
		{"stop", answer{true, true, file}, "Everything was stopped already"},
		{"resume", answer{false, false, file}, "Purser goes on with what was approved"},
	} {
		if c.want.Already {
			text, _ := cli(t, dir, 0, c.verb)
			if !strings.Contains(text, c.says) {
				t.Errorf("%s says %q", c.verb, text)
			}
		}
		out, _ := cli(t, dir, 0, c.verb, "--json")
		if got := decode[answer](t, out); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.verb, got, c.want)
		}
		if _, err := os.Stat(file); (err == nil) != c.want.Stopped {
			t.Errorf("%s: the file: %v", c.verb, err)
		}
		if !c.want.Already { // in words, from the same start
			other := map[string]string{"stop": "resume", "resume": "stop"}[c.verb]
			cli(t, dir, 0, other)
			if text, _ := cli(t, dir, 0, c.verb); !strings.Contains(text, c.says) {
				t.Errorf("%s says %q", c.verb, text)
			}
		}
	}
	for _, verb := range []string{"stop", "resume"} {
		_, errs := cli(t, filepath.Join(dir, "nowhere"), 1, verb)
		if !strings.Contains(errs, "There is no data folder") {
			t.Errorf("%s: %s", verb, errs)
		}
		cli(t, dir, 2, verb, "extra")
	}
	// The demo has a switch of its own.
	_, errs := cli(t, dir, 1, "stop", "--demo")
	if !strings.Contains(errs, filepath.Join(dir, "demo")) {
		t.Errorf("%s", errs)
	}
	if err := os.Mkdir(filepath.Join(dir, "demo"), 0o700); err != nil {
		t.Fatal(err)
	}
	cli(t, dir, 0, "stop", "--demo")
	if _, err := os.Stat(filepath.Join(dir, "demo", "STOP")); err != nil {
		t.Error(err)
	}
}
