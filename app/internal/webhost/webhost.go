// Package webhost serves the window's page and the bound methods over HTTP on the loopback
// interface: for a machine without a display, and for browser tests.
//
// Input: the page's files and structs whose exported methods are bound.
// Output: the same calls as in the desktop window, behind a one-time token.
package webhost

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/platform/eventbus"
	"purser/backend/platform/supervise"
)

// CSP is the content security policy of the page, in the window and here. Styles may be
// inline because the component library sets them; scripts never are.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"

// Options of New.
type Options struct {
	Assets    fs.FS          // index.html and what it loads
	Bound     map[string]any // "sales.API" → struct pointer
	Bus       *eventbus.Bus
	UploadDir string
	Exports   func() string // folder of files to be saved; asked each time, since the demo has its own; nil: none
	Log       *slog.Logger
	Port      int // 0: any free one
}

// Server is the loopback host.
type Server struct {
	o       Options
	calls   map[string]method
	ln      net.Listener
	srv     *http.Server
	session string // value of the cookie

	mu    sync.Mutex
	token string // one-time; empty once used
}

// New listens on 127.0.0.1.
func New(ctx context.Context, o Options) (*Server, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", o.Port))
	if err != nil {
		return nil, core.Invalid("serve", fmt.Sprintf("Port %d on this computer can't be used: %v.", o.Port, err), "Choose another with --port, or 0 for any free one.")
	}
	s := &Server{o: o, calls: methods(o.Bound), ln: ln, session: secret(), token: secret()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /__call/{name}", s.call)
	mux.HandleFunc("POST /__upload", s.upload)
	mux.HandleFunc("GET /__export/{name}", s.export)
	mux.HandleFunc("GET /__events", s.events)
	mux.HandleFunc("GET /__bridge.js", s.bridge)
	mux.HandleFunc("GET /", s.page)
	s.srv = &http.Server{Handler: s.guard(mux), ReadHeaderTimeout: 5 * time.Second}
	return s, nil
}

func secret() string {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return hex.EncodeToString(b)
}

// URL is the address to open, with its one-time token.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return "http://" + s.ln.Addr().String() + "/?token=" + s.token
}

// Serve answers until ctx ends.
func (s *Server) Serve(ctx context.Context, tree *supervise.Tree) error {
	s.srv.BaseContext = func(net.Listener) context.Context { return ctx }
	tree.Go("web host shutdown", func() error {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		return errors.Join(s.srv.Shutdown(end), s.srv.Close())
	}, func(error) {})
	if err := s.srv.Serve(s.ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

const cookieName = "purser_session"

// guard refuses what does not come from the page itself: a foreign Host (DNS rebinding), a
// foreign Origin (another site's script) and anyone without the cookie that the token buys.
func (s *Server) guard(next http.Handler) http.Handler {
	self := s.ln.Addr().String()
	_, port, _ := net.SplitHostPort(self)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", CSP)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), clipboard-read=()")
		if r.Host != self && r.Host != "localhost:"+port {
			http.Error(w, "Purser answers only to its own address.", http.StatusForbidden)
			return
		}
		if o := r.Header.Get("Origin"); o != "" && o != "http://"+r.Host {
			http.Error(w, "Purser answers only to its own page.", http.StatusForbidden)
			return
		}
		if t := r.URL.Query().Get("token"); t != "" && r.URL.Path == "/" {
			s.login(w, r, t)
			return
		}
		if c, err := r.Cookie(cookieName); err != nil || c.Value != s.session {
			http.Error(w, "Open the address that Purser printed when it started; it works once.", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) login(w http.ResponseWriter, r *http.Request, token string) {
	s.mu.Lock()
	ok := s.token != "" && token == s.token
	if ok {
		s.token = ""
	}
	s.mu.Unlock()
	if c, err := r.Cookie(cookieName); !ok && (err != nil || c.Value != s.session) {
		http.Error(w, "This address was used already. Start purser serve again for a new one.", http.StatusUnauthorized)
		return
	}
	//nolint:gosec // plain HTTP on loopback: a Secure cookie would not come back
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: s.session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" && r.URL.Path != "/index.html" {
		http.FileServerFS(s.o.Assets).ServeHTTP(w, r)
		return
	}
	b, err := fs.ReadFile(s.o.Assets, "index.html")
	if err != nil {
		http.Error(w, "The page was not built into this program. Run make build.", http.StatusInternalServerError)
		return
	}
	page := strings.Replace(string(b), "<head>", `<head><script src="/__bridge.js"></script>`, 1)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(page))
}

func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	f, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "This connection can't stream.", http.StatusInternalServerError)
		return
	}
	type event struct {
		Topic   string `json:"topic"`
		Payload any    `json:"payload"`
	}
	queue := make(chan event, 256)
	cancel := s.o.Bus.Subscribe(func(topic string, payload any) {
		select {
		case queue <- event{topic, payload}:
		default: // a page that does not read misses events; it re-reads on the next
		}
	})
	defer cancel()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = fmt.Fprint(w, ": open\n\n")
	f.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case e := <-queue:
			b, err := json.Marshal(e)
			if err != nil {
				continue
			}
			_, _ = fmt.Fprintf(w, "data: %s\n\n", b)
			f.Flush()
		}
	}
}
