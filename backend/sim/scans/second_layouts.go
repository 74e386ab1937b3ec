package scans

import "strconv"

// secondLayouts are the papers of the second house. None is a copy of somebody's form, but each has what such forms have.
var secondLayouts = []layout{
	{"vics", "BOL", letterW, letterH, false, "arimo", "arimo-bold", 8.5, billVICS},
	{"delivery-receipt", "POD", letterW, 450, false, "archivo-narrow", "archivo-narrow-bold", 9.5, deliveryReceipt},
	{"short-form", "BOL", letterW, legalH, false, "tinos", "tinos-bold", 10, shortForm},
	{"epod", "POD", letterW, letterH, false, "arimo", "arimo-bold", 10, electronicPOD},
	{"pickup-slip", "POP", letterW, 396, false, "arimo", "arimo-bold", 9.5, pickupSlip},
	{"food-invoice", "POD", letterW, letterH, false, "archivo-narrow", "archivo-narrow-bold", 10, foodInvoice},
	{"vics-received", "POD", letterW, letterH, false, "arimo", "arimo-bold", 8.5, billVICS},
	{"unloader", "LUMPER", 288, 560, false, "cousine", "cousine-bold", 9, unloaderTicket},
	{"manifest-bol", "BOL", letterH, letterW, false, "cousine", "cousine-bold", 8.5, manifestBill},
	{"delivery-order", "POD", letterW, letterH, false, "tinos", "tinos-bold", 10.5, deliveryOrder},
	{"gate-pass", "POP", letterW, letterH, false, "archivo-narrow", "archivo-narrow-bold", 10.5, gatePass},
	{"axle-ticket", "WEIGHT", 430, 410, false, "arimo", "arimo-bold", 10, axleTicket},
	{"packing-slip", "POD", a4W, a4H, false, "arimo", "arimo-bold", 9.5, packingSlip},
	{"exception-report", "OSD", letterW, letterH, false, "archivo-narrow", "archivo-narrow-bold", 10.5, exceptionReport},
	{"short-form-received", "POD", letterW, legalH, false, "tinos", "tinos-bold", 10, shortForm},
	{"app-pickup", "POP", 396, 560, false, "arimo", "arimo-bold", 10, appPickup},
	{"air-delivery", "POD", letterH, 520, false, "archivo-narrow", "archivo-narrow-bold", 9, airDelivery},
	{"counter-bill", "BOL", letterW, 560, false, "tinos", "tinos-bold", 10, counterBill},
	{"delivery-letter", "POD", letterW, letterH, false, "tinos", "tinos-bold", 11, deliveryLetter},
	{"interchange", "POP", letterW, letterH, false, "archivo-narrow", "archivo-narrow-bold", 9.5, interchangeReceipt},
	{"counter-bill-received", "POD", letterW, 560, false, "tinos", "tinos-bold", 10, counterBill},
	{"freight-bill", "OTHER", letterW, letterH, false, "arimo", "arimo-bold", 9.5, freightBill},
	{"tender", "OTHER", letterW, letterH, false, "archivo-narrow", "archivo-narrow-bold", 10.5, loadTender},
	{"reefer-log", "OTHER", letterW, letterH, false, "cousine", "cousine-bold", 9, reeferLog},
}

// Inks that forms are printed in.
var (
	navy      = ink{28, 40, 92}
	forest    = ink{18, 74, 48}
	maroon    = ink{104, 22, 34}
	canary    = ink{255, 250, 214}
	rose      = ink{252, 232, 236}
	goldenrod = ink{253, 240, 200}
	green     = ink{232, 246, 234}
)

func handlingUnits(r row) string {
	if r.pallets == 0 {
		return ""
	}
	return strconv.Itoa(r.pallets)
}

func skid(r row) string {
	if r.pallets == 0 {
		return ""
	}
	return "PLT"
}

func nmfc(r row) string {
	return strconv.Itoa(14000+r.weight%900*50) + "-" + strconv.Itoa(1+r.pieces%6)
}
func hazmat(row) string   { return "" }
func lineNo(r row) string { return strconv.Itoa(10 * (1 + r.weight%9)) }
func itemCode(r row) string {
	return strconv.Itoa(4000+r.weight%977) + "-" + string(rune('A'+r.pieces%20))
}
func price(r row) string { return strconv.Itoa(4+r.weight%40) + "." + strconv.Itoa(10+r.pieces%80) }
func none(row) string    { return "" }
