package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"tracedesk/backend/desk/replay"
)

// makePapers writes papers whose content is known, for judging how papers are read.
func (c *call) makePapers(seed uint64) error {
	dir := c.flags["out"]
	if dir == "" {
		return wrong("sim papers needs --out DIR")
	}
	count, err := c.number("count", 50)
	if err != nil {
		return err
	}
	if count < 1 || count > 100_000 {
		return wrong("--count is between 1 and 100000")
	}
	var layouts []string
	if c.flags["layouts"] != "" {
		layouts = strings.Split(c.flags["layouts"], ",")
	}
	made, err := replay.MakePapers(dir, seed, count, c.flags["house"], layouts)
	if err != nil {
		return err
	}
	return c.print(made, func(w io.Writer) {
		fmt.Fprintf(w, "Written to %s: %d files of %d pages, %s for what is true of them, %s with %d loads to match against.\n",
			made.Dir, made.Files, made.Pages, made.Truth, made.Shipments, made.Loads)
		for _, verdict := range slices.Sorted(maps.Keys(made.Verdicts)) {
			fmt.Fprintf(w, "  %-12s %4d\n", verdict, made.Verdicts[verdict])
		}
	})
}
