package adsapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"purser/backend/core/source"
)

// about is what stands before an answer in its document.
type about struct {
	API         string `json:"api"`
	Operation   string `json:"operation"`
	Region      string `json:"region"`
	Marketplace string `json:"marketplace"`
	From        string `json:"from,omitempty"` // first day of the profile's
	To          string `json:"to,omitempty"`   // last day
	Page        int    `json:"page,omitempty"`
	FetchedAt   string `json:"fetched_at"`
	Report      string `json:"report,omitempty"`
	Profile     string `json:"profile"`
	Currency    string `json:"currency"`
	Zone        string `json:"timezone"`
}

// document makes a document of an answer: it stands in it byte for byte. What is no JSON, such as the page of a
// network that asks to log in, is none.
func document(name string, a about, body []byte, at time.Time, request string) (source.Fetched, error) {
	if body = bytes.TrimSpace(body); !json.Valid(body) {
		return source.Fetched{}, errors.New("it is no JSON")
	}
	a.API, a.FetchedAt = Name, at.UTC().Format(time.RFC3339)
	head, err := json.Marshal(a)
	if err != nil {
		return source.Fetched{}, fmt.Errorf("write what a document is: %w", err)
	}
	text := bytes.Join([][]byte{[]byte(`{"purser":`), head, []byte(`,"body":`), body, []byte("}")}, nil)
	return source.Fetched{
		File: source.File{
			Name: name, Size: int64(len(text)), ModTime: at,
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil },
		},
		Options: source.Options{Marketplace: a.Marketplace, ObservedAt: at}, Request: request,
	}, nil
}
