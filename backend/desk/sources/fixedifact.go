package sources

import (
	"bytes"

	"tracedesk/backend/store"
)

// edifactWith is the message of an item with its corrected segment in place, in the interchange's own header: what is read is the
// message, and its UNA tells the separators. A corrected message stands for itself.
func (f *file) edifactWith(head []byte, it *store.Item, text string) []byte {
	first := bytes.Index(head, []byte("UNH"))
	if first < 0 {
		return []byte(text)
	}
	header, corrected := head[:first], []byte(text)
	if bytes.HasPrefix(bytes.TrimSpace(corrected), []byte("UNH")) || len(it.Raw) == 0 {
		return append(bytes.Clone(header), corrected...)
	}
	from := max(it.Offset-setReach, 0)
	around := make([]byte, 2*setReach)
	n, _ := f.src.ReadAt(around, from)
	around = around[:n]
	at := min(int(it.Offset-from)+len(it.Raw), n) // a fault may lie within its segment
	segment := bytes.LastIndex(around[:at], it.Raw)
	if segment < 0 {
		return append(bytes.Clone(header), corrected...)
	}
	start, rest := bytes.LastIndex(around[:segment], []byte("UNH")), around[segment+len(it.Raw):]
	if start < 0 {
		return append(bytes.Clone(header), corrected...)
	}
	if end := bytes.Index(rest, []byte("UNH")); end >= 0 {
		rest = rest[:end]
	}
	return bytes.Join([][]byte{header, around[start:segment], bytes.TrimRight(corrected, "\r\n"), rest}, nil)
}
