package fields

import "strings"

// letterLooks are letters that a pen writes alike.
var letterLooks = []string{"o0cqdaeuvg", "il1tfj7", "s58bgz2", "nmruhwvk", "gqy9", "pfrt", "tk", "bhk6", "ec", "lcue", "vyuw", "ef"}

const (
	alikeLetter = 0.45 // cost of a letter for one that looks alike
	lostLetter  = 0.75
	addedLetter = 0.7
	farCount    = 2.0 // a letter where a count should stand
)

// letterCosts are what it costs to take a letter that was read for the one that was meant, both of ASCII as in prose.
var letterCosts = func() (costs [128][128]float64) {
	for read := range rune(128) {
		for meant := range rune(128) {
			switch {
			case meant == '#' && read >= '0' && read <= '9':
			case meant == '#' && strings.ContainsRune("oilszbagqt", read):
				costs[read][meant] = alikeLetter
			case meant == '#':
				costs[read][meant] = farCount
			case read != meant:
				costs[read][meant] = 1
			}
		}
	}
	for _, set := range letterLooks {
		for _, a := range set {
			for _, b := range set {
				if a != b {
					costs[a][b] = alikeLetter
				}
			}
		}
	}
	return costs
}()

func letterCost(read, meant rune) float64 { return letterCosts[read&127][meant&127] }

// runIn are letters that a pen runs together, with what the two are read as; parted is a letter that is read as two.
var (
	runIn  = map[[2]rune]string{{'o', 'v'}: "wnua", {'r', 'n'}: "m", {'i', 'n'}: "m", {'c', 'l'}: "d", {'l', 'i'}: "uh", {'i', 'l'}: "u", {'v', 'e'}: "w", {'o', 'r'}: "a", {'s', 'h'}: "k", {'r', 'e'}: "a", {'t', 'i'}: "h", {'r', 'r'}: "m"}
	parted = map[rune]string{'d': "cl ol", 'm': "rn nn in ni iv", 'w': "vv ui uu iv", 'h': "li ti", 'k': "lc le", 'u': "ii li il", 'n': "ri ii", 'b': "lo", 'a': "ci oi"}
)

const runTogether = 0.45 // cost of two letters for one, or of one for two

// longestRead is how much of a reading is looked at: no remark is longer.
const longestRead = 80

// away is what it costs, a letter, to take a reading or a part of it for a phrase; it stops counting above most.
func away(reading, phrase []rune, most float64) float64 {
	reading = reading[:min(len(reading), longestRead)]
	var rows [3][longestRead + 1]float64
	earlier, before, now := rows[0][:len(reading)+1], rows[1][:len(reading)+1], rows[2][:len(reading)+1]
	least := 0.0 // of the row before
	for i, meant := range phrase {
		lost := lostLetter
		if meant == '#' {
			lost = farCount
		}
		now[0] = before[0] + lost
		asOne, asTwo := "", parted[meant]
		if i > 0 {
			asOne = runIn[[2]rune{phrase[i-1], meant}]
		}
		smallest := now[0]
		for j, read := range reading {
			added := addedLetter
			if meant == '#' && read >= '0' && read <= '9' {
				added = 0 // a count of several digits
			}
			cost := min(before[j]+letterCost(read, meant), before[j+1]+lost, now[j]+added)
			if asOne != "" && earlier[j]+runTogether < cost && strings.ContainsRune(asOne, read) {
				cost = earlier[j] + runTogether
			}
			if j > 0 && asTwo != "" && before[j-1]+runTogether < cost && hasPair(asTwo, reading[j-1], read) {
				cost = before[j-1] + runTogether
			}
			now[j+1] = cost
			smallest = min(smallest, cost)
		}
		if min(smallest, least) > most*float64(len(phrase)) {
			return 1
		}
		least = smallest
		earlier, before, now = before, now, earlier
	}
	return least / float64(len(phrase))
}

// hasPair tells whether two letters are among pairs that stand apart by a blank.
func hasPair(pairs string, a, b rune) bool {
	for i := 0; i+1 < len(pairs); i += 3 {
		if rune(pairs[i]) == a && rune(pairs[i+1]) == b {
			return true
		}
	}
	return false
}

// apart is what it costs to take the whole of a reading for a word.
func apart(reading, word []rune) float64 {
	before, now := make([]float64, len(reading)+1), make([]float64, len(reading)+1)
	for j := range reading {
		before[j+1] = before[j] + addedLetter
	}
	for i := range word {
		now[0] = before[0] + lostLetter
		for j := range reading {
			now[j+1] = min(before[j]+letterCost(reading[j], word[i]), before[j+1]+lostLetter, now[j]+addedLetter)
		}
		before, now = now, before
	}
	return before[len(reading)]
}
