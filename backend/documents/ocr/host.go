package ocr

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
)

// hostModule is the one module that the core imports from.
const hostModule = "a"

// hostCall is one function that the core asks its host for. Arguments come and the result goes by the stack.
type hostCall func(ctx context.Context, g *guest, mod api.Module, stack []uint64)

var (
	errLongJump = errors.New("longjmp") // the core's longjmp on its way to the call that set it
	errAborted  = errors.New("the reader aborted")
)

// hostCalls are all imports of the core by their letter (tesseract.js-core 7.0.0, SIMD and LSTM).
var hostCalls = map[string]hostCall{
	"t": func(context.Context, *guest, api.Module, []uint64) { panic(errLongJump) },
	"k": func(context.Context, *guest, api.Module, []uint64) {
		panic(errors.New("the reader threw an exception"))
	},
	"a": assertion,
	"N": func(context.Context, *guest, api.Module, []uint64) { panic(errAborted) },
	"R": func(_ context.Context, _ *guest, _ api.Module, s []uint64) {
		panic(fmt.Errorf("the reader ended with code %d", int32(s[0])))
	},
	"y": absent, "J": absent, "P": absent, "S": absent,
	"s": report,
	"u": grow,
	"Q": embedded,
	"n": openAt, "m": closeFile, "o": readFile, "l": writeFile, "E": seekFile,
	"K": statFile, "I": statPath,
	"p": answer(0), "O": answer(-59), "H": workFolder, "w": answer(-errNotFound), "v": answer(-errNotFound),
	"x": answer(-errInvalid), "z": answer(0),
	"L": dateNow, "M": clockNow, "A": calendar, "B": calendar, "C": moment, "D": zone,
	"F": answer(0), "G": noEnvironment,
}

// trampolines call a function of the core's table by its number, and catch a longjmp on the way (setjmp in the picture
// libraries).
var trampolines = []string{"b", "c", "d", "e", "f", "g", "h", "i", "j", "q", "r"}

func init() {
	for _, letter := range trampolines {
		hostCalls[letter] = nil // made per import, since it needs the types
	}
}

// buildHost makes the host module so that the types always fit: they are taken from the core's own list of imports.
func buildHost(ctx context.Context, rt wazero.Runtime, core wazero.CompiledModule) error {
	builder := rt.NewHostModuleBuilder(hostModule)
	for _, f := range core.ImportedFunctions() {
		module, letter, _ := f.Import()
		call, known := hostCalls[letter]
		if module != hostModule || !known {
			return fmt.Errorf("the OCR core asks for an unknown function %s.%s: core and host are of different versions", module, letter)
		}
		if call == nil {
			call = trampoline(f.ParamTypes(), f.ResultTypes())
		}
		builder.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(func(ctx context.Context, mod api.Module, stack []uint64) {
			call(ctx, guestOf(ctx), mod, stack)
		}), f.ParamTypes(), f.ResultTypes()).Export(letter)
	}
	_, err := builder.Instantiate(ctx)
	return err
}

func trampoline(params, results []api.ValueType) hostCall {
	return func(ctx context.Context, g *guest, mod api.Module, stack []uint64) {
		saved := g.must(ctx, "stackSave")
		fn := table.LookupFunction(mod, 0, uint32(stack[0]), params[1:], results)
		args := append([]uint64(nil), stack[1:len(params)]...)
		out, err := fn.Call(ctx, args...)
		switch {
		case errors.Is(err, errLongJump):
			g.must(ctx, "stackRestore", saved)
			g.must(ctx, "setThrew", 1, 0)
			if len(results) > 0 {
				stack[0] = 0
			}
		case err != nil:
			panic(err)
		case len(results) > 0:
			stack[0] = out[0]
		}
	}
}

func answer(n int32) hostCall {
	return func(_ context.Context, _ *guest, _ api.Module, stack []uint64) {
		if len(stack) > 0 {
			stack[0] = api.EncodeI32(n)
		}
	}
}

func absent(context.Context, *guest, api.Module, []uint64) {
	panic(errors.New("the OCR core does not have this function"))
}

func assertion(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	panic(fmt.Errorf("the reader found itself in a wrong state: %s", cString(mod.Memory(), uint32(s[0]))))
}

// report is the embedded script with which the core tells its progress, once a line of text; the one place where a page can
// be stopped.
func report(ctx context.Context, g *guest, mod api.Module, s []uint64) {
	if err := ctx.Err(); err != nil {
		panic(err)
	}
	if g.lines++; g.most > 0 && g.lines > g.most {
		panic(ErrSlow)
	}
	if percent, ok := mod.Memory().ReadUint32Le(uint32(s[2])); ok && g.progress != nil {
		g.progress(min(int(percent), 100))
	}
	s[0] = 0
}

const wasmPage = 64 << 10

// grow makes memory at least as large as asked, with some slack, as the core's own glue does.
func grow(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	memory, want := mod.Memory(), uint64(uint32(s[0]))
	has := uint64(memory.Size())
	for _, slack := range []uint64{5, 10, 20, 0} {
		size := want
		if slack > 0 {
			size = max(want, min(has+has/slack, want+96<<20))
		}
		pages := (size + wasmPage - 1) / wasmPage
		if _, ok := memory.Grow(uint32(pages - min(pages, has/wasmPage))); ok {
			s[0] = 1
			return
		}
	}
	s[0] = 0
}

// embedded takes the files that the core carries: name, length and address each, ended by a zero.
func embedded(_ context.Context, g *guest, mod api.Module, s []uint64) {
	memory := mod.Memory()
	for at := uint32(s[0]); ; at += 12 {
		name, ok := memory.ReadUint32Le(at)
		if !ok || name == 0 {
			return
		}
		size, _ := memory.ReadUint32Le(at + 4)
		from, _ := memory.ReadUint32Le(at + 8)
		if data, ok := memory.Read(from, size); ok {
			g.files.named[strings.TrimLeft(cString(memory, name), "./")] = append([]byte(nil), data...)
		}
	}
}

func openAt(_ context.Context, g *guest, mod api.Module, s []uint64) {
	fd, ok := g.files.openFile(cString(mod.Memory(), uint32(s[1])))
	if !ok {
		s[0] = api.EncodeI32(-errNotFound)
		return
	}
	s[0] = uint64(fd)
}

func closeFile(_ context.Context, g *guest, _ api.Module, s []uint64) {
	delete(g.files.open, uint32(s[0]))
	s[0] = 0
}

// eachBuffer walks a list of buffers (address, length) as readv and writev have it.
func eachBuffer(memory api.Memory, list, count uint32, do func([]byte) (int, bool)) (total uint32, ok bool) {
	for i := range count {
		at, _ := memory.ReadUint32Le(list + 8*i)
		size, _ := memory.ReadUint32Le(list + 8*i + 4)
		buffer, ok := memory.Read(at, size)
		if !ok {
			return total, false
		}
		n, ok := do(buffer)
		if !ok {
			return total, false
		}
		total += uint32(n)
		if n < len(buffer) {
			break
		}
	}
	return total, true
}

func readFile(_ context.Context, g *guest, mod api.Module, s []uint64) {
	fd := uint32(s[0])
	n, ok := eachBuffer(mod.Memory(), uint32(s[1]), uint32(s[2]), func(p []byte) (int, bool) { return g.files.read(fd, p) })
	finish(mod, s, n, ok)
}

func writeFile(_ context.Context, g *guest, mod api.Module, s []uint64) {
	fd := uint32(s[0])
	n, ok := eachBuffer(mod.Memory(), uint32(s[1]), uint32(s[2]), func(p []byte) (int, bool) { return len(p), g.files.write(fd, p) })
	finish(mod, s, n, ok)
}

func finish(mod api.Module, s []uint64, n uint32, ok bool) {
	if !ok {
		s[0] = errBadFile
		return
	}
	mod.Memory().WriteUint32Le(uint32(s[3]), n)
	s[0] = 0
}

func seekFile(_ context.Context, g *guest, mod api.Module, s []uint64) {
	file, ok := g.files.open[uint32(s[0])]
	if !ok {
		s[0] = errBadFile
		return
	}
	at, err := file.Seek(int64(s[1]), int(uint32(s[2])))
	if err != nil {
		s[0] = errInvalid
		return
	}
	mod.Memory().WriteUint64Le(uint32(s[3]), uint64(at))
	s[0] = 0
}

func statFile(_ context.Context, g *guest, mod api.Module, s []uint64) {
	file, ok := g.files.open[uint32(s[0])]
	if !ok {
		s[0] = api.EncodeI32(-errBadFile)
		return
	}
	s[0] = stat(mod, uint32(s[1]), file.Size())
}

func statPath(_ context.Context, g *guest, mod api.Module, s []uint64) {
	data, ok := g.files.named[strings.TrimLeft(cString(mod.Memory(), uint32(s[1])), "./")]
	if !ok {
		s[0] = api.EncodeI32(-errNotFound)
		return
	}
	s[0] = stat(mod, uint32(s[2]), int64(len(data)))
}

const regularFile = 0o100644

// stat fills the 96 bytes that the core's C library knows a file by.
func stat(mod api.Module, at uint32, size int64) uint64 {
	var record [96]byte
	binary.LittleEndian.PutUint32(record[4:], regularFile)
	binary.LittleEndian.PutUint32(record[8:], 1)
	binary.LittleEndian.PutUint64(record[24:], uint64(size))
	binary.LittleEndian.PutUint32(record[32:], 4096)
	binary.LittleEndian.PutUint32(record[36:], uint32((size+4095)/4096))
	binary.LittleEndian.PutUint64(record[88:], 1)
	mod.Memory().Write(at, record[:])
	return 0
}

func workFolder(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	if uint32(s[1]) < 2 {
		s[0] = api.EncodeI32(-errInvalid)
		return
	}
	mod.Memory().Write(uint32(s[0]), []byte("/\x00"))
	s[0] = 2
}

func dateNow(_ context.Context, _ *guest, _ api.Module, s []uint64) {
	s[0] = api.EncodeF64(float64(time.Now().UnixMilli()))
}

func clockNow(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	mod.Memory().WriteUint64Le(uint32(s[2]), uint64(time.Now().UnixNano()))
	s[0] = 0
}

// calendar fills a struct tm; the core's local time is UTC.
func calendar(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	t := time.Unix(int64(s[0]), 0).UTC()
	for i, v := range []int{t.Second(), t.Minute(), t.Hour(), t.Day(), int(t.Month()) - 1, t.Year() - 1900, int(t.Weekday()), t.YearDay() - 1, 0, 0} {
		mod.Memory().WriteUint32Le(uint32(s[1])+4*uint32(i), uint32(int32(v)))
	}
}

// moment is the instant of a struct tm.
func moment(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	field := func(i uint32) int {
		v, _ := mod.Memory().ReadUint32Le(uint32(s[0]) + 4*i)
		return int(int32(v))
	}
	s[0] = uint64(time.Date(field(5)+1900, time.Month(field(4)+1), field(3), field(2), field(1), field(0), 0, time.UTC).Unix())
}

func zone(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	memory := mod.Memory()
	memory.WriteUint32Le(uint32(s[0]), 0)
	memory.WriteUint32Le(uint32(s[1]), 0)
	memory.Write(uint32(s[2]), []byte("UTC\x00"))
	memory.Write(uint32(s[3]), []byte("UTC\x00"))
}

func noEnvironment(_ context.Context, _ *guest, mod api.Module, s []uint64) {
	mod.Memory().WriteUint32Le(uint32(s[0]), 0)
	mod.Memory().WriteUint32Le(uint32(s[1]), 0)
	s[0] = 0
}

const longestName = 4 << 10

// cString reads a text that ends with a zero.
func cString(memory api.Memory, at uint32) string {
	for n := uint32(0); n < longestName; n++ {
		c, ok := memory.ReadByte(at + n)
		if !ok {
			return ""
		}
		if c == 0 {
			text, _ := memory.Read(at, n)
			return string(text)
		}
	}
	return ""
}
