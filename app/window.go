package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"

	"purser/app/internal/webhost"
	"purser/backend/core"
	"purser/frontend"
)

// errNoDesktop says that this program was built without the window.
var errNoDesktop = errors.New("built without the desktop window")

// window opens the desktop window; without one, or without a display, it serves.
func (e *env) window(ctx context.Context) error {
	if generating || hasDisplay() {
		err := e.desktop(ctx)
		if !errors.Is(err, errNoDesktop) {
			return err
		}
		e.say("This program was built without its window (make build makes one); serving instead.")
	} else {
		e.say("There is no display here; serving instead.")
	}
	return e.serve(ctx, 0)
}

func hasDisplay() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" //nolint:forbidigo // the system says it this way
}

func (e *env) serveCommand() *cobra.Command {
	var port int
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the window's pages on this computer only, for a machine without a display",
		Long:  "Listens on 127.0.0.1 and prints an address with a one-time token.",
		Args:  noArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return e.serve(c.Context(), port) },
	}
	c.Flags().IntVar(&port, "port", 0, "port to listen on; 0: any free one")
	return c
}

// serve runs the web host until ctx ends.
func (e *env) serve(ctx context.Context, port int) error {
	p, err := e.program("web")
	if err != nil {
		return err
	}
	if err := p.start(ctx); err != nil {
		return err
	}
	defer p.stop(ctx)
	uploads, err := p.current().uploads()
	if err != nil {
		return err
	}
	dist, err := fs.Sub(frontend.Embedded(), "dist")
	if err != nil {
		return err
	}
	srv, err := webhost.New(ctx, webhost.Options{
		Assets: dist, Bound: p.bound(), Bus: p.bus, UploadDir: uploads, Log: p.log, Port: port,
		Exports: func() string { return exportDir(p.current().dir) },
	})
	if err != nil {
		return err
	}
	if e.json {
		if err := e.answer(map[string]string{"url": srv.URL()}); err != nil {
			return err
		}
	} else {
		e.print("Purser serves on this computer only. Open this address; it works once:\n%s", srv.URL())
	}
	return srv.Serve(ctx, p.tree)
}

// chooseFiles asks for files in the system's dialog.
func (p *program) chooseFiles() ([]string, error) {
	if p.windowCtx == nil {
		return nil, errNoDesktop
	}
	return askForFiles(p.windowCtx)
}

// openOutside opens an https address in the browser; only pages of Amazon's seller, ads and product sites.
func openOutside(ctx context.Context, url string) error {
	if !allowedLink(url) {
		return core.Invalid("app", "Purser opens only https pages of Amazon; "+strconv.Quote(url)+" is not one.", "")
	}
	return startOutside(ctx, url)
}

// startOutside hands an address or a folder to the system.
func startOutside(ctx context.Context, target string) error {
	name, args := "xdg-open", []string{target}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", target}
	}
	if err := exec.CommandContext(ctx, name, args...).Start(); err != nil { //nolint:gosec // callers check the target
		return core.Unavailable("app", "The system could not open "+target+".", err)
	}
	return nil
}
