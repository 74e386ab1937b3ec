package cli

import (
	"errors"
	"fmt"
	"io"

	"tracedesk/backend/desk/feeds"
)

// syncSources asks sources what is due and sends what waits. Once by default; --until-idle repeats it until nothing is due or
// waiting. A source that fails is named in the answer, and the others are brought in.
func syncSources(c *call) error {
	if c.has("once") && c.has("until-idle") {
		return wrong("sync runs --once or --until-idle, not both")
	}
	if err := c.onlyNow("sync"); err != nil {
		return err
	}
	cl, err := c.writing()
	if err != nil {
		return err
	}
	req := feeds.SyncRequest{Sources: c.args, UntilIdle: c.has("until-idle"), As: c.as}
	if cl.token != "" {
		req.Now = c.now() // of a running desk; one opened here already stands at --at
	}
	var out feeds.SyncResult
	if err := errors.Join(cl.post("/api/sync", req, &out), cl.close()); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Sources) == 0 {
			fmt.Fprintln(w, "No source is set up and enabled.")
		}
		for _, s := range out.Sources {
			fmt.Fprintf(w, "%s: %d pulled, %d new, %d known already, %d in quarantine; %d sent, %d failed", s.Name, s.Pulled, s.New, s.Duplicates, s.Quarantined, s.Pushed, s.Failed)
			if s.Error != "" {
				fmt.Fprintf(w, ": %s", s.Error)
			}
			fmt.Fprintln(w)
		}
	})
}
