package x12

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)

func receipts(t testing.TB, text string, opt Options) []Receipt {
	t.Helper()
	list, err := Receipts(strings.NewReader(text), opt)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const goodStatus = "ST*214*0001~B10*P1*L1*ABCD~LX*1~AT7*X3*NS***20260318*0555*CT~MS1*DALLAS*TX*US~SE*6*0001~"

// TestAcknowledgements: the segments of the 997 between ST and SE, by what came in.
func TestAcknowledgements(t *testing.T) {
	for _, row := range []struct{ name, sets, ge, want string }{
		{"all well", goodStatus, "GE*1*1~", "AK1*QM*1 AK2*214*0001 AK5*A AK9*A*1*1*1"},
		{"a code that is not of the list", strings.Replace(goodStatus, "X3", "QQ", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK3*AT7*4**8 AK4*1*1650*7*QQ AK5*E*5 AK9*E*1*1*1"},
		{"a date that is none", strings.Replace(goodStatus, "20260318", "20261399", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK3*AT7*4**8 AK4*5*373*8*20261399 AK5*R*5 AK9*R*1*1*0"},
		{"no B10", strings.Replace(strings.Replace(goodStatus, "B10*P1*L1*ABCD~", "", 1), "SE*6", "SE*5", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK3*B10*2**3 AK5*R*5 AK9*R*1*1*0"},
		{"a segment of no set", strings.Replace(strings.Replace(goodStatus, "LX*1~", "LX*1~QQQ*1~", 1), "SE*6", "SE*7", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK3*QQQ*4*LX*1 AK5*E*5 AK9*E*1*1*1"},
		{"a segment of another set", strings.Replace(strings.Replace(goodStatus, "LX*1~", "LX*1~S5*1*LD~", 1), "SE*6", "SE*7", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK3*S5*4*LX*6 AK5*E*5 AK9*E*1*1*1"},
		{"separators at the end", strings.Replace(goodStatus, "DALLAS*TX*US", "DALLAS*TX*US**", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK3*MS1*5**10 AK5*E*5 AK9*E*1*1*1"},
		{"segments miscounted", strings.Replace(goodStatus, "SE*6", "SE*9", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK5*R*4 AK9*R*1*1*0"},
		{"another number at the end", strings.Replace(goodStatus, "SE*6*0001", "SE*6*0002", 1), "GE*1*1~",
			"AK1*QM*1 AK2*214*0001 AK5*R*3 AK9*R*1*1*0"},
		{"one good, one bad, a number twice, sets miscounted", goodStatus + goodStatus, "GE*3*1~",
			"AK1*QM*1 AK2*214*0001 AK5*A AK2*214*0001 AK5*R*23 AK9*P*3*2*1*5"},
		{"a set of no kind that is known", "ST*850*0001~BEG*00~SE*3*0001~", "GE*1*1~", "AK1*QM*1 AK2*850*0001 AK5*R*1 AK9*R*1*1*0"},
		{"no end of the set", strings.TrimSuffix(goodStatus, "SE*6*0001~"), "GE*1*1~", "AK1*QM*1 AK2*214*0001 AK5*R*2 AK9*R*1*1*0"},
	} {
		t.Run(row.name, func(t *testing.T) {
			list := receipts(t, isa+gs+row.sets+row.ge+"IEA*1*000000905~", Options{})
			if len(list) != 1 {
				t.Fatalf("%d receipts", len(list))
			}
			var out bytes.Buffer
			if err := Acknowledge(&out, "997", &list[0], 7, noon); err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(out.String(), "ST*997*0001~")
			body, _, _ = strings.Cut(body, "SE*")
			if got := strings.TrimSpace(strings.ReplaceAll(body, "~", " ")); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
			for rec, err := range Read(bytes.NewReader(out.Bytes()), Options{Notes: func(n string) {
				if !strings.Contains(n, "answers to") {
					t.Error("our own acknowledgement: ", n)
				}
			}}) {
				if err != nil || len(rec.Observations) > 0 {
					t.Error(rec, err)
				}
			}
			if again := receipts(t, out.String(), Options{}); len(again) != 1 || len(again[0].Groups) != 0 {
				t.Errorf("an acknowledgement is acknowledged: %+v", again)
			}
		})
	}
}

func TestAcknowledge999(t *testing.T) {
	list := receipts(t, isa+gs+strings.Replace(goodStatus, "X3", "QQ", 1)+"GE*1*1~IEA*1*000000905~", Options{})
	var out bytes.Buffer
	if err := Acknowledge(&out, "999", &list[0], 7, noon); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"*^*00501*000000007*", "*X*005010~", "ST*999*0001~AK1*QM*1*004010~AK2*214*0001~IK3*AT7*4**8~IK4*1*1650*7*QQ~IK5*E*5~AK9*E*1*1*1~SE*8*0001~"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in %s", want, out.String())
		}
	}
}

// A partner who always miscounts is told so, but its sets are accepted.
func TestMiscountsAreTolerated(t *testing.T) {
	opt := Options{Partner: func(string) *Partner { return &Partner{Miscounts: true} }}
	list := receipts(t, isa+gs+strings.Replace(goodStatus, "SE*6", "SE*9", 1)+"GE*1*1~IEA*1*000000905~", opt)
	if got := list[0].Groups[0]; got.Answer() != "E" || got.Accepted() != 1 {
		t.Errorf("answer %s, accepted %d", got.Answer(), got.Accepted())
	}
}

func TestTA1(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"well", isa + gs + goodStatus + "GE*1*1~IEA*1*000000905~", "TA1*000000905*260112*0600*A*000~"},
		{"another number at the end", isa + gs + goodStatus + "GE*1*1~IEA*1*000000906~", "*R*001~"},
		{"groups miscounted", isa + gs + goodStatus + "GE*1*1~IEA*4*000000905~", "*E*021~"},
		{"no end", isa + gs + goodStatus, "*R*023~"},
	} {
		t.Run(row.name, func(t *testing.T) {
			list := receipts(t, row.text, Options{})
			var out bytes.Buffer
			if err := WriteTA1(&out, &list[0], 7, noon); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), row.want) || !strings.HasSuffix(out.String(), "IEA*0*000000007~") {
				t.Errorf("%q is not in %s", row.want, out.String())
			}
		})
	}
	twice := isa + gs + goodStatus + "GE*1*1~IEA*1*000000905~"
	if list := receipts(t, twice+twice, Options{}); len(list) != 2 || list[1].Note != "025" {
		t.Errorf("the same number twice: %+v", list)
	}
}

func TestWrite990(t *testing.T) {
	env := Envelope{Sender: Party{"02", "ABCD"}, Receiver: Party{"ZZ", "SHIPPER"}, Control: 42, At: noon}
	var out bytes.Buffer
	err := Write990(&out, env, []Reply{{Load: "L1", SCAC: "ABCD", Action: AcceptTender}, {Load: "L2", SCAC: "ABCD", Action: DeclineTender, Reason: "EQU", Note: "no truck in the area that day, sorry"}})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for rec, err := range Read(bytes.NewReader(out.Bytes()), Options{Notes: func(n string) { t.Error(n) }}) {
		if err != nil || len(rec.Faults) > 0 || len(rec.Observations) != 1 {
			t.Fatal(rec, err)
		}
		for _, c := range rec.Observations[0].Claims {
			if c.Fact == "tender" {
				said = append(said, rec.Observations[0].Names[0].Value+" "+c.Value.Text+" "+c.Value.Note)
			}
		}
	}
	if got := strings.Join(said, "; "); got != "L1 accepted ; L2 declined cancelled (many partners: declined) EQU" {
		t.Errorf("read back: %s", got)
	}
	list := receipts(t, out.String(), Options{})
	if len(list) != 1 || list[0].Groups[0].Answer() != "A" {
		t.Errorf("what is written would be answered %+v", list)
	}
	for name, r := range map[string]Reply{
		"no load":           {SCAC: "ABCD", Action: "A"},
		"no answer":         {Load: "L1", SCAC: "ABCD", Action: "Q"},
		"reason too long":   {Load: "L1", SCAC: "ABCD", Action: "D", Reason: "EQUIPMENT"},
		"accepted, but why": {Load: "L1", SCAC: "ABCD", Action: "A", Reason: "EQU"},
		"a separator":       {Load: "L*1", SCAC: "ABCD", Action: "A"},
	} {
		if Write990(&out, env, []Reply{r}) == nil {
			t.Error(name + " was written")
		}
	}
}
