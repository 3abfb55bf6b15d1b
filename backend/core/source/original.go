package source

import "context"

// Original is one row of a document as it stands in the file.
type Original struct {
	// Header names the columns as the file writes them; of a JSON document the paths of the fields.
	Header []string
	Cells  []string // go with Header; personal ones are empty
	Line   int      // as records count it: their Row
	// Lines is how many lines the document has. It is counted from its rows, so cells that span
	// lines and empty lines may make it differ.
	Lines int
	Raw   string // the row as text; of a JSON document the part it was made of, indented
	Path  string // of a JSON document: where that part is, such as "performanceMetrics[0].lateShipmentRate"
	// Before and After are a few rows around it, those of JSON documents with their own headers left out.
	Before, After []OriginalRow
}

// OriginalRow is a neighbour of an Original.
type OriginalRow struct {
	Line  int
	Cells []string
}

// Tracer is a FileSource that finds the row of a file that a record was made of.
type Tracer interface {
	// Original gives the row of an inspected file that begins at line, or spans it. Where there is none it
	// is a *core.Error with CodeNotFound that says why. It reads the file up to the row and no further.
	Original(ctx context.Context, f File, in Inspection, line int) (Original, error)
}
