package cli

import (
	"fmt"
	"io"
	"net/url"

	"tracedesk/backend/desk/milestones"
)

// milestonesOf prints what a load needs on record, gives a reason for a gap, or closes the load.
func milestonesOf(c *call) error {
	path := "/api/loads/" + url.PathEscape(c.args[0])
	var done milestones.MilestoneDone
	var err error
	switch {
	case len(c.args) == 1:
		var out milestones.MilestoneList
		if err := c.ask(path+"/milestones", c.when(), &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayMilestones(w, &out) })
	case len(c.args) == 4 && c.args[1] == "gap":
		err = c.tell(path+"/milestones", milestones.GapReason{Milestone: c.args[2], Reason: c.args[3], As: c.as, Now: c.now()}, &done)
	case len(c.args) == 2 && c.args[1] == "close":
		err = c.tell(path+"/close", milestones.CloseLoad{Note: c.flags["note"], As: c.as, Now: c.now()}, &done)
	default:
		return wrong("use: tracedesk milestones REF, milestones REF gap MILESTONE REASON, or milestones REF close")
	}
	if err != nil {
		return err
	}
	return c.print(done, func(w io.Writer) { sayDone(w, done.Says, done.Observation) })
}

func sayMilestones(w io.Writer, list *milestones.MilestoneList) {
	fmt.Fprintf(w, "Load %s, %s: %d of %d milestones closed\n", list.Load, list.State, list.Closed, list.Total)
	for i := range list.Milestones {
		m := &list.Milestones[i]
		box, word := "[ ]", m.Missing
		switch {
		case m.Gap != nil:
			box, word = "[-]", "stays open: "+m.Gap.Text+" ("+m.Gap.By+")"
		case m.Closed:
			box, word = "[x]", m.Source+", verified by "+m.VerifiedBy
		}
		fmt.Fprintf(w, "%s %-14s %s: %s\n", box, m.Key, m.Name, word)
	}
	if list.Ended != nil {
		fmt.Fprintf(w, "Closed by %s.\n", list.Ended.By)
	}
}
