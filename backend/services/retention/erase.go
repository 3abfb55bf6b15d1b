package retention

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
)

// EraseWord is what a person types to erase everything.
const EraseWord = "erase everything"

// markerFile says that a data folder is being erased: whoever opens it next ends that first.
const markerFile = "erasing.json"

// Erasure is the erasing of a data folder.
type Erasure struct {
	Root string // where the data of this computer's user is; the marker and the receipts are here
	Dir  string // what is erased: Root, or the demo's folder below it
	Demo bool
	Made []Made
	// Last is deleted after all else: it keeps another program out meanwhile. Release lets go of it first.
	Last    []string
	Release func() error
	// Forget deletes an entry of the keychain; none is no error.
	Forget func(ctx context.Context, entry string) error
	Now    func() time.Time
}

// marker is the order to erase, as it is stored before anything is deleted.
type marker struct {
	Demo    bool          `json:"demo"`
	Entries []string      `json:"entries"` // of the keychain
	Receipt ReceiptOutput `json:"receipt"`
}

// Plan says what erasing would do; amazon and outside are what the account knows of.
func (e Erasure) Plan(amazon []AmazonOutput, outside []OutsideOutput) (EraseBeginOutput, error) {
	out := noPlan()
	items, left, err := survey(e.Dir, e.Made, receiptsDir, markerFile)
	if err != nil {
		return out, err
	}
	out.Word, out.Folder, out.Demo, out.Items = EraseWord, e.Dir, e.Demo, items
	out.Amazon = append(out.Amazon, amazon...)
	out.Outside = append(append(out.Outside, outside...), left...)
	for _, i := range items {
		out.Files += i.Count
		out.Bytes += i.Bytes
	}
	out.Text = e.planText(out)
	return out, nil
}

func (e Erasure) planText(p EraseBeginOutput) string {
	what := fmt.Sprintf("%s with %s in %s are deleted, and nothing of them can be brought back.", plural(p.Files, "file"), sizeWords(p.Bytes), p.Folder)
	if e.Demo {
		return what + " This is the demo shop's folder: your own data stays as it is."
	}
	what += " Fetching and acting stop, the connections to Amazon and their secrets are destroyed, and Purser is as on its first start. A receipt stays."
	if len(p.Amazon) > 0 {
		what += " What you authorised at Amazon stands until you withdraw it there."
	}
	return what
}

// Order stores that the folder is to be erased. From then on it will be, whatever happens: see Finish.
func (e Erasure) Order(word, who string, p EraseBeginOutput, entries []string) error {
	if !Confirmed(word) {
		return wrongWord()
	}
	m := marker{Demo: e.Demo, Receipt: ReceiptOutput{
		At: e.Now().UTC().Format(time.RFC3339), Folder: p.Folder, Demo: p.Demo, Who: who, Items: p.Items, Files: p.Files, Bytes: p.Bytes,
		Amazon: p.Amazon, Outside: p.Outside, Left: []OutsideOutput{},
	}}
	for _, name := range entries {
		if name != "" {
			m.Entries = append(m.Entries, name)
		}
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("order to erase: %w", err)
	}
	return writeWhole(filepath.Join(e.Root, markerFile), b)
}

// Confirmed says whether a person typed what erases everything.
func Confirmed(word string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(word), " "), EraseWord)
}

// Ordered says whether data below root is to be erased before it is opened, and whether it is the demo's.
func Ordered(root string) (ordered, demo bool, err error) {
	m, err := readMarker(root)
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	return err == nil, m.Demo, err
}

func readMarker(root string) (m marker, err error) {
	b, err := os.ReadFile(filepath.Join(root, markerFile)) //nolint:gosec // our own folder
	if err != nil {
		return m, fmt.Errorf("read the order to erase: %w", err)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, &core.Error{
			Code: core.CodeConflict, Module: part, Err: err, Message: "The order to erase everything in " + filepath.Join(root, markerFile) + " cannot be read.",
			Hint: "Delete that file and erase once more.",
		}
	}
	return m, nil
}

// Finish does what was ordered and gives the receipt. It may be cut at any moment, and be called again: it ends the same.
// Nothing of the folder may be open but what Release lets go of.
func (e Erasure) Finish(ctx context.Context, resumed bool) (ReceiptOutput, error) {
	m, err := readMarker(e.Root)
	if err != nil {
		return noReceipt(), err
	}
	r := m.Receipt
	r.Resumed = resumed
	for _, entry := range m.Entries {
		if err := e.Forget(ctx, entry); err != nil {
			r.Left = append(r.Left, OutsideOutput{Text: "The entry “" + entry + "” of the keychain could not be deleted: " + err.Error() +
				". What it opened is gone; delete it by hand."})
		}
	}
	failed, err := e.removeAll()
	if err != nil {
		return noReceipt(), err
	}
	if len(failed) > 0 {
		return noReceipt(), stuck(failed)
	}
	if err := e.keepReceipt(&r); err != nil {
		return noReceipt(), err
	}
	if err := os.Remove(filepath.Join(e.Root, markerFile)); err != nil {
		return noReceipt(), fmt.Errorf("end the erasing: %w", err)
	}
	return r, syncDir(e.Root)
}

// removeAll deletes everything, at last what kept others out. What could not be deleted is tried once more.
func (e Erasure) removeAll() ([]OutsideOutput, error) {
	keep := append([]string{receiptsDir, markerFile}, e.Last...)
	if failed, err := remove(e.Dir, e.Made, keep...); err != nil || len(failed) > 0 {
		if failed, err = remove(e.Dir, e.Made, keep...); err != nil || len(failed) > 0 {
			return failed, err
		}
	}
	if e.Release != nil {
		if err := e.Release(); err != nil {
			return nil, fmt.Errorf("let go of the data folder: %w", err)
		}
	}
	failed, err := remove(e.Dir, e.Made, receiptsDir, markerFile)
	if err == nil && e.Demo {
		_ = os.Remove(e.Dir) // goes if nothing is left in it
	}
	return failed, err
}

func stuck(failed []OutsideOutput) error {
	words := make([]string, len(failed))
	for i, f := range failed {
		words[i] = f.Path + ". " + f.Text
	}
	return &core.Error{
		Code: core.CodeConflict, Module: part, Message: "Not everything could be erased: " + strings.Join(words, " "),
		Hint: "Close other programs that use these files and start Purser again: it goes on erasing before it opens anything.",
	}
}

// keepReceipt writes the receipt as text and as JSON.
func (e Erasure) keepReceipt(r *ReceiptOutput) error {
	at, err := time.Parse(time.RFC3339, r.At)
	if err != nil {
		return fmt.Errorf("write the receipt: %w", err)
	}
	base := filepath.Join(e.Root, receiptsDir, "purser-erased-"+at.Format("20060102-150405"))
	r.TextPath, r.JSONPath = base+".txt", base+".json"
	r.Text = receiptText(*r)
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write the receipt: %w", err)
	}
	return errors.Join(writeWhole(r.TextPath, []byte(r.Text)), writeWhole(r.JSONPath, b))
}

// receiptText is the receipt as a person keeps it.
func receiptText(r ReceiptOutput) string {
	var b bytes.Buffer
	line := func(format string, a ...any) { _, _ = fmt.Fprintf(&b, format+"\n", a...) }
	line("Purser: everything was erased")
	line("")
	line("When:    %s", r.At)
	line("Folder:  %s", r.Folder)
	line("By:      %s", r.Who)
	if r.Demo {
		line("This was the demo shop. Your own data was not touched.")
	}
	if r.Resumed {
		line("It was cut off once, and was ended when Purser was next started.")
	}
	line("")
	line("Erased:  %s, %s", plural(r.Files, "file"), sizeWords(r.Bytes))
	for _, i := range r.Items {
		line("  %s: %d %s, %s", i.Title, i.Count, i.Unit, sizeWords(i.Bytes))
	}
	section := func(title string, all []OutsideOutput) {
		if len(all) == 0 {
			return
		}
		line("")
		line("%s", title)
		for _, o := range all {
			line("  %s", strings.TrimSpace(o.Path+" "+o.Text))
		}
	}
	if len(r.Amazon) > 0 {
		line("")
		line("Still standing at Amazon, until you withdraw it there:")
		for _, a := range r.Amazon {
			line("  %s: %s %s", a.Title, a.Text, a.Link)
		}
	}
	section("Not touched:", r.Outside)
	section("Could not be erased:", r.Left)
	return b.String()
}

// Receipts reads the receipts below root, newest first.
func Receipts(root string) ([]ReceiptOutput, error) {
	paths, err := filepath.Glob(filepath.Join(root, receiptsDir, "purser-erased-*.json"))
	if err != nil {
		return nil, fmt.Errorf("look for receipts: %w", err)
	}
	slices.Sort(paths)
	slices.Reverse(paths)
	out := []ReceiptOutput{}
	for _, p := range paths {
		b, err := os.ReadFile(p) //nolint:gosec // our own folder
		if err != nil {
			return nil, fmt.Errorf("read a receipt: %w", err)
		}
		r := noReceipt()
		if json.Unmarshal(b, &r) == nil && r.At != "" { // what a person changed is no receipt
			out = append(out, r)
		}
	}
	return out, nil
}
