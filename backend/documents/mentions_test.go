package documents

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

func TestTokensKeepsReferencesAndLeavesTheRest(t *testing.T) {
	for text, want := range map[string][]string{
		"Load LD-947195": {"LD947195"},
		"LOAD#LD-947195 / B/L:10051159;PO=PO579701": {"LD947195", "10051159", "PO579701"},
		"LD 947195":      {"947195", "LD947195"},
		"PRO 544 319955": {"319955", "544319955"},
		"CSQU 3054383":   {"3054383", "CSQU3054383"},
		"on 07/01/2026, 2026-06-16, 4-19-26 at 11:26": nil,
		"2026": nil,
		"call (555) 123-4567 or 555-123-4567, 1-800-555-0199": nil,
		"Toledo, OH 43612 and Houston, TX 77029-1234":         nil,
		"27,975 lbs, $2,150.00, 1299.50, 1500 lb":             nil,
		"mail a1234@b.com or https://x.y/12345":               nil,
		"ab12 abcd ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567":         {"AB12"},
		"LD-947195 ld947195 LD.947195":                        {"LD947195", "947195"},
		"POD_LD-947195_signed.pdf":                            {"PODLD947195SIGNEDPDF", "LD947195", "PODLD947195SIGNED"}, // glued ones find nothing
	} {
		if got := Tokens(text); !slices.Equal(without(got, "PRO544", "LD"), want) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func without(list []string, drop ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(drop, s) })
}

// found lists mentions as "TYPE value page".
func found(mentions []Mention) []string {
	out := []string{}
	for _, m := range mentions {
		if m.Type != MentionDate && m.Type != MentionPhrase {
			out = append(out, m.Type+" "+m.Value)
		}
	}
	slices.Sort(out)
	return out
}

func TestMentionsReadLabels(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"behind":            {"BOL #: 43520168  Load ID LD-503970", "BOL 43520168|LOAD LD-503970"},
		"far behind":        {"Load number        LD-312543        Pickup date    Jan 24, 2026", "LOAD LD-312543"},
		"below":             {"FREIGHT BILL NO      SHIPMENT NO      BILL OF LADING\n\n423-637414           LD-321967        71331980", "BOL 71331980|LOAD LD-321967|PRO 423-637414"},
		"two sorts of PRO":  {"SHIPPER'S NO. 34921059    CARRIER'S PRO 714-498552", "BOL 34921059|PRO 714-498552"},
		"PO PO":             {"PO PO363464  SCAC CNYT", "PO PO363464"},
		"P.O. Box":          {"P.O. Box 1234, Joliet", ""},
		"prose":             {"in apparent good order, subject to tariffs; the load was full 12345 times", ""},
		"carrier above PRO": {"Carrier           PRO\nCanyon Transport  300-744181", "PRO 300-744181"},
		"loaded":            {"Trailer Loaded: 53123 by shipper", ""},
		"container":         {"Equipment CSQU3054383 on chassis", "CONTAINER CSQU3054383|TRAILER CSQU3054383"},
		"bad check digit":   {"box CSQU3054384", ""},
		"trailer and seal":  {"Trailer number: 37076 Seal number(s): 1057599", "SEAL 1057599|TRAILER 37076"},
		"a date is no BOL":  {"Bill of Lading   07/02/2026", ""},
	} {
		got := strings.Join(found(Mentions(c.text, "")), "|")
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMentionsSayWhere(t *testing.T) {
	got := Mentions("nothing here\fé BOL 10051159 signed", "POD LD-1 load_LD-947195.pdf")
	var bol, load Mention
	for _, m := range got {
		switch m.Type {
		case "BOL":
			bol = m
		case "LOAD":
			load = m
		}
	}
	if bol.Where.Page != 2 || bol.Where.Offset != 7 || bol.Where.Around != "é BOL 10051159 signed" {
		t.Errorf("BOL at %+v", bol.Where)
	}
	if load.Where.Page != 0 || load.Value != "LD-947195" || load.Strength >= bol.Strength {
		t.Errorf("the name says %+v", load)
	}
}

// desk is the loads of testdata/loads.json with the index that the store will be.
type desk struct {
	index map[string][]Hit
	known map[string][]freight.Reference
}

func testDesk(t *testing.T) desk {
	t.Helper()
	var loads []struct {
		Load string
		Refs map[freight.RefType]string
	}
	must(t, json.Unmarshal(sample(t, "loads.json"), &loads))
	d := desk{map[string][]Hit{}, map[string][]freight.Reference{}}
	for _, l := range loads {
		d.add(l.Load, freight.RefLoad, l.Load)
		for kind, value := range l.Refs {
			d.add(l.Load, kind, value)
		}
	}
	return d
}

func (d desk) add(load string, kind freight.RefType, value string) {
	key := freight.NormalRef(value)
	d.index[key] = append(d.index[key], Hit{Load: load, Type: kind, Value: key})
	d.known[load] = append(d.known[load], freight.Reference{Type: kind, Value: value})
}

func (d desk) match(text, name string) Match {
	var hits []Hit
	for _, token := range Tokens(text + "\n" + name) {
		hits = append(hits, d.index[token]...)
	}
	return Decide(Mentions(text, name), hits, d.known)
}

func TestPapersFindTheirLoadAndKind(t *testing.T) {
	d := testDesk(t)
	var papers []struct{ Text, Kind, Load, Verdict string }
	must(t, json.Unmarshal(sample(t, "papers.json"), &papers))
	for _, p := range papers {
		text := string(sample(t, p.Text))
		m, g := d.match(text, "scan.pdf"), GuessKind(text, "scan.pdf")
		if g.Kind != p.Kind || g.Why == "" || len(g.Evidence) == 0 {
			t.Errorf("%s looks like %q (%s), is %q", p.Text, g.Kind, g.Why, p.Kind)
		}
		switch p.Verdict {
		case "wrong_load":
			if m.Load != "" || m.Why == "" {
				t.Errorf("%s names numbers that do not fit one load, and was given to %s", p.Text, m.Load)
			}
		case "not_a_proof": // names a load, but proves nothing
		default:
			if m.Load != p.Load || m.Confidence < enough {
				t.Errorf("%s belongs to %s, found %q (%.2f): %s", p.Text, p.Load, m.Load, m.Confidence, m.Why)
			}
		}
	}
}

func TestTextLayersFindTheirLoad(t *testing.T) {
	d := testDesk(t)
	for name, load := range map[string]string{"scan_003.pdf": "LD-503970", "scan_049.pdf": "LD-297263", "bundle.pdf": ""} {
		read, err := reader.Read(t.Context(), original(sample(t, name)))
		must(t, err)
		if m := d.match(read.Text(), name); m.Load != load {
			t.Errorf("%s: %q, want %q: %s", name, m.Load, load, m.Why)
		}
	}
}

func TestDecide(t *testing.T) {
	d := desk{map[string][]Hit{}, map[string][]freight.Reference{}}
	for load, refs := range map[string]map[freight.RefType]string{
		"L1": {"LOAD": "L10001", "BOL": "70000001", "PO": "PO5555", "TRAILER": "53123"},
		"L2": {"LOAD": "L10002", "BOL": "70000002", "PO": "PO5555", "TRAILER": "53123"},
		"L3": {"LOAD": "L10003", "PRO": "123456789"},
		"L4": {"LOAD": "1234"},
	} {
		for kind, value := range refs {
			d.add(load, kind, value)
		}
	}
	for name, c := range map[string]struct{ text, load, why string }{
		"one strong number":            {"BOL 70000001", "L1", "BOL 70000001"},
		"a shared PO alone":            {"PO PO5555", "", "more than one load"},
		"shared PO and one BOL":        {"PO PO5555 BOL 70000002", "L2", ""},
		"two loads":                    {"Load L10001 and Load L10003", "", "more than one load"},
		"a trailer alone":              {"Trailer 53123", "", ""},
		"the BOL contradicts":          {"Load L10001 BOL 79999999", "", "is not the load's 70000001"},
		"a BOL the desk has not":       {"Load L10003 BOL 79999999", "L3", ""},
		"a short number without label": {"suite 1234", "", "weak"},
		"a short number with label":    {"Load 1234", "L4", ""},
		"in the file's name only":      {"", "L3", ""},
		"nothing known":                {"BOL 99999999", "", "no load on the desk has BOL 99999999"},
		"no numbers":                   {"thank you", "", "no number"},
	} {
		file := "x.pdf"
		if name == "in the file's name only" {
			file = "POD L10003.pdf"
		}
		m := d.match(c.text, file)
		if m.Load != c.load || !strings.Contains(m.Why, c.why) || m.Why == "" {
			t.Errorf("%s: %q %.2f %q", name, m.Load, m.Confidence, m.Why)
		}
	}
}

func TestGuessKindByNameWhenThereIsNoText(t *testing.T) {
	for name, want := range map[string]string{"POD_LD-947195.jpg": "pod", "proof of pickup 4711.png": "pop", "BOL-123.pdf": "",
		"Lumper receipt.pdf": "other", "IMG_2044.HEIC": "", "C:\\scans\\LD-1 POD.tif": "pod"} {
		if g := GuessKind("", name); g.Kind != want {
			t.Errorf("%s looks like %q, want %q", name, g.Kind, want)
		}
	}
}

func TestBundleIsWhatItsBestPageProves(t *testing.T) {
	pod, lumper := string(sample(t, "text/scan_004.p1.txt")), string(sample(t, "text/scan_008.p1.txt"))
	g := GuessKind(strings.TrimRight(lumper, "\f")+"\f"+pod, "")
	if g.Kind != freight.POD || g.Evidence[0].Where.Page != 2 {
		t.Errorf("%+v", g)
	}
}

func TestDecideDoesNotDependOnOrder(t *testing.T) {
	d := testDesk(t)
	text := string(sample(t, "text/scan_044.p1.txt")) + string(sample(t, "text/scan_010.p1.txt"))
	var hits []Hit
	for _, token := range Tokens(text) {
		hits = append(hits, d.index[token]...)
	}
	mentions := Mentions(text, "")
	want := Decide(mentions, hits, d.known)
	rapid.Check(t, func(rt *rapid.T) {
		h, m := rapid.Permutation(hits).Draw(rt, "hits"), rapid.Permutation(mentions).Draw(rt, "mentions")
		if got := Decide(m, append(h, h...), d.known); !reflect.DeepEqual(got, want) {
			rt.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

func FuzzMentions(f *testing.F) {
	f.Add("BOL # 43520168   Load ID\n\nPO 12  LD-1", "POD_LD-1.pdf")
	f.Add("Bill\u00a0of Lading\nstraße PRO №5555\fSeal number(s): 99\xff12345", "")
	f.Add(strings.Repeat("CSQU3054383 ", 5), "..\\con")
	f.Fuzz(func(t *testing.T, text, name string) {
		pages := strings.Split(text, "\f")
		for _, m := range Mentions(text, name) {
			if m.Strength <= 0 || m.Strength > 1 || m.Where.Page < 0 || m.Where.Page > len(pages) || m.Value == "" {
				t.Fatalf("%+v", m)
			}
			if p := m.Where.Page; p > 0 && m.Where.Offset > len(pages[p-1]) {
				t.Fatalf("%+v is outside its page", m)
			}
			if utf8.ValidString(text) && !utf8.ValidString(m.Where.Around) {
				t.Fatalf("%q cuts a letter", m.Where.Around)
			}
		}
		seen := map[string]bool{}
		for _, token := range Tokens(text) {
			n := utf8.RuneCountInString(token)
			if seen[token] || n < shortestToken || n > longestToken || token != freight.NormalRef(token) || !hasDigit(token) {
				t.Fatalf("token %q", token)
			}
			seen[token] = true
		}
		Decide(Mentions(text, name), nil, nil)
		GuessKind(text, name)
	})
}
