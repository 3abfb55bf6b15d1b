package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"purser/app"
	"purser/backend/services/retention"
)

// used is a data folder that a person worked in; it gives a text that must be nowhere after erasing.
func used(t *testing.T) (root, secret string) {
	t.Helper()
	root, secret = t.TempDir(), "SECRET-SKU-91c4"
	text := settlement("101", "USD", "Amazon.com", "1.00", []string{"1.00"}, func(int) string { return "2026-11-02 08:52:26 UTC" })
	path := filepath.Join(t.TempDir(), "settlement.txt")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "A-1", secret)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := app.Command(t.Context(), root, "import", path); code != 0 {
		t.Fatalf("import: %s %s", out, errs)
	}
	return root, secret
}

// holding lists the files below root that hold a text, packed or not.
func holding(t *testing.T, root, text string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // what an open folder needs for a moment only
		}
		if err != nil || d.IsDir() {
			return err
		}
		b, err := readMaybeZstd(path)
		if bytes.Contains(b, []byte(text)) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEraseOnTheCommandLine(t *testing.T) {
	t.Parallel()
	root, secret := used(t)
	if len(holding(t, root, secret)) < 2 {
		t.Fatal("the folder does not hold what is to be erased")
	}
	if err := os.WriteFile(filepath.Join(root, "mine.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := app.Command(t.Context(), root, "erase")
	if code != 1 || !strings.Contains(errs, "Nothing was erased") || len(holding(t, root, secret)) == 0 {
		t.Fatalf("without the flag: %d, %s, %s", code, out, errs)
	}
	out, errs, code = app.Command(t.Context(), root, "erase", "--yes-erase-everything", "--json")
	var r retention.ReceiptOutput
	if code != 0 || json.Unmarshal([]byte(out), &r) != nil || r.Files == 0 || r.Bytes == 0 {
		t.Fatalf("%d, %s, %s", code, out, errs)
	}
	if got := holding(t, root, secret); got != nil {
		t.Errorf("it is still in %v", got)
	}
	left, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range left {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, []string{"mine.txt", "receipts"}) {
		t.Errorf("the folder holds %v", names)
	}
	if !slices.ContainsFunc(r.Outside, func(o retention.OutsideOutput) bool { return strings.HasSuffix(o.Path, "mine.txt") }) {
		t.Errorf("the receipt does not name what stays: %+v", r.Outside)
	}
	if out, _, code := app.Command(t.Context(), root, "export", "sales.settlements", "--csv"); code != 0 || strings.Count(out, "\n") != 1 {
		t.Errorf("after it: %d, %s", code, out)
	}
}

func TestEraseNoFolder(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "none")
	if _, errs, code := app.Command(t.Context(), root, "erase", "--yes-erase-everything"); code != 1 || !strings.Contains(errs, "no data folder") {
		t.Errorf("%d, %s", code, errs)
	}
	if _, err := os.Stat(root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it made the folder: %v", err)
	}
}

// TestCutEraseEndsAtTheNextStart orders an erasure and does not do it, as a kill right after it would.
func TestCutEraseEndsAtTheNextStart(t *testing.T) {
	t.Parallel()
	for _, command := range [][]string{{"brief"}, {"erase"}, {"export", "sales.settlements", "--csv"}} {
		root, secret := used(t)
		if err := app.OrderErasure(t, root); err != nil {
			t.Fatal(err)
		}
		if out, errs, code := app.Command(t.Context(), root, command...); code != 0 {
			t.Fatalf("%v: %d, %s, %s", command, code, out, errs)
		}
		if got := holding(t, root, secret); got != nil {
			t.Errorf("%v: it is still in %v", command, got)
		}
		all, err := retention.Receipts(root)
		if err != nil || len(all) != 1 || !all[0].Resumed {
			t.Errorf("%v: receipts %+v, %v", command, all, err)
		}
	}
}

// TestEraseInTheWindow erases from the page: the folder is as on the first start, and the page goes on.
func TestEraseInTheWindow(t *testing.T) {
	t.Parallel()
	root, secret := used(t)
	w := app.OpenErasable(t, root, false)
	if st, err := w.App.State(); err != nil || st.FirstRun {
		t.Fatalf("%+v, %v", st, err)
	}
	plan, err := w.Retention.EraseBegin()
	if err != nil || plan.Word == "" || plan.Files == 0 {
		t.Fatalf("%+v, %v", plan, err)
	}
	if _, err := w.Retention.Erase(retention.EraseInput{Word: "yes"}); err == nil || len(holding(t, root, secret)) == 0 {
		t.Fatalf("without the word: %v", err)
	}
	r, err := w.Retention.Erase(retention.EraseInput{Word: plan.Word})
	if err != nil || r.Files < plan.Files-2 || r.Text == "" {
		t.Fatalf("%+v, %v", r, err)
	}
	if got := holding(t, root, secret); got != nil {
		t.Errorf("it is still in %v", got)
	}
	st, err := w.App.State()
	if err != nil || !st.FirstRun || st.Demo || len(st.Marketplaces) != 0 {
		t.Errorf("after it: %+v, %v", st, err)
	}
	if all, err := w.Retention.Receipts(); err != nil || len(all.Receipts) != 1 || all.Receipts[0].At != r.At {
		t.Errorf("receipts: %+v, %v", all, err)
	}
	if c, err := w.Retention.Classes(); err != nil || len(c.Classes) != 7 {
		t.Errorf("%+v, %v", c, err)
	}
	if got := w.Forgotten(); len(got) != 1 || !strings.Contains(got[0], root) {
		t.Errorf("of the keychain it forgot %v", got)
	}
}

// TestEraseTheDemo erases the demo shop from the page: the seller's own data is there and open.
func TestEraseTheDemo(t *testing.T) {
	t.Parallel()
	root, secret := used(t)
	before := holding(t, root, secret)
	w := app.OpenErasable(t, root, true)
	plan, err := w.Retention.EraseBegin()
	if err != nil || !plan.Demo || plan.Folder != filepath.Join(root, "demo") {
		t.Fatalf("%+v, %v", plan, err)
	}
	if _, err := w.Retention.Erase(retention.EraseInput{Word: plan.Word}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "demo")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the demo's folder: %v", err)
	}
	st, err := w.App.State()
	if err != nil || st.Demo || st.FirstRun {
		t.Errorf("%+v, %v", st, err)
	}
	if after := holding(t, root, secret); len(after) < len(before)-1 {
		t.Errorf("the seller's own: %v, before %v", after, before)
	}
	if got := w.Forgotten(); len(got) != 0 {
		t.Errorf("of the keychain it forgot %v", got)
	}
}
