package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// kills is how often an import is killed; the gate runs more.
func kills() int {
	if os.Getenv("PURSER_GATE") != "" {
		return 500
	}
	return 15
}

// program builds the program without its window once for all tests of the run.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "purser-test-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "purser")
	out, err := exec.Command("go", "build", "-o", bin, "purser").CombinedOutput()
	if err != nil {
		return "", &exec.Error{Name: string(out), Err: err}
	}
	return bin, nil
})

func purser(ctx context.Context, t *testing.T, bin, dir string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(ctx, bin, append([]string{"--data-dir", dir}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if err != nil && ctx.Err() == nil {
		t.Fatalf("purser %v: %v\n%s", args, err, errs.String())
	}
	return out.String(), err
}

// TestKilledImport kills an import at random moments and imports again: the tables must be
// those of a run that nothing disturbed.
func TestKilledImport(t *testing.T) {
	t.Parallel()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "orders.txt")
	gen := exec.CommandContext(t.Context(), "go", "run", "purser/build/ci/genorders", "-lines", "60000", "-skus", "300")
	text, err := gen.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	whole := t.TempDir()
	began := time.Now()
	if _, err := purser(t.Context(), t, bin, whole, "import", file); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	want, _ := purser(t.Context(), t, bin, whole, "export", "sales.daily", "--csv")
	var mu sync.Mutex
	cut := 0
	var group sync.WaitGroup
	work := make(chan time.Duration)
	for range 2 {
		group.Go(func() {
			for after := range work {
				dir := t.TempDir()
				ctx, cancel := context.WithTimeout(t.Context(), after)
				_, err := purser(ctx, t, bin, dir, "import", file)
				cancel()
				if err != nil {
					mu.Lock()
					cut++
					mu.Unlock()
				}
				out, _ := purser(t.Context(), t, bin, dir, "import", file, "--json")
				var files []struct{ Rows, Stored, Duplicates int }
				if err := json.Unmarshal([]byte(out), &files); err != nil || files[0].Stored+files[0].Duplicates != 60000 {
					t.Errorf("cut after %s: the second run says %s", after, out)
				}
				if got, _ := purser(t.Context(), t, bin, dir, "export", "sales.daily", "--csv"); got != want {
					t.Errorf("cut after %s: the totals differ", after)
				}
				if _, err := purser(t.Context(), t, bin, dir, "doctor"); err != nil {
					t.Errorf("cut after %s: the doctor complains", after)
				}
			}
		})
	}
	r := rand.New(rand.NewPCG(7, uint64(began.UnixNano())))
	for range kills() {
		work <- time.Duration(r.Int64N(int64(took)))
	}
	close(work)
	group.Wait()
	t.Logf("an undisturbed import took %s; %d of %d were cut", took.Round(time.Millisecond), cut, kills())
	if cut < kills()/2 {
		t.Errorf("only %d of %d imports were cut: the test proves little", cut, kills())
	}
}
