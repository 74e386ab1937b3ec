package scans

import (
	"slices"
	"strconv"
)

// layout is one sort of paper, as one company prints it.
type layout struct {
	id, kind    string
	w, h        float64 // points
	spanish     bool
	plain, bold string
	size        float64
	draw        func(*form)
}

// Papers' sizes in points.
const (
	letterW, letterH = 612, 792
	legalH           = 1008
	a4W, a4H         = 595, 842
	slipW, slipH     = 320, 560
)

// firstLayouts are the papers of the first house. None is a copy of somebody's form.
var firstLayouts = []layout{
	{"uniform", "BOL", letterW, letterH, false, "roboto-condensed", "roboto-condensed-bold", 10.5, uniformBOL},
	{"shipping-order", "BOL", letterW, letterH, false, "courier-prime", "courier-prime", 11.5, shippingOrder},
	{"carta-porte", "BOL", letterW, legalH, true, "go", "go-bold", 10, cartaPorte},
	{"memorandum", "BOL", a4W, a4H, false, "pt-serif", "pt-serif-bold", 11, memorandum},
	{"pickup-receipt", "POP", letterW, 500, false, "go", "go-bold", 10, pickupReceipt},
	{"gate-release", "POP", letterW, letterH, false, "mono", "mono-bold", 9.5, gateRelease},
	{"recoleccion", "POP", letterW, letterH, true, "roboto-condensed", "roboto-condensed-bold", 11, recoleccion},
	{"dock-receipt", "POD", letterW, letterH, false, "go", "go-bold", 10, dockReceipt},
	{"carrier-pod", "POD", letterW, letterH, false, "pt-serif", "pt-serif-bold", 10.5, carrierPOD},
	{"driver-app", "POD", letterW, letterH, false, "roboto-condensed", "roboto-condensed-bold", 12, driverApp},
	{"entrega", "POD", letterW, letterH, true, "go", "go-bold", 10, entrega},
	{"waybill-copy", "POD", letterW, 620, false, "courier-prime", "courier-prime", 11, waybillCopy},
	{"remision", "POD", a4W, a4H, true, "pt-serif", "pt-serif-bold", 10.5, remision},
	{"store-receiver", "POD", letterW, letterH, false, "mono", "mono-bold", 9.5, storeReceiver},
	{"lumper-slip", "LUMPER", slipW, slipH, false, "mono", "mono-bold", 9.5, lumperSlip},
	{"unloading", "LUMPER", letterW, letterH, false, "go", "go-bold", 10, unloading},
	{"truck-scale", "WEIGHT", slipW + 60, slipH, false, "courier-prime", "courier-prime", 11, truckScale},
	{"bascula", "WEIGHT", slipW + 80, slipH, true, "go", "go-bold", 10, bascula},
	{"osd-report", "OSD", letterW, letterH, false, "go", "go-bold", 10, osdReport},
	{"discrepancy", "OSD", letterW, letterH, false, "pt-serif", "pt-serif-bold", 10.5, discrepancy},
	{"invoice", "OTHER", letterW, letterH, false, "roboto-condensed", "roboto-condensed-bold", 11, invoice},
	{"ratecon", "OTHER", letterW, letterH, false, "go", "go-bold", 10, rateConfirmation},
	{"packing-list", "OTHER", letterW, letterH, false, "pt-serif", "pt-serif-bold", 11, packingList},
}

var blank = layout{id: "blank", kind: "BLANK", w: letterW, h: letterH, plain: "go", bold: "go-bold", size: 10, draw: func(*form) {}}

// Layouts are the ids of all layouts of all houses with their document types.
func Layouts() map[string]string {
	all := map[string]string{}
	for _, l := range slices.Concat(firstLayouts, secondLayouts) {
		all[l.id] = l.kind
	}
	return all
}

func pieces(r row) string  { return strconv.Itoa(r.pieces) }
func unit(r row) string    { return r.unit }
func article(r row) string { return r.article }
func weight(r row) string  { return thousands(r.weight) }
func lot(r row) string     { return strconv.Itoa(100000 + r.pieces*37 + r.weight*11) }
func class(r row) string {
	return []string{"50", "55", "60", "70", "85", "100"}[r.weight%6]
}
