package scans

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// BundleFile is the name of what WriteBundle writes, beside the loads list.
const BundleFile = "bundle.pdf"

// WriteBundle writes one PDF of so many pages, as an office scans a day's pile and joins it with what came as files: every
// other page a scan, worn in its own way, the others type as type. Each is a paper of a load of the list beside it.
func WriteBundle(dir string, seed uint64, pages int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	m, err := newMaker(seed, pages, Options{})
	if err != nil {
		return err
	}
	f := newPDF()
	fonts := map[string]int{}
	var numbers []int
	for n := range pages {
		rng := rand.New(rand.NewPCG(seed, uint64(n)+1))
		trip := m.house.newTrip(rng, m.shipments[n%len(m.shipments)])
		l := m.layouts[n%len(m.layouts)]
		sheet := l.fill(rng, trip).sheet
		if n%2 == 0 {
			numbers = append(numbers, f.textPage(sheet, fonts))
			continue
		}
		w := newWear(rng, someProfile(rng))
		p := w.picture(rng, sheet)
		numbers = append(numbers, f.picturePage(scannedPage{p, float64(p.w) * 72 / w.dpi, float64(p.h) * 72 / w.dpi}, 80))
	}
	out, err := os.Create(filepath.Join(dir, BundleFile))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	_, err = w.Write(f.close(numbers))
	if err == nil {
		err = w.Flush()
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("the bundle cannot be written: %w", err)
	}
	return writeJSON(filepath.Join(dir, ShipmentsFile), m.shipments)
}
