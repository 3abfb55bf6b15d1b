package secrets

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Files of a vault.
const (
	fileName     = "secrets.vault"
	previousName = "secrets.vault.previous"
	tempName     = "secrets.vault.new"
	triesName    = "secrets.tries"
)

// magic begins the file. Then come the length of the header (4 bytes, big-endian), the header (JSON), the sealed secrets
// (AES-256-GCM over JSON, the nonce first; all before them is authenticated with them), and the SHA-256 of all that.
const magic = "PURSERVAULT1\n"

const (
	keySize = 32
	maxFile = 64 << 20
)

// header is what is readable without the key.
type header struct {
	ID   string `json:"id"` // of this vault, for the keychain
	Mode Mode   `json:"mode"`
	// Wrapped is the key, sealed by age with a passphrase; nil where the keychain has it.
	Wrapped []byte `json:"wrapped,omitempty"`
}

// image is a vault file in its parts.
type image struct {
	head   header
	bound  []byte // all before the sealed secrets
	sealed []byte
}

var errFile = errors.New("the file is damaged")

// seal makes a whole file.
func seal(h header, key []byte, all map[string]string) ([]byte, error) {
	head, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	b := append([]byte(magic), binary.BigEndian.AppendUint32(nil, uint32(len(head)))...)
	b = append(b, head...)
	b = append(b, aead.Seal(nil, nil, plain, b)...) //nolint:gosec // it makes its own nonce, and takes none
	sum := sha256.Sum256(b)
	return append(b, sum[:]...), nil
}

// parse takes a file apart; it is damaged if a single bit is not as it was written.
func parse(b []byte) (image, error) {
	if len(b) < len(magic)+4+sha256.Size || !bytes.HasPrefix(b, []byte(magic)) {
		return image{}, errFile
	}
	body, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return image{}, errFile
	}
	at := len(magic) + 4
	n := int64(binary.BigEndian.Uint32(body[len(magic):at]))
	if n > int64(len(body)-at) {
		return image{}, errFile
	}
	end := at + int(n)
	im := image{bound: body[:end], sealed: body[end:]}
	if err := json.Unmarshal(body[at:end], &im.head); err != nil {
		return image{}, errFile
	}
	if m := im.head.Mode; im.head.ID == "" || (m != ByKeychain && m != ByPassphrase) {
		return image{}, errFile
	}
	return im, nil
}

// open gives the secrets; an error means another key, or that the file was tampered with.
func (im image) open(key []byte) (map[string]string, error) {
	aead, err := gcm(key)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nil, im.sealed, im.bound)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	return all, json.Unmarshal(plain, &all)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// load reads and parses a file; fs.ErrNotExist where there is none.
func load(path string) (image, error) {
	f, err := os.Open(path) //nolint:gosec // in the data folder
	if err != nil {
		return image{}, err
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return image{}, err
	}
	return parse(b)
}

// write puts a file in place whole or not at all, and on disk before it returns.
func write(dir, name string, b []byte) error {
	temp := filepath.Join(dir, tempName)
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // in the data folder
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, filepath.Join(dir, name)); err != nil {
		return err
	}
	return syncDir(dir)
}

// remove takes files away, for good; those that are not there are no error.
func remove(dir string, names ...string) error {
	var errs []error
	removed := false
	for _, n := range names {
		err := os.Remove(filepath.Join(dir, n))
		removed = removed || err == nil
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if removed {
		errs = append(errs, syncDir(dir))
	}
	return errors.Join(errs...)
}

// syncDir makes renames durable. Windows cannot open a folder for it, and does it by itself.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir) //nolint:gosec // the data folder
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// save writes a new file and keeps the one before it. Where forget is set what the one before held must not stay, so
// that it becomes the same as the new one.
func save(dir string, b []byte, forget bool) error {
	if len(b) > maxFile {
		return fmt.Errorf("keep the vault: it would be larger than %d MB", maxFile>>20)
	}
	var err error
	if forget {
		err = remove(dir, previousName)
	} else {
		err = keepPrevious(dir)
	}
	if err == nil {
		err = write(dir, fileName, b)
	}
	if err == nil && forget {
		err = write(dir, previousName, b)
	}
	if err != nil {
		return fmt.Errorf("keep the vault: %w", err)
	}
	return nil
}

// keepPrevious copies the file before it is replaced; a damaged one never replaces a good copy.
func keepPrevious(dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, fileName)) //nolint:gosec // in the data folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := parse(b); err != nil {
		return nil //nolint:nilerr // the copy that is there is the better one
	}
	return write(dir, previousName, b)
}
