package meter

import (
	"bytes"
	"errors"
	"fmt"
)

var errShort = errors.New("the module is cut off or not understood")

// module is what is changed of a WebAssembly module; the other sections stay as they are.
type module struct {
	sections          []section
	types             []signature
	names             []string // of imported functions, "module.name"
	importedFunctions int
	globals           int      // imported ones counted
	functions         []uint32 // the type of each
	bodies            [][]byte // of each, without their lengths
	newGlobal         int32    // what the added global begins with
}

type section struct {
	id   byte
	data []byte
}

type signature struct{ params, results int }

var magic = []byte("\x00asm\x01\x00\x00\x00")

func parse(data []byte) (*module, error) {
	rest, ok := bytes.CutPrefix(data, magic)
	if !ok {
		return nil, errors.New("this is no WebAssembly module")
	}
	m := &module{}
	for r := (&reader{b: rest}); r.at < len(rest); {
		id := r.byte()
		s := section{id, r.take(int(r.unsigned()))}
		if r.bad {
			return nil, errShort
		}
		m.sections = append(m.sections, s)
		if err := m.read(s); err != nil {
			return nil, fmt.Errorf("section %d: %w", id, err)
		}
	}
	if len(m.bodies) != len(m.functions) || !m.has(sectionGlobal) || !m.has(sectionCode) {
		return nil, errShort
	}
	for _, t := range m.functions {
		if int(t) >= len(m.types) {
			return nil, errShort
		}
	}
	return m, nil
}

func (m *module) has(id byte) bool {
	for _, s := range m.sections {
		if s.id == id {
			return true
		}
	}
	return false
}

func (m *module) read(s section) error {
	r := &reader{b: s.data}
	switch s.id {
	case sectionType:
		m.readTypes(r)
	case sectionImport:
		m.readImports(r)
	case sectionFunction:
		for range r.count() {
			m.functions = append(m.functions, r.unsigned())
		}
	case sectionGlobal:
		m.globals += int(r.unsigned())
	case sectionCode:
		for range r.count() {
			m.bodies = append(m.bodies, r.take(int(r.unsigned())))
		}
	}
	if r.bad {
		return errShort
	}
	return nil
}

const functionType = 0x60

func (m *module) readTypes(r *reader) {
	for range r.count() {
		if r.byte() != functionType {
			r.bad = true
			return
		}
		params := len(r.take(int(r.unsigned())))
		results := len(r.take(int(r.unsigned())))
		m.types = append(m.types, signature{params, results})
	}
}

// Kinds of imports.
const (
	importFunction = 0
	importTable    = 1
	importMemory   = 2
	importGlobal   = 3
	importTag      = 4
)

func (m *module) readImports(r *reader) {
	for range r.count() {
		from := string(r.take(int(r.unsigned())))
		name := string(r.take(int(r.unsigned())))
		switch r.byte() {
		case importFunction:
			r.unsigned()
			m.names = append(m.names, from+"."+name)
			m.importedFunctions++
		case importTable:
			r.byte()
			r.limits()
		case importMemory:
			r.limits()
		case importGlobal:
			r.take(2)
			m.globals++
		case importTag:
			r.byte()
			r.unsigned()
		default:
			r.bad = true
		}
	}
}

func (m *module) imported(from, name string) (uint32, bool) {
	for i, n := range m.names {
		if n == from+"."+name {
			return uint32(i), true
		}
	}
	return 0, false
}

// noParams is the number of the type of a function that takes and gives nothing; it is added where there is none.
func (m *module) noParams() uint32 {
	for i, t := range m.types {
		if t == (signature{}) {
			return uint32(i)
		}
	}
	m.types = append(m.types, signature{})
	for i, s := range m.sections {
		if s.id == sectionType {
			m.sections[i].data = append(counted(s.data, len(m.types)), functionType, 0, 0)
		}
	}
	return uint32(len(m.types) - 1)
}

// counted is a section's data with another count of entries.
func counted(data []byte, n int) []byte {
	r := &reader{b: data}
	r.unsigned()
	return append(unsigned(nil, uint32(n)), data[r.at:]...)
}

// bytes is the module as it is written.
func (m *module) bytes() []byte {
	out := bytes.Clone(magic)
	for _, s := range m.sections {
		data := s.data
		switch s.id {
		case sectionFunction:
			data = unsigned(nil, uint32(len(m.functions)))
			for _, t := range m.functions {
				data = unsigned(data, t)
			}
		case sectionGlobal:
			r := &reader{b: data}
			data = counted(data, int(r.unsigned())+1)
			data = signed(append(data, typeI32, 1, opI32Const), int64(m.newGlobal))
			data = append(data, opEnd)
		case sectionCode:
			data = unsigned(nil, uint32(len(m.bodies)))
			for _, b := range m.bodies {
				data = append(unsigned(data, uint32(len(b))), b...)
			}
		}
		out = append(unsigned(append(out, s.id), uint32(len(data))), data...)
	}
	return out
}
