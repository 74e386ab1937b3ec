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
	line := []string{stopKey(n)[5:], o.Names[0].Value, o.Source.String()}
	subject := "load"
	if c.Subject.Kind == freight.OfStop {
		subject = "stop"
	}
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
	t.Log(words(readAll(t, b, nil, Options{})))
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
	t.Log(words(readAll(t, b, nil, Options{})))
}
