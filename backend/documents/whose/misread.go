package whose

import "strings"

// What a misreading costs: minus the natural logarithm of how often it happens to one character. The figures are
// orders of magnitude (1 in 30 for letters that look like digits, 1 in 150 for digits that look alike, 1 in 2000 for
// others), not measured ones.
const (
	costLikeness  = 3.4 // 0 and O
	costAgain     = 1.0 // 0 and O once more in the same number: who reads it so once reads it so always
	costAlike     = 5.6 // 3 and 8
	costOther     = 7.6
	costLost      = 6.0
	costAdded     = 6.0
	costRepeated  = 4.6 // one of two equal neighbours lost or added; a thin 1 or I lost or added
	costPrefix    = 0.7 // PO579701 written as 579701
	farApart      = 25.0
	mostConfusion = 5.5 // dearer than that is no mere confusion of shapes
	shortestBody  = 5   // digits that a number keeps when its letters are left away
)

// likenesses are the groups of characters that one shape stands for: a letter and a digit, or two letters.
var likenesses = []string{"0OQDU", "1IL7T", "2Z", "5S", "6G", "8B", "4A", "9G", "UV", "MN", "CG", "EF", "PR"}

// alikes are pairs of digits that poor print runs into each other.
var alikes = []string{"38", "68", "56", "17", "08", "06", "09", "35", "49", "89", "69", "23", "27", "14", "47"}

var shapes = func() map[[2]byte]float64 {
	cost := map[[2]byte]float64{}
	pairs := func(group string, c float64) {
		for i := range len(group) {
			for j := range len(group) {
				pair := [2]byte{group[i], group[j]}
				if _, had := cost[pair]; i != j && !had {
					cost[pair] = c
				}
			}
		}
	}
	for _, group := range alikes {
		pairs(group, costAlike) // first: 1 and 7 are digits both
	}
	for _, group := range likenesses {
		pairs(group, costLikeness)
	}
	return cost
}()

func misreadOne(read, truth byte) float64 {
	if read == truth {
		return 0
	}
	if c, ok := shapes[[2]byte{read, truth}]; ok {
		return c
	}
	return costOther
}

// Misread tells how unlikely it is that a number was read so when another was written: the sum over its characters of
// minus the logarithm of each fault's frequency, 0 for the same number. Both in the form of freight.NormalRef. Letters
// in front that only one of the two has (PO579701 and 579701) cost next to nothing.
func Misread(read, truth string) float64 {
	if read == truth {
		return 0
	}
	best := faults(read, truth)
	if n := shapesOnly(read, truth); n > 0 {
		best = min(best, costLikeness+float64(n-1)*costAgain)
	}
	if b := body(truth); b != truth && b == read {
		best = costPrefix
	} else if b != truth && allDigits(read) {
		best = min(best, costPrefix+faults(read, b))
	}
	if b := body(read); b != read && b == truth {
		best = costPrefix
	} else if b != read && allDigits(truth) {
		best = min(best, costPrefix+faults(b, truth))
	}
	return best
}

var letterOf = map[byte]byte{'O': '0', 'Q': '0', 'D': '0', 'U': '0', 'I': '1', 'L': '1', 'Z': '2', 'S': '5', 'G': '6', 'B': '8', 'A': '4', 'T': '7'}

// shapesOnly counts the characters in which two numbers differ by letters of a digit's shape; 0 where they differ otherwise.
func shapesOnly(read, truth string) int {
	n := 0
	if len(read) != len(truth) {
		return 0
	}
	for i := range len(read) {
		a, b := read[i], truth[i]
		if a == b {
			continue
		}
		if digit(a) != digit(b) || isDigit(a) && isDigit(b) {
			return 0
		}
		n++
	}
	return n
}

func digit(c byte) byte {
	if d, ok := letterOf[c]; ok {
		return d
	}
	return c
}

// body is a number without the letters in front of it; the number itself where too few digits would be left.
func body(key string) string {
	b := strings.TrimLeft(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if len(b) < shortestBody || !allDigits(b) {
		return key
	}
	return b
}

const mostApart = 2 // characters lost or added

func faults(read, truth string) float64 {
	if d := len(read) - len(truth); d > mostApart || -d > mostApart || len(read) > 40 || len(truth) > 40 {
		return farApart
	}
	var rows [2][42]float64
	before, now := &rows[0], &rows[1]
	for j := range len(truth) {
		before[j+1] = before[j] + lost(truth, j)
	}
	for i := range len(read) {
		now[0] = before[0] + added(read, i)
		for j := range len(truth) {
			now[j+1] = min(before[j]+misreadOne(read[i], truth[j]), before[j+1]+added(read, i), now[j]+lost(truth, j))
		}
		before, now = now, before
	}
	return min(before[len(truth)], farApart)
}

func lost(truth string, at int) float64 { return thin(truth, at, costLost) }

func added(read string, at int) float64 { return thin(read, at, costAdded) }

func thin(s string, at int, cost float64) float64 {
	if at > 0 && s[at-1] == s[at] || s[at] == '1' || s[at] == 'I' {
		return costRepeated
	}
	return cost
}

// mostNear bounds how many numbers near one are asked for.
const mostNear = 600

// prefixes are the letters that numbers are written with or without.
var prefixes = []string{"PO", "LD", "BOL", "BL", "PRO", "SO", "L", "P"}

// Near are the numbers that may have been read as key: with and without letters in front, characters of the same shape
// exchanged, then one digit wrong, lost or added. The likelier first, key itself not among them.
func Near(key string) []string {
	n := nearby{seen: map[string]bool{key: true}}
	if len(key) > longest {
		return nil
	}
	if b := body(key); b != key {
		n.add(b)
	}
	if allDigits(key) && len(key) >= shortestBody {
		for _, p := range prefixes {
			n.add(p + key)
		}
	}
	n.exchange([]byte(key), 0, 1)
	if len(key) >= shortestFuzzy {
		n.oneWrong(key)
	}
	n.exchange([]byte(key), 0, 2)
	return n.out
}

type nearby struct {
	seen map[string]bool
	out  []string
}

func (n *nearby) add(key string) {
	if !n.seen[key] && len(n.out) < mostNear {
		n.seen[key] = true
		n.out = append(n.out, key)
	}
}

// exchange adds key with up to left characters from position at on exchanged for their likenesses.
func (n *nearby) exchange(key []byte, at, left int) {
	if left == 0 {
		return
	}
	for i := at; i < len(key); i++ {
		was := key[i]
		for _, group := range likenesses {
			if strings.IndexByte(group, was) < 0 {
				continue
			}
			for j := range len(group) {
				if group[j] == was {
					continue
				}
				key[i] = group[j]
				n.add(string(key))
				n.exchange(key, i+1, left-1)
			}
		}
		key[i] = was
	}
}

func (n *nearby) oneWrong(key string) {
	const digits = "0123456789"
	for i := range len(key) {
		if isDigit(key[i]) {
			for _, d := range digits {
				n.add(key[:i] + string(d) + key[i+1:])
			}
		}
	}
	for i := range len(key) {
		n.add(key[:i] + key[i+1:])
	}
	for i := range len(key) + 1 {
		for _, d := range digits {
			n.add(key[:i] + string(d) + key[i:])
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
