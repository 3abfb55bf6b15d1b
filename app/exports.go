package app

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"purser/backend/core"
)

// exportDir is where exports of a data folder are written.
func exportDir(dir string) string { return filepath.Join(dir, "exports") }

// OpenExports shows the folder of exports in the system's file manager; it answers the path either way.
// In a browser (State.Door is "web") the page links to /__export/NAME instead.
func (a *API) OpenExports() (PathOutput, error) {
	s, err := a.session()
	if err != nil {
		return PathOutput{}, err
	}
	dir := exportDir(s.dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return PathOutput{}, fmt.Errorf("make the folder for exports: %w", err)
	}
	if a.p.door == "desktop" {
		return PathOutput{Path: dir}, startOutside(s.ctx, dir)
	}
	return PathOutput{Path: dir}, nil
}

// PictureInput is a chart as the page drew it.
type PictureInput struct {
	Name string `json:"name"` // what it shows; letters and digits of it name the file
	Data string `json:"data"` // PNG in base64, at most 4 MB; the front of a data: address may be left on
}

// SavedFileOutput names a file of the folder of exports.
type SavedFileOutput struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

const (
	largestPicture = 4 << 20
	mostPixels     = 32 << 20 // a screen of 8K: a small file can claim any size
	longestPicture = 120      // letters of its name
)

// SavePicture writes a picture that the page drew into the folder of exports. One of the same name is replaced.
func (a *API) SavePicture(in PictureInput) (SavedFileOutput, error) {
	s, err := a.session()
	if err != nil {
		return SavedFileOutput{}, err
	}
	picture, err := pictureOf(in.Data)
	if err != nil {
		return SavedFileOutput{}, err
	}
	return saveExport(s.dir, pictureName(in.Name), picture)
}

// saveExport writes a file into the folder of exports, whole or not at all.
func saveExport(dir, name string, content []byte) (SavedFileOutput, error) {
	out := SavedFileOutput{Name: name, Path: filepath.Join(exportDir(dir), name)}
	part := out.Path + ".part"
	if err := errors.Join(os.MkdirAll(exportDir(dir), 0o700), os.WriteFile(part, content, 0o600)); err != nil {
		return SavedFileOutput{}, fmt.Errorf("save %s: %w", name, err)
	}
	if err := os.Rename(part, out.Path); err != nil {
		return SavedFileOutput{}, errors.Join(fmt.Errorf("save %s: %w", name, err), os.Remove(part))
	}
	return out, nil
}

// TextInput is a text to be kept as a file.
type TextInput struct {
	Name string `json:"name"` // purser-rules.yaml
	Text string `json:"text"`
}

// largestText is more than all rules of a seller.
const largestText = 4 << 20

// SaveText writes rules that the page shows as text into the folder of exports. One of the same name is replaced.
func (a *API) SaveText(in TextInput) (SavedFileOutput, error) {
	s, err := a.session()
	if err != nil {
		return SavedFileOutput{}, err
	}
	if len(in.Text) > largestText {
		return SavedFileOutput{}, core.Invalid("app", "The text is larger than 4 MB.", "Export fewer rules at once.")
	}
	return saveExport(s.dir, fileName(strings.TrimSuffix(in.Name, ".yaml"), "rules")+".yaml", []byte(in.Text))
}

// SheetInput is a table that a page shows, as texts.
type SheetInput struct {
	Name string     `json:"name"` // what it shows; letters and digits of it name the file
	Head []string   `json:"head"`
	Rows [][]string `json:"rows"` // each as long as the head
}

// largestSheet bounds the bytes of a table that a page hands over.
const largestSheet = 32 << 20

// plainNumber is a figure as a page writes it for a spreadsheet.
var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// SaveSheet writes a table into the folder of exports as CSV, so that a spreadsheet never takes a text of it for a
// formula. One of the same name is replaced.
func (a *API) SaveSheet(in SheetInput) (SavedFileOutput, error) {
	s, err := a.session()
	if err != nil {
		return SavedFileOutput{}, err
	}
	text, err := sheetText(in)
	if err != nil {
		return SavedFileOutput{}, err
	}
	return saveExport(s.dir, fileName(strings.TrimSuffix(in.Name, ".csv"), "table")+".csv", text)
}

func sheetText(in SheetInput) ([]byte, error) {
	if len(in.Head) == 0 {
		return nil, core.Invalid("app", "A table without columns cannot be written.", "Open the page again and save it once more.")
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // spreadsheets take UTF-8 for the system's letters without it
	w := csv.NewWriter(&b)
	rec := make([]string, len(in.Head))
	for _, row := range append([][]string{in.Head}, in.Rows...) {
		if len(row) != len(in.Head) {
			return nil, core.Invalid("app", "A row of the table has another number of cells than its head.", "Open the page again and save it once more.")
		}
		for i, text := range row {
			if rec[i] = text; !plainNumber.MatchString(text) {
				rec[i] = csvCell(text)
			}
		}
		if err := w.Write(rec); err != nil {
			return nil, fmt.Errorf("write the table: %w", err)
		}
		if b.Len() > largestSheet {
			return nil, core.Invalid("app", "The table is larger than 32 MB.", "Show fewer rows and save it again.")
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// pictureOf decodes a picture and makes sure that it is one and nothing else.
func pictureOf(data string) ([]byte, error) {
	data = strings.TrimPrefix(data, "data:image/png;base64,")
	if base64.StdEncoding.DecodedLen(len(data)) > largestPicture+2 {
		return nil, core.Invalid("app", "The picture is larger than 4 MB.", "Make the window smaller and save it again.")
	}
	b, err := base64.StdEncoding.DecodeString(data)
	notOne := core.Invalid("app", "What the page sent is not a PNG picture.", "Open the page again and save it once more.")
	if err != nil || len(b) > largestPicture {
		return nil, notOne
	}
	head, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || int64(head.Width)*int64(head.Height) > mostPixels {
		return nil, notOne
	}
	all := bytes.NewReader(b)
	if _, err := png.Decode(all); err != nil || all.Len() > 0 {
		return nil, notOne
	}
	return b, nil
}

var notInNames = regexp.MustCompile(`[^A-Za-z0-9-]+`)

// pictureName makes a plain file name of what a picture shows.
func pictureName(shows string) string {
	return fileName(strings.TrimSuffix(shows, ".png"), "chart") + ".png"
}

// fileName makes a name that every system takes; where nothing is left of it, another.
func fileName(name, otherwise string) string {
	name = strings.Trim(notInNames.ReplaceAllString(name, "-"), "-")
	return cmp.Or(strings.Trim(name[:min(len(name), longestPicture)], "-"), otherwise)
}
