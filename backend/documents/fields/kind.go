package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// sign is wording that speaks for a type of document. In a title it counts full, in the running text by a fraction.
type sign struct {
	kind    paper.Type
	subtype string
	title   float64
	text    float64
	form    *regexp.Regexp
}

func speaks(kind paper.Type, subtype string, title, text float64, form string) sign {
	return sign{kind, subtype, title, text, regexp.MustCompile(`\b(?:` + form + `)\b`)}
}

// signs are compared with lines in small letters, without accents and marks.
var signs = []sign{
	speaks(paper.BOL, "", 5, 0.4, `bill ?of ?lading|bills? of lading|b o l|bol|b l|carta porte|conocimiento de embarque|straight bill|lading`),
	speaks(paper.BOL, "waybill", 4, 0.2, `waybill|way bill|guia de embarque|talon de embarque|freight manifest`),
	speaks(paper.BOL, "short form", 2, 1, `straight bill of lading short form|short form`),
	speaks(paper.POD, "", 7, 0.6, `proof of delivery|pod|prueba de entrega|comprobante de entrega|evidencia de entrega|constancia de entrega`),
	speaks(paper.POD, "delivery receipt", 7, 0.8, `delivery receipt|delivery record|delivery confirmation|delivery note|delivery ticket|delivery acknowledg\w*|acuse de (?:recibo|entrega)|recibo de entrega|recibo de mercancia|nota de entrega|remision|confirmacion de entrega|entrega de mercancia|goods received note|receiving (?:report|record|receipt)|dock receipt|delivery copy|consignee copy|arrival notice and delivery|delivered shipment|record of delivery|electronic delivery|delivery sheet|freight received|store receiver|receiver|delivery slip|delivery manifest|acta de entrega|orden de entrega|recepcion de mercancia|receiver s copy`),
	speaks(paper.POP, "", 7, 0.8, `proof of pick ?up|pick ?up (?:confirmation|receipt|record|ticket|acknowledg\w*|slip|note|copy|manifest|sheet|certificate)|pick up|pop|collection (?:note|receipt|record|confirmation)|comprobante de recoleccion|prueba de recoleccion|evidencia de recoleccion|confirmacion de recoleccion|recibo de recoleccion|constancia de (?:recoleccion|carga)|loading confirmation|freight collection|carrier pick ?up|shipment release|dispatch note|gate release|outbound release|outbound gate|driver receipt|recoleccion|orden de recoleccion|acuse de recoleccion|confirmacion de carga|comprobante de carga|origin departure|loaded and released`),
	speaks(paper.Lumper, "", 8, 2, `lumper(?: (?:receipt|service\w*|fee|ticket|charge))?|unload(?:ing)? (?:receipt|service\w*|fee|charge|ticket|co)|unloading|descarga y maniobras|maniobras|recibo de (?:descarga|maniobras)|servicio de (?:descarga|maniobras)|dock services?|freight handling receipt|descarga|handlers`),
	speaks(paper.Weight, "", 8, 1, `(?:weight|weigh|scale|weighing) (?:ticket|certificate|slip|receipt|report)|certified (?:automated )?(?:truck )?scales?|truck scales?|scale|weighmaster|boleto de (?:pesaje|bascula|peso)|ticket de (?:bascula|peso|pesaje)|bascula(?: publica)?|pesaje|certificado de peso|weigh station|public weighmaster|weighbridge`),
	speaks(paper.Weight, "", 0, 3, `steer axles?|drive axles?|trailer axles?|eje (?:delantero|motriz|de direccion|de arrastre)`),
	speaks(paper.OSD, "", 9, 1.2, `over ?short ?(?:and|&)? ?damaged?(?: report)?|os ?d|o s (?:and )?d|osd|osandd|(?:damage|shortage|overage|exception|discrepancy|freight exception|cargo exception|claim|loss and damage|variance|non ?conformance) (?:report|notice|form|memo|record|advice)|reporte de (?:danos|faltantes|sobrantes|discrepancias?|averias|excepciones|incidencias?)|overages? shortages? (?:and )?damages?|faltantes sobrantes y danos|faltantes y danos|acta de (?:averia|incidencia|hechos)|faltante sobrante y dano\w*|report of (?:shortage|damage|exceptions?)|freight discrepancy|sobrantes faltantes`),
	speaks(paper.Other, "invoice", 7, 1, `(?:commercial |freight |carrier |pro ?forma |tax )?invoice|factura|statement(?: of account)?|nota de credito|credit memo|remittance`),
	speaks(paper.Other, "rate confirmation", 8, 1, `rate (?:confirmation|con|agreement|sheet)|load (?:confirmation|tender)|carrier (?:rate )?(?:confirmation|agreement)|confirmacion de tarifa|tender|truck order|line ?haul`),
	speaks(paper.Other, "packing list", 8, 0.6, `packing (?:list|slip)|pack list|pick (?:list|ticket)|lista de empaque|load sheet|packing`),
	speaks(paper.Other, "inspection", 8, 0.6, `(?:trailer|vehicle|driver|equipment|container|safety|reefer|pre ?trip|seal|load|roadside)(?: vehicle)? inspection(?: (?:report|checklist|form))?|inspection (?:report|checklist|form|certificate)|inspeccion|driver s? ?vehicle`),
	speaks(paper.Other, "customs", 8, 0.5, `customs (?:declaration|entry|release|invoice|form)|pedimento|certificate of origin|certificado de origen|in bond|aduana|entry summary|shipper s export declaration|carta de instrucciones`),
	speaks(paper.Other, "temperature log", 8, 0.6, `temperature (?:log|record|report|chart|history|recorder)|temp log|reefer (?:log|download)|registro de temperatura|data logger`),
	speaks(paper.Other, "purchase order", 6, 0, `purchase order|orden de compra`),
	speaks(paper.Other, "fuel receipt", 7, 0.5, `fuel (?:receipt|ticket|purchase)|diesel|gallons`),
	speaks(paper.Other, "driver log", 7, 0.5, `driver s? ?(?:daily )?log|hours of service|record of duty|trip sheet|bitacora`),
	speaks(paper.Other, "certificate", 6, 0.3, `certificate of (?:insurance|analysis|conformance|liability)|insurance certificate|w ?9|analysis`),
	speaks(paper.Other, "gate pass", 6, 0.4, `gate (?:pass|ticket|transaction)|equipment interchange|interchange (?:receipt|report)|eir|pase de (?:entrada|salida)`),
	speaks(paper.Other, "quote", 6, 0.5, `quot(?:e|ation)|cotizacion|price list`),
	speaks(paper.Other, "letter", 4, 0.3, `dear|memo(?:randum)?|fax cover|cover sheet|to whom it may concern|estimado|letter of (?:authori[sz]ation|instruction)|routing (?:guide|instructions?)|toll|parking`),
	speaks(paper.Other, "schedule", 5, 0.3, `appointment (?:confirmation|schedule|request)|delivery appointment|dock schedule|manifest|inventory|order (?:acknowledg\w*|confirmation)|sales order|work order`),
}

// asProse is a line as signs are compared.
func asProse(text string) string {
	var b strings.Builder
	blank := true
	for _, r := range strings.ToLower(text) {
		r = plainLetter(r)
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			blank = false
		} else if !blank {
			b.WriteByte(' ')
			blank = true
		}
	}
	return strings.TrimSpace(b.String())
}

// judged is how strongly a page looks like each type.
type judged struct {
	scores  map[paper.Type]float64
	subtype map[paper.Type]string
	title   string
}

// titleBelow is how far down the page a title stands at most, of the printed part.
const titleBelow = 0.3

// judge weighs the wording of a page: titles first, then the structure of what is asked for on the form.
func (f *finder) judge() judged {
	j := judged{scores: map[paper.Type]float64{}, subtype: map[paper.Type]string{}}
	best := map[paper.Type]float64{}
	said := map[int]bool{}
	top := 0.0
	if len(f.sheet.rows) > 0 {
		top = f.sheet.rows[0].box[1]
	}
	for i, r := range f.sheet.rows {
		for _, cell := range r.cells() {
			weight := f.titleWeight(i, cell, top)
			line := asProse(textOf(cell))
			for n, s := range signs {
				at := s.form.FindStringIndex(line)
				if at == nil {
					continue
				}
				w := s.text
				if weight > 0 {
					cover := 0.4 + 0.6*float64(at[1]-at[0])/float64(len(line))
					w = max(w, s.title*weight*cover)
				}
				if said[n] && w <= s.text {
					w *= 0.3 // said again
				}
				said[n] = true
				j.scores[s.kind] += w
				if w > best[s.kind] {
					best[s.kind] = w
					j.subtype[s.kind] = s.subtype
					if w >= 3 && w >= maxOf(best) {
						j.title = strings.TrimSpace(textOf(cell))
					}
				}
			}
		}
	}
	f.structure(j.scores)
	return j
}

func maxOf(m map[paper.Type]float64) float64 {
	most := 0.0
	for _, v := range m {
		most = max(most, v)
	}
	return most
}

// titleWeight tells how much a cell looks like a title: high up, or in larger letters, few words, no value.
func (f *finder) titleWeight(row int, cell []token, top float64) float64 {
	numbered := slices.IndexFunc(cell, func(t token) bool { return digits(t.text) >= 3 })
	if numbered >= 0 {
		cell = cell[:numbered] // a number stands behind the title
	}
	if len(cell) > 12 || len(cell) == 0 {
		return 0
	}
	box := boxOf(cell)
	text := textOf(cell)
	tall := 0.0
	for _, t := range cell {
		if len(t.key) > 2 {
			tall = max(tall, t.box[3]-t.box[1])
		}
	}
	large := tall > 1.25*f.sheet.height
	upper := strings.ToUpper(text) == text
	weight := 0.0
	for _, w := range []struct{ below, large, upper, plain float64 }{{0.09, 1.1, 0.9, 0.5}, {0.17, 1, 0.6, 0.25}, {titleBelow, 0.8, 0.3, 0}, {1, 0.3, 0, 0}} {
		if box[1] < top+w.below {
			switch {
			case large:
				weight = w.large
			case upper:
				weight = w.upper
			default:
				weight = w.plain
			}
			break
		}
	}
	if f.asksFor(row, cell) {
		weight *= 0.15
	} else if numbered >= 0 && !upper {
		weight *= 0.4 // more likely a label and its number
	}
	return weight
}

// asksFor tells whether a cell is a label of a number rather than a title: a number stands beside or below it.
func (f *finder) asksFor(row int, cell []token) bool {
	last := cell[len(cell)-1]
	if strings.HasSuffix(last.text, ":") || last.key == "no" || last.key == "number" || last.key == "#" {
		return true
	}
	box := boxOf(cell)
	for _, l := range f.sheet.labels {
		if l.row != row || l.box[0] < box[0]-0.001 || l.box[2] > box[2]+0.001 || l.field == aside || l.field == column || l.to-l.from+1 < len(cell) {
			continue
		}
		if beside := f.beside(l); len(beside) > 0 && digits(textOf(beside)) >= 3 {
			return true
		}
		if below, _ := f.below(l); len(below) > 0 && digits(below[0].text) >= 4 {
			return true
		}
	}
	return false
}

// What forms ask for where goods are handed over, and where they are taken up.
var (
	received  = regexp.MustCompile(`\b(?:(?:pieces|pcs|cartons|cases) (?:received|delivered)|delivered on|received by|signed by|(?:receiver|consignee)s? signature|received in good|date delivered|notes from receiver|delivery date|seal (?:on arrival|intact)|firma de quien recibe|recibido por|bultos recibidos|fecha de entrega)\b`)
	collected = regexp.MustCompile(`\b(?:picked up (?:at|on|by)|pick ?up date|sealed by|(?:pieces|cartons) (?:loaded|picked up)|loaded by|going to|seal applied|driver pick ?up|recolectado|shipping clerk|fecha de recoleccion|released)\b`)
)

// structure adds what the labels of a form say of its type.
func (f *finder) structure(scores map[paper.Type]float64) {
	has := map[string]int{}
	for _, l := range f.sheet.labels {
		has[l.field]++
	}
	if has[paper.Name] > 0 && has[paper.DeliveryDate] > 0 {
		scores[paper.POD]++
	}
	for _, r := range f.sheet.rows {
		line := asProse(textOf(r.tokens))
		if received.MatchString(line) {
			scores[paper.POD] += 0.5
		}
		if collected.MatchString(line) {
			scores[paper.POP] += 0.5
		}
	}
	if has[paper.In] > 0 && has[paper.Out] > 0 && has[paper.Name] > 0 {
		scores[paper.POD] += 0.5
	}
	if has[paper.Shipper] > 0 && has[paper.Consignee] > 0 && has[column] > 0 {
		scores[paper.BOL] += 0.5
		scores[paper.POD] += 0.3
	}
	if has[paper.Receipt] > 0 && has[paper.Amount] > 0 {
		scores[paper.Lumper]++
	}
	if has[paper.Bill]+has[paper.PRO]+has[paper.Load] == 0 {
		scores[paper.Other] += 0.6
	}
}

// decide picks the type. A document with no word for any type is one of none of ours.
func (j judged) decide() (kind paper.Type, subtype string, confidence float64) {
	kind, most, second := paper.Other, 0.0, 0.0
	for _, k := range []paper.Type{paper.BOL, paper.POD, paper.POP, paper.Lumper, paper.Weight, paper.OSD, paper.Other} {
		switch s := j.scores[k]; {
		case s > most:
			kind, most, second = k, s, most
		case s > second:
			second = s
		}
	}
	if most < 0.8 {
		return paper.Other, "", 0.3
	}
	return kind, j.subtype[kind], min(0.99, 0.5+0.5*(most-second)/most*min(1, most/4))
}
