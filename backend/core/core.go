// Package core holds the words every part of Purser shares.
//
// Input: nothing; it imports only the Go library.
// Output: marketplaces, SKUs, exact money, calendar days and errors meant for people.
package core
