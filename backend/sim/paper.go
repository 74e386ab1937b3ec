package sim

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// PODs are the signed delivery receipts sent after from and not after to, as PDF files with a text layer.
func (w *World) PODs(from, to time.Time) []File {
	var files []File
	for _, l := range w.Loads {
		if l.Paper.IsZero() || !l.Paper.After(from) || l.Paper.After(to) {
			continue
		}
		files = append(files, l.POD())
	}
	return files
}

// POD is the signed delivery receipt as it is sent, whether or not it ever is.
func (l *Load) POD() File {
	return File{Name: l.paperName(), At: l.Paper, Kind: freight.DocumentFile, Bytes: pdf(l.receipt())}
}

// paperName is what the sender called the file: by load number mostly, else by PRO, or as a scanner counts.
func (l *Load) paperName() string {
	switch pick(l.Number) % 10 {
	case 7, 8:
		return l.PRO + " delivery receipt.pdf"
	case 9:
		return fmt.Sprintf("scan_%04d.pdf", pick(l.BOL)%10000)
	}
	return "POD " + l.Number + ".pdf"
}

// pick is a number that follows from a text.
func pick(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// receipt is the paper's text, line by line.
func (l *Load) receipt() []string {
	s := l.Last()
	from := l.Stops[0].Facility
	local := func(t time.Time) string { return t.In(s.location()).Format("01/02/2006 15:04") }
	lines := []string{strings.ToUpper(l.Carrier.Name), "PROOF OF DELIVERY", "",
		"Load " + l.Number, "Bill of Lading " + l.BOL, "PRO " + l.PRO, "Customer PO " + l.PO, "",
		"Carrier " + l.Carrier.Name + " (" + l.Carrier.SCAC + ")  " + l.Carrier.MC, "Trailer " + l.Trailer + "   Truck " + l.Truck, "",
		"Shipper", from.Name, from.Address, from.City + ", " + from.State + " " + from.Postal, "",
		"Consignee", s.Facility.Name, s.Facility.Address, s.Facility.City + ", " + s.Facility.State + " " + s.Facility.Postal, "",
		fmt.Sprintf("%d pieces   %d pallets   %d lbs", l.Pieces, l.Pallets, l.LBs), "",
		"Arrived  " + local(s.Arrived), "Departed " + local(s.Departed), ""}
	note := "Received in good order, no exceptions."
	if pick(l.PRO)%17 == 0 {
		note = fmt.Sprintf("%d cases short, noted by receiver.", 1+pick(l.PO)%9)
	}
	signer := people[pick(l.BOL)%uint32(len(people))]
	return append(lines, note, "Received by: "+signer, "Signature: /s/ "+signer, "Date: "+local(s.Departed))
}

// pdf is a page of text in Helvetica, the smallest document that every reader takes (ISO 32000-1, 7.5).
func pdf(lines []string) []byte {
	var page strings.Builder
	page.WriteString("BT /F1 11 Tf 14 TL 56 740 Td\n")
	for i, line := range lines {
		if i == 1 {
			page.WriteString("/F1 16 Tf ")
		}
		fmt.Fprintf(&page, "(%s) Tj T*\n", pdfText(line))
		if i == 1 {
			page.WriteString("/F1 11 Tf\n")
		}
	}
	page.WriteString("ET\n0.5 w 56 60 m 300 60 l S\n")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	b := []byte("%PDF-1.4\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, len(b))
		b = fmt.Appendf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := len(b)
	b = fmt.Appendf(b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		b = fmt.Appendf(b, "%010d 00000 n \n", o)
	}
	return fmt.Appendf(b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
}

// pdfText is a string as a PDF writes it: Windows-1252 with brackets and backslash escaped. The world's names need no letter beyond.
func pdfText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '(' || r == ')' || r == '\\':
			b.WriteByte('\\')
			b.WriteByte(byte(r))
		case r < 256:
			b.WriteByte(byte(r))
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}
