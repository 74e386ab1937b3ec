package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

// A date beside a signature is whose signature it is; a caption of dates is more than its known words.
func TestWhichDayADateIs(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       map[string]string
	}{
		{"beside who signs", `
BILL OF LADING
BOL # 43520168






Shipper signature J. Doe        Date 8/3/26
Driver signature  R. Roe        Date 8/3/26
Consignee signature M. Poe      Date 8/6/26`,
			map[string]string{paper.PickupDate: "2026-08-03", paper.DeliveryDate: "2026-08-06"}},
		{"under who signs, with the word for coming in", `
BILL OF LADING
BOL # 43520168      Ship date 8/3/26






Received by
Date in 8/6/26      Check-in 10:16      Released 12:56`,
			map[string]string{paper.PickupDate: "2026-08-03", paper.DeliveryDate: "2026-08-06", paper.In: "10:16", paper.Out: "12:56"}},
		{"two words for one date", `
DELIVERY RECEIPT
BOL # 43520168
DATE DEL'D          ARR
8/6/26              10:16`,
			map[string]string{paper.DeliveryDate: "2026-08-06", paper.In: "10:16"}},
		{"of a stamp that says two things", `
DELIVERY RECEIPT
BOL # 43520168
RECEIVED - CHECKED IN
8/6/26`,
			map[string]string{paper.DeliveryDate: "2026-08-06"}},
		{"a caption that begins with another word", `
BILL OF LADING
Lading number       Ready / shipped on
43520168            10 Jun 2026`,
			map[string]string{paper.PickupDate: "2026-06-10"}},
		{"labels that run on", `
DELIVERY RECEIPT
BOL # 43520168
Deliveredon 8/6/26  Timein 1137 hrs     Dockout 1345 hrs`,
			map[string]string{paper.DeliveryDate: "2026-08-06", paper.In: "11:37", paper.Out: "13:45"}},
		{"the only day of a report", `
OVER SHORT AND DAMAGE REPORT            Noted on 5 Sep 2026
Form rev 01/15/2019
Carrier Canyon Transport`,
			map[string]string{paper.DeliveryDate: "2026-09-05"}},
		{"a day and a year are no time", `
BILL OF LADING
BOL # 43520168
IN                  OUT
Jun 29, 2026        1031`,
			map[string]string{paper.In: "", paper.Out: "10:31"}},
		{"what is counted out is no time", `
BILL OF LADING
Window 10:00 - 12:00
Qty out 336         Dep 10:31`,
			map[string]string{paper.Out: "10:31", paper.Pieces: "336"}},
		{"nor is a state, or prose", `
BILL OF LADING
BOL # 43520168
29 Resin Way, Evansville, IN 1137
The goods are carried in 1440 cartons`,
			map[string]string{paper.In: ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			values(t, ReadPage(typed(tt.text), nil, Options{}).Fields, tt.want)
		})
	}
}

// On a bill of lading the day of the delivery stands where the consignee signs, whatever was read of its label.
func TestTheDayOfDeliveryOnABill(t *testing.T) {
	for label, want := range map[string]string{"patein ": "2026-07-02", "Date   ": "2026-07-02", "Printed": ""} {
		t.Log(label)
		page := typed(`
BILL OF LADING
BOL 10051159        PRO 544-319955      Ship date 7/1/2026





Acceptedby                   Units received 594
` + label + ` 7/2/2026`)
		values(t, ReadPage(page, Learn(knownLoads()), Options{}).Fields, map[string]string{paper.PickupDate: "2026-07-01", paper.DeliveryDate: want})
	}
}

func TestThePlannedDayStandsThere(t *testing.T) {
	text := func(date string) string {
		return `
BILL OF LADING
BOL 10051159        PRO 544-319955
Load LD-947195      Shlp bt  ` + date
	}
	for date, want := range map[string]string{"Jul 1 2026": "2026-07-01", "1/7/2026": "2026-07-01", "Jul 5 2026": ""} {
		values(t, ReadPage(typed(text(date)), Learn(knownLoads()), Options{}).Fields, map[string]string{paper.PickupDate: want})
	}
}

// Where it is signed, a word that is "date" but for a letter is that; elsewhere, or read well, it is not.
func TestATornDate(t *testing.T) {
	for word, want := range map[string]string{"pate": "2026-08-06", "nate": "2026-08-06", "pale": "", "rate": ""} {
		page := typed(`
DELIVERY RECEIPT
BOL # 43520168      Ship date 8/3/26





Receiver signature
` + word + ` 8/6/26         Dock 1`)
		for i := range page.Words {
			if page.Words[i].Text == word {
				page.Words[i].Confidence = 0.5
			}
		}
		f := &finder{sheet: lay(page), kind: paper.POD, known: Learn(nil), found: map[string][]candidate{}}
		f.tornDates()
		got := ""
		for _, l := range f.sheet.labels {
			if l.field == anyDate {
				r, _ := f.readDateAt(f.beside(l))
				got = r.value
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
