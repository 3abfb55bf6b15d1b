package files_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/files"
)

func wish() action.Wish {
	return action.Wish{
		Kind: action.File, Decision: "3f2a91bc", Policy: "stale_price", Version: 2, Subject: "US/SKU/1", SubjectKind: "sku", Title: "Price is stale",
		Label: "Write the price file", Checklist: []string{"Upload the file", "Look at the result"}, Units: 12, Link: "https://sellercentral.amazon.com/x",
	}
}

// state is every name below a folder with its mode and content.
func state(dir string) string {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		text := []byte{}
		if d.Type().IsRegular() {
			if text, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		out = append(out, fmt.Sprintf("%s %s %q", path, d.Type(), text))
		return nil
	})
	if err != nil {
		return err.Error()
	}
	return strings.Join(out, "\n")
}

// only gives the one file of a folder.
func only(t *testing.T, dir string) string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	return filepath.Join(dir, all[0].Name())
}

func do(t *testing.T, e action.Executor, w action.Wish) action.Request {
	t.Helper()
	r, err := e.Prepare(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Execute(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(t *testing.T) actiontest.Subject {
		t.Helper()
		top := t.TempDir()
		dir := filepath.Join(top, "uploads")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		probe := t.TempDir()
		do(t, files.New(probe), wish())
		name := filepath.Base(only(t, probe))
		return actiontest.Subject{
			Make: func() action.Executor { return files.New(dir) }, Wish: wish(), State: func() string { return state(top) },
			Edit: func() {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o600); err != nil {
					t.Error(err)
				}
			},
		}
	})
}

func TestSheet(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "uploads")
	w := wish()
	w.Title, w.Checklist = "=1+1", []string{"a\tb\nc", "＝x", " @y "}
	do(t, files.New(dir), w)
	path := only(t, dir)
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	row := func(n, step string) string {
		return "3f2a91bc\tstale_price\tUS\tSKU/1\t12\t'=1+1\t" + n + "\t" + step + "\thttps://sellercentral.amazon.com/x\r\n"
	}
	want := "decision\trule\tmarketplace\tsubject\tunits\tfinding\tstep\twhat to do\tlink\r\n" + row("1", "a b c") + row("2", "'＝x") + row("3", "'@y")
	if string(got) != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	at, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && at.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", at.Mode().Perm())
	}
}

func TestAccountLiesInNoMarketplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := wish()
	w.Subject, w.SubjectKind, w.Units = "account", "account", 0
	do(t, files.New(dir), w)
	got, err := os.ReadFile(only(t, dir))
	if err != nil || !strings.Contains(string(got), "\tstale_price\t\taccount\t\t") {
		t.Errorf("%q, %v", got, err)
	}
}

// TestNothingLeavesTheFolder: no id of a decision, and no link that lies there, leads to another place.
func TestNothingLeavesTheFolder(t *testing.T) {
	t.Parallel()
	for i, id := range []string{
		"..", "../x", "../../x", "/etc/x", `..\x`, "C:x", "con", "aux.tsv", "nul", "a/../../x", "x\x00y", "%2e%2e/x", ".", "~", "a\nb", strings.Repeat("a", 5000),
		"\u202ex", "ａ", "d1", "D1", "d-1", "a:stream",
	} {
		top := t.TempDir()
		dir := filepath.Join(top, "in")
		w := wish()
		w.Decision = id
		do(t, files.New(dir), w)
		name := filepath.Base(only(t, dir))
		if outside, err := os.ReadDir(top); err != nil || len(outside) != 1 {
			t.Errorf("%d %q: %v lies beside the folder, %v", i, id, outside, err)
		}
		if !strings.HasPrefix(name, "decision-") || !strings.HasSuffix(name, ".tsv") || len(name) > 80 {
			t.Errorf("%d %q is named %q", i, id, name)
		}
	}
}

func TestDecisionsHaveFilesOfTheirOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ids := []string{"d1", "D1", "d-1", "d_1", "d 1"}
	for _, id := range ids {
		w := wish()
		w.Decision = id
		do(t, files.New(dir), w)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != len(ids) {
		t.Errorf("%v, %v", all, err)
	}
}

func TestPayloadCannotNameAnotherFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := files.New(dir)
	r, err := e.Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	other := wish()
	other.Decision = "d2"
	o, err := e.Prepare(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	r.Payload, r.After = o.Payload, o.After // as if both had been exchanged in the store
	if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) {
		t.Errorf("%v", err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

// TestLinksAndForeignFilesAreLeft: what Purser has not written is not read, replaced or followed.
func TestLinksAndForeignFilesAreLeft(t *testing.T) {
	t.Parallel()
	probe := t.TempDir()
	do(t, files.New(probe), wish())
	name := filepath.Base(only(t, probe))
	for what, put := range map[string]func(path, outside string) error{
		"link":   func(path, outside string) error { return os.Symlink(outside, path) },
		"folder": func(path, _ string) error { return os.Mkdir(path, 0o700) },
		"binary": func(path, _ string) error { return os.WriteFile(path, []byte{0xff, 0xfe}, 0o600) },
		"large":  func(path, _ string) error { return os.WriteFile(path, make([]byte, 1<<20+1), 0o600) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			top := t.TempDir()
			outside, dir := filepath.Join(top, "secret"), filepath.Join(top, "in")
			if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
				t.Fatal(err)
			}
			e := files.New(dir)
			r, err := e.Prepare(t.Context(), wish())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := put(filepath.Join(dir, name), outside); err != nil {
				t.Skipf("this system does not allow it: %v", err)
			}
			before := state(top)
			if _, err := e.Prepare(t.Context(), wish()); err == nil || !strings.Contains(err.Error(), "not written by Purser") {
				t.Errorf("prepare: %v", err)
			}
			if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) {
				t.Errorf("execute: %v", err)
			}
			if state(top) != before {
				t.Errorf("was\n%s\nis\n%s", before, state(top))
			}
		})
	}
}

// TestHalfWrittenFileIsReplaced: what a crash left beside the file is no file and does no harm.
func TestHalfWrittenFileIsReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := do(t, files.New(dir), wish())
	path := only(t, dir)
	if err := os.Rename(path, path+".part"); err != nil {
		t.Fatal(err)
	}
	e := files.New(dir)
	if v, err := e.Value(t.Context(), r); err != nil || v != "" {
		t.Errorf("value %q, %v", v, err)
	}
	do(t, e, wish())
	if v, err := e.Value(t.Context(), r); err != nil || v != r.After || only(t, dir) != path {
		t.Errorf("value %q, %v", v, err)
	}
}

func TestFolderThatCannotBe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e := files.New(filepath.Join(file, "in"))
	r, err := e.Prepare(t.Context(), wish())
	if err == nil {
		_, err = e.Execute(t.Context(), r)
	}
	if err == nil {
		t.Error("it was written into a file")
	}
}

func TestFileNeedsADecisionAndABound(t *testing.T) {
	t.Parallel()
	e := files.New(t.TempDir())
	none, large := wish(), wish()
	none.Decision = ""
	large.Checklist = []string{strings.Repeat("x", 1<<20)}
	for _, w := range []action.Wish{none, large} {
		if _, err := e.Prepare(t.Context(), w); err == nil {
			t.Errorf("prepared %.40q", w.Decision)
		}
	}
}
