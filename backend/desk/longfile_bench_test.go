package desk_test

import (
	"fmt"
	"io"
	"iter"
	"os"
	"runtime/debug"
	"testing"
	"time"

	"tracedesk/backend/format/dcsa"
	"tracedesk/backend/format/edifact"
	"tracedesk/backend/format/epcis"
	"tracedesk/backend/freight"
)

// longFile is a file on one line that is made as it is read: a head, the same piece n times, a tail. piece is given its number.
type longFile struct {
	head, between, tail string
	piece               func(n int) string
}

func (l longFile) of(pieces int) io.Reader {
	r, w := io.Pipe()
	go func() {
		_, err := io.WriteString(w, l.head)
		for n := 1; n <= pieces && err == nil; n++ {
			if n > 1 {
				_, err = io.WriteString(w, l.between)
			}
			if err == nil {
				_, err = io.WriteString(w, l.piece(n))
			}
		}
		if err == nil {
			_, err = io.WriteString(w, fmt.Sprintf(l.tail, pieces))
		}
		w.CloseWithError(err)
	}()
	return r
}

const epcisEvent = `{"type":"ObjectEvent","eventTime":"2026-11-22T08:15:00Z","eventTimeZoneOffset":"-06:00","epcList":["urn:epc:id:sscc:0614141.1234567%03d"],"action":"OBSERVE",` +
	`"bizStep":"departing","disposition":"in_transit","readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234"},"bizTransactionList":[{"type":"po","bizTransaction":"urn:epc:id:gdti:0614141.00001.%d"}]}`

const epcisXMLEvent = `<ObjectEvent><eventTime>2026-11-22T08:15:00Z</eventTime><eventTimeZoneOffset>-06:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sscc:0614141.1234567%03d</epc></epcList>` +
	`<action>OBSERVE</action><bizStep>urn:epcglobal:cbv:bizstep:departing</bizStep><bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:po">urn:epcglobal:cbv:bt:0614141073467:%d</bizTransaction></bizTransactionList></ObjectEvent>`

const dcsaEvent = `{"eventID":"3cecb101-7a1a-43a4-9d62-%012d","eventCreatedDateTime":"2026-11-22T12:34:56Z","eventType":"EQUIPMENT","eventClassifierCode":"ACT","eventDateTime":"2026-11-22T14:12:56+01:00",` +
	`"equipmentEventTypeCode":"GTIN","equipmentReference":"APZU4812090","emptyIndicatorCode":"LADEN","documentReferences":[{"documentReferenceType":"BKG","documentReferenceValue":"ABC%d"}]}`

const iftsta = "UNH+%d+IFTSTA:D:01B:UN'BGM+77+S%d+9'DTM+137:202611221200:203'NAD+CA+MAEU::86'CNI+1+BL%d'STS+1+21'RFF+BN:B%[1]d'DTM+334:202611221020:203'LOC+175+USCHI:139:6'UNT+10+%[1]d'"

func numbered(text string) func(int) string {
	return func(n int) string { return fmt.Sprintf(text, n, n) }
}

// BenchmarkLongFiles reads files of one line (-full: 1 GB each), made as they are read, and tells the most memory that the
// process ever used. A 214 of that length is BenchmarkX12's.
func BenchmarkLongFiles(b *testing.B) {
	files := []struct {
		name string
		file longFile
		read func(io.Reader) iter.Seq2[freight.Record, error]
	}{
		{"EDIFACT IFTSTA", longFile{head: "UNA:+.? 'UNB+UNOA:2+CARRIER+DESK+261122:1200+7'", tail: "UNZ+%d+7'",
			piece: func(n int) string { return fmt.Sprintf(iftsta, n, n, n) }},
			func(r io.Reader) iter.Seq2[freight.Record, error] { return edifact.Read(r, edifact.Options{}) }},
		{"EPCIS 2.0 JSON", longFile{head: `{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-22T12:00:00Z","epcisBody":{"eventList":[`,
			between: ",", piece: numbered(epcisEvent), tail: `]},"count":%d}`},
			func(r io.Reader) iter.Seq2[freight.Record, error] { return epcis.Read(r, epcis.Options{}) }},
		{"EPCIS 1.2 XML", longFile{head: `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-11-22T12:00:00Z"><EPCISBody><EventList>`,
			piece: numbered(epcisXMLEvent), tail: `</EventList></EPCISBody><!-- %d --></epcis:EPCISDocument>`},
			func(r io.Reader) iter.Seq2[freight.Record, error] { return epcis.Read(r, epcis.Options{}) }},
		{"DCSA 2.2", longFile{head: `{"events":[`, between: ",", piece: numbered(dcsaEvent), tail: `],"count":%d}`},
			func(r io.Reader) iter.Seq2[freight.Record, error] { return dcsa.Read(r, dcsa.Options{}) }},
	}
	for _, f := range files {
		b.Run(f.name, func(b *testing.B) {
			for range b.N {
				forgetPeak()
				pieces := size(1<<20, 1<<30) / len(f.file.piece(1))
				start, records := time.Now(), 0
				for rec, err := range f.read(f.file.of(pieces)) {
					if err != nil || len(rec.Faults) > 0 || len(rec.Observations) == 0 {
						b.Fatalf("record %d: %v %+v", records, err, rec)
					}
					records++
				}
				if records != pieces {
					b.Fatalf("%d records of %d", records, pieces)
				}
				fmt.Printf("\n  %-16s %8d records on one line, %4.0f s, %5.1f MB/s, peak memory %.1f MB\n", f.name, records, time.Since(start).Seconds(),
					float64(size(1<<20, 1<<30))/1e6/time.Since(start).Seconds(), peakMB())
			}
		})
	}
}

// forgetPeak has the peak counted anew from what the process uses now (Linux; elsewhere it stays).
func forgetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}
