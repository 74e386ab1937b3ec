package store

import (
	"bytes"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// What is stored is what the tags of the shared words say, field for field: a field that is added there and forgotten here is found,
// since every field of every shape is drawn.
func TestTheStoredFormIsWhatTheTagsSay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var o freight.Observation
		draw(r, reflect.ValueOf(&o).Elem())
		want, err := cbor.Marshal(&o)
		if err != nil {
			r.Fatal(err)
		}
		got, err := EncodeObservation(&o)
		if err != nil || !bytes.Equal(got, want) {
			r.Fatalf("%+v\nis stored as %x\nand should be %x (%v)", o, got, want, err)
		}
	})
}

// draw fills a value of any of the shared shapes; a good part of it says nothing.
func draw(r *rapid.T, v reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() || rapid.IntRange(0, 2).Draw(r, "empty") == 0 {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			draw(r, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.SampledFrom([]int{0, 1, 2, 30}).Draw(r, "length"), 30))
		for i := range min(v.Len(), 3) {
			draw(r, v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).SetUint(uint64(rapid.Byte().Draw(r, "byte")))
		}
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.SampledFrom([]string{"", "a", "é\xff", string(make([]byte, 23)), string(make([]byte, 24)), string(make([]byte, 300)), string(make([]byte, 70000))}), rapid.String()).Draw(r, "text"))
	case reflect.Float64:
		v.SetFloat(rapid.OneOf(rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, math.NaN(), math.Inf(1), math.Inf(-1)}), rapid.Float64()).Draw(r, "float"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.OneOf(rapid.SampledFrom([]int64{0, -1, 23, 24, -24, -25, 255, 256, 65535, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MinInt64, math.MaxInt64}), rapid.Int64()).Draw(r, "whole"))
	case reflect.Uint8:
		v.SetUint(uint64(rapid.Byte().Draw(r, "small")))
	case reflect.Bool:
		v.SetBool(true)
	default:
		r.Fatalf("a shape that the stored form does not know: %s", v.Type())
	}
}
