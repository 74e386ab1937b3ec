package cli

import (
	"context"
	"os"
	"os/exec"

	"tracedesk/backend/desk"
)

// The PDF engine and the reader of scanned words are WebAssembly that is compiled once on each machine; that takes seconds
// and some 300 MB. It is done by a short-lived process of this program, so that the desk itself stays small.

// warmWord is the command of that process; it is not listed in help, because nobody needs to type it.
const warmWord = "warm-documents"

func warm(c *call, args []string) error {
	if len(args) != 1 {
		return wrong("use: tracedesk %s DIR", warmWord)
	}
	return desk.Warm(c.ctx, args[0])
}

// warmed compiles the engines in a process of its own where that was not done yet. A failure only means that the first paper
// takes longer.
func (a *areas) warmed(ctx context.Context) {
	cache := desk.CacheDir(a.desk.Dir)
	if entries, err := os.ReadDir(cache); err == nil && len(entries) > 0 {
		return
	}
	self, err := os.Executable()
	if err != nil {
		return
	}
	exec.CommandContext(ctx, self, warmWord, cache).Run() //nolint:errcheck // see above
}
