package sheet

import (
	"bytes"
	"fmt"
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
