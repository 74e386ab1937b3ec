package scans

import "math/rand/v2"

// house is whose papers they are: its forms, who trades with whom, and how its people number, write and note things. Nothing
// of one house is in the other, so that a reading fitted to one can be judged on the other.
type house struct {
	layouts    []layout
	parties    []party
	carriers   []carrierName
	numberings []numbering
	trailers   []string // patterns; # is a digit
	seals      []string
	receipts   []string
	units      []string
	articles   []string
	people     []string
	hands      []string // faces that look written by hand
	partLoads  bool     // half of the loads are a few pallets only
	uneven     bool     // a load's articles are not of equal count and weight
	creases    bool     // some scans are of papers that were folded
	manner     func(rng *rand.Rand, spanish bool) manner
	note       func(rng *rand.Rand, t *trip) // notes something about the freight
	miscount   func(rng *rand.Rand) int      // how many pieces another count is off
	onPaper    func(pile []container, told story) []container
}

var firstHouse = &house{
	layouts: firstLayouts, parties: firstParties, carriers: firstCarriers, numberings: firstNumberings, articles: firstArticles, people: firstPeople,
	trailers: []string{"5####", "T####", "#####", "53-####"},
	seals:    []string{"#######", "UL-######", "0######"},
	receipts: []string{"######", "R-#####", "2#######"},
	units:    []string{"CTN", "CS", "BX"},
	hands:    []string{"caveat", "nothing-you-could-do", "patrick-hand", "reenie-beanie"},
	manner:   firstManner,
	miscount: func(rng *rand.Rand) int { return 10 + rng.IntN(40) },
	note:     func(rng *rand.Rand, t *trip) { t.note = firstNotices[rng.IntN(len(firstNotices))] },
}

var houses = map[string]*house{"": firstHouse, "first": firstHouse, "second": secondHouse}
