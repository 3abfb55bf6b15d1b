package sellercentral

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/table"
	"purser/backend/sources/sellercentral/internal/unpack"
)

func fatal(code, message string) source.Problem {
	return source.Problem{Code: code, Message: message, Fatal: true}
}

// problemOf turns an error of reading a file into what a person should know; false if the
// fault is not the file's (it could not be opened, or the reading was stopped).
func problemOf(err error, f source.File) (source.Problem, bool) {
	name := "“" + f.Name + "”"
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, unpack.ErrTooLarge):
		return fatal(source.ProblemTooLarge, name+" unpacks to more than a report can be (4 GB, 5 million rows, or 200 times its packed size), so it was not read. Download a shorter period."), true
	case errors.Is(err, table.ErrLineTooLong):
		return fatal(source.ProblemTooLarge, name+" has a line of more than 1 MB, which no report has. Download it again."), true
	case errors.Is(err, unpack.ErrTruncated), errors.Is(err, io.ErrUnexpectedEOF):
		return fatal(source.ProblemTruncated, name+" ends in the middle: the download was cut off. Download it again."), true
	case errors.Is(err, unpack.ErrCorrupt), errors.As(err, &syntax):
		return fatal(source.ProblemUnreadable, name+" is damaged and cannot be read. Download it again."), true
	}
	return source.Problem{}, false
}

// shellProblem knows files that are no report at all by their first bytes.
func shellProblem(head []byte, f source.File) *source.Problem {
	name := "“" + f.Name + "”"
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head[:min(len(head), 1024)], []byte("\xef\xbb\xbf"))))
	var p source.Problem
	switch {
	case len(start) == 0:
		p = fatal(source.ProblemEmpty, name+" is empty. Download it again; a report without rows still has its header.")
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")), bytes.HasPrefix(start, []byte("<head")):
		p = fatal(source.ProblemHTML, name+" is a web page, most likely Amazon's sign-in page saved in place of the report. Sign in to Seller Central and download the report again.")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		p = fatal(source.ProblemUnreadable, name+" is a workbook in the old .xls format. Open it and save it as .xlsx or .csv.")
	case bytes.HasPrefix(start, []byte("%pdf")):
		p = fatal(source.ProblemUnknownKind, name+" is a PDF. Purser reads the table itself: download the report as CSV, text or Excel.")
	case bytes.HasPrefix(start, []byte("<?xml")):
		p = fatal(source.ProblemUnknownKind, name+" is XML. Download the report as a flat file (text or CSV).")
	default:
		return nil
	}
	return &p
}

// binaryProblem is for bytes that are no text.
func binaryProblem(f source.File) source.Problem {
	return fatal(source.ProblemEncoding, "“"+f.Name+"” is not text in any encoding Purser knows. If a spreadsheet saved it, save it again as “CSV UTF-8”.")
}

// kindProblem explains why a file's kind was not told: a column is missing from a kind it
// resembles, or it resembles none.
func kindProblem(f source.File, nearest []guess) source.Problem {
	name := "“" + f.Name + "”"
	if len(nearest) > 0 {
		g := nearest[0]
		found := g.required - len(g.missing)
		if len(g.missing) > 0 && found >= 2 && found*2 >= g.required {
			return fatal(source.ProblemMissingColumn, fmt.Sprintf(
				"%s looks like “%s”, but has no column %s. Download the report again without leaving out or renaming columns.",
				name, g.kind.info.Title, quoteList(g.missing)))
		}
	}
	var near []string
	for _, g := range nearest[:min(len(nearest), 3)] {
		if g.matched >= 2 && len(g.missing) > 0 {
			near = append(near, "“"+g.kind.info.Title+"” (missing "+quoteList(g.missing)+")")
		}
	}
	message := name + " is no report Purser knows."
	if len(near) > 0 {
		message += " It comes nearest to " + strings.Join(near, ", ") + "."
	}
	return fatal(source.ProblemUnknownKind, message+" The page on importing lists what can be read and where to download it.")
}

func quoteList(names []string) string {
	more := ""
	if len(names) > 4 {
		more = " and " + strconv.Itoa(len(names)-4) + " more"
		names = names[:4]
	}
	return "“" + strings.Join(names, "”, “") + "”" + more
}

// rowProblems judges the counts of an inspection: more than one row in a hundred bad holds the
// file, but a single bad row among good ones never does.
func rowProblems(in *source.Inspection, f source.File) {
	name := "“" + f.Name + "”"
	switch {
	case in.Rows == 0:
		in.Problems = append(in.Problems, source.Problem{
			Code: source.ProblemNoRows, Message: name + " has its header but no rows: Amazon had nothing to list for it.",
		})
	case in.BadRows == in.Rows || (in.BadRows > 1 && in.BadRows*100 > in.Rows):
		first := ""
		if len(in.Bad) > 0 {
			first = fmt.Sprintf(" The first is line %d: %s.", in.Bad[0].Line, in.Bad[0].Reason)
		}
		in.Problems = append(in.Problems, fatal(source.ProblemTooManyBad, fmt.Sprintf(
			"%d of %d rows of %s could not be understood, so none was stored.%s Check its encoding and its number and date style, or download it again.",
			in.BadRows, in.Rows, name, first)))
	}
	if len(in.UnknownColumns) > 0 {
		in.Problems = append(in.Problems, source.Problem{
			Code:    source.ProblemUnknownColumns,
			Message: name + " has columns Purser does not know and leaves out: " + quoteList(in.UnknownColumns) + ".",
		})
	}
}

// needProblems names what a person must say before the file can be stored.
func needProblems(in *source.Inspection, f source.File) {
	name := "“" + f.Name + "”"
	for _, need := range in.Needs {
		switch need {
		case needPeriod:
			in.Problems = append(in.Problems, source.Problem{
				Code: source.ProblemNeedsPeriod, Message: name + " does not say which days it covers. Give the first and the last day you chose when you downloaded it.",
			})
		case needMarketplace:
			in.Problems = append(in.Problems, source.Problem{
				Code: source.ProblemNeedsMarket, Message: name + " does not say which marketplace it is from. Choose it.",
			})
		}
	}
}
