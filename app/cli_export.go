package app

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/core/module"
)

func (e *env) exportCommand() *cobra.Command {
	var from, to string
	var asCSV bool
	c := &cobra.Command{
		Use:   "export [TABLE]",
		Short: "Write a table out as CSV or JSON; without a table, list them",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return misuse("export takes one table")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return e.with(c.Context(), false, func(s *session) error {
				if len(args) == 0 {
					return e.listExports(s)
				}
				p, err := periodFlags(from, to)
				if err != nil {
					return err
				}
				if asCSV && e.json {
					return misuse("choose either --csv or --json")
				}
				return e.export(c.Context(), s, args[0], p)
			})
		},
	}
	c.Flags().StringVar(&from, "from", "", "first day, YYYY-MM-DD (default: the first there is)")
	c.Flags().StringVar(&to, "to", "", "last day, YYYY-MM-DD (default: the last there is)")
	c.Flags().BoolVar(&asCSV, "csv", false, "write CSV (the default)")
	return c
}

func periodFlags(from, to string) (core.Period, error) {
	p := core.Period{From: 1, To: core.Date(9999, 12, 31)}
	var err error
	if from != "" {
		if p.From, err = core.ParseDay(from); err != nil {
			return p, misuse("--from: %v", err)
		}
	}
	if to != "" {
		if p.To, err = core.ParseDay(to); err != nil {
			return p, misuse("--to: %v", err)
		}
	}
	return p, nil
}

func (e *env) listExports(s *session) error {
	type row struct {
		Name    string   `json:"name"`
		Title   string   `json:"title"`
		Columns []string `json:"columns"`
	}
	rows := []row{}
	for _, x := range s.host.Exports() {
		rows = append(rows, row{x.Name, x.Title, x.Columns})
	}
	if e.json {
		return e.answer(rows)
	}
	for _, r := range rows {
		e.print("%-24s %s (%s)", r.Name, r.Title, strings.Join(r.Columns, ", "))
	}
	return nil
}

func (e *env) export(ctx context.Context, s *session, name string, p core.Period) error {
	for _, x := range s.host.Exports() {
		if x.Name != name {
			continue
		}
		write := writeCSV
		if e.json {
			write = writeJSON
		}
		n, err := write(ctx, x, p, e.out)
		if err != nil {
			return err
		}
		e.say("%d rows", n)
		return nil
	}
	return core.NotFound("export", "There is no table "+name+"; purser export lists them.")
}

// writeCSV writes the table as CSV, numbers as they are and text so that a spreadsheet never takes it for a formula.
func writeCSV(ctx context.Context, x module.Export, p core.Period, w io.Writer) (n int, err error) {
	cw := csv.NewWriter(w)
	if err := cw.Write(x.Columns); err != nil {
		return 0, fmt.Errorf("write %s: %w", x.Name, err)
	}
	rec := make([]string, len(x.Columns))
	err = x.Rows(ctx, p, func(row []any) error {
		n++
		for i, v := range row {
			rec[i] = csvCell(v)
		}
		return cw.Write(rec)
	})
	cw.Flush()
	return n, errors.Join(err, cw.Error())
}

// csvCell words a value; text that a spreadsheet would run gets a quote in front (OWASP, CSV injection).
func csvCell(v any) string {
	switch t := v.(type) {
	case nil:
		return ""
	case int64:
		return strconv.FormatInt(t, 10)
	case float64:
		return strconv.FormatFloat(t, 'f', -1, 64)
	case string:
		if t != "" && strings.ContainsAny(t[:1], "=+-@\t\r\n") || strings.HasPrefix(t, "＝") || strings.HasPrefix(t, "＋") || strings.HasPrefix(t, "－") || strings.HasPrefix(t, "＠") {
			return "'" + t
		}
		return t
	}
	return fmt.Sprint(v)
}

// writeJSON writes the table as a JSON array of objects, row by row.
func writeJSON(ctx context.Context, x module.Export, p core.Period, w io.Writer) (n int, err error) {
	bw := bufio.NewWriter(w)
	_, err = bw.WriteString("[")
	if err == nil {
		err = x.Rows(ctx, p, func(row []any) error {
			sep := ",\n"
			if n == 0 {
				sep = "\n"
			}
			n++
			return jsonRow(bw, sep, x.Columns, row)
		})
	}
	_, e2 := bw.WriteString("\n]\n")
	return n, errors.Join(err, e2, bw.Flush())
}

func jsonRow(w io.StringWriter, sep string, cols []string, row []any) error {
	var b strings.Builder
	b.WriteString(sep + "{")
	for i, c := range cols {
		if i > 0 {
			b.WriteString(",")
		}
		k, err := json.Marshal(c)
		if err != nil {
			return fmt.Errorf("write column %s: %w", c, err)
		}
		v, err := json.Marshal(row[i])
		if err != nil {
			return fmt.Errorf("write column %s: %w", c, err)
		}
		b.Write(k)
		b.WriteString(":")
		b.Write(v)
	}
	b.WriteString("}")
	_, err := w.WriteString(b.String())
	return err
}
