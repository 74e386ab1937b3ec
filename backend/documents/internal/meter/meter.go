// Package meter rewrites a WebAssembly module so that it counts its own work: turns of loops, calls, and the bytes that it
// fills or copies at once. After so many it writes nothing, zero bytes, to its standard output, which is how its host is
// told; a host that has had enough panics in that write, and the work ends there. What a module may do is so bounded by its
// work and not by a clock, and it can be stopped, at a fraction of what a runtime takes to look for a stop in every loop.
package meter

import (
	"errors"
	"fmt"
	"slices"
)

// Numbers of sections (WebAssembly Core 2.0, 5.5.2).
const (
	sectionType     = 1
	sectionImport   = 2
	sectionFunction = 3
	sectionGlobal   = 6
	sectionCode     = 10
)

// bytesPerTurn is how many bytes filled or copied at once count as a turn of a loop.
const bytesPerTurn = 64

// Metered is the module with a meter that tells after every so many turns. The module has to import WASI's fd_write, and may
// not use what lies in its memory below address 32, which no C program does.
func Metered(module []byte, every int32) ([]byte, error) {
	m, err := parse(module)
	if err != nil {
		return nil, err
	}
	write, ok := m.imported("wasi_snapshot_preview1", "fd_write")
	if !ok {
		return nil, errors.New("the module does not write: it has no way to tell its work")
	}
	counter := uint32(m.globals)
	tick := uint32(m.importedFunctions + len(m.functions))
	c := charge{counter: counter, tick: tick}
	for i, body := range m.bodies {
		if m.bodies[i], err = c.body(body, m.types[m.functions[i]].params); err != nil {
			return nil, fmt.Errorf("function %d: %w", i, err)
		}
	}
	m.bodies = append(m.bodies, ticking(counter, write, every))
	m.functions = append(m.functions, m.noParams())
	m.newGlobal = every
	return m.bytes(), nil
}

// ticking is the function that tells the host and begins anew.
func ticking(counter, write uint32, every int32) []byte {
	const at, told = 16, 24 // an empty buffer, and where the count of bytes written goes
	b := []byte{0}          // no locals
	b = signed(append(b, opI32Const), int64(every))
	b = unsigned(append(b, opGlobalSet), counter)
	for _, word := range []int64{at, at + 4} {
		b = signed(append(b, opI32Const), word)
		b = append(b, opI32Const, 0, opI32Store, 2, 0)
	}
	for _, arg := range []int64{1, at, 1, told} {
		b = signed(append(b, opI32Const), arg)
	}
	b = unsigned(append(b, opCall), write)
	return append(b, opDrop, opEnd)
}

// charge puts the counting into function bodies.
type charge struct{ counter, tick uint32 }

// body is a function's body with a charge at the head of each loop, before each filling and copying, and at its own begin
// where it calls others: work may go round by calls alone.
func (c charge) body(body []byte, params int) ([]byte, error) {
	r := &reader{b: body}
	spare, err := c.locals(r, params)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(body)*5/4)
	out = append(out, withLocal(body[:r.at])...)
	begin, calls := len(out), false
	for r.at < len(body) {
		from := r.at
		op, err := r.instruction()
		if err != nil {
			return nil, err
		}
		if op == opMemoryCopy || op == opMemoryFill {
			out = c.bulk(out, spare)
		}
		out = append(out, body[from:r.at]...)
		if op == opLoop {
			out = c.turn(out)
		}
		calls = calls || op == opCall || op == opCallIndirect
	}
	if calls {
		out = slices.Insert(out, begin, c.turn(nil)...)
	}
	return out, nil
}

// locals reads a body's list of locals and says the number of the one that is added.
func (c charge) locals(r *reader, params int) (spare uint32, err error) {
	n := uint64(params)
	groups := r.unsigned()
	for range groups {
		n += uint64(r.unsigned())
		r.byte()
	}
	if r.bad || n > 1<<16 {
		return 0, errShort
	}
	return uint32(n), nil
}

// withLocal is a list of locals with one more, an i32.
func withLocal(locals []byte) []byte {
	r := &reader{b: locals}
	groups := r.unsigned()
	out := unsigned(nil, groups+1)
	out = append(out, locals[r.at:]...)
	return append(out, 1, typeI32)
}

// turn counts one turn.
func (c charge) turn(b []byte) []byte {
	b = unsigned(append(b, opGlobalGet), c.counter)
	b = append(b, opI32Const, 1, opI32Sub)
	b = unsigned(append(b, opGlobalSet), c.counter)
	return c.look(b)
}

// look calls the host when the count is at its end.
func (c charge) look(b []byte) []byte {
	b = unsigned(append(b, opGlobalGet), c.counter)
	b = append(b, opI32Const, 0, opI32LtS, opIf, typeNone)
	b = unsigned(append(b, opCall), c.tick)
	return append(b, opEnd)
}

// bulk counts the bytes whose number lies on top of the stack.
func (c charge) bulk(b []byte, spare uint32) []byte {
	b = unsigned(append(b, opLocalTee), spare)
	b = unsigned(append(b, opGlobalGet), c.counter)
	b = unsigned(append(b, opLocalGet), spare)
	b = signed(append(b, opI32Const), log2(bytesPerTurn))
	b = append(b, opI32ShrU, opI32Sub)
	b = unsigned(append(b, opGlobalSet), c.counter)
	return c.look(b)
}

func log2(n int) int64 {
	e := int64(0)
	for n > 1 {
		n >>= 1
		e++
	}
	return e
}
