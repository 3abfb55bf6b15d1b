package retention

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"purser/backend/core"
)

// Made names files that Purser makes in a data folder, and folders, which are its own with all that is in them.
type Made struct {
	Kind, Title string
	Unit        string   // what is counted: "files"
	Patterns    []string // names in the data folder, as filepath.Match reads them
}

// receiptsDir is where receipts are, below the root of the data.
const receiptsDir = "receipts"

// survey says what of a data folder Purser made, and what is in it besides.
func survey(dir string, made []Made, keep ...string) (items []ItemOutput, left []OutsideOutput, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return []ItemOutput{}, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("look into the data folder: %w", err)
	}
	counts := map[string]*ItemOutput{}
	for _, e := range entries {
		i := madeIndex(made, e.Name())
		path := filepath.Join(dir, e.Name())
		switch {
		case slices.Contains(keep, e.Name()):
			continue
		case i < 0:
			left = append(left, OutsideOutput{Path: path, Text: "It is in the data folder, but Purser did not make it."})
			continue
		case e.Type()&fs.ModeSymlink != 0:
			to, err := filepath.EvalSymlinks(path)
			if err == nil {
				left = append(left, OutsideOutput{Path: to, Text: "The data folder only points to it. The pointer goes, what it points to stays."})
			}
		}
		m := made[i]
		if counts[m.Kind] == nil {
			counts[m.Kind] = &ItemOutput{Kind: m.Kind, Title: m.Title, Unit: m.Unit}
		}
		n, bytes, err := weigh(path)
		if err != nil {
			return nil, nil, err
		}
		counts[m.Kind].Count += n
		counts[m.Kind].Bytes += bytes
	}
	items = []ItemOutput{}
	for _, m := range made {
		if c := counts[m.Kind]; c != nil && !slices.ContainsFunc(items, func(o ItemOutput) bool { return o.Kind == m.Kind }) {
			items = append(items, *c)
		}
	}
	return items, left, nil
}

func madeIndex(made []Made, name string) int {
	return slices.IndexFunc(made, func(m Made) bool {
		return slices.ContainsFunc(m.Patterns, func(p string) bool {
			ok, err := filepath.Match(p, name)
			return err == nil && ok
		})
	})
}

// weigh counts the files below a path, and their bytes. It follows no pointers.
func weigh(path string) (files int, bytes int64, err error) {
	err = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile
		}
		if err != nil || d.IsDir() {
			return err
		}
		st, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		files++
		if st.Mode().IsRegular() {
			bytes += st.Size()
		}
		return nil
	})
	if err != nil {
		return 0, 0, fmt.Errorf("look into the data folder: %w", err)
	}
	return files, bytes, nil
}

// remove deletes what Purser made in a data folder, in the order of made, and says what it could not.
func remove(dir string, made []Made, keep ...string) (failed []OutsideOutput, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look into the data folder: %w", err)
	}
	for i := range made {
		for _, e := range entries {
			if slices.Contains(keep, e.Name()) || madeIndex(made, e.Name()) != i {
				continue
			}
			path := filepath.Join(dir, e.Name())
			if err := os.RemoveAll(path); err != nil {
				failed = append(failed, OutsideOutput{Path: path, Text: "It could not be deleted: " + reason(err) + "."})
			}
		}
	}
	return failed, nil
}

func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// writeWhole writes a file so that it is there as a whole or not at all, also after a power cut.
func writeWhole(path string, content []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	tmp := path + ".part"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // our own folder
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(tmp))
	}
	return syncDir(filepath.Dir(path))
}

// syncDir has the names in a folder on disk. Systems that cannot do this keep them themselves.
func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // our own folder
	if err != nil {
		return fmt.Errorf("open %s: %w", dir, err)
	}
	_ = d.Sync() // Windows refuses it
	return d.Close()
}

// sizeWords writes bytes for a person.
func sizeWords(n int64) string {
	const unit = 1000
	if n < unit {
		return plural(int(n), "byte")
	}
	f, names := float64(n)/unit, []string{"kB", "MB", "GB", "TB"}
	i := 0
	for f >= unit && i < len(names)-1 {
		f, i = f/unit, i+1
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") + " " + names[i]
}

func wrongWord() error {
	return core.Invalid(part, "Nothing was erased.", "Type the words “"+EraseWord+"” to do it: nothing of it can be brought back.")
}
