package app_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pkg is what `go list` says of one package.
type pkg struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "purser/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 15 {
		t.Fatalf("go list saw only %d packages", len(all))
	}
	return all
}

// place is where a package stands: its kind ("modules"), its name ("sales") and its floor.
type place struct {
	kind, name string
	floor      int
}

func placeOf(path string) (place, bool) {
	rest, ok := strings.CutPrefix(path, "purser/")
	if !ok {
		return place{}, false
	}
	parts := strings.Split(rest, "/")
	switch {
	case parts[0] == "app", parts[0] == "frontend":
		return place{parts[0], "", 3}, true
	case parts[0] != "backend" || len(parts) < 2:
		return place{}, false
	}
	name := ""
	if len(parts) > 2 {
		name = parts[2]
	}
	switch parts[1] {
	case "platform", "core":
		return place{parts[1], name, 0}, true
	case "services":
		return place{"services", name, 1}, true
	case "sources", "modules", "channels", "executors":
		return place{parts[1], name, 2}, true
	}
	return place{}, false
}

// allowed says whether a package at from may import one at to, and if not, why.
func allowed(from, to place) string {
	same := from.kind == to.kind && from.name == to.name
	switch {
	case from.floor == 3 || same:
		return ""
	case to.floor == 3:
		return "nothing imports the composition root"
	case from.kind == "core" && to.kind == "platform", from.kind == "platform" && to.kind == "core":
		return "words and mechanism do not know each other"
	case from.floor == 0 && to.floor == 0:
		return ""
	case to.floor == 0:
		return ""
	case from.kind == "sources" && to == place{"sources", "internal", 2}:
		return "" // what sources of one company share
	case from.kind == "services" && to.kind == "services":
		return "services meet only in app"
	}
	return "imports go down to floor 0 only"
}

func TestFloors(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		from, ok := placeOf(p.ImportPath)
		if !ok || strings.HasSuffix(p.ImportPath, "test") {
			continue // test support joins words and mechanism
		}
		for _, i := range p.Imports {
			if to, ok := placeOf(i); ok {
				if why := allowed(from, to); why != "" {
					t.Errorf("%s imports %s: %s", p.ImportPath, i, why)
				}
			}
			if strings.HasPrefix(i, "github.com/wailsapp/") && p.ImportPath != "purser/app" {
				t.Errorf("%s imports Wails: only app knows it", p.ImportPath)
			}
		}
	}
}

func TestFloorsAreEnforced(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to string }{
		{"purser/backend/modules/sales", "purser/backend/modules/reviews"},
		{"purser/backend/modules/sales", "purser/backend/services/rules"},
		{"purser/backend/services/rules", "purser/backend/services/decisions"},
		{"purser/backend/services/rules", "purser/backend/modules/sales"},
		{"purser/backend/core", "purser/backend/platform/sqlite"},
		{"purser/backend/platform/sqlite", "purser/backend/core"},
		{"purser/backend/sources/simulator", "purser/app"},
	} {
		from, _ := placeOf(c.from)
		to, _ := placeOf(c.to)
		if allowed(from, to) == "" {
			t.Errorf("%s may import %s", c.from, c.to)
		}
	}
}

func TestPackageNamesAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, p := range packages(t) {
		if strings.Contains(p.ImportPath, "/internal/") {
			continue
		}
		name := p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:]
		if other, ok := seen[name]; ok {
			t.Errorf("%s and %s have the same name: bindings are keyed by it", p.ImportPath, other)
		}
		seen[name] = p.ImportPath
	}
}

// TestHouse walks the source for what no linter says: bare goroutines, SQL in Go files,
// and package comments that do not say what goes in and out.
func TestHouse(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if p.ImportPath == "purser" || strings.HasSuffix(p.ImportPath, "test") {
			continue
		}
		doc := ""
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			doc += f.Doc.Text()
			ast.Inspect(f, func(n ast.Node) bool {
				if g, ok := n.(*ast.GoStmt); ok && p.ImportPath != "purser/backend/platform/supervise" {
					t.Errorf("%s: a bare goroutine; use supervise", fset.Position(g.Pos()))
				}
				return true
			})
		}
		if !strings.Contains(doc, "Input:") || !strings.Contains(doc, "Output:") {
			t.Errorf("%s: the package comment does not say what goes in and out", p.ImportPath)
		}
	}
}

// TestForbiddenWords keeps the tree speaking of itself alone.
func TestForbiddenWords(t *testing.T) {
	t.Parallel()
	skip := map[string]bool{"node_modules": true, ".git": true, "dist": true, "testdata": true, "wailsjs": true, "tmp": true, "bin": true}
	words := []string{"innerHTML", "dangerouslySetInnerHTML", "insertAdjacentHTML", "document.write(", "navigator.language"}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && skip[d.Name()] {
			return fs.SkipDir
		}
		ext := filepath.Ext(path)
		if ext != ".ts" && ext != ".tsx" {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, w := range words {
			if strings.Contains(string(b), w) && !strings.HasSuffix(path, ".spec.ts") && !strings.Contains(path, ".test.ts") {
				t.Errorf("%s uses %s", path, w)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
