package sheet

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"testing"
)

// ownLoadsCSV is a loads sheet of n rows, two stops a load.
func ownLoadsCSV(n int) []byte {
	var out bytes.Buffer
	out.WriteString("load,customer,carrier,scac,mode,equipment,trailer,driver,driver_phone,refs,stop,kind,facility,address,city,state,postal,country,appt_type,appt_start,appt_end,pieces,pallets,weight_lb,status,arrived,departed,eta,pod,updated_at\n")
	for i := range n {
		kind := [2]string{"pickup", "delivery"}[i%2]
		fmt.Fprintf(&out, "%d,Acme Foods,Swift Haul,SWFH,FTL,dry van,T%d,Ann Doe,+15551234567,BOL:%d;PO:%d,%d,%s,Plant %d,12 Main St,Dallas,TX,75201,US,appointment,2026-11-%02d 08:00,2026-11-%02d 10:00,24,12,38000,In Transit,,,2026-11-24T15:00:00Z,missing,2026-11-23T08:00:00Z\n",
			100000+i/2, i%997, 7000000+i/2, 800+i%50, 1+i%2, kind, i%40, 1+i%28, 1+i%28)
	}
	return out.Bytes()
}

func BenchmarkReadOwnLoads(b *testing.B) {
	const rows = 100_000
	data := ownLoadsCSV(rows)
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		book, err := Open("loads.csv", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range Read(book, nil, Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// repeated is a file of any length that is not in memory: a header and one block of rows over and over.
type repeated struct {
	head, block []byte
	size        int64
}

func (r repeated) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && off < r.size {
		from := r.head
		at := off
		if off >= int64(len(r.head)) {
			from, at = r.block, (off-int64(len(r.head)))%int64(len(r.block))
		}
		c := copy(p[n:], from[at:])
		n += c
		off += int64(c)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// BenchmarkHundredMegabytes reads 100 MB and reports the largest heap on the way: it does not grow with the file.
func BenchmarkHundredMegabytes(b *testing.B) {
	data := ownLoadsCSV(1000)
	cut := bytes.IndexByte(data, '\n') + 1
	file := repeated{head: data[:cut], block: data[cut:]}
	file.size = int64(cut) + (100<<20)/int64(len(file.block))*int64(len(file.block))
	var peak uint64
	for b.Loop() {
		book, err := Open("loads.csv", file, file.size)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range Read(book, nil, Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			if n++; n%20000 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	}
	b.ReportMetric(float64(peak)/(1<<20), "peak-heap-MB")
}

// BenchmarkReadForeign guesses and reads 100,000 rows of somebody else's sheet.
func BenchmarkReadForeign(b *testing.B) {
	const rows = 100_000
	var out bytes.Buffer
	out.WriteString("Load #,Cust,Carrier Name,SCAC,P/U City,P/U State,PU Date,PU Time,Dest City,Dest St,Del Appt From,Del Appt To,Delivery ETA,Status,Weight\n")
	for i := range rows {
		fmt.Fprintf(&out, "%d,Acme Foods,Swift Haul,SWFH,Dallas,TX,11/%02d/2026,0800,Memphis,TN,11/%02d/2026 14:00,11/%02d/2026 16:00,11/24/26 2:30p,In Transit,\"42,000\"\n", 100000+i, 1+i%28, 1+i%28, 1+i%28)
	}
	data := out.Bytes()
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open("loads.csv", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		g, err := GuessProfile(book, received)
		if err != nil || !g.Usable {
			b.Fatalf("%v %v", err, g.Missing)
		}
		for _, err := range Read(book, &g.Profile, Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
