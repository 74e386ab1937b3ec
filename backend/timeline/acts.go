package timeline

import (
	"strings"

	"tracedesk/backend/freight"
)

// buildActs lists what people of the desk did about findings and tasks, oldest first, which is the order of words.
func (b *builder) buildActs() {
	words := b.of(actWords)
	if len(words) == 0 {
		return
	}
	b.t.Acts = make([]freight.Act, 0, len(words))
	for i := range words {
		if w := &words[i]; !w.c.Value.None {
			b.t.Acts = append(b.t.Acts, b.actOf(w))
		}
	}
	b.t.Acts = nilIfEmpty(b.t.Acts)
}

func (b *builder) actOf(w *said) freight.Act {
	v := &w.c.Value
	by := w.o.By
	if by == "" {
		by = w.o.Source.Account
	}
	when := v.Start
	if when.IsZero() {
		when = w.c.At
	}
	return freight.Act{Provenance: provenance(w.o), By: by, Fact: w.c.Fact, Type: v.Type, Scope: v.Scope, Text: v.Text, Note: v.Note,
		Stop: w.c.Subject.Stop.Seq, At: b.reckon(when, b.clockFor(w), dayEnd).at, Num: v.Num}
}

// contactTexts are the outcomes of a call as news; who was called follows.
var contactTexts = map[string]string{
	"reached": "Reached", "voicemail": "Voicemail for", "noanswer": "No answer from", "wrongnumber": "Wrong number for", "sent": "Message sent to",
}

// actText is a contact or a promise as news: "Reached driver".
func actText(c *freight.Claim) string {
	v := &c.Value
	if c.Fact == freight.FactPromise {
		return shorten("Promised " + joinedBy(": ", v.Type, v.Text))
	}
	outcome, known := contactTexts[strings.ToLower(v.Type)]
	if !known {
		outcome = joinedBy(" ", "Contact", v.Type)
	}
	whom := v.Text
	if strings.EqualFold(whom, "afterHours") {
		whom = "the after-hours line"
	}
	return shorten(phrase(outcome, whom))
}

// joinedBy puts what is not empty together.
func joinedBy(sep, a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + sep + b
}
