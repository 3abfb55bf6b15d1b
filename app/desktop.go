//go:build desktop || dev || bindings

package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"sort"
	"strings"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	wails_runtime "github.com/wailsapp/wails/v2/pkg/runtime"

	"purser/app/internal/webhost"
	"purser/backend/core"
	"purser/frontend"
)

// desktop opens the window and returns when it is closed. Wails itself closes it on the
// signals that end the context.
func (e *env) desktop(context.Context) error {
	p, err := e.program("desktop")
	if err != nil {
		return err
	}
	prepareWebview()
	var failed error
	err = wails.Run(&options.App{
		Title: "Purser", Width: 1280, Height: 800, MinWidth: 900, MinHeight: 600,
		AssetServer:        &assetserver.Options{Assets: frontend.Embedded(), Middleware: withPolicy},
		Bind:               bindings(p.bound()),
		Logger:             quietLogger{p.log},
		LogLevelProduction: logger.ERROR,
		ErrorFormatter:     func(err error) any { return core.AsError(err) },
		OnStartup: func(wctx context.Context) {
			if failed = p.openWindow(wctx); failed != nil {
				wails_runtime.Quit(wctx)
			}
		},
		OnShutdown:         func(wctx context.Context) { p.stop(wctx) },
		SingleInstanceLock: &options.SingleInstanceLock{UniqueId: "purser-6b0f7c1e-window", OnSecondInstanceLaunch: p.raise},
		DragAndDrop:        &options.DragAndDrop{EnableFileDrop: true, DisableWebViewDrop: true},
		Linux:              &linux.Options{ProgramName: "purser", WebviewGpuPolicy: gpuPolicy()},
	})
	return errors.Join(failed, err)
}

// bindings is the bound structs in a steady order, so that what is generated from them does not flap.
func bindings(bound map[string]any) []any {
	names := make([]string, 0, len(bound))
	for n := range bound {
		names = append(names, n)
	}
	sort.Strings(names)
	out := make([]any, 0, len(names))
	for _, n := range names {
		out = append(out, bound[n])
	}
	return out
}

// openWindow opens the data once the window exists, behind the single-instance lock.
func (p *program) openWindow(ctx context.Context) error {
	p.windowCtx = ctx
	p.bus.Subscribe(func(topic string, payload any) { wails_runtime.EventsEmit(ctx, topic, payload) })
	if err := p.start(ctx); err != nil {
		_, derr := wails_runtime.MessageDialog(ctx, wails_runtime.MessageDialogOptions{
			Type: wails_runtime.ErrorDialog, Title: "Purser can't open its data", Message: core.AsError(err).Error(),
		})
		return errors.Join(err, derr)
	}
	return nil
}

// raise shows the window when Purser is started a second time.
func (p *program) raise(options.SecondInstanceData) {
	if p.windowCtx != nil {
		wails_runtime.WindowUnminimise(p.windowCtx)
		wails_runtime.Show(p.windowCtx)
	}
}

// askForFiles opens the system's dialog.
func askForFiles(ctx context.Context) ([]string, error) {
	return wails_runtime.OpenMultipleFilesDialog(ctx, wails_runtime.OpenDialogOptions{
		Title:   "Choose reports",
		Filters: []wails_runtime.FileFilter{{DisplayName: "Reports", Pattern: "*.txt;*.tsv;*.csv;*.xlsx;*.json;*.gz;*.zip"}, {DisplayName: "All files", Pattern: "*"}},
	})
}

// withPolicy sends the content security policy with every page.
func withPolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", webhost.CSP)
		w.Header().Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), clipboard-read=()")
		next.ServeHTTP(w, r)
	})
}

// prepareWebview sets what WebKitGTK reads when it starts: without a real language tag
// its Intl throws, and its DMABUF renderer shows blank windows where there is no GPU.
func prepareWebview() {
	if runtime.GOOS != "linux" {
		return
	}
	set := func(k, v string) { _ = os.Setenv(k, v) }
	lang := os.Getenv("LC_ALL") //nolint:forbidigo // the system says it this way
	if lang == "" {
		lang = os.Getenv("LANG") //nolint:forbidigo // as above
	}
	if lang == "" || strings.HasPrefix(lang, "C") || strings.HasPrefix(lang, "POSIX") {
		set("LANG", "en_US.UTF-8")
		set("LC_ALL", "en_US.UTF-8")
	}
	if os.Getenv("WEBKIT_DISABLE_DMABUF_RENDERER") == "" && !hasGPU() { //nolint:forbidigo // a switch of the webview's
		set("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
	}
}

func hasGPU() bool {
	found, err := fs.Glob(os.DirFS("/dev"), "dri/renderD*")
	return err == nil && len(found) > 0
}

func gpuPolicy() linux.WebviewGpuPolicy {
	if hasGPU() {
		return linux.WebviewGpuPolicyOnDemand
	}
	return linux.WebviewGpuPolicyNever
}

// quietLogger hands Wails' messages to our log without the arguments of a call, which
// Wails prints when one can't be parsed.
type quietLogger struct{ log *slog.Logger }

func (q quietLogger) write(level slog.Level, msg string) {
	if i := strings.Index(msg, "process message error"); i >= 0 {
		msg = "A call from the page could not be read"
	}
	q.log.LogAttrs(context.Background(), level, "Window", slog.String("message", msg))
}

// Print implements logger.Logger.
func (q quietLogger) Print(m string) { q.write(slog.LevelInfo, m) }

// Trace implements logger.Logger.
func (q quietLogger) Trace(m string) { q.write(slog.LevelDebug, m) }

// Debug implements logger.Logger.
func (q quietLogger) Debug(m string) { q.write(slog.LevelDebug, m) }

// Info implements logger.Logger.
func (q quietLogger) Info(m string) { q.write(slog.LevelInfo, m) }

// Warning implements logger.Logger.
func (q quietLogger) Warning(m string) { q.write(slog.LevelWarn, m) }

// Error implements logger.Logger.
func (q quietLogger) Error(m string) { q.write(slog.LevelError, m) }

// Fatal implements logger.Logger.
func (q quietLogger) Fatal(m string) { q.write(slog.LevelError, m) }
