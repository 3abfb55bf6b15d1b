package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	// saysNumbers finds what a comment says that a test is about: "Modes 6 and 7:", "Mode 22 and Fault 25:".
	saysNumbers = regexp.MustCompile(`(?m)^.*?\b((?:(?:Modes?|Faults?) \d+(?:(?:,| and) \d+)*(?: and )?)+): \S`)
	ofNumbers   = regexp.MustCompile(`(Mode|Fault)s? (\d+(?:(?:,| and) \d+)*)`)
	inName      = regexp.MustCompile(`^Test(Mode|Fault)((?:\d\d_)+)`)
	digits      = regexp.MustCompile(`\d+`)
	testOf      = regexp.MustCompile("`([a-z/]+)\\.(Test\\w+)`")
)

// aboutNumbers lists what a test says that it is about: "Mode 7", "Fault 16".
func aboutNumbers(name, doc string) map[string]bool {
	out := map[string]bool{}
	add := func(word, numbers string) {
		for _, d := range digits.FindAllString(numbers, -1) {
			n, err := strconv.Atoi(d)
			if err == nil {
				out[word+" "+strconv.Itoa(n)] = true
			}
		}
	}
	if m := inName.FindStringSubmatch(name); m != nil {
		add(m[1], m[2])
	}
	for _, m := range saysNumbers.FindAllStringSubmatch(doc, -1) {
		for _, of := range ofNumbers.FindAllStringSubmatch(m[1], -1) {
			add(of[1], of[2])
		}
	}
	return out
}

// allTests gives what every test of the project says that it is about, by folder and name.
func allTests(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	for _, root := range []string{"../backend", "../app"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, decl := range f.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Test") {
					dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
					out[dir+"."+fn.Name.Name] = aboutNumbers(fn.Name.Name, fn.Doc.Text())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestFailuresAreTested holds docs/FAILURES.md against the tests: of each of Amazon's 33 ways to fail and of each of the
// faults 13 to 36 there is a row that names tests which are there and say that they are about it, and there is no test
// about one of them that its row does not name.
func TestFailuresAreTested(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("docs/FAILURES.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := allTests(t)
	named := map[string]map[string]bool{} // row → tests
	word := ""
	for _, line := range strings.Split(string(page), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 5 {
			word = map[bool]string{true: "", false: word}[strings.HasPrefix(line, "#")]
			continue
		}
		first := strings.TrimSpace(cells[1])
		switch first {
		case "mode", "fault":
			word = strings.ToUpper(first[:1]) + first[1:]
			continue
		}
		found := testOf.FindAllStringSubmatch(line, -1)
		for _, m := range found {
			if _, ok := tests[m[1]+"."+m[2]]; !ok {
				t.Errorf("there is no test %s.%s, which the row %q names", m[1], m[2], first)
			}
		}
		n, err := strconv.Atoi(first)
		if err != nil || word == "" {
			continue
		}
		row := word + " " + strconv.Itoa(n)
		if named[row] != nil {
			t.Errorf("%s has two rows", row)
		}
		named[row] = map[string]bool{}
		said := false
		for _, m := range found {
			name := m[1] + "." + m[2]
			named[row][name] = true
			said = said || tests[name][row]
		}
		if !said {
			t.Errorf("no test of the row of %s says that it is about it", row)
		}
	}
	for word, span := range map[string][2]int{"Mode": {1, 33}, "Fault": {13, 36}} {
		for n := span[0]; n <= span[1]; n++ {
			if row := word + " " + strconv.Itoa(n); named[row] == nil {
				t.Errorf("%s has no row", row)
			}
		}
	}
	for test, about := range tests {
		for row := range about {
			if !named[row][test] {
				t.Errorf("%s says that it is about %s, and the row of it does not name it", test, row)
			}
		}
	}
}

// TestNumbersAreRead shows that a number of a removed or misnamed test would be missed.
func TestNumbersAreRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"TestMode06_07_Settlements", "", "Mode 6,Mode 7"},
		{"TestA", "Modes 6 and 7: they are listed.", "Mode 6,Mode 7"},
		{"TestA", "Mode 22 and Fault 25: a page.", "Fault 25,Mode 22"},
		{"TestFault16_X", "Fault 16: it flaps.\nFaults 20, 21 and 22: x", "Fault 16,Fault 20,Fault 21,Fault 22"},
		{"TestA", "A mode 7 of another kind.", ""},
		{"TestA", "Mode 7", ""},
		{"TestModes", "Mode 7:", ""},
	} {
		about := aboutNumbers(c.name, c.doc)
		for _, w := range strings.Split(c.want, ",") {
			if w != "" && !about[w] {
				t.Errorf("%s, %q: %v", c.name, c.doc, about)
			}
		}
		if n := len(strings.FieldsFunc(c.want, func(r rune) bool { return r == ',' })); n != len(about) {
			t.Errorf("%s, %q: %v", c.name, c.doc, about)
		}
	}
}

// Fault 36: mail is refused, put off, or cut. Purser sends none: nothing in it speaks SMTP. Once it does, this has to become
// a test of that.
func TestFault36_NoMail(t *testing.T) {
	t.Parallel()
	files := 0
	for _, root := range []string{"../backend", "../app", "../main.go"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			files++
			for _, i := range f.Imports {
				if p, err := strconv.Unquote(i.Path.Value); err == nil && (strings.Contains(p, "smtp") || strings.Contains(p, "gomail") || strings.Contains(p, "go-mail")) {
					t.Errorf("%s sends mail by %s", path, p)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 500 {
		t.Errorf("only %d files were looked at", files)
	}
}
