package app_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
)

// needles are texts that must be nowhere, with every form in which they might be somewhere.
type needles struct {
	forms map[string]string // form → what it is of
}

// part is the length of a piece of a secret that counts as it: a clipped text may hold but the beginning.
const part = 14

// piecesOf gives what is looked for: of a long text its beginning, middle and end.
func piecesOf(text string) []string {
	if len(text) < 3*part {
		return []string{text}
	}
	mid := len(text) / 2
	return []string{text[:part], text[mid-part/2 : mid+part/2], text[len(text)-part:]}
}

// hide adds a text.
func (n *needles) hide(name, text string) {
	if n.forms == nil {
		n.forms = map[string]string{}
	}
	for _, p := range piecesOf(text) {
		for form, s := range formsOf(p) {
			if len(s) >= least {
				n.forms[s] = name + " (" + form + ")"
			}
		}
	}
}

// formsOf writes a text in all the ways in which it may be kept.
func formsOf(s string) map[string]string {
	out := map[string]string{
		"plain": s, "UTF-16LE": wide(s, false), "UTF-16BE": wide(s, true), "query": url.QueryEscape(s), "path": url.PathEscape(s), "HTML": html.EscapeString(s),
		"hex": hex.EncodeToString([]byte(s)), "lower case": strings.ToLower(s), "upper case": strings.ToUpper(s),
	}
	if b, err := json.Marshal(s); err == nil {
		out["JSON"] = string(b[1 : len(b)-1])
	}
	for shift := range 3 { // wherever it lies in what was encoded
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + s))
		text = text[(shift*8+5)/6 : len(text)-1]
		out[fmt.Sprint("base64 +", shift)] = text
		out[fmt.Sprint("base64url +", shift)] = strings.NewReplacer("+", "-", "/", "_").Replace(text)
	}
	return out
}

func wide(s string, big bool) string {
	var b []byte
	for _, c := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(c>>8), byte(c))
		} else {
			b = append(b, byte(c), byte(c>>8))
		}
	}
	return string(b)
}

// least is the length of the shortest form that is looked for.
const least = 6

// index knows the forms by how they begin, so that many are looked for in one pass.
func (n *needles) index() map[uint32][]string {
	out := map[uint32][]string{}
	for form := range n.forms {
		k := binary.LittleEndian.Uint32([]byte(form[:4]))
		out[k] = append(out[k], form)
	}
	return out
}

// in lists what of the needles is in some bytes, with what stands around it; by is their index.
func (n *needles) in(b []byte, by map[uint32][]string, maybe *[1 << 16]bool) []string {
	hits := map[string]int{}
	for i := 0; i+least <= len(b); i++ {
		if !maybe[uint16(b[i])|uint16(b[i+1])<<8] {
			continue
		}
		for _, form := range by[binary.LittleEndian.Uint32(b[i:])] {
			if _, known := hits[form]; !known && bytes.HasPrefix(b[i:], []byte(form)) {
				hits[form] = i
			}
		}
	}
	var out []string
	for form, i := range hits {
		out = append(out, fmt.Sprintf("%s: %q", n.forms[form], b[max(0, i-90):min(len(b), i+len(form)+30)]))
	}
	return out
}

// artefacts are what a run leaves behind, by name.
type artefacts map[string][]byte

// folder adds every file below a folder, as it lies there and unpacked.
func (a artefacts) folder(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		a.bytes(filepath.Base(dir)+"/"+name, b, 3)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// bytes adds some, and what they unpack to.
func (a artefacts) bytes(name string, b []byte, deep int) {
	a[name] = append([]byte(name+"\n"), b...) // a name can be a leak too
	if deep == 0 {
		return
	}
	if z, err := zstd.NewReader(bytes.NewReader(b)); err == nil {
		if plain, err := io.ReadAll(z); err == nil && len(plain) > 0 {
			a.bytes(name+" unpacked", plain, deep-1)
		}
		z.Close()
	}
	if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
		if plain, err := io.ReadAll(io.LimitReader(z, 64<<20)); err == nil {
			a.bytes(name+" unpacked", plain, deep-1)
		}
	}
	if z, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		for _, f := range z.File {
			if r, err := f.Open(); err == nil {
				plain, _ := io.ReadAll(r)
				_ = r.Close()
				a.bytes(name+" "+f.Name, plain, deep-1)
			}
		}
	}
}

// found lists what of the needles is anywhere.
func (a artefacts) found(n *needles) []string {
	by, maybe := n.index(), new([1 << 16]bool)
	for k := range by {
		maybe[uint16(k)] = true
	}
	var out []string
	for name, b := range a {
		for _, f := range n.in(b, by, maybe) {
			out = append(out, name+" holds "+f)
		}
	}
	slices.Sort(out)
	return out
}

// control plants a needle into a copy of every artefact, in every form, and expects each to be found: a scan that finds
// nothing has to be one that can.
func (a artefacts) control(t *testing.T, n *needles, secret string) {
	t.Helper()
	if len(a) == 0 {
		t.Fatal("there is nothing to look through")
	}
	planted := artefacts{}
	for name, b := range a {
		mid := len(b) / 2
		for form, s := range formsOf(piecesOf(secret)[0]) {
			planted[form+" in "+name] = slices.Concat(b[max(0, mid-50):mid], []byte(s), b[mid:min(len(b), mid+50)])
		}
	}
	hit := map[string]bool{}
	for _, f := range planted.found(n) {
		name, _, _ := strings.Cut(f, " holds ")
		hit[name] = true
	}
	for name := range planted {
		if !hit[name] {
			t.Errorf("a secret as %s would not be found", name)
		}
	}
}

// TestTheScanFinds plants a secret into each kind of file and expects it to be found.
func TestTheScanFinds(t *testing.T) {
	t.Parallel()
	const secret = "Zx9~canaries+with+odd=signs|and%more&more<of>them"
	var n needles
	n.hide("secret", secret)
	dir := t.TempDir()
	var packed, zipped bytes.Buffer
	z, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	g := gzip.NewWriter(z)
	_, _ = g.Write([]byte("a " + secret + " z"))
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	book := zip.NewWriter(&zipped)
	w, err := book.Create("xl/strings.xml")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte("<t>" + secret + "</t>"))
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	auth, _ := json.Marshal(map[string]string{"a": "Basic " + base64.StdEncoding.EncodeToString([]byte("id:"+secret+":rest"))})
	files := map[string][]byte{
		"packed.zst": packed.Bytes(), "book.xlsx": zipped.Bytes(), "plain.db-wal": []byte("\x00\x01" + secret), "wide.txt": []byte(wide("é"+secret, false)),
		"form": []byte(url.Values{"refresh_token": {secret}}.Encode()), "basic.json": auth, "clipped": []byte("token " + secret[:part] + "…"),
		"named " + secret[:part] + ".txt": nil,
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, "/", "")), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a := artefacts{}
	a.folder(t, dir)
	for name := range files {
		if !slices.ContainsFunc(a.found(&n), func(s string) bool { return strings.Contains(s, strings.ReplaceAll(name, "/", "")) }) {
			t.Errorf("the secret in %s was not found", name)
		}
	}
	if len(artefacts{"x": []byte("nothing of the kind")}.found(&n)) != 0 {
		t.Error("found where it is not")
	}
}
