package x12

import (
	"bytes"
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

// interchange wraps segments in ISA and GS, one segment a line, with the counts right.
func interchange(version string, sets ...string) string {
	var b strings.Builder
	b.WriteString("ISA*00*          *00*          *02*SNDR           *ZZ*DESK           *260112*0600*U*00401*000000905*0*P*>~\n")
	b.WriteString("GS*QM*SNDR*DESK*20260112*0600*1*X*" + version + "~\n")
	for _, s := range sets {
		b.WriteString(s)
	}
	b.WriteString("GE*" + itoa(len(sets)) + "*1~\nIEA*1*000000905~\n")
	return b.String()
}

// set214 is a 214 of the segments given, which need no terminators.
func set214(segments ...string) string { return setOf("214", "0001", segments...) }

func setOf(kind, control string, segments ...string) string {
	all := append([]string{"ST*" + kind + "*" + control}, segments...)
	all = append(all, "SE*"+itoa(len(all)+1)+"*"+control)
	return strings.Join(all, "~\n") + "~\n"
}

func itoa(n int) string {
	if n > 9 {
		return itoa(n/10) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

const b10 = "B10*PRO1*LOAD1*ABCD"

// TestStatusClaims reads one set a row: the segments behind B10, and the claims of every status in order. A fault is
// written as "! element: reason begins".
func TestStatusClaims(t *testing.T) {
	for _, row := range []struct {
		name     string
		version  string
		segments []string
		want     []string
	}{
		{"arrived at the pickup, local", "", []string{"LX*1", "AT7*X3*NS***20260112*0915*LT", "MS1*DALLAS*TX*US"}, []string{
			"arrived [pickup DALLAS, TX] = @2026-01-12T09:15:00 written 20260112 0915 LT",
			"status [pickup DALLAS, TX] = 1650:X3 note arrived at the pickup @2026-01-12T09:15:00 written 20260112 0915 LT"}},
		{"no zone is local too", "", []string{"AT7*X1*NS***20260112*0915"}, []string{
			"arrived [delivery] = @2026-01-12T09:15:00",
			"status [delivery] = 1650:X1 note arrived at the delivery @2026-01-12T09:15:00"}},
		{"a day without a time is a day", "", []string{"AT7*CD*NS***20260112"}, []string{
			"departed [delivery] = @2026-01-12",
			"status [delivery] = 1650:CD note departed the delivery @2026-01-12"}},
		{"24:00 is the next day's 00:00", "", []string{"AT7*CP*NS***20260131*2400*CT"}, []string{
			"loaded [pickup] = @2026-02-01T00:00:00 America/Chicago written 20260131 2400 CT",
			"status [pickup] = 1650:CP note loading completed @2026-02-01T00:00:00 America/Chicago written 20260131 2400 CT"}},
		{"departed is picked up; shifted elements are not guessed at", "", []string{"AT7*AF***20260112*0900*20", "AT7*AF*NS***20260112*0900*20"}, []string{
			"! AT7-05: \"0900\" is not a date",
			"departed [pickup] =", "picked_up [pickup] =", "status [pickup] = 1650:AF note departed the pickup with the freight",
			"departed [pickup] = @2026-01-12T09:00:00-05:00 written 20260112 0900 20",
			"picked_up [pickup] = @2026-01-12T09:00:00-05:00 written 20260112 0900 20",
			"status [pickup] = 1650:AF note departed the pickup with the freight @2026-01-12T09:00:00-05:00 written 20260112 0900 20"}},
		{"standard time is a fixed offset", "", []string{"AT7*L1*NS***20260712*0900*CS"}, []string{
			"status [pickup] = 1650:L1 note loading @2026-07-12T09:00:00 UTC-06:00 written 20260712 0900 CS"}},
		{"estimates are expected, not happened", "", []string{"AT7*AG*NS***20260113*1400*UT", "AT7*A1*NS***20260112*0800*ET", "AT7*B6*NS***20260112*2200*ET"}, []string{
			"eta [delivery] = 2026-01-13T14:00:00Z written 20260113 1400 UT",
			"status [delivery] = 1650:AG start 2026-01-13T14:00:00Z note estimated delivery written 20260113 1400 UT",
			"eta [pickup] = 2026-01-12T08:00:00 America/New_York written 20260112 0800 ET",
			"status [pickup] = 1650:A1 start 2026-01-12T08:00:00 America/New_York note estimated arrival for pickup written 20260112 0800 ET",
			"status = 1650:B6 start 2026-01-12T22:00:00 America/New_York note estimated arrival at the carrier's terminal written 20260112 2200 ET"}},
		{"an estimate with a bad date is a word only", "", []string{"AT7*X2*NS***20261340*1400*ET"}, []string{
			"! AT7-05: \"20261340\" is not a date",
			"status [delivery] = 1650:X2 note estimated arrival at the consignee"}},
		{"a bad time leaves the day", "", []string{"AT7*X1*NS***20260112*2575*ET"}, []string{
			"! AT7-06: \"2575\" is not a time",
			"arrived [delivery] = @2026-01-12 written 20260112 2575 ET",
			"status [delivery] = 1650:X1 note arrived at the delivery @2026-01-12 written 20260112 2575 ET"}},
		{"an unknown zone leaves the day", "", []string{"AT7*X1*NS***20260112*0915*QQ"}, []string{
			"! AT7-07: \"QQ\" is not a known time zone",
			"arrived [delivery] = @2026-01-12 written 20260112 0915 QQ",
			"status [delivery] = 1650:X1 note arrived at the delivery @2026-01-12 written 20260112 0915 QQ"}},
		{"a bad date leaves nothing", "", []string{"AT7*D1*NS***20260230*0915*ET"}, []string{
			"! AT7-05: \"20260230\" is not a date",
			"unloaded [delivery] =", "delivered [delivery] =",
			"status [delivery] = 1650:D1 note unloading completed at the delivery"}},
		{"delay with its reason", "", []string{"AT7*SD*AI***20260112*0915*ET"}, []string{
			"exception = SD:shipment delayed: mechanical breakdown note AI @2026-01-12T09:15:00 America/New_York written 20260112 0915 ET",
			"status = 1650:SD note shipment delayed @2026-01-12T09:15:00 America/New_York written 20260112 0915 ET",
			"reason = 1651:AI note mechanical breakdown @2026-01-12T09:15:00 America/New_York written 20260112 0915 ET"}},
		{"unknown codes are kept", "", []string{"AT7*Q9*ZZ***20260112*0915"}, []string{
			"status = 1650:Q9 note unknown code @2026-01-12T09:15:00",
			"reason = 1651:ZZ note unknown code @2026-01-12T09:15:00"}},
		{"lower case is understood", "", []string{"AT7*x3*ns***20260112*0915*ct"}, []string{
			"arrived [pickup] = @2026-01-12T09:15:00 America/Chicago written 20260112 0915 ct",
			"status [pickup] = 1650:X3 note arrived at the pickup @2026-01-12T09:15:00 America/Chicago written 20260112 0915 ct"}},
		{"appointment in its own element", "", []string{"AT7***AB*NA*20260114*1000*CT"}, []string{
			"appointment [delivery] = 2026-01-14T10:00:00 America/Chicago appointment note delivery appointment written 20260114 1000 CT",
			"status [delivery] = 1652:AB start 2026-01-14T10:00:00 America/Chicago note delivery appointment written 20260114 1000 CT"}},
		{"appointment moved, with the reason", "", []string{"AT7***X9*AD*20260115*1000"}, []string{
			"appointment [delivery] = 2026-01-15T10:00:00 appointment note delivery appointment secured",
			"status [delivery] = 1652:X9 start 2026-01-15T10:00:00 note delivery appointment secured",
			"reason [delivery] = 1651:AD note customer asked for a later delivery @2026-01-15T10:00:00"}},
		{"appointment sent as a status", "", []string{"AT7*AA*NS***20260114*1000"}, []string{
			"appointment [pickup] = 2026-01-14T10:00:00 appointment note pickup appointment",
			"status [pickup] = 1650:AA start 2026-01-14T10:00:00 note pickup appointment"}},
		{"X9 as a status is a warehouse", "", []string{"AT7*X9*NS***20260114*1000"}, []string{
			"status = 1650:X9 note arrived at the carrier's warehouse @2026-01-14T10:00:00"}},
		{"two bounds are one window", "", []string{"LX*1", "AT7***EP**20260114*0800", "LX*2", "AT7***LP**20260114*1200"}, []string{
			"appointment [pickup] = 2026-01-14T08:00:00/2026-01-14T12:00:00 note pick up not earlier than",
			"status [pickup] = 1652:EP start 2026-01-14T08:00:00 note pick up not earlier than",
			"appointment [pickup] = 2026-01-14T08:00:00/2026-01-14T12:00:00 note pick up not later than",
			"status [pickup] = 1652:LP start 2026-01-14T12:00:00 note pick up not later than"}},
		{"one bound alone", "", []string{"AT7***LD**20260114"}, []string{
			"appointment [delivery] = 2026-01-14 note deliver not later than",
			"status [delivery] = 1652:LD start 2026-01-14 note deliver not later than"}},
		{"stop numbers stand behind their status", "", []string{"LX*1", "AT7*X1*NS***20260112*0900", "L11*2*QN", "LX*2", "AT7*X1*NS***20260112*1300", "L11*03*QN"}, []string{
			"arrived [stop 2 delivery] = @2026-01-12T09:00:00",
			"status [stop 2 delivery] = 1650:X1 note arrived at the delivery @2026-01-12T09:00:00",
			"arrived [stop 3 delivery] = @2026-01-12T13:00:00",
			"status [stop 3 delivery] = 1650:X1 note arrived at the delivery @2026-01-12T13:00:00"}},
		{"a stop number in front, and one that is no number", "", []string{"LX*1", "L11*2*QN", "AT7*X4*NS***20260112", "LX*2", "AT7*X4*NS***20260112", "L11*B*QN"}, []string{
			"status [stop 2] = 1650:X4 note arrived at a terminal @2026-01-12",
			"status [id B] = 1650:X4 note arrived at a terminal @2026-01-12"}},
		{"position from coordinates", "", []string{"AT7*X6*NS***20260112*1200*CT", "MS1****0964812*0324636*W*N"}, []string{
			"status = 1650:X6 note en route to the delivery @2026-01-12T12:00:00 America/Chicago written 20260112 1200 CT",
			"position = 32.77667,-96.80333 @2026-01-12T12:00:00 America/Chicago written 20260112 1200 CT"}},
		{"position from a city", "", []string{"AT7*X6*NS***20260112*1200*CT", "MS1*WACO*TX*US"}, []string{
			"status = 1650:X6 place WACO, TX note en route to the delivery @2026-01-12T12:00:00 America/Chicago written 20260112 1200 CT",
			"position = WACO, TX | US | WACO, TX @2026-01-12T12:00:00 America/Chicago written 20260112 1200 CT"}},
		{"coordinates without directions are no point", "", []string{"AT7*X6*NS***20260112*1200", "MS1****0964812*0324636"}, []string{
			"! MS1-04: longitude \"0964812\"",
			"status = 1650:X6 note en route to the delivery @2026-01-12T12:00:00"}},
		{"equipment", "", []string{"AT7*X3*NS***20260112", "MS2*ABCD*5123*TL", "AT7*X3*NS***20260112", "MS2*MSKU*1234567", "AT7*X3*NS***20260112", "MS2*ABCD*77*TR"}, []string{
			"arrived [pickup] = @2026-01-12", "status [pickup] = 1650:X3 note arrived at the pickup @2026-01-12", "equipment = TRAILER:5123 of ABCD note trailer",
			"arrived [pickup] = @2026-01-12", "status [pickup] = 1650:X3 note arrived at the pickup @2026-01-12", "equipment = CONTAINER:MSKU1234567",
			"arrived [pickup] = @2026-01-12", "status [pickup] = 1650:X3 note arrived at the pickup @2026-01-12", "equipment = TRUCK:77 of ABCD note tractor"}},
		{"damage, weight and remarks stand with their status", "", []string{"AT7*D1*NS***20260112*0900", "Q7*D*CTN*4", "AT8*G*L*1200*3*2", "K1*TWO PALLETS CRUSHED"}, []string{
			"unloaded [delivery] = @2026-01-12T09:00:00", "delivered [delivery] = @2026-01-12T09:00:00",
			"status [delivery] = 1650:D1 note unloading completed at the delivery @2026-01-12T09:00:00",
			"exception [delivery] = 4 CTN @2026-01-12T09:00:00",
			"weight = 1200 LB note G", "pieces = 5", "note = TWO PALLETS CRUSHED"}},
		{"unknown segments are kept, and what is none is a fault", "", []string{"AT7*D1*NS***20260112", "EFI*00*x", "hello world", "SN*1"}, []string{
			"! : this is not a segment",
			"unloaded [delivery] = @2026-01-12", "delivered [delivery] = @2026-01-12",
			"status [delivery] = 1650:D1 note unloading completed at the delivery @2026-01-12",
			"other = EFI:EFI*00*x", "other = SN:SN*1"}},
		{"an empty AT7 is a fault", "", []string{"AT7*****20260112", "AT7*XB*NS***20260112"}, []string{
			"! : this AT7 says neither",
			"status = 1650:XB note shipment acknowledged @2026-01-12"}},
		{"before 4010 the century is apart", "003070", []string{"AT7*X1*NS***260112*20*0915*ET", "AT7*X1*NS***991231**2300*ET"}, []string{
			"arrived [delivery] = @2026-01-12T09:15:00 America/New_York written 20260112 0915 ET",
			"status [delivery] = 1650:X1 note arrived at the delivery @2026-01-12T09:15:00 America/New_York written 20260112 0915 ET",
			"arrived [delivery] = @1999-12-31T23:00:00 America/New_York written 991231 2300 ET",
			"status [delivery] = 1650:X1 note arrived at the delivery @1999-12-31T23:00:00 America/New_York written 991231 2300 ET"}},
		{"six-digit dates in the new layout", "004010", []string{"AT7*X1*NS***260112*0915*ET"}, []string{
			"arrived [delivery] = @2026-01-12T09:15:00 America/New_York written 260112 0915 ET",
			"status [delivery] = 1650:X1 note arrived at the delivery @2026-01-12T09:15:00 America/New_York written 260112 0915 ET"}},
		{"the oldest status segment is kept without a meaning", "003040", []string{"Q5*X*260112*0915*ET**DALLAS*TX"}, []string{
			"status = 157:X place DALLAS, TX note unknown code @2026-01-12T09:15:00 America/New_York written 260112 0915 ET"}},
		{"no status at all", "", []string{"L11*1*PO"}, []string{"! : this 214 tells no status"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			version := row.version
			if version == "" {
				version = "004010"
			}
			file := interchange(version, set214(append([]string{b10}, row.segments...)...))
			var got []string
			for rec, err := range Read(strings.NewReader(file), Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range rec.Faults {
					_, element, _ := strings.Cut(f.Where, "segment ")
					_, element, _ = strings.Cut(element, ", ")
					got = append(got, "! "+element+": "+f.Reason)
					if len(f.Raw) == 0 || !strings.Contains(file[f.Offset:], string(f.Raw)) || !strings.HasPrefix(file[f.Offset:], string(f.Raw)) {
						t.Errorf("fault %q does not stand at its offset %d", f.Raw, f.Offset)
					}
				}
				for _, o := range rec.Observations {
					for _, c := range o.Claims {
						got = append(got, showClaim(c))
					}
				}
			}
			compareLines(t, got, row.want)
		})
	}
}

// compareLines compares line by line; a wanted fault ("! ...") need only begin the one found.
func compareLines(t *testing.T, got, want []string) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		same = got[i] == want[i] || strings.HasPrefix(want[i], "! ") && strings.HasPrefix(got[i], want[i])
	}
	if !same {
		t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func read(t testing.TB, file string, opt Options) (records []freight.Record) {
	t.Helper()
	for rec, err := range Read(strings.NewReader(file), opt) {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, rec)
	}
	return records
}

func TestStatusNames(t *testing.T) {
	header := []string{"B10*PRO1*LOAD1*abcd", "L11*B 1  *BM", "L11**CI", "L11*M1*MB", "L11*7*PO*first", "L11*7*PO", "L11*C1*CN", "L11*D1*KK",
		"L11*P1*P8", "L11*A1*AO", "L11*O1*OQ", "L11*K1*BN", "L11*S1*SI*shipper's", "L11*ABCD*SCA"}
	file := interchange("004010", set214(append(header, "LX*1", "AT7*XB*NS***20260112", "L11*8*PO",
		"CD3*G*2", "L11*T1*2I", "AT7*XB*NS***20260112", "CD3*G*2", "L11*T2*2I", "AT7*XB*NS***20260112", "LX*2", "AT7*XB*NS***20260112")...))
	obs := read(t, file, Options{})[0].Observations
	common := []string{"LOAD LOAD1", "PRO PRO1 of ABCD", "BOL B 1", "BOL M1 note MB", "PO 7 note first", "PRO C1 of ABCD", "DELIVERY D1",
		"PICKUP P1", "APPOINTMENT A1", "ORDER O1", "BOOKING K1", "OTHER S1 note SI shipper's"}
	for i, own := range [][]string{{"PO 8"}, {"PO 8", "OTHER T1 note 2I"}, {"PO 8", "OTHER T2 note 2I"}, nil} {
		var got []string
		for _, n := range obs[i].Names {
			got = append(got, showName(n))
		}
		compareLines(t, got, append(append([]string(nil), common...), own...))
	}
}

func TestStatusManyNames(t *testing.T) {
	segments := []string{b10}
	for i := range 100 {
		segments = append(segments, "L11*N"+itoa(i)+"*PO")
	}
	o := read(t, interchange("004010", set214(append(segments, "AT7*XB*NS***20260112")...)), Options{})[0].Observations[0]
	refs := 0
	for _, c := range o.Claims {
		if c.Fact == freight.FactReference {
			refs++
		}
	}
	if len(o.Names) != maxNames || len(o.Names)+refs != 102 {
		t.Errorf("%d names and %d references", len(o.Names), refs)
	}
}

func TestStatusSource(t *testing.T) {
	named := interchange("004010", set214(b10, "AT7*XB*NS***20260112"))
	unnamed := interchange("004010", set214("B10*PRO1*LOAD1*", "AT7*XB*NS***20260112"))
	for _, row := range []struct{ name, file, account, want string }{
		{"carrier code", named, "", "carrier/ABCD"},
		{"sender", unnamed, "", "carrier/SNDR"},
		{"account chosen", named, "hub", "carrier/hub"},
	} {
		if got := read(t, row.file, Options{Account: row.account})[0].Observations[0].Source.String(); got != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}

// TestSameMessageSameObservation: the same set in another envelope is the same observation.
func TestSameMessageSameObservation(t *testing.T) {
	one := interchange("004010", set214(b10, "LX*1", "AT7*X1*NS***20260112*0900*CT", "MS1*WACO*TX"))
	other := strings.NewReplacer("000000905", "000000906", "0600*1*X", "0700*2*X", "GE*1*1", "GE*1*2", "0001", "0777").Replace(one)
	a, b := read(t, one, Options{})[0].Observations[0], read(t, other, Options{})[0].Observations[0]
	if a.Identify() != b.Identify() {
		t.Error("the envelope changed the observation")
	}
}

func TestWindows1252(t *testing.T) {
	file := interchange("004010", set214("B10*PRO1*LOAD1*ABCD", "AT7*X6*NS***20260112*0900", "MS1*MONTR\xc9AL*QC", "K1*ca\x92 va"))
	o := read(t, file, Options{})[0].Observations[0]
	if got := o.Claims[0].Value.Place.City; got != "MONTRÉAL" {
		t.Errorf("city %q", got)
	}
	if !strings.Contains(o.Text, "MONTRÉAL") {
		t.Errorf("text %q", o.Text)
	}
	utf := interchange("004010", set214(b10, "AT7*X6*NS***20260112*0900", "MS1*MONTRÉAL*QC"))
	if got := read(t, utf, Options{})[0].Observations[0].Claims[0].Value.Place.City; got != "MONTRÉAL" {
		t.Errorf("city %q", got)
	}
}

// TestRawStandsAtItsOffset: the bytes named by an observation are its set.
func TestRawStandsAtItsOffset(t *testing.T) {
	file := "\xef\xbb\xbf" + interchange("004010", set214(b10, "AT7*XB*NS***20260112"), setOf("214", "0002", b10, "AT7*X6*NS***20260112"))
	for i, rec := range read(t, file, Options{}) {
		raw := rec.Observations[0].Raw
		got := file[raw.Offset : raw.Offset+int64(raw.Length)]
		if !strings.HasPrefix(got, "ST*214*000"+itoa(i+1)) || !strings.HasSuffix(got, "~") || rec.N != i+1 ||
			raw.Where != "interchange 000000905, set 000"+itoa(i+1)+", segment 3" {
			t.Errorf("record %d at %v: %q", rec.N, raw, got)
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	if len(statuses) != 70 || len(appointments) != 9 || len(reasons) < 107 || len(timeZones) < 56 {
		t.Errorf("%d statuses, %d appointments, %d reasons, %d zones", len(statuses), len(appointments), len(reasons), len(timeZones))
	}
	for code, z := range timeZones {
		if z.zone == "" {
			continue
		}
		if _, err := freight.Location(z.zone); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, m := range statuses {
		for _, f := range m.facts {
			if !f.Actual() || m.side == "" || m.kind != reported {
				t.Errorf("%s: %s is no actual fact of a known side", m.words, f)
			}
		}
	}
	if !bytes.Contains([]byte(stopReasons["PU"].kind), []byte("delivery")) {
		t.Error("PU is a part unload")
	}
}
