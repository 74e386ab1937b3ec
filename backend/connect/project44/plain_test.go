package project44

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/connect/wire"
)

// sameEitherWay reads a piece as every shape, plainly and by the tags. It tells whether any could be read plainly.
func sameEitherWay(t interface{ Fatalf(string, ...any) }, p wire.Piece) (plain bool) {
	for _, same := range []func() (bool, any, any, error){
		func() (bool, any, any, error) { return bothWays(p, plainPosition) },
		func() (bool, any, any, error) { return bothWays(p, plainEvent) },
		func() (bool, any, any, error) { return bothWays(p, plainState) },
		func() (bool, any, any, error) { return bothWays(p, plainShipment) },
	} {
		ok, got, want, err := same()
		if ok && (err != nil || !reflect.DeepEqual(got, want)) {
			t.Fatalf("%s\nis read plainly as %+v\nand should be %+v (%v)", p.Bytes, got, want, err)
		}
		plain = plain || ok
	}
	return plain
}

func bothWays[T any](p wire.Piece, read func(*wire.Plain, *T)) (ok bool, got, want any, err error) {
	var a, b T
	ok = wire.ReadPlain(p, func(in *wire.Plain) { read(in, &a) })
	return ok, &a, &b, json.Unmarshal(p.Bytes, &b)
}

// eachObject gives every object of a text, however deep.
func eachObject(p wire.Piece, each func(wire.Piece)) {
	if p.IsObject() {
		each(p)
		_ = wire.Fields(p, func(_ string, v wire.Piece) bool { eachObject(v, each); return true })
	}
	if p.IsList() {
		_ = wire.Items(p, func(_ int, v wire.Piece) bool { eachObject(v, each); return true })
	}
}

func bodies(tb testing.TB) (out [][]byte) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		tb.Fatal(files, err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, body)
	}
	return append(out, recorded(24, 120))
}

func TestRecordedPiecesAreTheSameEitherWay(t *testing.T) {
	for _, body := range bodies(t) {
		eachObject(wire.Whole(body), func(p wire.Piece) { sameEitherWay(t, p) })
	}
}

// What is sent a hundred times a body needs no second look.
func TestEventsAndPositionsAreReadPlainly(t *testing.T) {
	body := wire.Whole(recorded(24, 120))
	err := wire.Fields(body, func(name string, v wire.Piece) bool {
		if name == "shipment" {
			if !sameEitherWay(t, v) {
				t.Errorf("not read plainly: %s", v.Bytes)
			}
			return true
		}
		if err := wire.Items(v, func(_ int, v wire.Piece) bool {
			if !sameEitherWay(t, v) {
				t.Errorf("not read plainly: %s", v.Bytes)
			}
			return true
		}); err != nil {
			t.Error(err)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Pieces of any shape, with what a platform may write otherwise one day.
func TestPiecesAreTheSameEitherWay(t *testing.T) {
	names := rapid.SampledFrom([]string{"id", "type", "value", "values", "name", "stopId", "dateTime", "DateTime", "timestamp", "receivedDateTime", "utcTimestamp", "latitude", "longitude", "coordinates",
		"geoCoordinates", "location", "identifiers", "attributes", "routeInfo", "stops", "routeSegments", "fromStopId", "dateTimes", "selected", "startDateTime", "routeSegmentId", "relatedShipments", "else", `t\u0079pe`})
	leaves := rapid.SampledFrom([]string{`"a"`, `" a "`, `""`, `"é"`, `"\u0041"`, `"a\"b"`, "\"\x01\"", `"41.5"`, "null", "true", "false", "True", "nul", "0", "-0", "41.8577", "-87.6", "007", "1.", ".5", "-", "+1", "1e3", "1.5E-2", "NaN", "{}", "[]", "[", "",
		"9999999999999999999999999", `"2026-03-02T06:31:00-0600"`, "\"\xff\"", "1 2", "3,"})
	blank := rapid.SampledFrom([]string{"", "", "", " ", "\n\t", "\f"})
	var value func(r *rapid.T, deep int) string
	value = func(r *rapid.T, deep int) string {
		kind := rapid.IntRange(0, 3).Draw(r, "kind")
		if deep == 0 || kind < 2 {
			return blank.Draw(r, "before") + leaves.Draw(r, "leaf") + blank.Draw(r, "behind")
		}
		b := []byte("[")
		if kind == 3 {
			b = []byte("{")
		}
		for i := range rapid.IntRange(0, 4).Draw(r, "items") {
			if i > 0 {
				b = append(b, ',')
			}
			if kind == 3 {
				b = append(b, blank.Draw(r, "blank")+`"`+names.Draw(r, "name")+`"`+blank.Draw(r, "blank")+":"...)
			}
			b = append(b, value(r, deep-1)...)
		}
		if kind == 3 {
			return string(b) + "}"
		}
		return string(b) + "]"
	}
	rapid.Check(t, func(r *rapid.T) { sameEitherWay(r, wire.Piece{Bytes: []byte(value(r, 5))}) })
}

func FuzzPlain(f *testing.F) {
	for _, body := range bodies(f) {
		eachObject(wire.Whole(body), func(p wire.Piece) { f.Add(p.Bytes) })
	}
	f.Fuzz(func(t *testing.T, piece []byte) { sameEitherWay(t, wire.Piece{Bytes: piece}) })
}
