package secrets

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
	"github.com/tyler-smith/go-bip39"
	"golang.org/x/text/unicode/norm"
)

const (
	minPassphrase = 12
	// defaultWork makes one try of a passphrase take about a second (scrypt, N = 2^18: what age takes).
	defaultWork = 18
	// maxWork bounds what a forged file can cost.
	maxWork = 20
)

func newKey() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // it never fails: the program ends instead
	return key
}

// newID names a vault in the keychain.
func newID() string { return strings.ToLower(rand.Text()) }

// phrase is the passphrase as it is used: the same whether a keyboard composes its letters or not.
func phrase(t Text) string { return norm.NFC.String(t.Reveal()) }

func checkPassphrase(t Text) error {
	if utf8.RuneCountInString(phrase(t)) < minPassphrase {
		return ErrShort
	}
	return nil
}

func wrap(key []byte, passphrase Text, work int) ([]byte, error) {
	to, err := age.NewScryptRecipient(phrase(passphrase))
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(key); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func unwrap(wrapped []byte, passphrase Text) ([]byte, error) {
	who, err := age.NewScryptIdentity(phrase(passphrase))
	if err != nil {
		return nil, err
	}
	who.SetMaxWorkFactor(maxWork)
	r, err := age.Decrypt(bytes.NewReader(wrapped), who)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, keySize+1))
}

// keyText is the key as the keychain keeps it: 44 characters, which fit everywhere.
func keyText(key []byte) string { return base64.StdEncoding.EncodeToString(key) }

func keyOf(text string) ([]byte, bool) {
	key, err := base64.StdEncoding.DecodeString(text)
	return key, err == nil && len(key) == keySize
}

func wordsOf(key []byte) (Text, error) {
	words, err := bip39.NewMnemonic(key)
	return NewText(words), err
}

// fromWords reads recovery words however they are spaced and written.
func fromWords(words Text) ([]byte, error) {
	key, err := bip39.EntropyFromMnemonic(strings.Join(strings.Fields(strings.ToLower(words.Reveal())), " "))
	if err != nil || len(key) != keySize {
		return nil, ErrWords
	}
	return key, nil
}
