package secrets_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"purser/backend/platform/secrets"
)

const childVariable = "PURSER_VAULT_CHILD"

var contextOfChild = context.Background()

// TestMain is also the program that TestKilledSaves kills.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		saveForEver(dir)
	}
	os.Exit(m.Run())
}

// fileRing is a keychain that is there after a kill, outside the folder of the vault.
func fileRing(dir string) *ring {
	r := newRing()
	b, err := os.ReadFile(dir + ".key")
	if err != nil {
		panic(err)
	}
	name, key, _ := strings.Cut(string(b), "\n")
	r.kept[name] = key
	return r
}

func saveForEver(dir string) {
	v, err := secrets.Open(secrets.Options{Dir: dir, Keychain: fileRing(dir), Clock: newClock()})
	if err == nil {
		err = v.Unlock(contextOfChild, secrets.Text{})
	}
	for n := 0; err == nil; n++ {
		if n == 0 {
			got, gerr := v.Get(contextOfChild, "a")
			if gerr == nil {
				n, err = strconv.Atoi(strings.TrimRight(got.Reveal(), "x"))
				n++
			}
		}
		s := secrets.NewText(strconv.Itoa(n) + strings.Repeat("x", 20_000))
		if n%5 == 4 {
			err = v.Delete(contextOfChild, "c")
		} else if err == nil {
			err = v.Put(contextOfChild, map[string]secrets.Text{"a": s, "b": s, "c": s})
			fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestKilledSaves kills a program that saves all the time: the vault must open every time, whole, with everything that
// was said to be kept.
func TestKilledSaves(t *testing.T) {
	t.Parallel()
	kills := 30
	if os.Getenv("PURSER_GATE") != "" {
		kills = 300
	}
	dir := filepath.Join(t.TempDir(), "vault")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	k := newRing()
	v := open(t, dir, k)
	create(t, v, secrets.ByKeychain)
	put(t, v, "a", "0", "b", "0")
	for name, key := range k.kept {
		writeFile(t, dir+".key", []byte(name+"\n"+key))
	}
	saved := 0
	for range kills {
		saved = max(saved, killOnce(t, dir))
		v := open(t, dir, k)
		unlock(t, v, "")
		if s := v.Status(); s.Note != "" {
			t.Fatal(s.Note)
		}
		got, err := v.GetAll(t.Context(), "a", "b")
		if err != nil || !got["a"].Equal(got["b"]) {
			t.Fatalf("half a change: %v", err)
		}
		n, err := strconv.Atoi(strings.TrimRight(got["a"].Reveal(), "x"))
		if err != nil || n < saved {
			t.Fatalf("%d was kept, %d is there: %v", saved, n, err)
		}
	}
	if saved < kills {
		t.Errorf("only %d saves in %d kills", saved, kills)
	}
	t.Logf("%d kills in %d saves", kills, saved)
}

// killOnce runs the saving program for a moment and gives the last thing it said was kept.
func killOnce(t *testing.T, dir string) (last int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	first := true
	for lines.Scan() {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			last = n
		}
		if first { // it is under way: let it go on for a moment
			first = false
			time.AfterFunc(time.Duration(rand.IntN(20_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait()
	if first {
		t.Fatal("it never saved")
	}
	return last
}
