package parse

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Header normalises a column name, so that the same column of two files compares equal:
// composed, lower case, without byte order mark, quotes at the ends and a closing colon;
// spaces, underscores, slashes and dashes become single dashes; full-width brackets become ASCII.
func Header(s string) string {
	s = strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(s, "\ufeff")), ":")
	s = strings.ToLower(norm.NFC.String(s))
	var b strings.Builder
	b.Grow(len(s))
	dash := false
	for _, r := range s {
		switch r {
		case ' ', '_', '/', '-', '\u00a0', '\u202f', '\u3000', '–', '—', '／', '\t', '\r', '\n':
			dash = b.Len() > 0
			continue
		case '"', '\ufeff':
			continue
		case '（':
			r = '('
		case '）':
			r = ')'
		case '’', '‘', '`', '´':
			r = '\''
		}
		if dash {
			b.WriteByte('-')
			dash = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
