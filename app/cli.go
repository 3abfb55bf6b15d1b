// Package app is the composition root: it joins sources, modules, services and channels, and
// opens the three doors to them.
//
// Input: the command line.
// Output: the desktop window, the command line's answers, or the loopback web host.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
)

// Version of the program; the build sets it.
var Version = "0.1.0" //nolint:gochecknoglobals // set by the linker

// Exit statuses of the command line.
const (
	exitOK     = 0
	exitFailed = 1 // the work could not be done, or part of it was refused
	exitMisuse = 2 // the command was not understood, or what it was to judge cannot be read
)

// errRefused ends a command with status 1 after it has said everything itself.
var errRefused = errors.New("refused")

// env is what a command works with.
type env struct {
	dataDir string
	demo    bool
	json    bool
	verbose bool
	out     io.Writer
	err     io.Writer
	clk     clock.Clock
	modules func() []module.Module
	forget  func(ctx context.Context, entry string) error // deletes an entry of the keychain; nil: the system's
}

// Main runs a command line and returns its exit status. Without a command it opens the
// window, or serves where there is none.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	e := &env{out: os.Stdout, err: os.Stderr, clk: clock.Real{}, modules: Modules}
	return run(ctx, e, args)
}

// run is Main with its surroundings given.
func run(ctx context.Context, e *env, args []string) int {
	root := e.command() //nolint:contextcheck // cobra hands ctx to the commands
	root.SetArgs(args)
	root.SetOut(e.out)
	root.SetErr(e.err)
	err := root.ExecuteContext(ctx)
	var misuse *misuseError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errRefused):
		return exitFailed
	case errors.Is(err, errUnread):
		return exitMisuse
	case errors.As(err, &misuse):
		e.say("%s\n\n%s", misuse.Error(), "See purser --help.")
		return exitMisuse
	}
	e.say("%s", core.AsError(err).Error())
	return exitFailed
}

// misuseError is a command that was not understood.
type misuseError struct{ err error }

// Error implements error.
func (m *misuseError) Error() string { return m.err.Error() }

func misuse(format string, a ...any) error { return &misuseError{fmt.Errorf(format, a...)} }

// say tells a person something on standard error.
func (e *env) say(format string, a ...any) { _, _ = fmt.Fprintf(e.err, format+"\n", a...) }

// print writes a line of the answer.
func (e *env) print(format string, a ...any) { _, _ = fmt.Fprintf(e.out, format+"\n", a...) }

// answer writes v as JSON.
func (e *env) answer(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return nil
}

func (e *env) logger() *slog.Logger {
	level := slog.LevelWarn
	if e.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(e.err, &slog.HandlerOptions{Level: level}))
}

func (e *env) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "purser",
		Short:         "The account executive that lives on an Amazon seller's own desk",
		Long:          "Purser reads the reports you download from Seller Central and says what needs you today.\nWithout a command it opens its window, or serves where there is no display.",
		Version:       Version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("purser has no command %q", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return e.window(c.Context()) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	f := root.PersistentFlags()
	f.StringVar(&e.dataDir, "data-dir", "", "folder that holds everything (default: PURSER_DATA_DIR, else the system's place)")
	f.BoolVar(&e.demo, "demo", false, "use the built-in demo seller")
	f.BoolVar(&e.json, "json", false, "answer in JSON")
	f.BoolVarP(&e.verbose, "verbose", "v", false, "say more on standard error")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &misuseError{err} })
	root.AddCommand(e.importCommand(), e.briefCommand(), e.factsCommand(), e.rulesCommand(),
		e.doctorCommand(), e.exportCommand(), e.rebuildCommand(), e.serveCommand(),
		e.stopCommand(), e.resumeCommand(), e.auditCommand(), e.simulateCommand(), e.ingestCommand(),
		e.retentionCommand(), e.eraseCommand())
	return root
}

// open opens the session a command works on; with the demo, its documents are loaded first.
func (e *env) open(ctx context.Context, write bool) (*session, error) {
	dir, err := dataDir(e.dataDir)
	if err != nil {
		return nil, err
	}
	if err := endErasure(ctx, dir, e.clk, e.forgetEntry()); err != nil {
		return nil, err
	}
	c := sessionConfig{dir: dir, write: write, log: e.logger(), clk: e.clk, bus: &eventbus.Bus{}, modules: e.modules()}
	if !e.demo {
		return openSession(ctx, c)
	}
	return e.openDemo(ctx, c)
}

func (e *env) openDemo(ctx context.Context, c sessionConfig) (*session, error) {
	c.demo, c.dir = true, filepath.Join(c.dir, "demo")
	day := demoDay(e.clk.Now())
	if demoReady(c.dir, day) {
		return openSession(ctx, c)
	}
	c.write = true
	if err := clearDemo(c.dir, day); err != nil {
		return nil, err
	}
	s, err := openSession(ctx, c)
	if err != nil {
		return nil, err
	}
	e.say("Making the demo seller …")
	if _, err := s.loadDemo(ctx, func(string, int, int) {}); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// with opens a session for the length of fn.
func (e *env) with(ctx context.Context, write bool, fn func(*session) error) error {
	s, err := e.open(ctx, write)
	if err != nil {
		return err
	}
	return errors.Join(fn(s), s.close())
}

// dayFlag reads a day, or today where it is empty.
func (s *session) dayFlag(text string) (core.Day, error) {
	if text == "" {
		return s.today(), nil
	}
	d, err := core.ParseDay(text)
	if err != nil {
		return 0, misuse("%v", err)
	}
	return d, nil
}
