package desk_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"tracedesk/backend/desk"
)

func init() { children["hold"] = holdChild }

// holdChild opens a desk, says so, and holds it until it is killed or its input ends.
func holdChild(args []string) error {
	d, err := desk.Open(context.Background(), desk.Options{Dir: args[0]})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Say("127.0.0.1:4711", "secret"); err != nil {
		return err
	}
	fmt.Println("open")
	os.Stdin.Read(make([]byte, 1))
	return nil
}

func TestOneDeskHoldsAFolder(t *testing.T) {
	dir := t.TempDir()
	holder := child("hold", dir)
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 4)); err != nil {
		t.Fatal("the other desk did not open:", err)
	}
	_, err = desk.Open(context.Background(), desk.Options{Dir: dir})
	var busy *desk.BusyError
	if !errors.As(err, &busy) || busy.Running.PID != holder.Process.Pid {
		t.Fatalf("a second desk: %v", err)
	}
	if r, ok := desk.Find(dir); !ok || r.Addr != "127.0.0.1:4711" || r.Token != "secret" {
		t.Errorf("found %+v, %v", r, ok)
	}
	reader, err := desk.Open(context.Background(), desk.Options{Dir: dir, ReadOnly: true})
	if err != nil {
		t.Fatal("reading needs no lock:", err)
	}
	reader.Close()

	holder.Process.Kill()
	holder.Wait()
	if _, err := os.Stat(filepath.Join(dir, "desk.json")); err != nil {
		t.Fatal("a killed desk leaves its card:", err)
	}
	if r, ok := desk.Find(dir); ok {
		t.Errorf("the card of a killed desk was believed: %+v", r)
	}
	openDesk(t, dir)
}
