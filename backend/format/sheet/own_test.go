package sheet

import (
	"bytes"
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

// open opens a text as a file.
func open(t testing.TB, text string) *Book {
	t.Helper()
	b, err := Open("test.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// readAll reads every record.
func readAll(t testing.TB, b *Book, p *Profile, opt Options) []freight.Record {
	t.Helper()
	var records []freight.Record
	for rec, err := range Read(b, p, opt) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, rec)
	}
	return records
}

// words is a record in lines that a person can compare.
func words(records []freight.Record) string {
	var out bytes.Buffer
	for _, rec := range records {
		for _, o := range rec.Observations {
			for _, c := range o.Claims {
				out.WriteString(claimWords(rec.N, o, c))
			}
		}
		for _, f := range rec.Faults {
			out.WriteString("! " + f.Where + ": " + f.Reason + "\n")
		}
	}
	return out.String()
}

func claimWords(n int, o freight.Observation, c freight.Claim) string {
	line := []string{stopKey(n)[5:], c.Subject.Key, o.Source.String()}
	if len(o.Names) > 0 {
		line[1] = o.Names[0].Value
	}
	subject := map[freight.SubjectKind]string{freight.OfLoad: "load", freight.OfStop: "stop", freight.OfCarrier: "carrier", freight.OfFacility: "facility"}[c.Subject.Kind]
	if c.Subject.Stop.Seq > 0 {
		subject += " " + stopKey(c.Subject.Stop.Seq)[5:]
	}
	if c.Subject.Stop.Side != "" {
		subject += " " + string(c.Subject.Stop.Side)
	}
	line = append(line, subject, string(c.Fact))
	if !c.At.IsZero() {
		line = append(line, "@"+c.At.String())
	}
	if v := c.ValueText(); v != "" {
		line = append(line, "= "+v)
	}
	if c.Value.Type != "" && c.Fact == freight.FactWindow {
		line = append(line, "("+c.Value.Type+")")
	}
	return strings.Join(line, " ") + "\n"
}

func TestOwnLoads(t *testing.T) {
	b := open(t, "Load,Stop,Kind,Customer,City,State,Appt Start,Appt_End,appt type,Refs,Status,Weight Lb,Dock,updated_at\n"+
		"L1,1,pickup,ACME,Dallas,TX,2026-11-23 08:00,2026-11-23 10:00,appointment,BOL:77;PO:9;X9:1,Dispatched,42000,D4,2026-11-22T10:00:00-06:00\n"+
		"L1,2,delivery,ACME,\"Memphis\",TN,2026-11-24,,FCFS,,Void,,,\n"+
		",2,delivery\n"+
		"L2,x,delivery\n"+
		"L2,1,pick up,Bøb,Reno,NV,soon,Date Not Captured,,,,abc,,\n")
	if b.Kind() != freight.LoadsFile {
		t.Fatalf("kind %s", b.Kind())
	}
	golden(t, "testdata/own_loads.golden", words(readAll(t, b, nil, Options{})))
}

func TestOwnEvents(t *testing.T) {
	b := open(t, "load,source,event,stop,at,received,lat,lon,city,state,value,text\n"+
		"L1,carrier/SWFT,Arrived,2,2026-11-23 08:10,2026-11-23T14:20:00Z,,,,,,\n"+
		"BOL:77,driver,position,,2026-11-23T08:10:00-06:00,,32.7,-96.8,,,,near Dallas\n"+
		"L1,project44,eta,2,2026-11-23T09:00:00Z,,,,,,2026-11-24T15:00:00Z,\n"+
		"L1,tms,appointment,2,2026-11-23T09:00:00Z,,,,,,2026-11-24 15:00/2026-11-24 17:00,moved\n"+
		"L1,ufo,arrived,2,2026-11-23T09:00:00Z,,,,,,,\n"+
		"L1,driver,driver,,2026-11-23T09:00:00Z,,,,,,PHONE:+1 555,\n"+
		"L1,driver,teleported,,2026-11-23T09:00:00Z,,,,,,,beam\n"+
		"L1,tms,picked up,,,,,,,,,beam\n")
	if b.Kind() != freight.EventsFile {
		t.Fatalf("kind %s", b.Kind())
	}
	golden(t, "testdata/own_events.golden", words(readAll(t, b, nil, Options{})))
}

func TestOwnParties(t *testing.T) {
	facilities := open(t, "facility,city,state,hours,closed,free_time_min,appointment_needed,phone,email,note,gate\n"+
		"Acme DC 4,Dallas,TX,Mon-Fri 07:00-15:00;Sat 08:00-12:00,2026-11-26;2026-12-25,120,yes,+1 555,dock@acme.example,blue gate,7\n,Reno,NV\n")
	carriers := open(t, "carrier,scac,mc,dot,dispatcher,phone,after_hours_phone,email,insurance_expires,cargo_limit_usd,authority,rating,blocked,phones_known\n"+
		"Swift Haul,SWFH,123456,654321,Ann,+1 555 1,+1 555 2,ops@swift.example,2027-01-31,\"100,000\",active,A,no,+1 555 3;+1 555 4\n")
	if facilities.Kind() != freight.FacilitiesFile || carriers.Kind() != freight.CarriersFile {
		t.Fatalf("kinds %s and %s", facilities.Kind(), carriers.Kind())
	}
	golden(t, "testdata/own_parties.golden", words(readAll(t, facilities, nil, Options{}))+words(readAll(t, carriers, nil, Options{})))
}

// TestLoadLevelOnce shows that what is true of the load is said with its first row, and later only where a row differs.
func TestLoadLevelOnce(t *testing.T) {
	b := open(t, "load,stop,kind,customer,trailer\nL1,1,pickup,ACME,T1\nL1,2,delivery,ACME,T2\nL2,1,pickup,ACME,T9\n")
	var counts []int
	for _, rec := range readAll(t, b, nil, Options{}) {
		counts = append(counts, len(rec.Observations[0].Claims))
	}
	if counts[0] != 3 || counts[1] != 2 || counts[2] != 3 {
		t.Errorf("claims a row: %v", counts)
	}
}

func TestFixedRowIsReadAgain(t *testing.T) {
	b := open(t, "load;stop;kind;appt_start;note\nL1;1;pickup;31/31/2026;\"a;b\"\n")
	fault := readAll(t, b, nil, Options{})[0].Faults[0]
	fixed := strings.Replace(string(fault.Raw), "31/31/2026", "2026-11-23 08:00", 1)
	got := words(readAll(t, open(t, b.HeaderText()+"\n"+fixed+"\n"), nil, Options{}))
	if !strings.Contains(got, "appointment = 2026-11-23T08:00:00") || strings.Contains(got, "!") {
		t.Error(got)
	}
}
