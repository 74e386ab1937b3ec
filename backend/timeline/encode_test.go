package timeline

import (
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tracedesk/backend/freight"
)

// A field that somebody adds to a claim must be written too: here every field is set, by reflection.
func TestEveryFieldIsEncoded(t *testing.T) {
	o := says(carrier, clockAt(3, 4))
	o.Retracts, o.By = freight.ObservationID{9}, "ann"
	var c freight.Claim
	fill(reflect.ValueOf(&c).Elem(), new(int))
	o.Claims = []freight.Claim{c, {}, c}
	strip(&o)
	s := State{Observations: []freight.Observation{o}, Summary: Collect([]freight.Observation{plan()}).Summary}
	data, err := EncodeState(s)
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeState(data)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s, back); d != "" {
		t.Error(d)
	}
}

// fill sets every field to a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			fill(v.Field(i), n)
		}
	case reflect.String:
		v.SetString("text " + string(rune('a'+*n)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(-*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 5))
		if v.Uint() == 0 {
			v.SetUint(3)
		}
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.25)
	default:
		panic("a claim has a field of a kind that this test does not know: " + v.Kind().String())
	}
}

func TestBrokenStatesAreRefused(t *testing.T) {
	data, _ := EncodeState(Collect([]freight.Observation{plan(), says(carrier, clockAt(3, 0), happened(1, freight.FactArrived, instant(2, 0)))}))
	for n := range data {
		if _, err := DecodeState(data[:n]); !errors.Is(err, ErrState) {
			t.Fatalf("the first %d bytes of %d read as a state", n, len(data))
		}
	}
	if _, err := DecodeState(append(data, 0)); !errors.Is(err, ErrState) {
		t.Error("a byte too many reads as a state")
	}
	data[0]++
	if _, err := DecodeState(data); !errors.Is(err, ErrState) {
		t.Error("another version reads as a state")
	}
}

func FuzzDecodeState(f *testing.F) {
	data, _ := EncodeState(Collect([]freight.Observation{plan(), says(carrier, clockAt(3, 0), happened(1, freight.FactArrived, instant(2, 0)))}))
	f.Add(data)
	f.Add([]byte{stateFormat, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := DecodeState(data)
		if err != nil {
			return
		}
		again, err := EncodeState(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := DecodeState(again); err != nil {
			t.Fatal("what was read cannot be written and read again")
		}
	})
}
