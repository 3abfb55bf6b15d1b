package secrets_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"purser/backend/platform/secrets"
)

// idOf reads the name of a vault in the keychain from its file.
func idOf(tb testing.TB, file []byte) string {
	tb.Helper()
	at := bytes.IndexByte(file, '\n') + 1
	n := int(binary.BigEndian.Uint32(file[at:]))
	var head struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(file[at+4:at+4+n], &head); err != nil || head.ID == "" {
		tb.Fatalf("header: %v", err)
	}
	return head.ID
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, mode := range []secrets.Mode{secrets.ByKeychain, secrets.ByPassphrase} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			dir, k := t.TempDir(), newRing()
			v := open(t, dir, k)
			state(t, v, secrets.StateNone)
			is(t, v.Unlock(t.Context(), secrets.Text{}), secrets.ErrNoVault)
			is(t, v.Set(t.Context(), "a", secrets.NewText("b")), secrets.ErrNoVault)
			words := create(t, v, mode)
			if n := len(strings.Fields(words.Reveal())); n != 24 {
				t.Fatalf("%d recovery words", n)
			}
			_, err := v.Create(t.Context(), mode, secrets.NewText(pass))
			is(t, err, secrets.ErrExists)
			put(t, v, "lwa/na/refresh_token", canary, "lwa/na/secret", "zweites, mit Ümlaut")

			v = open(t, dir, k)
			if s := state(t, v, secrets.StateLocked); s.Mode != mode {
				t.Fatalf("mode %s", s.Mode)
			}
			_, err = v.Get(t.Context(), "lwa/na/refresh_token")
			is(t, err, secrets.ErrLocked)
			is(t, v.Set(t.Context(), "a", secrets.NewText("b")), secrets.ErrLocked)
			unlock(t, v, pass)
			want(t, v, "lwa/na/refresh_token", canary)
			want(t, v, "lwa/na/secret", "zweites, mit Ümlaut")
			if err := v.Delete(t.Context(), "lwa/na/secret", "never there"); err != nil {
				t.Fatal(err)
			}
			_, err = v.Get(t.Context(), "lwa/na/secret")
			is(t, err, secrets.ErrNone)
			if names, err := v.Names(); err != nil || len(names) != 1 {
				t.Fatalf("%v %v", names, err)
			}
			key := ""
			for _, s := range k.kept {
				key = s
			}
			if mode == secrets.ByKeychain && len(key) != 44 {
				t.Errorf("the keychain holds %d characters", len(key))
			}
			noPlain(t, dir, append([]string{canary, pass, words.Reveal(), "zweites"}, strings.Fields(key)...)...)
			if err := v.Erase(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := files(t, dir); len(got) != 0 || len(k.kept) != 0 {
				t.Errorf("left after erasing: %v, %d keys", got, len(k.kept))
			}
			state(t, v, secrets.StateNone)
			create(t, v, mode)
		})
	}
}

func TestFiveMegabytes(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	create(t, v, secrets.ByKeychain)
	raw := make([]byte, 5<<20*3/4)
	_, _ = rand.Read(raw)
	big := base64.StdEncoding.EncodeToString(raw)
	put(t, v, "big", big[:4<<20], "rest", big[4<<20:])
	v = open(t, dir, k)
	unlock(t, v, "")
	want(t, v, "big", big[:4<<20])
	want(t, v, "rest", big[4<<20:])
	noPlain(t, dir, big[:200])
}

func TestMovingWrapsTheKeyAnew(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	words := create(t, v, secrets.ByKeychain)
	put(t, v, "a", canary)
	put(t, v, "b", "x")
	is(t, v.Rewrap(t.Context(), secrets.ByPassphrase, secrets.NewText("eleven char")), secrets.ErrShort)
	if err := v.Rewrap(t.Context(), secrets.ByPassphrase, secrets.NewText(pass)); err != nil {
		t.Fatal(err)
	}
	if len(k.kept) != 0 {
		t.Error("the keychain still has the key")
	}
	// Neither file is opened by what held the key before.
	for _, lose := range []string{"", "secrets.vault"} {
		if lose != "" {
			if err := os.Remove(filepath.Join(dir, lose)); err != nil {
				t.Fatal(err)
			}
		}
		v = open(t, dir, k)
		if s := state(t, v, secrets.StateLocked); s.Mode != secrets.ByPassphrase {
			t.Fatalf("%+v", s)
		}
		is(t, v.Unlock(t.Context(), secrets.Text{}), secrets.ErrNeedsWord)
		unlock(t, v, pass)
		want(t, v, "a", canary)
	}
	if err := v.Rewrap(t.Context(), secrets.ByPassphrase, secrets.NewText("another passphrase")); err != nil {
		t.Fatal(err)
	}
	v = open(t, dir, k)
	var wrong *secrets.PassphraseError
	if err := v.Unlock(t.Context(), secrets.NewText(pass)); !errors.As(err, &wrong) {
		t.Fatalf("the old passphrase: %v", err)
	}
	unlock(t, v, "another passphrase")
	k.fail = errors.New("it is locked")
	var kc *secrets.KeychainError
	if err := v.Rewrap(t.Context(), secrets.ByKeychain, secrets.Text{}); !errors.As(err, &kc) {
		t.Fatal(err)
	}
	k.fail, k.lie = nil, true
	if err := v.Rewrap(t.Context(), secrets.ByKeychain, secrets.Text{}); !errors.As(err, &kc) {
		t.Fatal(err)
	}
	k.lie = false
	v = open(t, dir, k)
	unlock(t, v, "another passphrase")
	if err := v.Rewrap(t.Context(), secrets.ByKeychain, secrets.Text{}); err != nil {
		t.Fatal(err)
	}
	v = open(t, dir, k)
	unlock(t, v, "")
	want(t, v, "a", canary)
	// The words are those of the first day.
	if err := v.Restore(t.Context(), words, secrets.ByKeychain, secrets.Text{}); err != nil {
		t.Fatal(err)
	}
}

func TestRenewingLeavesNothingToTheOldWords(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	_, err := v.Renew(t.Context(), secrets.ByKeychain, secrets.Text{})
	is(t, err, secrets.ErrNoVault)
	old := create(t, v, secrets.ByKeychain)
	put(t, v, "a", canary)
	put(t, v, "b", "x")
	_, err = v.Renew(t.Context(), secrets.ByPassphrase, secrets.NewText("eleven char"))
	is(t, err, secrets.ErrShort)
	k.fail = errors.New("it is locked")
	var kc *secrets.KeychainError
	if _, err := v.Renew(t.Context(), secrets.ByKeychain, secrets.Text{}); !errors.As(err, &kc) {
		t.Fatal(err)
	}
	k.fail = nil
	unlock(t, open(t, dir, k), "") // what failed changed nothing
	fresh, err := v.Renew(t.Context(), secrets.ByKeychain, secrets.Text{})
	if err != nil || fresh.Equal(old) || len(k.kept) != 1 {
		t.Fatalf("%v, %d keys in the keychain", err, len(k.kept))
	}
	want(t, v, "a", canary)
	put(t, v, "c", "y")
	for _, lose := range []string{"", "secrets.vault"} {
		if lose != "" {
			if err := os.Remove(filepath.Join(dir, lose)); err != nil {
				t.Fatal(err)
			}
		}
		v = open(t, dir, k)
		is(t, v.Restore(t.Context(), old, secrets.ByKeychain, secrets.Text{}), secrets.ErrOtherVault)
		unlock(t, v, "")
		want(t, v, "a", canary)
		if err := v.Restore(t.Context(), fresh, secrets.ByKeychain, secrets.Text{}); err != nil {
			t.Fatal(err)
		}
	}
	noPlain(t, dir, canary)
}

func TestRenewingWithAPassphraseLeavesTheKeychain(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	create(t, v, secrets.ByKeychain)
	put(t, v, "a", canary)
	if _, err := v.Renew(t.Context(), secrets.ByPassphrase, secrets.NewText(pass)); err != nil || len(k.kept) != 0 {
		t.Fatalf("%v, %d keys in the keychain", err, len(k.kept))
	}
	v = open(t, dir, k)
	is(t, v.Unlock(t.Context(), secrets.Text{}), secrets.ErrNeedsWord)
	unlock(t, v, pass)
	want(t, v, "a", canary)
}

func TestRecoveryWords(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	words := create(t, v, secrets.ByKeychain)
	put(t, v, "a", canary)
	clear(k.kept)
	v = open(t, dir, k)
	is(t, v.Unlock(t.Context(), secrets.Text{}), secrets.ErrKeyLost)
	state(t, v, secrets.StateLost)
	_, err := v.Get(t.Context(), "a")
	is(t, err, secrets.ErrKeyLost)

	list := strings.Fields(words.Reveal())
	swapped := append([]string{list[1], list[0]}, list[2:]...)
	for what, c := range map[string]struct {
		words string
		err   error
	}{
		"none":         {"", secrets.ErrWords},
		"23":           {strings.Join(list[1:], " "), secrets.ErrWords},
		"12":           {strings.Repeat("abandon ", 11) + "about", secrets.ErrWords},
		"no word":      {strings.Join(append([]string{"purser"}, list[1:]...), " "), secrets.ErrWords},
		"other vault":  {strings.Repeat("abandon ", 23) + "art", secrets.ErrOtherVault},
		"wrong check?": {strings.Join(swapped, " "), nil},
	} {
		err := v.Restore(t.Context(), secrets.NewText(c.words), secrets.ByKeychain, secrets.Text{})
		if c.err != nil {
			is(t, err, c.err)
		} else if err == nil && list[0] != list[1] {
			t.Errorf("%s: accepted", what)
		}
	}
	state(t, v, secrets.StateLost)
	// However they are written down.
	sloppy := secrets.NewText("  " + strings.ToUpper(strings.Join(list[:12], " \n ")) + "\t" + strings.Join(list[12:], "  ") + "\n")
	if err := v.Restore(t.Context(), sloppy, secrets.ByPassphrase, secrets.NewText(pass)); err != nil {
		t.Fatal(err)
	}
	v = open(t, dir, k)
	unlock(t, v, pass)
	want(t, v, "a", canary)
}

// TestEveryBitCounts flips single bits: as accident does, and by someone who mends the checksum too.
func TestEveryBitCounts(t *testing.T) {
	t.Parallel()
	// Every how many bits the checksum is mended too: a try of a passphrase is written to disk, which takes its time.
	for mode, mended := range map[secrets.Mode]int{secrets.ByKeychain: 1, secrets.ByPassphrase: 67} {
		dir, k := t.TempDir(), newRing()
		v := open(t, dir, k)
		create(t, v, mode)
		put(t, v, "a", canary)
		path := filepath.Join(dir, "secrets.vault")
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "secrets.vault.previous")); err != nil {
			t.Fatal(err)
		}
		for bit := range len(whole) * 8 {
			b := bytes.Clone(whole)
			b[bit/8] ^= 1 << (bit % 8)
			over(t, path, b)
			is(t, open(t, dir, k).Unlock(t.Context(), secrets.NewText(pass)), secrets.ErrDamaged)
			if bit%mended != 0 || bit/8 >= len(b)-sha256.Size {
				continue
			}
			sum := sha256.Sum256(b[:len(b)-sha256.Size])
			over(t, path, append(b[:len(b)-sha256.Size], sum[:]...))
			_ = os.Remove(filepath.Join(dir, "secrets.tries"))
			if err := open(t, dir, k).Unlock(t.Context(), secrets.NewText(pass)); err == nil {
				t.Fatalf("%s: bit %d was changed and the checksum mended, and it opens", mode, bit)
			}
		}
		for _, n := range []int{0, 1, len(whole) / 2, len(whole) - 1} {
			writeFile(t, path, whole[:n])
			state(t, open(t, dir, k), secrets.StateDamaged)
		}
	}
}

// over writes over a file of the same length, which costs no wait for the disk.
func over(tb testing.TB, path string, b []byte) {
	tb.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.Write(b)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		tb.Fatal(err)
	}
}

func writeFile(tb testing.TB, path string, b []byte) {
	tb.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestTheCopyBeforeIsUsedAndSaysSo(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	create(t, v, secrets.ByKeychain)
	put(t, v, "a", "one")
	put(t, v, "a", "two")
	path := filepath.Join(dir, "secrets.vault")
	writeFile(t, path, []byte("PURSERVAULT1\nnothing"))
	v = open(t, dir, k)
	if s := state(t, v, secrets.StateLocked); !strings.Contains(s.Note, "damaged") {
		t.Fatalf("%+v", s)
	}
	unlock(t, v, "")
	want(t, v, "a", "one")
	// The damaged file does not take the place of the good copy.
	put(t, v, "a", "three")
	writeFile(t, path, nil)
	v = open(t, dir, k)
	unlock(t, v, "")
	want(t, v, "a", "one")

	put(t, v, "b", "secret")
	if err := v.Delete(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, nil)
	v = open(t, dir, k)
	unlock(t, v, "")
	if _, err := v.Get(t.Context(), "b"); !errors.Is(err, secrets.ErrNone) {
		t.Error("what was deleted came back with the copy")
	}
}

func TestPutIsAllOrNothing(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	create(t, v, secrets.ByKeychain)
	put(t, v, "a", "one", "b", "one")
	for name, s := range map[string]string{"": "x", "line\nbreak": "x", strings.Repeat("n", 201): "x", "c": "", "d": "\xff"} {
		err := v.Put(t.Context(), map[string]secrets.Text{"a": secrets.NewText("two"), name: secrets.NewText(s)})
		if err == nil {
			t.Errorf("%q as %q was kept", s, name)
		}
	}
	want(t, v, "a", "one")
	// A folder that cannot be written to, which root can everywhere: the name of the next file is taken.
	if err := os.Mkdir(filepath.Join(dir, "secrets.vault.new"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := v.Set(t.Context(), "a", secrets.NewText("three")); err == nil {
		t.Error("kept without a file")
	}
	want(t, v, "a", "one")
	if err := os.Remove(filepath.Join(dir, "secrets.vault.new")); err != nil {
		t.Fatal(err)
	}
	v = open(t, dir, k)
	unlock(t, v, "")
	want(t, v, "a", "one")
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	v := open(t, dir, k)
	create(t, v, secrets.ByKeychain)
	put(t, v, "a", "0", "b", "0")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for n := range 10 {
				s := secrets.NewText(strings.Repeat("x", i*10+n+1))
				if err := v.Put(t.Context(), map[string]secrets.Text{"a": s, "b": s}); err != nil {
					t.Error(err)
				}
				got, err := v.GetAll(t.Context(), "a", "b", "c")
				if err != nil || len(got) != 2 || !got["a"].Equal(got["b"]) {
					t.Errorf("half a change was seen: %v", err)
				}
				_ = v.Status()
			}
		})
	}
	group.Wait()
}

// slowRing is a keychain that waits for its password.
type slowRing struct {
	*ring
	asked chan struct{}
}

func (r slowRing) Get(ctx context.Context, _ string) (string, error) {
	close(r.asked)
	<-ctx.Done()
	return "", ctx.Err()
}

func TestNobodyWaitsForTheKeychainButWhoAsksIt(t *testing.T) {
	t.Parallel()
	dir, k := t.TempDir(), newRing()
	create(t, open(t, dir, k), secrets.ByKeychain)
	slow := slowRing{k, make(chan struct{})}
	v := open(t, dir, slow)
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		var e *secrets.KeychainError
		if err := v.Unlock(ctx, secrets.Text{}); !errors.As(err, &e) {
			t.Error(err)
		}
	})
	<-slow.asked
	state(t, v, secrets.StateLocked) // hangs where it waits
	_, err := v.Get(t.Context(), "a")
	is(t, err, secrets.ErrLocked)
	cancel()
	group.Wait()
}
