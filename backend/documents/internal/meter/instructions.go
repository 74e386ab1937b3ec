package meter

import "fmt"

// Types and instructions that are written or looked for (WebAssembly Core 2.0, 5.4, and the exception handling proposal).
const (
	typeI32  = 0x7f
	typeNone = 0x40

	opLoop         = 0x03
	opIf           = 0x04
	opEnd          = 0x0b
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1a
	opLocalGet     = 0x20
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opI32Store     = 0x36
	opI32Const     = 0x41
	opI32LtS       = 0x48
	opI32Sub       = 0x6b
	opI32ShrU      = 0x76

	prefixMore   = 0xfc
	prefixVector = 0xfd
	opMemoryCopy = prefixMore<<8 | 10
	opMemoryFill = prefixMore<<8 | 11
)

// reader walks over the bytes of a module. After it ran over the end it gives zeroes and says bad.
type reader struct {
	b   []byte
	at  int
	bad bool
}

func (r *reader) byte() byte {
	if r.at >= len(r.b) {
		r.bad = true
		return 0
	}
	r.at++
	return r.b[r.at-1]
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b)-r.at {
		r.bad = true
		r.at = len(r.b)
		return nil
	}
	r.at += n
	return r.b[r.at-n : r.at]
}

// unsigned reads a LEB128 number of 32 bits.
func (r *reader) unsigned() (n uint32) {
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= uint32(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

// count is a count of entries, each of which takes at least one byte.
func (r *reader) count() uint32 {
	n := r.unsigned()
	if int64(n) > int64(len(r.b)-r.at) {
		r.bad = true
		return 0
	}
	return n
}

// long skips a LEB128 number of up to 64 bits.
func (r *reader) long() {
	for range 10 {
		if r.byte() < 0x80 {
			return
		}
	}
	r.bad = true
}

func (r *reader) limits() {
	if r.byte()&1 != 0 {
		r.unsigned()
	}
	r.unsigned()
}

// instruction skips one instruction with what belongs to it, and says which one it was: those behind a prefix with the
// prefix in the upper byte.
func (r *reader) instruction() (op int, err error) {
	op = int(r.byte())
	switch {
	case op == 0x02 || op == opLoop || op == opIf || op == 0x06: // block, loop, if, try: a type
		r.long()
	case op == 0x1f: // try_table: a type and what it catches
		r.long()
		for range r.count() {
			if kind := r.byte(); kind < 2 {
				r.unsigned()
			}
			r.unsigned()
		}
	case op == 0x0e: // br_table
		for range r.count() {
			r.unsigned()
		}
		r.unsigned()
	case op == opCallIndirect || op == 0x13:
		r.unsigned()
		r.unsigned()
	case op == 0x1c: // select of types
		r.take(int(r.unsigned()))
	case op >= 0x07 && op <= 0x09, op == 0x0c, op == 0x0d, op == opCall, op == 0x12, op == 0x18, op >= 0x20 && op <= 0x26, op == 0xd2:
		r.unsigned()
	case op >= 0x28 && op <= 0x3e: // memory: alignment and offset
		r.unsigned()
		r.unsigned()
	case op == 0x3f || op == 0x40 || op == 0xd0:
		r.byte()
	case op == opI32Const || op == 0x42:
		r.long()
	case op == 0x43:
		r.take(4)
	case op == 0x44:
		r.take(8)
	case op == prefixMore:
		op, err = r.more()
	case op == prefixVector:
		op, err = r.vector()
	case op <= 0x01, op == 0x05, op == 0x0a, op == opEnd, op == 0x0f, op == 0x19, op == opDrop, op == 0x1b, op >= 0x45 && op <= 0xc4, op == 0xd1:
	default:
		return op, fmt.Errorf("instruction %#x is not known", op)
	}
	if r.bad {
		return op, errShort
	}
	return op, err
}

// more skips what belongs to an instruction behind the prefix 0xfc.
func (r *reader) more() (int, error) {
	sub := r.unsigned()
	switch {
	case sub <= 7: // conversions
	case sub == 9 || sub == 11 || sub == 13 || sub >= 15 && sub <= 17:
		r.unsigned()
	case sub == 8 || sub == 10 || sub == 12 || sub == 14:
		r.unsigned()
		r.unsigned()
	default:
		return 0, fmt.Errorf("instruction 0xfc %d is not known", sub)
	}
	return prefixMore<<8 | int(sub), nil
}

// vector skips what belongs to an instruction behind the prefix 0xfd.
func (r *reader) vector() (int, error) {
	sub := r.unsigned()
	switch {
	case sub <= 11 || sub == 92 || sub == 93: // memory
		r.unsigned()
		r.unsigned()
	case sub == 12 || sub == 13: // sixteen bytes
		r.take(16)
	case sub >= 21 && sub <= 34: // a lane
		r.byte()
	case sub >= 84 && sub <= 91: // memory and a lane
		r.unsigned()
		r.unsigned()
		r.byte()
	case sub > 0x113:
		return 0, fmt.Errorf("instruction 0xfd %d is not known", sub)
	}
	return prefixVector<<8 | int(sub), nil
}

// unsigned appends a LEB128 number.
func unsigned(b []byte, n uint32) []byte {
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

// signed appends a signed LEB128 number.
func signed(b []byte, n int64) []byte {
	for n < -64 || n > 63 {
		b = append(b, byte(n&0x7f)|0x80)
		n >>= 7
	}
	return append(b, byte(n&0x7f))
}
