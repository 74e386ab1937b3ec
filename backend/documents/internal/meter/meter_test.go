package meter

import (
	"context"
	"errors"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// host counts what a module tells, and has enough after so many.
type host struct{ told, most int }

var errEnough = errors.New("enough")

func (h *host) Write(p []byte) (int, error) {
	if h.told++; h.most > 0 && h.told >= h.most {
		panic(errEnough)
	}
	return len(p), nil
}

// part puts a section together.
func part(id byte, data ...byte) []byte {
	return append(unsigned([]byte{id}, uint32(len(data))), data...)
}

// list is a count and what is counted, each with its own length in front.
func list(entries ...[]byte) []byte {
	out := unsigned(nil, uint32(len(entries)))
	for _, e := range entries {
		out = append(unsigned(out, uint32(len(e))), e...)
	}
	return out
}

// example is a module with four functions: turns(n) goes n times round a loop and says n, fill(n) fills n bytes, calls(n)
// calls itself n times, ever() never ends.
func example() []byte {
	name := func(s string) []byte { return append([]byte{byte(len(s))}, s...) }
	b := append([]byte{}, magic...)
	b = append(b, part(sectionType, 3,
		functionType, 4, typeI32, typeI32, typeI32, typeI32, 1, typeI32, // of fd_write
		functionType, 1, typeI32, 1, typeI32,
		functionType, 0, 0)...)
	imports := append([]byte{1}, append(name("wasi_snapshot_preview1"), name("fd_write")...)...)
	b = append(b, part(2, append(imports, importFunction, 0)...)...)
	b = append(b, part(sectionFunction, 4, 1, 1, 1, 2)...)
	b = append(b, part(5, 1, 0, 2)...) // two pages of memory
	b = append(b, part(sectionGlobal, 1, typeI32, 1, opI32Const, 7, opEnd)...)
	exports := []byte{5}
	for i, f := range []string{"turns", "fill", "calls", "ever"} {
		exports = append(append(exports, name(f)...), 0, byte(i+1))
	}
	exports = append(append(exports, name("memory")...), 2, 0)
	b = append(b, part(7, exports...)...)
	const i32Add, brIf, br, eqz = 0x6a, 0x0d, 0x0c, 0x45
	turns := []byte{1, 1, typeI32, // local 1 counts
		opLoop, typeNone,
		opLocalGet, 1, opI32Const, 1, i32Add, opLocalTee, 1,
		opLocalGet, 0, opI32LtS, brIf, 0, opEnd,
		opLocalGet, 1, opEnd}
	fill := []byte{0, opI32Const, 0xe4, 0, opI32Const, 0, opLocalGet, 0, prefixMore, 11, 0, opLocalGet, 0, opEnd}
	calls := []byte{0, opLocalGet, 0, eqz, opIf, typeI32, opI32Const, 0, 0x05,
		opLocalGet, 0, opI32Const, 1, opI32Sub, opCall, 3, opEnd, opEnd}
	ever := []byte{0, opLoop, typeNone, br, 0, opEnd, opEnd}
	return append(b, part(sectionCode, list(turns, fill, calls, ever)...)...)
}

// run calls a function of the metered example and says what it gave and how often it told.
func run(t *testing.T, every int32, most int, function string, args ...uint64) (uint64, int, error) {
	t.Helper()
	metered, err := Metered(example(), every)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	rt := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter())
	defer rt.Close(ctx)
	wasi_snapshot_preview1.MustInstantiate(ctx, rt)
	h := &host{most: most}
	mod, err := rt.InstantiateWithConfig(ctx, metered, wazero.NewModuleConfig().WithStdout(h))
	if err != nil {
		t.Fatal(err)
	}
	out, err := mod.ExportedFunction(function).Call(ctx, args...)
	if len(out) == 0 {
		out = []uint64{0}
	}
	return out[0], h.told, err
}

func TestTheMeterTellsTheWork(t *testing.T) {
	for _, c := range []struct {
		function     string
		n            uint64
		fewest, most int
		every        int32
		gives        uint64
	}{
		{"turns", 10, 0, 0, 100, 10},
		{"turns", 1000, 9, 10, 100, 1000},
		{"turns", 100_000, 99, 100, 1000, 100_000},
		{"fill", 64_000, 1, 1, 500, 64_000}, // a thousand turns' worth
		{"fill", 640, 0, 0, 500, 640},
		{"calls", 90, 8, 9, 10, 0},
	} {
		gives, told, err := run(t, c.every, 0, c.function, c.n)
		if err != nil || gives != c.gives || told < c.fewest || told > c.most {
			t.Errorf("%s(%d): %d, told %d times, want %d to %d; %v", c.function, c.n, gives, told, c.fewest, c.most, err)
		}
	}
}

func TestEndlessWorkIsEnded(t *testing.T) {
	_, told, err := run(t, 1000, 50, "ever")
	if !errors.Is(err, errEnough) || told != 50 {
		t.Errorf("told %d times, %v", told, err)
	}
}

func TestWhatIsNoModuleIsRefused(t *testing.T) {
	whole := example()
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("not WebAssembly"), "cut off": whole[:len(whole)-3], "its head alone": magic,
		"an unknown instruction": append(whole[:len(whole)-1:len(whole)-1], 0xff),
	} {
		if _, err := Metered(data, 1000); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func FuzzMetered(f *testing.F) {
	f.Add(example())
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := Metered(data, 1000); err == nil && len(out) < len(data) {
			t.Errorf("%d bytes came out of %d", len(out), len(data))
		}
	})
}
