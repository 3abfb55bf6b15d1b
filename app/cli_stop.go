package app

import (
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// stopAnswer is the answer of stop and resume.
type stopAnswer struct {
	Stopped  bool   `json:"stopped"`
	Already  bool   `json:"already"` // it was so before
	StopFile string `json:"stop_file"`
}

func (e *env) stopCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stop",
		Short: "Stop everything: nothing of what was approved begins any more",
		Long: "Makes the file " + stopFile + " in the data folder, also while Purser's window is open and when nothing else of the folder can be read.\n" +
			"While it is there, nothing of what was approved begins; what had begun already ends. purser resume takes it away.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return e.throw(true) },
	}
}

func (e *env) resumeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "resume",
		Short: "Let go on what purser stop had stopped",
		Long:  "Takes the file " + stopFile + " out of the data folder. What was approved in the last " + validHours() + " hours and still holds is carried out.",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return e.throw(false) },
	}
}

// throw makes the file that stops everything, or takes it away. It opens no database: the switch must work when
// nothing else does. A running Purser sees the file within a second and notes it in the audit.
func (e *env) throw(stop bool) error {
	dir, err := e.folder()
	if err != nil {
		return err
	}
	a := stopAnswer{Stopped: stop, StopFile: filepath.Join(dir, stopFile)}
	_, err = os.Lstat(a.StopFile)
	a.Already = (err == nil) == stop
	switch {
	case a.Already:
	case stop:
		err = actions.StopFile(a.StopFile, e.clk.Now())
	default:
		err = actions.ResumeFile(a.StopFile)
	}
	if err != nil && !a.Already {
		return err
	}
	if e.json {
		return e.answer(a)
	}
	switch {
	case stop && a.Already:
		e.print("Everything was stopped already, by the file %s.", a.StopFile)
	case stop:
		e.print("Everything is stopped: nothing of what was approved begins until purser resume. What had begun already ends.")
		e.print("The switch is the file %s.", a.StopFile)
	case a.Already:
		e.print("Nothing was stopped: there is no file %s.", a.StopFile)
	default:
		e.print("Purser goes on with what was approved in the last %s hours and still holds. The file %s is gone.", validHours(), a.StopFile)
	}
	return nil
}

// folder is the data folder that a command works on, which must be there already.
func (e *env) folder() (string, error) {
	dir, err := dataDir(e.dataDir)
	if err != nil {
		return "", err
	}
	if e.demo {
		dir = filepath.Join(dir, "demo")
	}
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return "", core.NotFound("app", "There is no data folder "+dir+", so nothing of Purser runs on it. Name another with --data-dir.")
	}
	return dir, nil
}

func validHours() string { return strconv.FormatFloat(action.ValidFor.Hours(), 'f', -1, 64) }
