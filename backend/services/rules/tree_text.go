package rules

import (
	"strings"
	"unicode"
)

// unbracketed is the span without spaces and without brackets around all of it.
func unbracketed(text []rune, from, to int) (int, int) {
	for {
		for from < to && unicode.IsSpace(text[from]) {
			from++
		}
		for from < to && unicode.IsSpace(text[to-1]) {
			to--
		}
		if from >= to || text[from] != '(' || closing(text, from) != to-1 {
			return from, to
		}
		from, to = from+1, to-1
	}
}

// closing is the place of the bracket that closes the one at open; -1 where there is none.
func closing(text []rune, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'':
			i = endOfString(text, i)
		}
	}
	return -1
}

// endOfString is the last character of the string literal that opens at i.
func endOfString(text []rune, i int) int {
	quote := text[i]
	raw := i > 0 && strings.ContainsRune("rR", text[i-1])
	long := i+2 < len(text) && text[i+1] == quote && text[i+2] == quote
	j := i + 1
	if long {
		j = i + 3
	}
	for ; j < len(text); j++ {
		switch {
		case text[j] == '\\' && !raw:
			j++
		case text[j] == quote && !long:
			return j
		case text[j] == quote && j+2 < len(text) && text[j+1] == quote && text[j+2] == quote:
			return j + 2
		}
	}
	return len(text)
}

// hasComment says whether the text has a comment, which would swallow what is put behind it.
func hasComment(s string) bool {
	text := []rune(s)
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"' || text[i] == '\'':
			i = endOfString(text, i)
		case text[i] == '/' && i+1 < len(text) && text[i+1] == '/':
			return true
		}
	}
	return false
}
