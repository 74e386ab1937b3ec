package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A date beside a signature is the day on which that role signed: the shipper's and the driver's that of the pickup, the consignee's
// that of the delivery, whatever the type of the paper.

// How far a date stands from the wording of its line to sign on, in lines of print.
const (
	signLevel = 1.5
	signAbove = 6.0
)

// ofSigner is the day that the label of a date beside or under a line to sign on is; "" where none is there, or the paper's type tells.
func (f *finder) ofSigner(l found) string {
	if f.kind != paper.BOL && f.kind != paper.POP && f.kind != paper.POD {
		return ""
	}
	h := f.sheet.height
	middle := func(b paper.Box) float64 { return (b[1] + b[3]) / 2 }
	role, nearest := "", 0.0
	near := func(s line, from float64) {
		if role == "" || from < nearest {
			role, nearest = s.role, from
		}
	}
	lines := f.signLines()
	for _, s := range lines {
		if away := middle(l.box) - middle(s.box); away < signLevel*h && away > -signLevel*h && l.box[0] > s.box[2]-0.005 {
			near(s, l.box[0]-s.box[2])
		}
	}
	for _, s := range lines {
		down := l.box[1] - s.box[3]
		if role == "" && down > -0.3*h && down < signAbove*h && l.box[0] > s.box[0]-0.03 && l.box[0] < s.right && !f.signsBetween(lines, s, l) {
			near(s, down)
		}
	}
	if role == unsaid {
		role = f.whose()
	}
	switch {
	case role == paper.SignsConsignee:
		return paper.DeliveryDate
	case role == paper.SignsShipper, role == paper.SignsDriver && f.kind != paper.POD: // at the delivery a driver signs, too
		return paper.PickupDate
	}
	return ""
}

// signsBetween tells whether another line to sign on stands between one above and a label, further right.
func (f *finder) signsBetween(lines []line, s line, l found) bool {
	return slices.ContainsFunc(lines, func(o line) bool {
		return o.box != s.box && o.box[0] > s.box[0] && o.box[0] < l.box[0]+0.03 && o.box[1] < l.box[1] && o.box[3] > s.box[1]
	})
}

// asTorn is how surely a word is the label of a date that is one but for a letter: "pate", "oate".
const asTorn = 0.7

// tornDates takes words that begin a caption where it is signed, were read badly and are "date" but for a letter, for that.
func (f *finder) tornDates() {
	for i, r := range f.sheet.rows {
		for k, t := range r.tokens {
			at := slices.IndexFunc(f.sheet.labels, func(o found) bool { // "pate" is nearly "plate", too
				return o.row == i && o.from == k && o.to == k+1 && o.field == aside && o.words[0] != t.key
			})
			if t.known && at < 0 || t.sure >= asPrinted || vocabularyWords[t.key] || distance(t.key, "date", 1) != 1 || len(t.key) < 4 {
				continue
			}
			l := found{label: label{anyDate, []string{"date"}, asTorn}, row: i, from: k, to: k + 1, box: t.box, ends: strings.HasSuffix(t.text, ":")}
			if worded(r.tokens[f.captionOf(l):k]) > 0 || f.goesOn(l) || !f.nearSigning(t.box) {
				continue
			}
			r.tokens[k].known = true
			if at >= 0 {
				f.sheet.labels[at] = l
				continue
			}
			f.sheet.labels = append(f.sheet.labels, l)
		}
	}
}
