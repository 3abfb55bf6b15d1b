package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
)

func picture(t *testing.T, w, h int, noise bool) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if noise {
		r := rand.New(rand.NewPCG(1, 2))
		for i := range img.Pix {
			img.Pix[i] = byte(r.Uint32())
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesAreSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	api := app.OpenAPI(t, "web", dir, time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
	want := picture(t, 20, 10, false)
	data := base64.StdEncoding.EncodeToString(want)
	for _, c := range []struct{ name, data, file string }{
		{"Sales by day", data, "Sales-by-day.png"},
		{"Sales by day.png", "data:image/png;base64," + data, "Sales-by-day.png"},
		{"../../ledger.db", data, "ledger-db.png"},
		{`..\x: "y"`, data, "x-y.png"},
		{"売上", data, "chart.png"},
		{"", data, "chart.png"},
		{strings.Repeat("long ", 100), data, strings.TrimSuffix(strings.Repeat("long-", 24), "-") + ".png"},
	} {
		got, err := api.SavePicture(app.PictureInput{Name: c.name, Data: c.data})
		if err != nil || got.Name != c.file || got.Path != filepath.Join(dir, "exports", c.file) {
			t.Errorf("%q: got %+v, %v; want %s", c.name, got, err, c.file)
			continue
		}
		if b, err := os.ReadFile(got.Path); err != nil || !bytes.Equal(b, want) {
			t.Errorf("%q: %d bytes were kept of %d, %v", c.name, len(b), len(want), err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "exports", "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("half files are left: %v, %v", left, err)
	}
}

func TestOnlyPicturesAreSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	api := app.OpenAPI(t, "web", dir, time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
	good := picture(t, 20, 10, false)
	bomb := bytes.Clone(good)
	binary.BigEndian.PutUint32(bomb[16:], 1_000_000) // a width of a million in a file of a few bytes
	binary.BigEndian.PutUint32(bomb[20:], 1_000_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	code := base64.StdEncoding.EncodeToString
	for name, data := range map[string]string{
		"nothing":         "",
		"not base64":      "%%%",
		"text":            code([]byte("<script>alert(1)</script>")),
		"a head alone":    code(good[:8]),
		"half a picture":  code(good[:len(good)-20]),
		"something after": code(append(bytes.Clone(good), "<script>"...)),
		"a huge claim":    code(bomb),
		"another kind":    "data:image/svg+xml;base64," + code([]byte("<svg/>")),
		"too large":       code(picture(t, 1100, 1000, true)),
	} {
		_, err := api.SavePicture(app.PictureInput{Name: "x", Data: data})
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeInvalid || e.Hint == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if files, err := os.ReadDir(filepath.Join(dir, "exports")); !errors.Is(err, os.ErrNotExist) && len(files) > 0 {
		t.Errorf("%d files were written, %v", len(files), err)
	}
}

func TestFolderOfExports(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	api := app.OpenAPI(t, "web", dir, time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
	got, err := api.OpenExports()
	if err != nil || got.Path != filepath.Join(dir, "exports") {
		t.Errorf("got %+v, %v", got, err)
	}
	if st, err := os.Stat(got.Path); err != nil || !st.IsDir() {
		t.Errorf("the folder is not there: %v", err)
	}
	if state, err := api.State(); err != nil || state.Door != "web" {
		t.Errorf("the page can't tell the door: %q, %v", state.Door, err)
	}
	for name, err := range map[string]error{
		"OpenExports": second(app.ClosedAPI().OpenExports()),
		"SavePicture": second(app.ClosedAPI().SavePicture(app.PictureInput{})),
		"SaveSheet":   second(app.ClosedAPI().SaveSheet(app.SheetInput{})),
	} {
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeUnavailable {
			t.Errorf("%s before the data is open: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestTextsAreSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	api := app.OpenAPI(t, "web", dir, time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
	for name, file := range map[string]string{
		"purser-rules-2026-11-25.yaml": "purser-rules-2026-11-25.yaml", "../../ledger.db": "ledger-db.yaml", "": "rules.yaml",
	} {
		got, err := api.SaveText(app.TextInput{Name: name, Text: "name: mine\n"})
		if err != nil || got.Path != filepath.Join(dir, "exports", file) {
			t.Errorf("%q: got %+v, %v; want %s", name, got, err, file)
			continue
		}
		if b, err := os.ReadFile(got.Path); err != nil || string(b) != "name: mine\n" {
			t.Errorf("%q: kept %q, %v", name, b, err)
		}
	}
	if _, err := api.SaveText(app.TextInput{Name: "large", Text: strings.Repeat("x", 5<<20)}); err == nil {
		t.Error("a text of 5 MB was taken")
	}
}

func TestTablesAreSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	api := app.OpenAPI(t, "web", dir, time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC))
	in := app.SheetInput{Name: "../journal 2026-11-25", Head: []string{"Decision", "At stake"}, Rows: [][]string{
		{"=HYPERLINK(\"http://x\")", "-412.50"}, {"two\nlines, \"quoted\"", ""}, {"-1+cmd|' /C calc'!A0", "@x"}, {"＝1", "-5 pp"},
	}}
	got, err := api.SaveSheet(in)
	if err != nil || got.Path != filepath.Join(dir, "exports", "journal-2026-11-25.csv") {
		t.Fatalf("got %+v, %v", got, err)
	}
	want := "\ufeffDecision,At stake\n\"'=HYPERLINK(\"\"http://x\"\")\",-412.50\n\"two\nlines, \"\"quoted\"\"\",\n'-1+cmd|' /C calc'!A0,'@x\n'＝1,'-5 pp\n"
	if b, err := os.ReadFile(got.Path); err != nil || string(b) != want {
		t.Errorf("kept %q, %v", b, err)
	}
	for name, in := range map[string]app.SheetInput{
		"no columns": {Name: "x", Rows: [][]string{{}}},
		"ragged":     {Name: "x", Head: []string{"a", "b"}, Rows: [][]string{{"1", "2"}, {"1"}}},
		"too large":  {Name: "x", Head: []string{"a"}, Rows: [][]string{{strings.Repeat("x", 33<<20)}, {"y"}}},
	} {
		_, err := api.SaveSheet(in)
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeInvalid || e.Hint == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "exports", "x.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a refused table was written: %v", err)
	}
}
