// Package cli is the command line: what a screen can do, a command can do. A command speaks to the desk through its /api,
// to the one that already runs on the data folder, else to one that it opens itself for as long as it needs it.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Version is the program's version, set when it is built for others.
var Version = "0.1.0-dev"

// Exit codes.
const (
	ranWell  = 0 // it ran to its end, whatever was quarantined
	couldNot = 1
	wrongUse = 2
)

// command is one word of the command line.
type command struct {
	name  string
	usage string   // arguments, as shown in help
	help  string   // one line
	flags []string // the flags it knows beside the common ones; a value is taken where the name ends in "="
	args  [2]int   // least and most arguments; most -1 for any
	run   func(*call) error
}

func commands() []command {
	return []command{
		{"serve", "[--addr 127.0.0.1:0]", "the same screens in your browser, on this machine only", []string{"addr="}, [2]int{0, 0}, serveDesk},
		{"demo", "[--speed N] [--addr ADDR] [--serve]", "a simulated day of some 400 loads, in a data folder of its own", []string{"speed=", "addr=", "serve"}, [2]int{0, 0}, demo},
		{"import", "PATH... [--profile NAME or FILE] [--full]", "files of loads and statuses: CSV, XLSX, X12, found out by content", []string{"profile=", "full"}, [2]int{1, -1}, importFiles},
		{"board", "[--limit N]", "every live load, the most urgent first", []string{"limit="}, [2]int{0, 0}, showBoard},
		{"load", "REF", "one load with all that is known of it, by its number or a reference such as BOL:123", nil, [2]int{1, 1}, showLoad},
		{"set", "REF FACT [VALUE] [--stop N] [--when TIME] [--type TYPE] [--note TEXT]", "state a fact by hand: arrived, departed, delivered, eta, appointment, note ...", []string{"stop=", "when=", "type=", "note="}, [2]int{2, 3}, setFact},
		{"undo", "OBSERVATION", "take back what was stated by hand", nil, [2]int{1, 1}, undo},
		{"exceptions", exceptionsUse, "what the rules found and nobody has settled, the most urgent first; and what you do about it", exceptionFlags, [2]int{0, -1}, showExceptions},
		{"tasks", tasksUse, "what to do now: calls that data do not cover, papers, promises; and what came of each", taskFlags, [2]int{0, 3}, showTasks},
		{"alerts", alertsUse, "of what people were alerted; whom to alert, by customer and severity", []string{"severity=", "customer=", "how=", "to=", "quiet=", "zone="}, [2]int{0, 2}, showAlerts},
		{"rules", rulesUse, "the numbers of the rules, for everybody, a customer or a carrier; what a change would have flagged", []string{"customer=", "carrier=", "days="}, [2]int{0, 3}, showRules},
		{"people", peopleUse, "who works on the desk, with role and money limit", []string{"role=", "limit=", "phone="}, [2]int{0, 2}, showPeople},
		{"search", "WORDS...", "loads by a number or by free words", []string{"limit="}, [2]int{1, -1}, search},
		{"quarantine", "[assign ID LOAD | fix ID TEXT | drop ID | wait ID | retry]", "what could not be read or matched, and settling it", []string{"limit="}, [2]int{0, 3}, quarantine},
		{"docs", "read FILE|DIR... [--loads FILE] | score DIR --truth FILE --loads FILE [--misses] | add FILE... [--load REF] | list [--load REF] [--state STATE] | queue [--state STAGE] [--words WORDS] [--accept] | verify HASH --kind pod [--load REF] | reject HASH | export FOLDER [--rule RULE] [--copies] | packet LOAD --out FILE", "papers: read them without storing, score a reading, file them, list them, judge them, write them into a folder or into one file a load", []string{"load=", "state=", "kind=", "note=", "loads=", "truth=", "misses", "words=", "customer=", "limit=", "accept", "rule=", "copies", "out="}, [2]int{1, -1}, docs},
		{"inbox", inboxUse, "listen for callbacks of MacroPoint, project44 and FourKites; a relay calls /in/SOURCE with the shared secret in " + inboxKey, inboxFlags, [2]int{0, 0}, listenForCallbacks},
		{"report", reportUse, "papers for customers, carriers, auditors and the next shift; without --out their outline", reportFlags, [2]int{1, 1}, makeReport},
		{"kpi", kpiUse, "the desk's figures over a period: on time, in full, tracked, told, papered; each with how many it counts", kpiFlags, [2]int{0, 2}, kpi},
		{"quality", qualityUse, "how clean the data are: what is impossible, missing or malformed, how complete each day and load is; what people corrected", qualityFlags, [2]int{0, 3}, showQuality},
		{"archive", archiveUse, "takes a closed period out of the desk file into one checked file; lists, shows and opens such files, for reading only", archiveFlags, [2]int{0, 3}, makeArchive},
		{"export", exportUse, "everything of one customer in a zip: CSVs, papers, messages", []string{"customer=", "out="}, [2]int{0, 0}, exportCustomer},
		{"schedules", schedulesUse, "reports made by themselves at set times, into a folder and as drafts; what became of them", scheduleFlags, [2]int{0, 2}, showSchedules},
		{"outbox", outboxUse, "what should still be written elsewhere, and how it fares at its source; as CSV, or as X12 214 what that can say", []string{"csv", "x12"}, [2]int{0, 3}, outbox},
		{"sources", sourcesUse, "accounts at project44, FourKites, MacroPoint: adding one, its health, its last calls; secrets go to the key store", sourcesFlags, [2]int{0, -1}, showSources},
		{"sync", "[SOURCE...] [--once | --until-idle]", "ask the sources what is due and send what waits", []string{"once", "until-idle"}, [2]int{0, -1}, syncSources},
		{"folders", "[add DIR [--after leave|keep|move] [--to DIR] | remove DIR]", "watched folders: what is put there is imported or filed, and then left, kept in a folder beside, or moved", []string{"after=", "to="}, [2]int{0, 2}, folders},
		{"settings", "[--person NAME] [--customer NAME --zone ZONE] [--x12-sender ID] [--x12-receiver ID]", "your display name; the zone of a customer's day (\"\": each stop's own); the ids in outgoing X12", []string{"person=", "customer=", "zone=", "x12-sender=", "x12-receiver="}, [2]int{0, 0}, settings},
		{"compare", "REF [accept FIELD OBSERVATION | dismiss FIELD] [--stop N] [--type TYPE] [--reason TEXT]", "what each source says of a load side by side; accepting a word; noting that a contradiction is known", []string{"stop=", "type=", "reason="}, [2]int{1, 4}, compareLoad},
		{"paste", "REF [--from FILE] [--source NAME] [--keep]", "what a portal's page says, from a file or standard input; --keep stores it as that source's word", []string{"from=", "source=", "keep"}, [2]int{1, 1}, pastePage},
		{"portals", "[set SOURCE TEMPLATE | remove SOURCE]", "the pages of carriers and platforms, as addresses with {pro}, {bol} ... in them", nil, [2]int{0, 3}, portals},
		{"trust", "[GROUP ORDER] [--customer NAME]", "whom the desk believes, by group of fields", []string{"customer="}, [2]int{0, 2}, trust},
		{"playbook", "[KIND] [--from FILE | --shipped]", "what to do about a kind of exception; save an edited one, or go back to the shipped one", []string{"from=", "shipped"}, [2]int{0, 1}, playbook},
		{"checklist", "REF EXCEPTION [done STEP] [--note TEXT]", "the playbook of one exception as a checklist; marking a step done", []string{"note="}, [2]int{2, 4}, checklist},
		{"milestones", "REF [gap MILESTONE REASON | close] [--note TEXT]", "what a load needs on record before it is closed; giving a reason for a gap; closing it", []string{"note="}, [2]int{1, 4}, milestonesOf},
		{"handover", "[give NAME | take ID [LOAD...] | back ID LOAD... | list | show ID] [--note TEXT]", "the sheet of a shift's end: as it is now, handing it over, taking it line by line", []string{"note="}, [2]int{0, -1}, handover},
		{"replay", "MANIFEST.json", "a recorded day in a scratch desk with this desk's settings: what the rules would have found", nil, [2]int{1, 1}, replayDay},
		{"sim", "score | world --out DIR | papers --out DIR [--count N] [--house second] [--layouts A,B] | serve [--out DIR] [--hours N] [--port N] [--speed N] [--faults SHARE] [--log FILE] [--tls] [--hooks] [--seed N] [--loads N] [--days N] [--worlds N] [--start TIME] [--quiet] [--wrong]", "how the rules do on a simulated world whose truth is known; its files and truth; made papers with their truth; simulated project44, FourKites and MacroPoint to try sources against", []string{"hours=", "port=", "speed=", "faults=", "log=", "tls", "hooks", "seed=", "loads=", "days=", "worlds=", "start=", "quiet", "wrong", "out=", "count=", "house=", "layouts="}, [2]int{1, 1}, simulate},
		{"explain", explainUse, "each segment and element of an X12 file explained, and what it became; a pasted segment from standard input", nil, [2]int{1, 1}, explain},
		{"edi", ediUse, "trading partners, their codes, and outgoing X12: status, answer to a tender, acknowledgements", ediFlags, [2]int{1, 5}, edi},
		{"rebuild", "", "draw everything that is shown anew from the log", nil, [2]int{0, 0}, rebuild},
		{"doctor", "", "check the desk file, its references and the audit chain", nil, [2]int{0, 0}, doctor},
		{"backup", "FILE", "a whole copy of the desk file, while work goes on", nil, [2]int{1, 1}, backup},
		{"restore", "FILE", "put a backup in the desk file's place; the present one is kept aside", nil, [2]int{1, 1}, restore},
		{"template", "loads | events | facilities | carriers", "an empty sheet of ours, to fill in", []string{"out="}, [2]int{1, 1}, template},
		{"version", "", "which TraceDesk this is", nil, [2]int{0, 0}, version},
	}
}

// call is one command as it was given.
type call struct {
	ctx    context.Context
	args   []string
	flags  map[string]string
	many   map[string][]string // every value of a flag that was given more than once
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer

	home     string
	at, asOf time.Time
	as       string
	json     bool
}

// usageError is wrong use: one line on stderr, exit 2.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func wrong(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// Main runs one command line and answers its exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c := &call{ctx: ctx, flags: map[string]string{}, many: map[string][]string{}, stdin: stdin, stdout: stdout, stderr: stderr}
	err := c.dispatch(args)
	var use *usageError
	switch {
	case err == nil:
		return ranWell
	case errors.As(err, &use):
		fmt.Fprintf(stderr, "tracedesk: %s\n", oneLine(use.text))
		return wrongUse
	}
	fmt.Fprintf(stderr, "tracedesk: %s\n", oneLine(err.Error()))
	return couldNot
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

func (c *call) dispatch(args []string) error {
	name, rest := commandWord(args)
	switch name {
	case warmWord:
		return warm(c, rest)
	case "":
		return openWindow(c, args)
	case "help":
		help(c.stdout)
		return nil
	}
	all := commands()
	i := slices.IndexFunc(all, func(cmd command) bool { return cmd.name == name })
	if i < 0 {
		if _, err := os.Stat(name); err == nil {
			return openWindow(c, args) // files dropped on the program's icon
		}
		return wrong("there is no command %q; tracedesk help lists them", name)
	}
	cmd := all[i]
	if err := c.parse(cmd, rest); err != nil {
		return err
	}
	if n := len(c.args); n < cmd.args[0] || cmd.args[1] >= 0 && n > cmd.args[1] {
		return wrong("use: tracedesk %s %s", cmd.name, cmd.usage)
	}
	return cmd.run(c)
}

// commandWord is the first word that is no flag, and everything else: flags may stand anywhere.
func commandWord(args []string) (string, []string) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "-h" || a == "--help" || a == "-help" {
			return "help", nil
		}
		if !strings.HasPrefix(a, "-") {
			return a, append(slices.Clone(args[:i]), args[i+1:]...)
		}
		name, _, has := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if !has && slices.Contains(commonFlags, name+"=") {
			i++
		}
	}
	return "", args
}

// commonFlags hold for every command.
var commonFlags = []string{"home=", "at=", "as-of=", "as=", "json"}

// parse sorts flags from arguments. After "--" all is arguments.
func (c *call) parse(cmd command, args []string) error {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			c.args = append(c.args, args[i+1:]...)
			break
		}
		if len(a) < 2 || a[0] != '-' {
			c.args = append(c.args, a)
			continue
		}
		name, value, has := strings.Cut(strings.TrimLeft(a, "-"), "=")
		takes, known := knows(cmd, name)
		switch {
		case !known:
			return wrong("%s does not know the flag --%s; use: tracedesk %s %s", cmd.name, name, cmd.name, cmd.usage)
		case takes && !has:
			if i++; i >= len(args) {
				return wrong("--%s needs a value", name)
			}
			value = args[i]
		case !takes && has && value != "true" && value != "false":
			return wrong("--%s takes no value", name)
		case !takes && value == "false":
			continue
		}
		c.flags[name] = value
		c.many[name] = append(c.many[name], value)
	}
	return c.common()
}

func knows(cmd command, name string) (takes, known bool) {
	for _, f := range slices.Concat(commonFlags, cmd.flags) {
		if f == name {
			return false, true
		}
		if f == name+"=" {
			return true, true
		}
	}
	return false, false
}

func (c *call) common() (err error) {
	c.home, c.as = c.flags["home"], c.flags["as"]
	_, c.json = c.flags["json"]
	if c.at, err = c.instant("at"); err != nil {
		return err
	}
	c.asOf, err = c.instant("as-of")
	return err
}

func (c *call) instant(flag string) (time.Time, error) {
	s, ok := c.flags[flag]
	if !ok {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, wrong("--%s must be an instant such as 2026-11-23T14:30:00-06:00, not %q", flag, s)
	}
	return t, nil
}

func (c *call) has(flag string) bool { _, ok := c.flags[flag]; return ok }

// print writes an answer as JSON, or as words.
func (c *call) print(v any, words func(io.Writer)) error {
	if !c.json {
		words(c.stdout)
		return nil
	}
	enc := json.NewEncoder(c.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func help(w io.Writer) {
	fmt.Fprintln(w, "tracedesk                 opens the desk's window (or your browser, where there is none)")
	for _, cmd := range commands() {
		fmt.Fprintf(w, "tracedesk %s %s\n    %s\n", cmd.name, cmd.usage, cmd.help)
	}
	fmt.Fprint(w, `
Flags for every command, anywhere in the line:
    --home DIR     the data folder (else TRACEDESK_HOME, else your account's own)
    --at TIME      the desk's clock stands at TIME (2026-11-23T14:30:00-06:00)
    --as-of TIME   as known at TIME: what was received later is hidden (else --at)
    --as NAME      act under this name
    --json         answer as JSON
Exit 0: it ran, whatever went to quarantine. Exit 1: it could not. Exit 2: wrong use.
`)
}

func version(c *call) error {
	return c.print(map[string]string{"version": Version}, func(w io.Writer) { fmt.Fprintln(w, "TraceDesk "+Version) })
}
