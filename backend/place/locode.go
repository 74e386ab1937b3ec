package place

import (
	_ "embed"
	"strings"
	"sync"

	"tracedesk/backend/freight"
)

//go:embed data/locodes.txt
var locodesText string

var locodes = sync.OnceValue(func() map[string]freight.Place {
	known := map[string]freight.Place{}
	for line := range strings.Lines(locodesText) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(fields) != 3 || fields[0] == "#" {
			continue
		}
		p := freight.Place{City: fields[2], Country: fields[0][:2]}
		if fields[1] != "-" {
			p.State = fields[1]
		}
		known[fields[0]] = p
	}
	return known
})

// Locode is the town of a UN/LOCODE; ok is false for one that the desk's selection does not have.
func Locode(code string) (p freight.Place, ok bool) {
	p, ok = locodes()[strings.ToUpper(code)]
	return p, ok
}
