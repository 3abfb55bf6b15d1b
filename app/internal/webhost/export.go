package webhost

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
)

// plainName is the form of a file's name that is sent: no folder, nothing hidden, no unfinished file.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,250}$`)

// exportTypes are the kinds of file that Purser writes for people, and nothing else.
func exportTypes() map[string]string {
	return map[string]string{
		".csv":  "text/csv; charset=utf-8",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".pdf":  "application/pdf",
		".png":  "image/png",
	}
}

// export sends a file of the folder of exports, to be saved and never to be shown: what is in it comes
// from reports that others wrote.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind := exportTypes()[filepath.Ext(name)]
	if s.o.Exports == nil || kind == "" || !plainName.MatchString(name) {
		http.NotFound(w, r)
		return
	}
	root, err := os.OpenRoot(s.o.Exports())
	if err != nil {
		http.NotFound(w, r) // nothing was exported yet
		return
	}
	defer func() { _ = root.Close() }()
	f, err := root.Open(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil || !st.Mode().IsRegular() {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	http.ServeContent(w, r, name, st.ModTime(), f)
}
