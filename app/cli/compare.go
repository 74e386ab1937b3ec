package cli

import (
	"fmt"
	"io"
	"net/url"

	"tracedesk/backend/desk/compare"
)

// compareSources prints what every source says of a load, field by field.
func compareSources(c *call) error {
	var out compare.Comparison
	if err := c.ask("/api/loads/"+url.PathEscape(c.args[0])+"/compare", c.when(), &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayComparison(w, &out) })
}

func sayComparison(w io.Writer, told *compare.Comparison) {
	fmt.Fprintf(w, "Load %s, %d sources\n", told.Load, len(told.Columns))
	names := map[string]string{}
	for _, column := range told.Columns {
		names[column.Key] = column.Name
	}
	for i := range told.Rows {
		row := &told.Rows[i]
		fmt.Fprintln(w, row.Name)
		for _, cell := range row.Cells {
			mark := " "
			switch {
			case row.Accepted != nil && row.Accepted.Column == cell.Column && row.Accepted.Value == cell.Value:
				mark = "*"
			case cell.Odd:
				mark = "!"
			}
			fmt.Fprintf(w, "  %s %-24s %s\n", mark, names[cell.Column], cell.Value)
		}
		if row.Contradiction == "" {
			continue
		}
		fmt.Fprintln(w, "    "+row.Contradiction)
		if row.Dismissed != nil {
			fmt.Fprintf(w, "    Known to %s: %s\n", row.Dismissed.By, row.Dismissed.Note)
		} else {
			fmt.Fprintln(w, "    "+row.Question)
		}
	}
}
