// Package files writes a file to upload into a folder of this computer.
//
// Input: a wish with its subject, figures and steps.
// Output: one tab-separated file for each decision, or what was there before. Nothing is uploaded by it.
package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Executor writes files.
type Executor struct {
	action.Place[File]
}

var _ action.Executor = (*Executor)(nil)

// File is a file as it stands in the folder.
type File struct {
	Name string `json:"name"` // in the folder, without any part of a path
	Text string `json:"text"` // all of it, UTF-8
}

const (
	largest = 1 << 20 // bytes of a file that is written, or restored
	ending  = ".tsv"
)

// New makes an executor on a folder, which is made when the first file is written. Names in it are its own: of a
// decision's id only letters and digits reach the disk, and no path, link or device leads out of it.
func New(dir string) *Executor {
	return &Executor{action.Place[File]{
		Read:  func(_ context.Context, r action.Request) (*File, error) { return read(dir, nameOf(r.Decision)) },
		Write: func(_ context.Context, r action.Request, set *File) error { return write(dir, nameOf(r.Decision), set) },
		Sign:  action.Sign[File],
		Check: func(r action.Request, set *File) error {
			if set != nil && set.Name != nameOf(r.Decision) {
				return action.Refuse("The file has another name than was prepared. Nothing was written.", nil)
			}
			return nil
		},
		Said: func(r action.Request, set *File) string {
			if set == nil {
				return "The file " + nameOf(r.Decision) + " was removed."
			}
			return fmt.Sprintf("The file %s is in %s.", set.Name, dir)
		},
	}}
}

// Kind implements action.Executor. It is never done without asking: another program may upload what appears in a folder.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.File, Title: "Write a file to upload", Level: action.Local, Repeatable: true, Readable: true, Needs: []string{action.PerDay},
	}
}

// Prepare implements action.Executor.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	if w.Decision == "" {
		return action.Request{}, core.Invalid("files", "A file needs the decision that it is for.", "")
	}
	f := &File{Name: nameOf(w.Decision), Text: sheet(w)}
	if len(f.Text) > largest {
		return action.Request{}, core.Invalid("files", "The file would be larger than 1 MB.", "Give the rule fewer or shorter steps.")
	}
	return e.Fill(ctx, action.Request{
		Kind: action.File, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: "file:" + f.Name, Field: "text",
		Size: action.Size{Units: w.Units},
	}, f)
}

// nameOf is the name of a decision's file: what of its id is a plain letter or digit, and a hash of all of it. It
// never begins as a reserved name of Windows does.
func nameOf(decision string) string {
	const longest = 40
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(decision))
	h := sha256.Sum256([]byte(decision))
	return "decision-" + plain[:min(len(plain), longest)] + "-" + hex.EncodeToString(h[:4]) + ending
}

// open opens the folder so that no name in it leads out of it; nil: there is no folder.
func open(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the folder of files to upload: %w", err)
	}
	return root, nil
}

// read gives a file; nil: there is none. One that Purser cannot have written is an error, so that it is not replaced.
func read(dir, name string) (f *File, err error) {
	root, err := open(dir)
	if root == nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	at, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("look for %s: %w", name, err)
	case !at.Mode().IsRegular() || at.Size() > largest:
		return nil, notOurs(name)
	}
	in, err := root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	text, err := io.ReadAll(io.LimitReader(in, largest+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(text) > largest || !utf8.Valid(text) {
		return nil, notOurs(name)
	}
	return &File{Name: name, Text: string(text)}, nil
}

func notOurs(name string) error {
	return &core.Error{
		Code: core.CodeConflict, Module: "files", Message: name + " in the folder of files to upload was not written by Purser.",
		Hint: "Move it away.",
	}
}

// write puts a file there whole or not at all, readable only by its owner; nil takes it away.
func write(dir, name string, set *File) (err error) {
	if set == nil {
		return remove(dir, name)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return action.Refuse("The folder of files to upload cannot be made: "+err.Error(), err)
	}
	root, err := open(dir)
	if err != nil || root == nil {
		return action.Refuse("The folder of files to upload cannot be opened.", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	part := name + ".part"
	if err := fill(root, part, set.Text); err != nil {
		return action.Refuse("The file "+name+" cannot be written: "+err.Error(), errors.Join(err, root.Remove(part)))
	}
	if err := root.Rename(part, name); err != nil {
		return fmt.Errorf("put %s in its place: %w", name, err)
	}
	return settle(root)
}

// fill writes a new file to the disk.
func fill(root *os.Root, name, text string) (err error) {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) { // left by a crash
		return err
	}
	out, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = out.WriteString(text)
	return errors.Join(err, out.Sync(), out.Close())
}

func remove(dir, name string) (err error) {
	root, err := open(dir)
	if root == nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return action.Refuse("The file "+name+" cannot be removed: "+err.Error(), err)
	}
	return settle(root)
}

// settle brings the names of the folder to the disk, where the system can.
func settle(root *os.Root) error {
	d, err := root.Open(".")
	if err != nil {
		return fmt.Errorf("open the folder of files to upload: %w", err)
	}
	_ = d.Sync() // Windows has no such thing for folders, and needs none
	return d.Close()
}
