package core

import (
	"context"
	"errors"
)

// Codes of Error. The UI switches on them; the texts are for people.
const (
	CodeInvalid     = "invalid"     // the input is wrong; Message says what and how to mend it
	CodeNotFound    = "not_found"   // nothing by that name
	CodeUnavailable = "unavailable" // the part that answers is not running
	CodeConflict    = "conflict"    // the thing changed meanwhile, or is in a state that does not allow this
	CodeCancelled   = "cancelled"   // the person stopped it, or the account it asked is no longer open
	CodeInternal    = "internal"    // a fault of Purser's own
)

// Error is an error meant for a person: what happened, to what, and what to do.
type Error struct {
	Code    string `json:"code"`
	Module  string `json:"module"`  // part that failed: "ingest", "sales"; may be empty
	Message string `json:"message"` // one or two sentences: what happened, to what
	Hint    string `json:"hint"`    // what to do; may be empty
	Err     error  `json:"-"`       // cause, for logs
}

// Error implements error.
func (e *Error) Error() string {
	s := e.Message
	if e.Hint != "" {
		s += " " + e.Hint
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Invalid makes a CodeInvalid error.
func Invalid(module, message, hint string) *Error {
	return &Error{Code: CodeInvalid, Module: module, Message: message, Hint: hint}
}

// NotFound makes a CodeNotFound error.
func NotFound(module, message string) *Error {
	return &Error{Code: CodeNotFound, Module: module, Message: message}
}

// Unavailable makes a CodeUnavailable error.
func Unavailable(module, message string, cause error) *Error {
	return &Error{Code: CodeUnavailable, Module: module, Message: message, Err: cause}
}

// AsError turns any error into an Error; a context that ended becomes CodeCancelled, unknown ones CodeInternal.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, context.Canceled) {
		return &Error{
			Code: CodeCancelled, Message: "The account was closed before this was answered.", Hint: "Ask again: it is opened anew.", Err: err,
		}
	}
	return &Error{Code: CodeInternal, Message: err.Error(), Err: err}
}
