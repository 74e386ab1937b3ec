package fields

import (
	"image"
	"math"
	"slices"

	"tracedesk/backend/documents/paper"
)

// SLC and STC are three letters with nothing beside that tells: all readings of them decide together, and the strokes of the letter
// in the middle.

// initialLooks is how often, in a hundred, a pen's S, L, T and C are read as which letters; of others one is.
var initialLooks = map[rune]map[rune]float64{
	's': {'s': 60, '5': 15, 'g': 12, '8': 6, 'a': 5, 'z': 5, '9': 4, 'b': 3, 'j': 2},
	'l': {'l': 35, 't': 10, 'i': 12, '1': 8, 'u': 10, 'c': 10, 'e': 8, 'k': 3},
	't': {'t': 50, '7': 15, 'f': 8, 'i': 6, 'r': 5, 'l': 4, 'y': 2},
	'c': {'c': 45, 'e': 25, 'o': 8, 'a': 3, 'l': 3, 'g': 3, '0': 4},
}

const (
	seldomRead   = 1.0
	initialLost  = 6.0  // in a hundred: a letter that is not read at all
	likelyEnough = 9.0  // in a hundred: what a letter has to come to in the mean
	unlikeSay    = 4.0  // that of a reading of another length
	slcRather    = 2.0  // SLC is written so more often than STC
	clearlyOne   = 1.25 // so much likelier than the other
	looksLike    = 1.6  // what the strokes of the letter in the middle weigh
)

// initialsOf is what readings of a few letters that stand by themselves most likely are: SLC, STC, or "", and the reading that is
// the nearest to it. The letter in the middle is what its strokes look like: l, t, or 0.
func initialsOf(readings []string, middle rune) (kind string, at int) {
	if len(readings) == 0 {
		return "", 0
	}
	likely := func(word string) (mean float64, best int) {
		sum, most := 0.0, 0.0
		for i, text := range readings {
			one := initialsLike(solid(text), []rune(word))
			sum += math.Log(one)
			if one > most {
				best, most = i, one
			}
		}
		return math.Exp(sum / float64(3*len(readings))), best
	}
	slc, atSLC := likely("slc")
	stc, atSTC := likely("stc")
	switch middle {
	case 'l':
		slc *= looksLike
	case 't':
		stc *= looksLike
	}
	switch {
	case max(slc, stc) < likelyEnough:
		return "", 0
	case slc*math.Cbrt(slcRather) > stc*clearlyOne:
		return paper.SLC, atSLC
	case stc > slc*clearlyOne:
		return paper.STC, atSTC
	}
	return "", 0
}

// initialsLike is how likely a reading is of three letters, the product over them in hundredths.
func initialsLike(reading, word []rune) float64 {
	one := func(read, meant rune) float64 { return max(initialLooks[meant][read], seldomRead) }
	switch len(reading) {
	case 3:
		return one(reading[0], word[0]) * one(reading[1], word[1]) * one(reading[2], word[2])
	case 2:
		best := 0.0
		for lost := range word {
			rest := slices.Delete(slices.Clone(word), lost, lost+1)
			best = max(best, initialLost*one(reading[0], rest[0])*one(reading[1], rest[1]))
		}
		return best
	}
	return unlikeSay * unlikeSay * unlikeSay
}

// How a capital L is told from a T: by whether the longest stroke across is at the foot or at the top.
const (
	letterEnd  = 0.3 // of the height are the top, and the foot
	outerParts = 0.2 // of the width, on either side, belongs to the letters beside
	longerFar  = 1.5 // one stroke is so much longer
)

// middleLetter tells what the strokes of the letter in the middle of three look like: l, t, or 0 where it is neither.
func (k *ink) middleLetter(place paper.Box) rune {
	m := k.mask(k.rect(place))
	if m.r.Empty() {
		return 0
	}
	m.runs(m.r.Dx()*4/5, int(0.004*float64(k.h)), true) // a line to write on
	var ink image.Rectangle
	for _, b := range m.blobs() {
		if b.box.Dy() > m.r.Dy()/4 && b.box.Dx() < m.r.Dx()*9/10 { // no speck, and not what is left of a frame
			ink = ink.Union(b.box)
		}
	}
	ink = ink.Sub(m.r.Min)
	end := int(letterEnd * float64(ink.Dy()))
	aside := int(outerParts * float64(ink.Dx()))
	if end < 3 || aside < 3 {
		return 0
	}
	across := func(from, to int) float64 {
		longest := 0
		for y := from; y < to; y++ {
			longest = max(longest, m.stroke(y, ink.Min.X+aside, ink.Max.X-aside))
		}
		return float64(longest)
	}
	top, foot := across(ink.Min.Y, ink.Min.Y+end), across(ink.Max.Y-end, ink.Max.Y)
	switch {
	case foot > longerFar*top:
		return 'l'
	case top > longerFar*foot:
		return 't'
	}
	return 0
}

// stroke is the longest run of ink in a row of the mask, over three rows, since few strokes are quite level.
func (m *mask) stroke(y, from, to int) int {
	longest, run, gap := 0, 0, 0
	for x := from; x < to; x++ {
		if m.at(x, y) || y > 0 && m.at(x, y-1) || y+1 < m.r.Dy() && m.at(x, y+1) {
			run, gap = run+1+gap, 0
			longest = max(longest, run)
			continue
		}
		if gap++; gap > 2 {
			run, gap = 0, 0
		} else if run == 0 {
			gap = 0
		}
	}
	return longest
}
