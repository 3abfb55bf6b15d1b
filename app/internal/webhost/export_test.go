package webhost_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exported fills the folder of exports, beside a file that must stay where it is.
func (h *host) exported(t *testing.T) {
	t.Helper()
	for path, content := range map[string]string{
		filepath.Join(h.exports, "sales_all.csv"):  "a,b\n1,2\n",
		filepath.Join(h.exports, "sales_all.xlsx"): "PK",
		filepath.Join(h.exports, "sales.pdf"):      "%PDF-1.3",
		filepath.Join(h.exports, "chart.png"):      "\x89PNG",
		filepath.Join(h.exports, "half.csv.part"):  "half",
		filepath.Join(h.exports, "page.html"):      "<script>1</script>",
		filepath.Join(h.exports, ".hidden.csv"):    "hidden",
		filepath.Join(h.exports, "-x.csv"):         "option",
		filepath.Join(h.exports, "with space.csv"): "space",
		filepath.Join(h.exports, "below", "b.csv"): "below",
		filepath.Join(h.exports, "..", "own.csv"):  "secret",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(h.exports, "..", "own.csv"), filepath.Join(h.exports, "link.csv")); err != nil {
		t.Logf("no symbolic links here: %v", err)
	}
	if err := os.Mkdir(filepath.Join(h.exports, "folder.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestExportsAreSavedNotShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.exported(t)
	for name, want := range map[string]struct{ kind, body string }{
		"sales_all.csv":  {"text/csv; charset=utf-8", "a,b\n1,2\n"},
		"sales_all.xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"},
		"sales.pdf":      {"application/pdf", "%PDF-1.3"},
		"chart.png":      {"image/png", "\x89PNG"},
	} {
		r := h.get(t, "/__export/"+name, nil)
		if r.status != http.StatusOK || r.body != want.body || r.header.Get("Content-Type") != want.kind {
			t.Errorf("%s: status %d, %q, %q", name, r.status, r.header.Get("Content-Type"), r.body)
		}
		if got := r.header.Get("Content-Disposition"); got != `attachment; filename="`+name+`"` {
			t.Errorf("%s: disposition %q", name, got)
		}
		if r.header.Get("Cache-Control") != "no-store" || r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", name, r.header)
		}
	}
}

func TestExportsStayInTheirFolder(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.exported(t)
	for _, name := range []string{
		"nothing.csv", "half.csv.part", "page.html", ".hidden.csv", "-x.csv", "with%20space.csv", "folder.csv", "link.csv",
		"below%2Fb.csv", "below/b.csv", "..%2Fown.csv", "../own.csv", "%2e%2e%2fown.csv", "..%5Cown.csv", "%2Fetc%2Fpasswd", "..", ".", "",
		"sales_all.csv%00.png", "sales_all.CSV", strings.Repeat("a", 300) + ".csv",
	} {
		r := h.get(t, "/__export/"+name, nil)
		if r.status == http.StatusOK || strings.Contains(r.body, "secret") || strings.Contains(r.body, "hidden") {
			t.Errorf("%q: status %d, %q", name, r.status, r.body)
		}
	}
	if r := h.do(t, http.MethodPost, "/__export/sales_all.csv", "", nil); r.status == http.StatusOK {
		t.Error("a POST was answered with the file")
	}
}

func TestExportsAreForWhoHasTheCookie(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.exported(t)
	if r := h.get(t, "/__export/sales_all.csv", func(r *http.Request) { r.Host = "evil.test" }); r.status != http.StatusForbidden {
		t.Errorf("a rebound name: status %d", r.status)
	}
	if r := h.get(t, "/__export/sales_all.csv", func(r *http.Request) { r.Header.Set("Origin", "https://evil.test") }); r.status != http.StatusForbidden {
		t.Errorf("another site: status %d", r.status)
	}
	h.session = nil
	if r := h.get(t, "/__export/sales_all.csv", nil); r.status != http.StatusUnauthorized || strings.Contains(r.body, "1,2") {
		t.Errorf("without the cookie: status %d, %q", r.status, r.body)
	}
}

func TestNothingExportedYet(t *testing.T) {
	t.Parallel()
	h := open(t)
	if r := h.get(t, "/__export/sales_all.csv", nil); r.status != http.StatusNotFound {
		t.Errorf("status %d", r.status)
	}
}
