package actions

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

const (
	// OnlyMax is how many subjects a rule may touch by itself at most.
	OnlyMax = 10_000
	// subjectMax is how long the name of one may be, in bytes.
	subjectMax = 1_000
	// fewSubjects is up to how many the audit names in words; of more it tells how many and their hash.
	fewSubjects = 20
)

// checkOnly gives a list of subjects as it is kept: sorted, each once. There is no word for all of them, so that what
// comes later is never part of what was agreed to.
func checkOnly(list []string) ([]string, error) {
	if len(list) > OnlyMax {
		return nil, core.Invalid("actions", fmt.Sprintf("%d are too many to act on by itself; %d is the most.", len(list), OnlyMax), "Name fewer.")
	}
	for _, id := range list {
		if why := wrongSubject(id); why != "" {
			return nil, core.Invalid("actions", fmt.Sprintf("%q cannot be among what a rule may touch by itself: %s.", short(id), why),
				"Name each one with its marketplace, like US/SKU-104.")
		}
	}
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out), nil
}

// wrongSubject says why a text is the id of no subject; "" if it may be one.
func wrongSubject(id string) string {
	marketplace, rest, parts := strings.Cut(id, "/")
	_, known := core.MarketplaceByCode(marketplace)
	switch {
	case id == "":
		return "it is blank"
	case len(id) > subjectMax:
		return "it is too long"
	case !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl):
		return "it has signs that no name has"
	case id == string(fact.Account):
		return ""
	case !known || marketplace != strings.ToUpper(marketplace):
		return "it does not begin with a marketplace"
	case parts && strings.TrimSpace(rest) == "":
		return "it names nothing of the marketplace"
	}
	return ""
}

// short keeps a message readable whatever was sent.
func short(id string) string {
	const most = 80
	if r := []rune(id); len(r) > most {
		return string(r[:most]) + "…"
	}
	return id
}

// untouchable says why a draft is about something that is not on the list of a band; "" if it is on it. Both must be:
// what was decided about, and what is changed in the end. What Purser keeps with the decision itself is of no other
// thing.
func (b Band) untouchable(d action.Draft) string {
	if len(b.Only) == 0 {
		return "Its rule names nothing that it may touch by itself."
	}
	changed := d.Request.Entity
	if changed == action.OwnEntity(d.Request.Decision) {
		changed = d.Subject
	}
	for _, id := range []string{d.Subject, changed} {
		if _, on := slices.BinarySearch(b.Only, id); !on || id == "" {
			return fmt.Sprintf("%s is not among what this rule may touch by itself.", cmp.Or(id, "What it is about"))
		}
	}
	return ""
}

// onlyWords tells the audit what a list holds.
func onlyWords(only []string) string {
	if len(only) <= fewSubjects {
		return fmt.Sprintf("on %d: %s", len(only), strings.Join(only, ", "))
	}
	h := sha256.Sum256([]byte(strings.Join(only, "\n")))
	return fmt.Sprintf("on %d, their list by its SHA-256: %s", len(only), hex.EncodeToString(h[:]))
}
