package webhost

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"

	"purser/backend/core"
	"purser/backend/platform/supervise"
)

type method struct {
	fn reflect.Value
	in reflect.Type // nil: no input
}

// methods lists what may be called: exported methods that take at most one value and
// return (output, error).
func methods(bound map[string]any) map[string]method {
	out := map[string]method{}
	for name, v := range bound {
		rv := reflect.ValueOf(v)
		for i := range rv.NumMethod() {
			m := rv.Type().Method(i)
			t := rv.Method(i).Type()
			if t.NumIn() > 1 || t.NumOut() != 2 {
				continue
			}
			c := method{fn: rv.Method(i)}
			if t.NumIn() == 1 {
				c.in = t.In(0)
			}
			out[name+"."+m.Name] = c
		}
	}
	return out
}

const maxCall = 8 << 20 // a pasted costs file is the largest input

func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	m, ok := s.calls[r.PathValue("name")]
	if !ok {
		reply(w, http.StatusNotFound, nil, core.NotFound("bridge", "There is no method "+r.PathValue("name")+"."))
		return
	}
	args := []reflect.Value{}
	if m.in != nil {
		in := reflect.New(m.in)
		var raw []json.RawMessage
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
		if err == nil {
			err = json.Unmarshal(body, &raw)
		}
		if err == nil && len(raw) == 1 {
			err = json.Unmarshal(raw[0], in.Interface())
		}
		if err != nil || len(raw) > 1 {
			reply(w, http.StatusBadRequest, nil, core.Invalid("bridge", "The call to "+r.PathValue("name")+" has arguments that can't be read.", ""))
			return
		}
		args = append(args, in.Elem())
	}
	var out []reflect.Value
	err := supervise.Guard(r.PathValue("name"), func() error { out = m.fn.Call(args); return nil })
	if err != nil {
		s.o.Log.LogAttrs(r.Context(), slog.LevelError, "Bound method panicked", slog.String("method", r.PathValue("name")), slog.String("error", err.Error()))
		reply(w, http.StatusInternalServerError, nil, err)
		return
	}
	if e, ok := out[1].Interface().(error); ok && e != nil {
		status := http.StatusUnprocessableEntity
		if core.AsError(e).Code == core.CodeCancelled {
			status = http.StatusConflict // the account changed while it was asked
		}
		reply(w, status, nil, e)
		return
	}
	reply(w, http.StatusOK, out[0].Interface(), nil)
}

func reply(w http.ResponseWriter, status int, result any, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	var body struct {
		Result any         `json:"result,omitempty"`
		Error  *core.Error `json:"error,omitempty"`
	}
	body.Result = result
	if err != nil {
		body.Error = core.AsError(err)
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

const maxUpload = 200 << 20 // the same cap as for compressed files

// upload stores a file that was dropped or chosen in the browser and answers its path.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	name := filepath.Base(filepath.Clean("/" + strings.ReplaceAll(r.URL.Query().Get("name"), `\`, "/")))
	if name == "/" || name == "." {
		name = "upload"
	}
	path, err := s.save(w, r, name)
	if err != nil {
		status := http.StatusInternalServerError
		var tooBig *http.MaxBytesError
		if errors.As(err, &tooBig) {
			status, err = http.StatusRequestEntityTooLarge, core.Invalid("serve", name+" is larger than 200 MB.", "Import it with the command line: purser import "+name)
		}
		reply(w, status, nil, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"path": path})
}

func (s *Server) save(w http.ResponseWriter, r *http.Request, name string) (path string, err error) {
	dir, err := os.MkdirTemp(s.o.UploadDir, "upload-*")
	if err != nil {
		return "", fmt.Errorf("store the upload: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("store the upload: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	f, err := root.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("store the upload: %w", err)
	}
	_, err = io.Copy(f, http.MaxBytesReader(w, r.Body, maxUpload))
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("store the upload: %w", err)
	}
	return filepath.Join(dir, name), nil
}

// bridge is the script that gives the page window.go and window.runtime, as the desktop window does.
func (s *Server) bridge(w http.ResponseWriter, _ *http.Request) {
	names := make([]string, 0, len(s.calls))
	for n := range s.calls {
		names = append(names, n)
	}
	sort.Strings(names)
	list, err := json.Marshal(names)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = fmt.Fprintf(w, bridgeJS, list)
}

const bridgeJS = `"use strict";
(() => {
  const go = {};
  const call = async (name, args) => {
    const res = await fetch("/__call/" + name, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(args),
    });
    const body = await res.json();
    if (body.error) throw body.error;
    return body.result;
  };
  for (const name of %s) {
    const [pkg, type, method] = name.split(".");
    go[pkg] ??= {};
    go[pkg][type] ??= {};
    go[pkg][type][method] = (...args) => call(name, args);
  }
  const listeners = new Map();
  const off = (topic, fn) => listeners.set(topic, (listeners.get(topic) ?? []).filter((f) => f !== fn));
  const on = (topic, fn) => {
    listeners.set(topic, [...(listeners.get(topic) ?? []), fn]);
    return () => off(topic, fn);
  };
  new EventSource("/__events").onmessage = (e) => {
    const { topic, payload } = JSON.parse(e.data);
    for (const fn of listeners.get(topic) ?? []) fn(payload);
  };
  window.go = go;
  window.runtime = {
    EventsOn: on,
    EventsOnMultiple: (topic, fn) => on(topic, fn),
    EventsOff: (...topics) => topics.forEach((t) => listeners.delete(t)),
  };
})();
`
