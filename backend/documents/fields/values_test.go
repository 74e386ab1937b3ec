package fields

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/paper"
)

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"07/01/2026": "2026-07-01", "7/1/26": "2026-07-01", "2026-07-01": "2026-07-01", "01.07.2026": "2026-01-07", "13/07/2026": "2026-07-13",
		"Jul 1, 2026": "2026-07-01", "July 1st 2026": "2026-07-01", "1 JUL 2026": "2026-07-01", "21-Jul-2026": "2026-07-21", "3 de julio de 2026": "2026-07-03",
		"30-abr-2026": "2026-04-30", "2026/7/1": "2026-07-01", "Sep 27, 2026 1027": "2026-09-27", "20260701": "2026-07-01",
		"delivered 8/4/26 at dock": "2026-08-04", "3 May 20 26": "2026-05-03",
		"02/30/2026": "", "31/31/2026": "", "555-123-4567": "", "1999-01-01": "", "12/25": "", "842-984459": "", "29 Feb 2025": "",
	} {
		got := ""
		if all := findDates(text, false); len(all) > 0 {
			got = all[0].iso
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := findDates(handDate("dated O7/O1/2O26"), false); len(got) != 1 || got[0].iso != "2026-07-01" {
		t.Errorf("a date by hand: %+v", got)
	}
	if got := findDates("03/04/2026", true)[0]; got.iso != "2026-04-03" || got.either != "2026-03-04" {
		t.Errorf("day first: %+v", got)
	}
}

func TestTimes(t *testing.T) {
	for text, want := range map[string]string{
		"9:29 AM": "09:29", "1:35 PM": "13:35", "12:05 am": "00:05", "12:20 PM": "12:20", "1450": "14:50", "0613 0805": "06:13 08:05", "14:50 hrs": "14:50",
		"7.11 a.m.": "07:11", "09:13 11:22 AM": "09:13 11:22", "8 AM": "08:00", "08 :49": "08:49", "14h30": "14:30", "135 PM": "13:35", "3:36 PN": "15:36", "7:57 AH": "07:57",
		"25:10": "", "13:75": "", "2026-07-01": "", "07/01/2026": "", "9871": "", "$12.50": "",
	} {
		var got []string
		for _, one := range findTimes(text, true) {
			got = append(got, one.clock)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

func TestPeople(t *testing.T) {
	for text, want := range map[string]bool{"J. Porter": true, "J.Porter": true, "Maria Lopez Diaz": true, "R. O'Neil": true, "ROSA CHAVEZ": true,
		"DOCUMENT": false, "signature": false, "12345": false, "of the goods": false} {
		if person.MatchString(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// TestNamesInPrint: an initial is a word of labels, too ("B/L", "P.O."), and a name all the same.
func TestNamesInPrint(t *testing.T) {
	for line, want := range map[string]string{
		"Signed by        L. Whitman": "L. Whitman", "Print name: A. Perez": "A. Perez", "Received by      C. Banks    Date 7/2/26": "C. Banks", "Nombre           A M Ruiz": "A M Ruiz", "Signed by        c. Banks": "C. Banks", "Received by      K. Sand oval": "K. Sandoval", "Received by      K. Sand  oval": "",
		"Printed name     B.Lindqvist": "B. Lindqvist", "Received by      P.O. Box 114": "", "Received by      B/L No. 4711": "", "Print name       Signature": "",
		"Received by      S.L.C.": "", "Received by      H.M. Class": "", "Signed by        O.C. Number": "",
	} {
		values(t, ReadPage(typed("PROOF OF DELIVERY\nBOL 10051159\n\n"+line), nil, Options{}).Fields, map[string]string{paper.Name: want})
	}
}

func TestDateWithoutItsYear(t *testing.T) {
	for text, want := range map[string]string{"Ol/15/V0OV4G": "2026-01-15", "LOU-03-19": "2026-03-19", "8/4/1L": "2026-08-04", "Mar": "", "99/99/2x": "", "": ""} {
		if got := withYear(text, "2026"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestDateWithAScrawledMonth(t *testing.T) {
	for _, tt := range []struct {
		text, iso string
		want      bool
	}{{"Mac 19, 2026", "2026-03-19", true}, {"Mac 18, 2026", "2026-03-19", false}, {"hus 29, 2026", "2026-08-29", false}, {"Mar 19, 2025", "2026-03-19", false}} {
		if got := nearMonth(tt.text, tt.iso); got != tt.want {
			t.Errorf("%q as %s: %v", tt.text, tt.iso, got)
		}
	}
}

// Whatever way a date is written, it is read back.
func TestDateIsReadHoweverItIsWritten(t *testing.T) {
	forms := []string{"2006-01-02", "01/02/2006", "1/2/06", "01-02-2006", "Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "02-Jan-2006", "2006/01/02", "20060102"}
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "day"))
		text := day.Format(rapid.SampledFrom(forms).Draw(t, "form"))
		before, after := rapid.SampledFrom([]string{"", "Date: ", "on "}).Draw(t, "before"), rapid.SampledFrom([]string{"", " 1027", " AM", ", dock 4"}).Draw(t, "after")
		got := findDates(before+text+after, false)
		if len(got) == 0 || got[0].iso != day.Format("2006-01-02") {
			t.Fatalf("%q: %v", before+text+after, got)
		}
	})
}

// A number of the right shape is read as printed, however near to it a known one is.
func TestNoDigitIsEverChanged(t *testing.T) {
	number := rapid.StringMatching(`[1-9][0-9]{2}-[0-9]{6}`)
	rapid.Check(t, func(t *rapid.T) {
		known := rapid.SliceOfN(number, 1, 5).Draw(t, "known")
		printed := number.Draw(t, "printed")
		if rapid.Bool().Draw(t, "twin") {
			at := rapid.IntRange(4, 9).Draw(t, "at")
			printed = known[0][:at] + fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "digit")) + known[0][at+1:]
		}
		var loads []paper.Expected
		for _, v := range known {
			loads = append(loads, paper.Expected{Values: map[string]string{paper.PRO: v}})
		}
		got := ReadPage(typed("PROOF OF DELIVERY\nPRO "+printed), Learn(loads), Options{}).Fields.First(paper.PRO)
		if got != printed {
			t.Fatalf("%s is read as %q", printed, got)
		}
	})
}

// What is read is sane: dates and times have their form, counts are digits, boxes lie on the page.
func checkSane(t testing.TB, facts Facts) {
	t.Helper()
	forms := map[string]*regexp.Regexp{paper.PickupDate: isoForm, paper.DeliveryDate: isoForm, paper.In: clockForm, paper.Out: clockForm,
		paper.Pieces: countOnly, paper.Pallets: countOnly, paper.Weighed: countOnly, paper.Gross: countOnly}
	for name, all := range facts.Fields {
		for _, v := range all {
			if v.Value == "" || v.Confidence < 0 || v.Confidence > 1 || v.Box[0] > v.Box[2] || v.Box[1] > v.Box[3] {
				t.Errorf("%s: %+v", name, v)
			}
			if form := forms[name]; form != nil && !form.MatchString(v.Value) {
				t.Errorf("%s: %q", name, v.Value)
			}
		}
	}
}

var (
	isoForm   = regexp.MustCompile(`^20\d\d-[01]\d-[0-3]\d$`)
	clockForm = regexp.MustCompile(`^[0-2]\d:[0-5]\d$`)
	countOnly = regexp.MustCompile(`^[1-9]\d*$`)
)

func FuzzPage(f *testing.F) {
	f.Add("DELIVERY RECEIPT\nB/L No. 23385498 P.O. PO589642 Load LD-231689 Ship date 8/3/26\n2 cases short\nArrive 1:35 PM Depart 1450")
	f.Add("PIECES   PKG   DESCRIPTION   WT\n148   CTN   Lamps   9,672\nTOTAL PCS 592 WEIGHT 38,689 LB")
	f.Add("CARTA PORTE\nRemitente: Áé, 12 Calle Sol, C.P. 64000\nFirma de quien recibe ____ ☒ dañado")
	f.Add(": # / ( ) | _ = [ ]\n#:#:#/a/b")
	known := Learn(knownLoads())
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 {
			t.Skip("longer than a page")
		}
		checkSane(t, ReadPage(typed(text), known, Options{}))
	})
}

func FuzzDatesAndTimes(f *testing.F) {
	for _, s := range []string{"07/01/2026 1:35 PM", "3 de julio de 2026", "0613 / 0805", "7/1/26", "\\07/0\\/2026"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range append(findDates(text, false), findDates(handDate(text), true)...) {
			if !isoForm.MatchString(d.iso) || d.from < 0 || d.to > len(text) || d.from >= d.to {
				t.Errorf("%q: %+v", text, d)
			}
		}
		for _, one := range findTimes(text, true) {
			if !clockForm.MatchString(one.clock) || one.from < 0 || one.to > len(text) || one.from >= one.to {
				t.Errorf("%q: %+v", text, one)
			}
		}
	})
}

// TestNoTruckCarriesThat: the side of a box read as a one in front of a weight, or behind it.
func TestNoTruckCarriesThat(t *testing.T) {
	for read, want := range map[string]string{"110733": "10733", "236981": "23698", "23698": "23698", "101": "101", "900000": "900000", "123451": "123451", "80000": "80000", "105000": "105000"} {
		if got := liftable(read); got != want {
			t.Errorf("%s is lifted to %s, want %s", read, got, want)
		}
	}
}

// TestAUnitReadAsFigures: "8,524 LB" as 852418.
func TestAUnitReadAsFigures(t *testing.T) {
	for text, want := range map[string]string{"852418": "8524", "3742918": "37429", "37429185": "37429", "37,429 LB": "37429", "37,429 18": "37429", "37429": "37429", "41018": "41018",
		"78,018": "78018", "3742917": "", "185": "185"} {
		r, ok := readWeight([]token{{text: text, key: keyOf(text), sure: 0.9}})
		if ok != (want != "") || r.value != want {
			t.Errorf("%q is read as %q, %v", text, r.value, ok)
		}
	}
}

// TestTimesThatCannotBe: out before in, at night, torn: what is read so on a scan is left out rather than guessed.
func TestTimesThatCannotBe(t *testing.T) {
	for _, tt := range []struct {
		line, in, out string
		sure          float64
	}{
		{"Time in 12:13    Time out 14:37", "12:13", "14:37", 0.9},
		{"Time in 17:13    Time out 14:37", "", "", 0.9},
		{"Time in 02:05    Time out 09:24", "", "09:24", 0.9},
		{"Time in 02:05    Time out 09:24", "02:05", "09:24", 0.97},
	} {
		page := typed("DELIVERY RECEIPT\nPRO 842-984459\n\n" + tt.line + "\n\nReceived by")
		page.FromText = false
		for i := range page.Words {
			page.Words[i].Confidence = tt.sure
		}
		got := ReadPage(page, nil, Options{}).Fields
		if got.First(paper.In) != tt.in || got.First(paper.Out) != tt.out {
			t.Errorf("%s (%.2f): in %q, out %q", tt.line, tt.sure, got.First(paper.In), got.First(paper.Out))
		}
	}
}

// TestAPensOneIsNoSeven: a later day that looks like the planned one is the planned one; an earlier one stands.
func TestAPensOneIsNoSeven(t *testing.T) {
	for _, tt := range []struct{ read, planned, want string }{
		{"2026-02-07", "2026-02-01", "2026-02-01"},
		{"2026-02-01", "2026-02-07", "2026-02-01"},
		{"2026-02-04", "2026-02-01", "2026-02-04"},
	} {
		load := paper.Expected{Load: "LD-1", Values: map[string]string{paper.Load: "LD-947195", paper.Bill: "10051159", paper.DeliveryDate: tt.planned}}
		f := &finder{sheet: &sheet{}, known: Learn([]paper.Expected{load}), found: map[string][]candidate{
			paper.Load:         {{read: read{value: "LD-947195"}, score: 0.9}},
			paper.Bill:         {{read: read{value: "10051159"}, score: 0.9}},
			paper.DeliveryDate: {{read: read{value: tt.read}, score: 0.8, twice: true}},
		}}
		f.asPlanned()
		if got := f.found[paper.DeliveryDate][0].value; got != tt.want {
			t.Errorf("%s planned %s: %s, want %s", tt.read, tt.planned, got, tt.want)
		}
	}
}

// Noughts with a stroke or a dot are read as eights, sixes and nines: a date that cannot be is the one with noughts.
func TestNoughtsOfDates(t *testing.T) {
	for text, want := range map[string]string{"83/23/2026": "2026-03-23", "06/63/2626": "2026-06-03", "99/19/2026": "2026-09-19", "2026-86-08": "2026-06-08",
		"73/23/2026": "", "96/12/20": "", "13/45/2026": ""} {
		got := ""
		if all := findDates(text, false); len(all) > 0 {
			got = all[0].iso
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsNoTime(t *testing.T) {
	for text, want := range map[string]string{"2026": "", "29, 2026": "", "2025": "", "2027 ": "", "2026 hrs": "20:26", "2026h": "20:26", "1440 pcs": "", "1440": "14:40",
		"4:53p": "16:53", "6:08a": "06:08", "453p": "16:53", "1345 hrs": "13:45", "6/20/2026 1231": "12:31", "555-1234": "", "14h17": "14:17"} {
		got := ""
		if all := readTimes([]token{{text: text, key: keyOf(text), sure: 1, box: paper.Box{0, 0, 0.1, 0.01}}}); len(all) > 0 {
			got = all[0].value
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
