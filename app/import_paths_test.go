//go:build unix

package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// One path that can't be read is refused by name; it neither stops the others nor waits for ever.
func TestImportOutlivesPathsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	in, dir := t.TempDir(), t.TempDir()
	write(t, in, "z_orders.txt", someOrders())
	if err := syscall.Mkfifo(filepath.Join(in, "a_pipe.txt"), 0o600); err != nil {
		t.Fatal(err)
	}
	closed := filepath.Join(in, "b_closed")
	for _, err := range []error{os.Symlink("/nonexistent", filepath.Join(in, "c_dangling.txt")), os.Mkdir(closed, 0o000)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(in, link); err != nil {
		t.Fatal(err)
	}
	want := 4 // the pipe, the folder, the link and the missing file
	if os.Geteuid() == 0 {
		want = 3 // root may read every folder
	}
	out, errs := cli(t, dir, 1, "import", "--json", link, filepath.Join(in, "missing.txt"))
	refused := 0
	for _, f := range decode[[]struct {
		File     string
		Refused  bool
		Stored   int
		Problems []struct{ Message string }
	}](t, out) {
		switch {
		case f.Refused:
			refused++
			if len(f.Problems) != 1 || !strings.Contains(f.Problems[0].Message, f.File) {
				t.Errorf("refused without saying why: %+v", f)
			}
		case f.File != "z_orders.txt" || f.Stored == 0:
			t.Errorf("got %+v", f)
		}
	}
	if refused != want {
		t.Errorf("%d refused, want %d: %s%s", refused, want, out, errs)
	}
}
