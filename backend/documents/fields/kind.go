package fields

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

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
	speaks(paper.BOL, "", 5, 0.4, `bill ?of ?lading|bills? of lading|b o l|bol|b l|carta (?:de )?porte|conocimiento de embarque|conocimiento|connaissement|lettre de (?:transport|voiture)|straight bill|shipping order|shipping memo(?:randum)?|consignment note|lading`),
	speaks(paper.BOL, "waybill", 4, 0.2, `waybill|way bill|guia de embarque|talon de embarque|feuille de route|feuille d expedition|freight manifest`),
	speaks(paper.BOL, "short form", 2, 1, `straight bill of lading short form|short form`),
	speaks(paper.POD, "", 7, 0.6, `proof of delivery|pod|prueba de entrega|comprobante de entrega|evidencia de entrega|constancia de entrega|preuve de livraison|epod|e pod`),
	speaks(paper.POD, "delivery receipt", 7, 0.8, `delivery receipt|delivery record|delivery confirmation|delivery note|delivery ticket|delivery acknowledg\w*|acuse de (?:recibo|entrega)|recibo de entrega|recibo de mercancia|nota de entrega|remision|confirmacion de entrega|entrega de mercancia|goods received note|receiving (?:report|record|receipt|ticket|slip|log)|dock receipt|arrival notice and delivery|delivered shipment|record of delivery|electronic delivery|delivery sheet|freight received|store receiver|receiver|delivery slip|delivery manifest|delivery order|receipt of goods|acta de entrega|orden de entrega|vale de entrega|guia de entrega|hoja de entrega|albaran|remito|acuse de (?:mercancia|recepcion)|comprobante de recepcion|recepcion de mercancia|delivery (?:details|summary|sign ?off)|delivery and \w+ receipt|(?:consignee|customer|receiver|transfer)(?: s)? receipt|bon de livraison|bordereau de livraison|recu de livraison|avis de livraison|accuse de reception`),
	speaks(paper.POD, "freight bill", 4, 0, `freight bill`),
	speaks(paper.POD, "", 3, 0.6, `(?:delivery|consignee|receiver)(?: s)? copy`),
	speaks(paper.POP, "", 7, 0.8, `proof of pick ?up|pick ?up (?:confirmation|receipt|record|ticket|order|request|details|summary|sign ?off|acknowledg\w*|slip|note|copy|manifest|sheet|certificate)|pick up|pop|collection (?:note|receipt|record|confirmation)|comprobante de recoleccion|prueba de recoleccion|evidencia de recoleccion|confirmacion de recoleccion|recibo de recoleccion|constancia de (?:recoleccion|carga)|loading confirmation|freight collection|carrier pick ?up|shipment release|dispatch note|gate release|outbound release|outbound gate|driver receipt|recoleccion|orden de recoleccion|acuse de recoleccion|confirmacion de carga|comprobante de carga|origin departure|loaded and released|gate out|(?:freight|cargo|dock|goods) release|outbound check ?out|orden de (?:salida|carga)|(?:outbound|exit|trailer|material) (?:gate )?(?:pass|release)|release (?:form|order|ticket|note)|(?:loading|origin|shipper s?) (?:receipt|ticket|slip)|bon de (?:ramassage|cueillette|enlevement|chargement|sortie)|(?:recu|preuve) de (?:ramassage|cueillette|chargement)|vale de salida|boleta de salida`),
	speaks(paper.Lumper, "", 8, 1.6, `lumper(?: (?:receipt|service\w*|fee|ticket|charge))?|unload(?:ing)? (?:receipt|service\w*|fee|charge|ticket|co)|unloading|descarga y maniobras|maniobras|recibo de (?:descarga|maniobras)|servicio de (?:descarga|maniobras)|dock (?:services?|labor)|labor receipt|freight handling receipt|descarga|handlers|(?:frais|recu|service) de dechargement|dechargement`),
	speaks(paper.Weight, "", 8, 1, `(?:weight|weigh|scale|weighing) (?:ticket|certificate|slip|receipt|report)|certified (?:automated )?(?:truck )?scales?|truck scales?|scale|weighmaster|boleto de (?:pesaje|bascula|peso)|ticket de (?:bascula|peso|pesaje)|bascula(?: publica)?|pesaje|certificado de peso|weigh station|public weighmaster|weighbridge|certified weights?|re ?weigh(?: (?:ticket|certificate))?|cat scale|(?:billet|bon|bulletin|certificat) de pesee|pesee`),
	speaks(paper.Weight, "", 0, 3, `steer axles?|drive axles?|trailer axles?|eje (?:delantero|motriz|de direccion|de arrastre)`),
	speaks(paper.OSD, "", 9, 1.2, `over ?short ?(?:and|&)? ?damaged?(?: report)?|os ?d|o s (?:and )?d|osd|osandd|(?:damage|shortage|overage|exception|discrepancy|freight exception|cargo exception|claim|loss and damage|variance|non ?conformance) (?:report|notice|form|memo|record|advice)|reporte de (?:danos|faltantes|sobrantes|discrepancias?|averias|excepciones|incidencias?)|overages? shortages? (?:and )?damages?|faltantes sobrantes y danos|faltantes y danos|acta de (?:averia|incidencia|hechos)|faltante sobrante y dano\w*|report of (?:shortage|damage|exceptions?)|freight discrepancy|sobrantes faltantes|(?:rapport|avis) (?:de|d) (?:avarie|avaries|manquants?|dommages?|surplus|ecarts?)|bad order report|notice of (?:loss|damage|shortage)|(?:damage|shortage|refusal|claim) notification|refus(?:ed|al)(?: (?:shipment|freight))? (?:report|notice)`),
	speaks(paper.Other, "invoice", 7, 1, `(?:commercial |freight |carrier |pro ?forma |tax )?invoice|factura|facture|statement(?: of account)?|nota de credito|credit memo|remittance`),
	speaks(paper.Other, "rate confirmation", 8, 1, `rate (?:confirmation|con|agreement|sheet)|load (?:confirmation|tender)|carrier (?:rate )?(?:confirmation|agreement)|confirmacion de tarifa|confirmation de tarif|tender|truck order|line ?haul`),
	speaks(paper.Other, "packing list", 8, 0.6, `packing (?:list|slip)|pack list|pick (?:list|ticket)|lista de empaque|liste de colisage|load sheet|packing`),
	speaks(paper.Other, "inspection", 8, 0.6, `(?:trailer|vehicle|driver|equipment|container|safety|reefer|pre ?trip|seal|load|roadside)(?: vehicle)? inspection(?: (?:report|checklist|form))?|inspection (?:report|checklist|form|certificate)|inspeccion|driver s? ?vehicle`),
	speaks(paper.Other, "customs", 8, 0.5, `customs (?:declaration|entry|release|invoice|form)|pedimento|certificate of origin|certificado de origen|in bond|aduana|entry summary|shipper s export declaration|carta de instrucciones`),
	speaks(paper.Other, "temperature log", 8, 0.6, `temperature (?:log|record|report|chart|history|recorder)|temp log|reefer (?:log|download)|registro de temperatura|data logger`),
	speaks(paper.Other, "purchase order", 6, 0, `purchase order|orden de compra`),
	speaks(paper.Other, "fuel receipt", 7, 0.5, `fuel (?:receipt|ticket|purchase)|diesel|gallons|litros|carburant|combustible`),
	speaks(paper.Other, "driver log", 7, 0.5, `driver s? ?(?:daily )?log|hours of service|record of duty|trip sheet|bitacora`),
	speaks(paper.Other, "certificate", 6, 0.3, `certificate of (?:insurance|analysis|conformance|liability)|insurance certificate|w ?9|analysis`),
	speaks(paper.Other, gatePass, 6, 0.4, `gate (?:pass|ticket|transaction)|equipment (?:interchange|receipt)|interchange (?:receipt|report)|eir|pase de (?:entrada|salida)|laissez passer`),
	speaks(paper.Other, "quote", 6, 0.5, `quot(?:e|ation)|cotizacion|price list`),
	speaks(paper.Other, "letter", 4, 0.3, `dear|memo(?:randum)?|fax cover|cover sheet|to whom it may concern|estimado|letter of (?:authori[sz]ation|instruction)|routing (?:guide|instructions?)|toll|parking`),
	speaks(paper.Other, "notice", 7, 0.3, `detention (?:form|request|invoice|notice)|accessorial (?:form|request|approval)|notice of assignment|dispatch (?:sheet|instructions|confirmation)|trip lease|lease agreement`),
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
	said, titled := map[int]bool{}, map[int]bool{}
	top := 0.0
	if len(f.sheet.rows) > 0 {
		top = f.sheet.rows[0].box[1]
	}
	small := f.smallPrint()
	for i, r := range f.sheet.rows {
		for _, cell := range r.cells() {
			weight := f.titleWeight(i, cell, top)
			line := asProse(textOf(cell))
			text := 1.0
			if small[&cell[0]] {
				text = inSentence
			}
			for n, s := range signs {
				at := s.form.FindStringIndex(line)
				if at == nil {
					continue
				}
				w := s.text * text
				if weight > 0 {
					cover := 0.4 + 0.6*float64(at[1]-at[0])/float64(len(line))
					w = max(w, s.title*weight*cover)
				}
				titled[n] = titled[n] || w > s.text
				if said[n] && w <= s.text {
					w *= 0.3 // said again
				}
				said[n] = said[n] || text == 1
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
	for _, h := range f.headlines() {
		line := asProse(textOf(h))
		for n, s := range signs {
			at := s.form.FindStringIndex(line)
			if at == nil || titled[n] || boxOf(h)[1] > top+titleBelow {
				continue
			}
			titled[n] = true
			w := s.title * (0.4 + 0.6*float64(at[1]-at[0])/float64(len(line)))
			j.scores[s.kind] += w
			if w > maxOf(best) {
				j.subtype[s.kind], j.title = s.subtype, strings.TrimSpace(textOf(h))
			}
			best[s.kind] = max(best[s.kind], w)
		}
	}
	f.structure(j.scores)
	if j.subtype[paper.Other] == gatePass && f.hauledGoods() {
		j.scores[paper.POP] += j.scores[paper.Other]
		j.scores[paper.Other] = 0
	}
	return j
}

// gatePass is the subtype of papers of a gate. One that tells of a load is the receipt of what left; else it is of equipment.
const gatePass = "gate pass"

// hauledGoods tells whether a form asks for what makes a load: for whom it is, its numbers, its seal and its goods.
func (f *finder) hauledGoods() bool {
	asked := map[string]bool{}
	for _, l := range f.sheet.labels {
		switch l.field {
		case paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Consignee, paper.Pieces, paper.Weighed, paper.Pallets:
			asked[l.field] = true
		}
	}
	return len(asked) >= 3
}

func maxOf(m map[paper.Type]float64) float64 {
	most := 0.0
	for _, v := range m {
		most = max(most, v)
	}
	return most
}

// What a headline is: much larger than the usual print, of few words.
const (
	headlineTall  = 1.6
	mostHeadWords = 8
)

// headlines are the large words of a line as OCR found it. Laid beside lines of small print that reach into their height they are
// torn apart in the rows of a sheet.
func (f *finder) headlines() [][]token {
	var out [][]token
	var now []token
	line := -1
	end := func() {
		if len(now) > 0 && len(now) <= mostHeadWords {
			out = append(out, now)
		}
		now = nil
	}
	for _, w := range f.sheet.page.Words {
		large := w.Box[3]-w.Box[1] > headlineTall*f.sheet.height && letters(w.Text) > 1
		if w.Line != line || !large {
			end()
		}
		line = w.Line
		if large {
			now = append(now, token{text: w.Text, key: keyOf(w.Text), box: w.Box, sure: w.Confidence})
		}
	}
	end()
	return out
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

// inSentence is how much a word tells of a form's type that stands in a sentence of its small print: "Lumper must be approved".
const inSentence = 0.15

// filler are words that sentences are held together by and labels and titles do without.
var filler = map[string]bool{"the": true, "is": true, "are": true, "be": true, "been": true, "must": true, "shall": true, "will": true, "may": true,
	"not": true, "any": true, "all": true, "this": true, "that": true, "with": true, "without": true, "has": true, "have": true, "was": true, "were": true,
	"for": true, "to": true, "if": true, "unless": true, "until": true, "as": true, "we": true, "you": true, "do": true, "or": true, "and": true, "of": true, "in": true,
	"on": true, "at": true, "by": true, "from": true, "under": true, "within": true, "only": true, "when": true, "que": true, "los": true, "las": true, "el": true,
	"la": true, "de": true, "del": true, "por": true, "para": true, "con": true, "se": true, "en": true, "no": true, "es": true, "son": true, "le": true, "les": true,
	"des": true, "du": true, "est": true, "sont": true, "et": true, "pour": true, "sauf": true, "doit": true, "ne": true, "pas": true}

// What makes a cell a sentence of small print, and how far below it the sentence goes on.
const (
	longSentence  = 7   // words
	leastFiller   = 2   // of them fillers
	nextOfAPara   = 1.3 // lines to the next of one paragraph
	alignedWithin = 0.03
)

// smallPrint finds the cells that are sentences, and the lines that such a sentence goes on in: by their first token.
func (f *finder) smallPrint() map[*token]bool {
	out := map[*token]bool{}
	var before []paper.Box // sentences of the row before
	for _, r := range f.sheet.rows {
		var now []paper.Box
		for _, cell := range r.cells() {
			box := boxOf(cell)
			goesOn := slices.ContainsFunc(before, func(b paper.Box) bool {
				return box[1]-b[3] < nextOfAPara*f.sheet.height && max(b[0]-box[0], box[0]-b[0]) < alignedWithin
			})
			if f.sentence(cell) || goesOn && f.lowered(cell) {
				out[&cell[0]] = true
				now = append(now, box)
			}
		}
		before = now
	}
	return out
}

// sentence tells whether a cell is one: many words, fillers among them, most letters small, or no larger than the usual print.
func (f *finder) sentence(cell []token) bool {
	words, fill := 0, 0
	for _, t := range cell {
		if letters(t.text) == 0 {
			continue
		}
		words++
		if filler[t.key] {
			fill++
		}
	}
	return words >= longSentence && fill >= leastFiller
}

// lowered tells whether a cell begins with small letters or is written in them mostly.
func (f *finder) lowered(cell []token) bool {
	small, all := 0, 0
	for _, r := range textOf(cell) {
		if unicode.IsLetter(r) {
			all++
			if unicode.IsLower(r) {
				small++
			}
		}
	}
	return small*2 > all
}

// What forms ask for where goods are handed over, and where they are taken up.
var (
	received  = regexp.MustCompile(`\b(?:(?:pieces|pcs|cartons|cases) (?:received|delivered)|delivered on|received by|signed by|(?:receiver|consignee)s? signature|received in good|date delivered|notes from receiver|delivery date|seal (?:on arrival|intact)|firma de quien recibe|firma de recibido|recibi de conformidad|recibido por|bultos recibidos|fecha de entrega|rec ?d by|rcvd by|(?:qty|pcs|pieces|skids|cartons) (?:rec ?d|rcvd)|received (?:and )?checked in|receiving (?:dept|department|clerk|stamp)|goods received|delivered by|recu (?:par|en bon etat)|date de livraison|signature du destinataire)\b`)
	collected = regexp.MustCompile(`\b(?:picked up (?:at|on|by)|pick ?up date|sealed by|(?:pieces|cartons) (?:loaded|picked up)|loaded by|going to|seal applied|driver pick ?up|recolectado|shipping clerk|fecha de recoleccion|released|for delivery to|loaded out|ramasse|date de ramassage)\b`)
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
