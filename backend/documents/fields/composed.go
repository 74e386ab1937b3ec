package fields

import "tracedesk/backend/documents/paper"

// Captions are made of words that tell and words that go with them: who, and what of it stands there.

// places are words that go on with who ships, receives or hauls in a caption: "Origin facility", "Consignee name".
var places = map[string]bool{"facility": true, "location": true, "site": true, "dock": true, "plant": true, "terminal": true, "warehouse": true,
	"address": true, "name": true, "party": true, "point": true, "company": true, "details": true, "info": true, "information": true, "instalacion": true,
	"planta": true, "nombre": true, "domicilio": true, "and": true, "adresse": true, "nom": true}

// ofPlace is where a caption of a party ends that says what of it stands there. A word that begins a name is none of it.
func (s *sheet) ofPlace(i, end int, field string) int {
	tokens := s.rows[i].tokens
	switch field {
	case paper.Shipper, paper.Consignee, paper.Carrier:
	default:
		return end
	}
	k := end
	for k < len(tokens) && (places[tokens[k].key] || tokens[k].key == "") && !s.apart(tokens, k) {
		k++
	}
	if k < len(tokens) && !s.apart(tokens, k) && tokens[k-1].text != ":" {
		return end // "Consignee Warehouse 6"
	}
	return k
}

// surelyPlain is how sure a word was read that is what it says: no label misread ("Paint" for "Print").
const surelyPlain = 0.94

// means tells whether a printed word is one of a label.
func (s *sheet) means(t token, word string, nth int) bool {
	if nth > 0 && (word == "lbs" || word == "lb") && looks(t.key) == looks(word) {
		return true // "WT 185"
	}
	if t.sure >= surelyPlain && !s.page.FromText && looks(t.key) != looks(word) {
		return false
	}
	return alike(t.key, word)
}
