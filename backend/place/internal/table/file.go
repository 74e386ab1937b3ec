package table

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"sort"
	"strings"
)

const magic = "tracedesk places 1"

// Write packs the table. The rows of each part must be sorted by their first column.
func (t *Table) Write(w io.Writer) error {
	out, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	var regions []string
	for region, zone := range t.Regions {
		regions = append(regions, region+" "+zone)
	}
	sort.Strings(regions)
	var b []byte
	for _, text := range []string{magic, t.Version, strings.Join(t.Zones, "\n"), strings.Join(regions, "\n")} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	b = pack(b, t.Zips.Code, true)
	b = pack(b, t.Zips.Point, false)
	b = pack(b, t.Zips.Zone, false)
	b = pack(b, t.Zips.State, false)
	b = pack(b, t.Cities.Key, true)
	b = pack(b, t.Cities.Point, false)
	b = pack(b, t.Cities.Zone, false)
	b = pack(b, t.Cells.Code, true)
	b = pack(b, t.Cells.Zone, false)
	b = pack(b, t.Cells.Border, false)
	if _, err := out.Write(b); err != nil {
		return err
	}
	return out.Close()
}

// pack appends a column: the number of its rows, then each value, or its difference to the one before when it is sorted.
func pack[T uint32 | uint64](b []byte, column []T, sorted bool) []byte {
	b = binary.AppendUvarint(b, uint64(len(column)))
	var last T
	for _, v := range column {
		b = binary.AppendUvarint(b, uint64(v-last))
		if sorted {
			last = v
		}
	}
	return b
}

var errDamaged = errors.New("the embedded place table is damaged: build the program again")

// Open reads what Write wrote.
func Open(packed []byte) (*Table, error) {
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, errors.Join(errDamaged, err)
	}
	b, err := io.ReadAll(unzip)
	if err != nil {
		return nil, errors.Join(errDamaged, err)
	}
	r := reader{b: b}
	if r.text() != magic {
		return nil, errDamaged
	}
	t := &Table{Version: r.text(), Zones: strings.Split(r.text(), "\n"), Regions: map[string]string{}}
	for line := range strings.SplitSeq(r.text(), "\n") {
		region, zone, _ := strings.Cut(line, " ")
		t.Regions[region] = zone
	}
	t.Zips = Zips{unpack[uint32](&r, true), unpack[uint32](&r, false), unpack[uint32](&r, false), unpack[uint32](&r, false)}
	t.Cities = Cities{unpack[uint64](&r, true), unpack[uint32](&r, false), unpack[uint32](&r, false)}
	t.Cells = Cells{unpack[uint32](&r, true), unpack[uint32](&r, false), unpack[uint32](&r, false)}
	if r.short || len(r.b) > 0 {
		return nil, errDamaged
	}
	return t, nil
}

// reader takes numbers and texts from the front of b; short is set once something was missing.
type reader struct {
	b     []byte
	short bool
}

func (r *reader) number() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.short, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) text() string {
	n := r.number()
	if n > uint64(len(r.b)) {
		r.short, r.b = true, nil
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func unpack[T uint32 | uint64](r *reader, sorted bool) []T {
	n := r.number()
	if n > uint64(len(r.b)) {
		r.short, r.b = true, nil
		return nil
	}
	column := make([]T, n)
	var last T
	for i := range column {
		column[i] = T(r.number()) + last
		if sorted {
			last = column[i]
		}
	}
	return column
}
