package cli

import (
	"fmt"
	"io"
	"path/filepath"

	"tracedesk/app/api"
	"tracedesk/backend/desk/sources"
)

// folders lists the watched folders, or adds or removes one.
func folders(c *call) error {
	var out sources.Folders
	if len(c.args) == 0 {
		if err := c.ask("/api/folders", nil, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayFolders(w, &out) })
	}
	if len(c.args) != 2 || c.args[0] != "add" && c.args[0] != "remove" {
		return wrong("use: tracedesk folders add DIR, or folders remove DIR")
	}
	path, err := filepath.Abs(c.args[1])
	if err != nil {
		return err
	}
	to := c.flags["to"]
	if to != "" {
		if to, err = filepath.Abs(to); err != nil {
			return err
		}
	}
	change := sources.FolderChange{Path: path, After: c.flags["after"], To: to, Remove: c.args[0] == "remove", As: c.as}
	if err := c.tell("/api/folders", change, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayFolders(w, &out) })
}

func sayFolders(w io.Writer, list *sources.Folders) {
	for _, f := range list.Folders {
		after := map[string]string{"leave": "left there", "keep": "put into a folder beside it", "move": "moved to " + f.To}[f.After]
		fmt.Fprintf(w, "%s  (a file there is %s)", f.Path, after)
		if f.Away != "" {
			fmt.Fprintf(w, "  %s", f.Away)
		}
		fmt.Fprintln(w)
	}
}

// settings changes the display name, the zone of a customer's day, or the ids of outgoing X12.
func settings(c *call) error {
	s := api.Setting{Person: c.flags["person"], Customer: c.flags["customer"], Zone: c.flags["zone"],
		X12Sender: c.flags["x12-sender"], X12Receiver: c.flags["x12-receiver"], As: c.as}
	if s.Person == "" && s.Customer == "" && s.X12Sender == "" && s.X12Receiver == "" {
		return wrong("use: tracedesk settings --person NAME, or --customer NAME --zone America/Chicago, or --x12-sender ID --x12-receiver ID")
	}
	var out api.Setting
	if err := c.tell("/api/settings", s, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, "Kept.") })
}
