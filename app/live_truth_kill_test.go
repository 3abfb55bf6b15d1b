package app_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const (
	childOf   = "PURSER_TRUTH_DIR" // set in the process that is killed
	childSeed = "PURSER_TRUTH_SEED"
	childDays = "PURSER_TRUTH_DAYS"
)

// trail is where a process that may be killed notes how far it is: how often it has asked, and its time.
type trail struct{ f *os.File }

func openTrail(dir string) (trail, time.Time, error) {
	f, err := os.OpenFile(filepath.Join(dir, "trail"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return trail{}, time.Time{}, err
	}
	_, at := readTrail(dir)
	return trail{f}, at, nil
}

func (t trail) note(asked uint64) {
	b := binary.LittleEndian.AppendUint64(nil, asked)
	_, _ = t.f.WriteAt(binary.LittleEndian.AppendUint64(b, uint64(time.Now().UnixNano())), 0) // the next one says it as well
}

func readTrail(dir string) (asked uint64, at time.Time) {
	b, err := os.ReadFile(filepath.Join(dir, "trail"))
	if err != nil || len(b) < 16 {
		return 0, time.Time{}
	}
	return binary.LittleEndian.Uint64(b), time.Unix(0, int64(binary.LittleEndian.Uint64(b[8:]))).UTC()
}

// TestLiveTruthChild is the process that is killed; it does nothing unless it is one.
func TestLiveTruthChild(t *testing.T) {
	t.Parallel()
	dir := os.Getenv(childOf)
	if dir == "" {
		t.Skip("only for the process that is killed")
	}
	seed, err1 := strconv.ParseUint(os.Getenv(childSeed), 10, 64)
	days, err2 := strconv.Atoi(os.Getenv(childDays))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		l := lifeOf(seed, days)
		way, last, err := openTrail(dir)
		if err != nil {
			t.Fatal(err)
		}
		way.note(0)
		begin := l.begin
		if last.After(begin) {
			begin = last.Add(time.Minute)
		}
		time.Sleep(time.Until(begin))
		amazon, err := l.amazon(filepath.Join(dir, "amazon.json"))
		if err != nil {
			t.Fatal(err)
		}
		asked := uint64(0)
		v, err := l.whole(t.Context(), dir, amazon, func() {
			asked++
			way.note(asked)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range v.first(5) {
			fmt.Println(d)
		}
		fmt.Printf("WHOLE %d %d\n", v.compared(), len(v.differences))
	})
}

// killed lets a life be lived by processes that are killed at random, so often, and says what came out.
func (l life) killed(ctx context.Context, dir string, kills int) (rows, differences int, said string, err error) {
	r := rand.New(rand.NewPCG(l.seed, 9))
	for n := 0; ; n++ {
		after := uint64(0)
		if n < kills {
			after = 1 + r.Uint64N(uint64(900/kills))
		}
		text, ended, err := l.child(ctx, dir, after, time.Duration(r.IntN(8000))*time.Microsecond)
		if err != nil {
			return 0, 0, text, err
		}
		if !ended {
			continue
		}
		_, tail, ok := strings.Cut(text, "WHOLE ")
		if _, err := fmt.Sscan(tail, &rows, &differences); !ok || err != nil || n < kills {
			return 0, 0, text, fmt.Errorf("it ended after %d kills", n)
		}
		return rows, differences, text, nil
	}
}

// child lets a process live on and kills it some time after so many requests; 0: never.
func (l life) child(ctx context.Context, dir string, after uint64, wait time.Duration) (text string, ended bool, err error) {
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestLiveTruthChild$", "-test.v")
	cmd.Env = append(os.Environ(), childOf+"="+dir, childSeed+"="+strconv.FormatUint(l.seed, 10), childDays+"="+strconv.Itoa(l.days))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if b, at := readTrail(dir); b > 0 { // or what the one before noted would count
		if err := os.WriteFile(filepath.Join(dir, "trail"), binary.LittleEndian.AppendUint64(make([]byte, 8), uint64(at.UnixNano())), 0o600); err != nil {
			return "", false, err
		}
	}
	if err := cmd.Start(); err != nil {
		return "", false, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			return said.String(), true, err
		case <-time.After(time.Millisecond):
			if asked, _ := readTrail(dir); after > 0 && asked >= after {
				time.Sleep(wait)
				err := cmd.Process.Kill()
				<-done
				return said.String(), false, err
			}
		}
	}
}
