package fields

import (
	"cmp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// What a label speaks of, besides the fields of paper.
const (
	anyDate    = "date"       // a date that the type of the document gives its meaning
	anyTime    = "time"       // a time beside such a date
	anyAmount  = "total"      // money where the document speaks of money, else a total of a column
	aside      = ""           // of no field of ours: it ends the value before it
	blockName  = "block name" // "Name:" within the block of a party
	blockPlace = "block address"
	billTo     = "bill to"
	column     = "column" // of a table, of no field of ours
)

// label is a way to print a label.
type label struct {
	field  string
	words  []string
	weight float64 // how surely what stands there is of that field
}

// found is a label on a page.
type found struct {
	label
	row, from, to int // tokens from, up to but without to
	box           paper.Box
	ends          bool // a mark behind it says that a value follows
}

// spelled are the ways to print a field's label.
type spelled struct {
	field  string
	weight float64
	spell  string
}

// vocabulary is field, weight, then phrases parted by |. A phrase may be followed by a word for "number".
var vocabulary = []spelled{
	{paper.Bill, 0.95, "bill of lading|b l|bl|bln|blno|bol|b o l|straight bill|lading|shippers no|shippers number|shipper no|shipper number|bol ref|bol reference|shippers bol|shipper bol|master bol|mbol|bol nbr|conocimiento|conocimiento de embarque|no de conocimiento|carta porte|folio carta porte|guia de embarque|uniform bill of lading|bill lading|waybill|way bill"},
	{paper.Bill, 0.6, "bil|bilno"}, // "B/L No" as a poor copy is read: it tells, and contradicts nothing
	{paper.PRO, 0.95, "pro|carriers pro|carrier pro|carriers no|carriers number|carrier no|carrier number|freight bill|freight bill pro|guia|no de guia|numero de guia|pro bill|probill|carrier reference|carrier ref|carrier freight bill|tracking|talon|no guia|freight bill no|fb|waybill pro"},
	{paper.PO, 0.95, "po|p o|po order|p o order|purchase order|customer po|cust po|customer order|customer order number|cust order|cust ord|customer purchase order|your order|buyer po|buyers order|orden de compra|pedido|orden compra|no de orden de compra|oc|o c|customer ref po|consignee po|purchase order no|cust po no|pedido del cliente"},
	{paper.Load, 0.95, "load|load trip|load order|load id|load ref|load reference|shipment|shipment id|sid|trip|trip id|load tender|tms load|tms|shipment reference|viaje|embarque|carga|no de carga|numero de carga|no de embarque|no de viaje|folio de viaje|broker load|broker ref|our load|ship id|dispatch|load number|move"},
	{paper.Load, 0.55, "reference|ref|our reference|our ref|our file|file no|our no|referencia|job|order|order id|control"},
	{paper.Seal, 0.95, "seal|seals|seal intact|seal number|seal no|seal id|sello|precinto|sellos|marchamo|candado|no de sello|no sello|numero de sello|seal applied|seal on arrival|seal at delivery|seal verified|seal at origin|container seal|sceau|sceaux|no de sceau|numero de sceau|scelle|scelles|no de scelle|plomb|seals applied|seal nos|seal affixed|sello aplicado|sellos no"},
	{paper.Trailer, 0.95, "trailer|trailer unit|trailer id|equip|equipment|remolque|caja|no de caja|numero de caja|trl|trlr|equipment id|semirremolque|trailer number|trailer container|van|unit trailer|no de remolque|plataforma|tractor trailer|truck trailer|remorque|no de remorque|numero de remorque|semi remorque|trailer vehicle|vehicle trailer|trailer car|trailer nbr|trailer reg|trlr unit|trl no|trk trlr"},
	{paper.Trailer, 0.65, "vehicle|vehicle no|vehicle id|vehicle number|vehiculo|no de vehiculo"},
	{paper.SCAC, 0.95, "scac|scac code|carrier code|codigo scac|carrier scac|clave scac|alpha code|carrier alpha code|standard carrier alpha code"},
	{paper.Pieces, 0.95, "total pieces|total pcs|pieces received|pcs received|pieces|pcs|piece count|pieces loaded|pieces delivered|pieces billed|pieces picked up|total cartons|cartons|ctns|cases|cartons received|cases received|total cases|total packages|packages|pkgs|no pkgs|no of pkgs|no of packages|no pieces|no of pieces|number of pieces|qty pcs|total piece count|piece ct|case count|carton count|bultos|total bultos|piezas|total piezas|total de piezas|total de bultos|bultos recibidos|piezas recibidas|cajas recibidas|no de bultos|cantidad de bultos|units received|total units|qty received|quantity received|total quantity|total qty|cs count|ctn count|total ctns|total pkgs|handling pieces|pieces tendered|count|piece total|pkg count|pcs count|pcs counted|pieces counted|cartons delivered|cases delivered|cases unloaded|cartons unloaded|pieces unloaded|billed pieces|bultos totales|cantidad total|loaded qty|counted pieces|numero de bultos|total cajas|pieces shipped|pcs shipped|cartons shipped|cases shipped|units shipped|pkgs shipped|packages shipped|qty shipped|quantity shipped|shipped qty|shipped pieces|billed qty|qty billed|qty loaded|pieces total|cartons total|cases total|no of cartons|no of cases|no of ctns|number of packages|number of cartons|colis|total colis|nbre de colis|nombre de colis|nb de colis|nbre colis|total des colis|nombre de pieces|nbre de pieces|qte expediee|quantite expediee|caisses|nbre de caisses|bultos embarcados|piezas embarcadas|cantidad embarcada|no de piezas|numero de piezas|cantidad de piezas|no de cajas|cantidad de cajas|total de cajas"},
	{paper.Pieces, 0.7, "qty|quantity|units|cantidad|cant|shipped|cajas|billed|pk|pkg qty|qte|quantite|nbre"},
	{paper.Pieces, 0.6, "qty recd|pcs recd|pieces recd|recd qty|cartons recd|cases recd|ctns recd|units recd|pkgs recd|quantity recd|qty rcvd|pcs rcvd|pieces rcvd|cases rcvd|qte recue|quantite recue|colis recus|pieces recues|cant recibida|cantidad recibida|count recd|qty rec d|pcs rec d|total counted|total received|total recd|total rcvd|total accepted|total verified|qty counted|qty accepted|units accepted"},
	{paper.Pallets, 0.95, "pallets|pallet count|total pallets|plts|plt|skids|skid count|total skids|handling units|hu|h u|hus|handling unit count|tarimas|total tarimas|total de tarimas|pallet|skid|no of pallets|no pallets|no of skids|pallets in|pallets received|pallet qty|total hu|paletas|handling unit|plt count|no de tarimas|pallets skids|total plts|total handling units|pallet positions|spots|palettes|palette|no de palettes|nbre de palettes|nombre de palettes|total palettes|unites de manutention|palettes skids|pallets shipped|skids shipped|plts shipped|handling units shipped|hu count|hu qty|no of handling units|number of pallets|number of skids|no of plts|skids pallets|tarimas pallets|cantidad de tarimas|numero de tarimas|skids loaded|pallets loaded|hdlg units|on pallets|on skids|on plts|no of plt|pallet spots|plt spots|skid spots|pallets tendered|skids tendered"},
	{paper.Weighed, 0.95, "weight|total weight|wt|total wt|gross wt|shipment weight|weight lbs|weight lb|peso|peso total|peso bruto|lbs|pounds|wgt|weight billed|total lbs|total weight lbs|freight weight|cargo weight|ship weight|billed weight|peso lbs|peso kg|weight kg|total kg|est weight|gross|gross weight|gross weight lbs|total gross weight|kgs|kilos|libras|scaled weight|poids|poids total|poids brut|total poids|poids lb|poids lbs|poids kg|poids de l expedition|gross weight lb|gross wt lbs|gross lbs|gross weight kg|weight in lbs|wt lbs|wgt lbs|actual weight|total gross|peso total lbs|peso en kg"},
	{paper.Gross, 0.95, "gross weight|gross wt|gross|peso bruto|total gross|total gross weight|gross vehicle weight|gvw|combined gross|bruto|combined weight|total gross wt"},
	{column, 0.9, "steer axle|drive axle|trailer axle|steer|drive|drives|tandem|tandems|tare|tare weight|net|net weight|eje delantero|eje motriz|tara|neto|peso neto|steer axles|drive axles|trailer axles|eje de direccion|eje de remolque|truck axle"},
	{paper.PickupDate, 0.95, "ship date|shipped date|date shipped|shipped|shipped on|pickup date|pick up date|pu date|picked up|picked up on|date picked up|date of pickup|date of shipment|loaded on|load date|date loaded|shipping date|fecha de embarque|fecha de carga|fecha de recoleccion|fecha recoleccion|fecha embarque|embarcado|embarcado el|recolectado el|recolectado|date of issue|bol date|bill date|issued|collection date|collected on|collected|dispatch date|tendered on|tender date|pickup|date tendered|fecha de salida|fecha de expedicion|fecha de emision|loading date|despatch date|date of loading|date dexpedition|date d expedition|date expedition|expedie le|date de ramassage|ramasse le|date de cueillette|date de chargement|date denlevement|pu|fecha de despacho|fecha de envio|date picked|ship dt|pick date|loaded date|date released|out gate date"},
	{paper.DeliveryDate, 0.95, "delivery date|date delivered|delivered on|received|recibido|date received|received on|date of delivery|delivered|rcvd date|recd date|received date|receipt date|date rcvd|date recd|fecha de entrega|fecha entrega|fecha de recibo|fecha recibo|entregado|entregado el|recibido el|fecha de recepcion|fecha recibido|date of receipt|drop date|unload date|date unloaded|unloaded on|arrival date|fecha de descarga|date at destination|fecha de llegada|received at dock on|date de livraison|livre le|date livraison|recu le|date de reception|date recue|recd on|rcvd on|recd at dock on|pod date|del date|dlvry date|delvd|date dlvd|fecha de descargo|delivery dt"},
	{anyDate, 0.8, "date|invoice date|fecha de factura|fecha|dated|date signed|report date|date of report|fecha del reporte|fecha de reporte|ticket date|weigh date|date weighed|receipt date|service date|dia|fecha de pesaje|fecha de servicio|date of service|date opened|inspection date|date and time|date time|fecha y hora|fecha hora|weighed on|weighed|date found"},
	{anyTime, 0.7, "time|hora|time weighed|weigh time|hora de pesaje"},
	{paper.In, 0.95, "time in|in|arrive|arrived|arrival|arrival time|arrive time|check in|checked in|gate in|in time|arrived at|time arrived|llegada|hora de llegada|entrada|hora de entrada|hora entrada|hora llegada|pickup time in|driver in|dock in|truck in|start|start time|unload start|time started|begin|began|started|inicio|hora inicio|hora de inicio|on site|signed in|time of arrival|time arrival|arrived time|arr time|arr|check in time|time checked in|in gate|gate in time|truck arrived|driver arrived|heure darrivee|heure d arrivee|arrivee|heure dentree|appointment|appt|appt time|appointment time|cita|hora de cita|hora de arribo|arribo"},
	{paper.Out, 0.95, "time out|out|depart|departed|departure|departure time|depart time|check out|checked out|gate out|out time|released|release time|time released|time departed|salida|hora de salida|hora salida|driver out|dock out|truck out|end|ended|end time|unload end|time finished|finish|finished|completed|time completed|fin|hora fin|hora de termino|termino|left|signed out|liberado|off site|pickup time out|time of departure|time departure|departed time|dep time|dep|check out time|time checked out|out gate|gate out time|loaded out|loaded and out|unloaded out|time left|truck departed|driver departed|released at|heure de depart|heure depart|heure de sortie|sortie"},
	{paper.Name, 0.9, "print name|printed name|name print|name printed|name please print|receiver name|received by print|nombre|nombre y apellido|nombre impreso|nombre de quien recibe|recibido por nombre|received by name|receivers name|consignee name print|print|print receiver name|print full name|receivers printed name|receiver printed name|nombre en letra de molde|nombre del receptor|nombre letra de molde|name of receiver|signed by|name in print"},
	{paper.Name, 0.8, "received by|recibido por|recibio|reported by|reportado por|recd by|rcvd by|inspected by|accepted by|received in full by|quien recibe|elaborado por|checked by|prepared by|unloaded for|delivered to person|completed by"},
	{paper.Receipt, 0.95, "receipt|receipt no|ticket|ticket no|lumper receipt|report no|report number|osd no|claim no|recibo|no de recibo|folio|boleto|no de boleto|no de reporte|reporte no|unloading receipt|lumper receipt no|transaction|transaction no|txn|weigh ticket|scale ticket|ticket number|weight ticket|os d no|exception no|case no|receipt nbr|recibo no|confirmation code|report|reporte|report id|lumper ticket|work order|os&d no|osd report|invoice receipt|doc|doc no|notice no|notice number|no de aviso|aviso no|document no|document number|receiving no|receiver no|receiving report no|grn|no de documento|folio de recibo"},
	{paper.Amount, 0.95, "unloading fee|lumper fee|amount|amount paid|total amount|total charge|total charges|total fee|fee|total paid|total due|amount due|importe|monto|total a pagar|total pagado|cargo total|charge|unload fee|unloading charge|lumper charge|cuota|tarifa|paid|service fee|service charge|grand total|total cost|lumper amount|importe total|unloading|cost|costo|amount charged|total price"},
	{anyAmount, 0.5, "total|totals|totales"},
	{paper.Carrier, 0.95, "carrier|carrier name|name of carrier|motor carrier|trucking company|transportista|linea transportista|linea|hauler|trucking co|delivering carrier|transporte|compania transportista|transport company|linea de transporte|carrier company|truck line|fletera|freight carrier|originating carrier|hauled by|transported by|trucker"},
	{paper.Carrier, 0.7, "company|compania|empresa|driver company"},
	{paper.Shipper, 0.95, "ship from|shipfrom|shipper name address|shipper name and address|name and address of shipper|shipper|from|origin|shipper name|consignor|picked up from|pickup from|pick up from|pick up at|pickup at|for pickup at|loading at|load from|pickup location|pick up location|shipped from|remitente|origen|embarcador|recoger en|recolectar en|expedidor|lugar de carga|shipper origin|shipper from|from shipper|pick up|pick|collected from|loaded at|sold by|sender|collect from|place of loading|remitente nombre|picked up at|shpr|cnor|shipped by|loaded from|from origin|recolectado en|loading point|stop 1|stop 1 pick up|stop 1 pickup|stop 2 pick up|stop 2 pickup|received from|tendered by|despachado por|supplier|vendor|proveedor|shipping point|load at|procedencia|enviado por"},
	{paper.Consignee, 0.95, "ship to|shipto|deliverto|consignedto|consignee name address|consignee name and address|name and address of consignee|consignee|to|destination|consignee name|deliver to|delivered to|delivery to|for delivery to|for delivery at|to be delivered to|drop off at|unload at|receiver name and address|consigned to|consignatario|destinatario|destino|entregar a|entregar en|entregado a|entregado en|facility|warehouse|drop at|delivery location|deliver at|drop|deliver|delivered at|stop 2|stop 2 delivery|stop 3 delivery|received at|recibido en|place of delivery|recibidor|lugar de entrega|consignee destination|to consignee|receiving facility|customer|unloaded at|location|instalacion|bodega|almacen|cliente|sucursal|receiver name address|ship to consignee|final destination|delivery point|delivery address|cedis|cnee|cons|whse|whs|warehouse name|facility name|going to|delivering to|bound for|consign to|ship consignee|receiver address|destino final|entrega en|centro de distribucion|receiving location"},
	{billTo, 0.9, "bill to|invoice to|freight charges to|third party|third party bill to|third party freight charges bill to|facturar a|remit to|billed to|charges to|sold to|cobrar a|payer|third party billing"},
	{blockName, 0.5, "name|company name"},
	{blockPlace, 0.5, "address|street|zip|zip code|city state zip code|city state zip|city st zip|city|direccion|domicilio|street address|calle|addr"},
	{column, 0.9, "description|description of articles|description of goods|commodity|commodity description|articles|article|item|kind|type|pkg|pkg type|package type|class|nmfc|unit|descripcion|clase|tipo|mercancia|producto|empaque|haz mat|hm|hazmat|um|uom|freight class|line|sku|ln|item no|product|kind of package|articulo|unidad|embalaje|packaging|lot|pallet slip|additional shipper info|contents|contenido|cube|dims|dimensions|p u"},
	{aside, 0.9, "cid|phone|tel|telephone|fax|telefono|page|pagina|invoice|terms|appointment no|appt no|account|acct|driver|driver name|tractor|tractor no|truck|truck no|unit no|license|plate|placas|operador|chofer|temp|temperature|email|e mail|contact|contacto|fob|freight terms|freight charge terms|prepaid|collect|cod|cod amount|special instructions|notes|remarks|comments|instrucciones|observaciones|comentarios|rfc|uuid|dot|mc|mc no|usdot|dl|purchase|declared value|trailer loaded|freight counted|loaded by|counted by|disposition|signature|firma|shipper signature|carrier signature|driver signature|receiver signature|consignee signature|payment|paid by|method of payment|express code|door|door no|dock door|puerta|vehicle|customs|department|dept|store|store no|aisle|line haul|fuel|detention|accessorial|subtotal|tax|po box|attn|atencion|emergency|delivery no|pickup no|pick up no|pickup number|pu no|pu number|delivery number|booking|booking no|container|container no|vessel|voyage|serial|mode|service|service level|equipment type|seal condition|seal broken|reefer|setpoint|set point|load type|weighmaster|pesador|tarp|rate|rate per|class rate|pallet type|load and count|shipper load and count|shipper load|load count|in good order|in apparent good order|trailer type|pallet exchange|chep|received in good order|copy|original|subject to count|said to contain|pieces short|pieces damaged|cartons damaged|cases short|in words|in transit|in full|bill of lading terms|out of|out of route|in writing|appt date|appointment date|fecha de cita|rendez vous|heure de rendez vous|rdv|receiving hours|shipping hours|dock hours|delivery window|pickup window|deliver by|must arrive by"},
}

// numberWords may follow a label: they belong to it.
var numberWords = map[string]bool{"no": true, "nos": true, "number": true, "numbers": true, "num": true, "nbr": true, "nr": true, "id": true,
	"ref": true, "#": true, "numero": true, "code": true, "n": true, "nums": true, "reference": true, "folio": true, "s": true}

// numberFor are the fields whose labels may be followed by a word for "number".
var numberFor = map[string]bool{paper.Bill: true, paper.PRO: true, paper.PO: true, paper.Load: true, paper.Seal: true, paper.Trailer: true,
	paper.Receipt: true, aside: true, paper.SCAC: true, column: true}

var labels = spellLabels()

// spellLabels makes the list of labels, the longest first; of two alike the one said first.
func spellLabels() []label {
	var all []label
	for _, v := range slices.Concat(vocabulary, french) {
		for phrase := range strings.SplitSeq(v.spell, "|") {
			all = append(all, label{field: v.field, words: strings.Fields(phrase), weight: v.weight})
		}
	}
	slices.SortStableFunc(all, func(a, b label) int { return cmp.Compare(len(b.words), len(a.words)) })
	return all
}

// findLabels finds the labels of every row, the longest at each place. A word belongs to one label only, but a label may
// speak of several fields (gross): then it is found once for each.
func findLabels(s *sheet) []found {
	var out []found
	for i := range s.rows {
		tokens := s.rows[i].tokens
		for at := 0; at < len(tokens); {
			matches, end := s.labelsAt(i, at)
			if end == at {
				at++
				continue
			}
			for k := at; k < end; k++ {
				tokens[k].known = true
			}
			box := boxOf(tokens[at:end])
			last := tokens[end-1].text
			ends := strings.HasSuffix(last, ":") || last == "#" || end < len(tokens) && strings.Trim(tokens[end].text, ":.-=") == ""
			if n := len(out) - 1; n >= 0 && len(matches) == 1 && out[n].row == i && out[n].field == matches[0].field && onlyMarks(tokens[out[n].to:at]) && !s.apart(tokens, at) {
				out[n].to, out[n].box, out[n].ends = end, union(out[n].box, box), ends // "SHIP FROM / ORIGIN"
				at = end
				continue
			}
			if to := max(s.ofLabel(i, end, matches[0].field), s.ofPlace(i, end, matches[0].field)); to > end {
				for k := end; k < to; k++ {
					tokens[k].known = true
				}
				end = to
				box, ends = boxOf(tokens[at:end]), ends || strings.HasSuffix(tokens[end-1].text, ":")
			}
			if matches[0].field == blockPlace && matches[0].words[0] == "city" && end == at+1 && !ends && at > 0 && !tokens[at-1].known && !s.apart(tokens, at) {
				tokens[at].known = false // "Salt Lake City"
				at = end
				continue
			}
			seen := map[string]bool{}
			for _, m := range matches {
				if !seen[m.field] {
					seen[m.field] = true
					out = append(out, found{label: m, row: i, from: at, to: end, box: box, ends: ends})
				}
			}
			at = end
		}
	}
	return out
}

// joiners go on with a label: "Peso bruto de la carga".
var joiners = map[string]bool{"de": true, "la": true, "del": true, "el": true, "los": true, "las": true, "of": true, "the": true}

// ofLabel is where a label of an amount ends that goes on with what it is of.
func (s *sheet) ofLabel(i, end int, field string) int {
	tokens := s.rows[i].tokens
	switch field {
	case paper.Weighed, paper.Gross, paper.Pieces, paper.Pallets:
	default:
		return end
	}
	k := end
	for k < len(tokens) && joiners[tokens[k].key] && !s.apart(tokens, k) {
		k++
	}
	if k == end || k >= len(tokens) || s.apart(tokens, k) {
		return end
	}
	if _, to := s.labelsAt(i, k); to > k {
		return to
	}
	return end
}

func onlyMarks(tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool { return t.key != "" })
}

// labelsAt returns the labels of the longest phrase that begins at a token, and where it ends.
func (s *sheet) labelsAt(i, at int) (matches []label, end int) {
	tokens := s.rows[i].tokens
	end = at
	exact := false
	for _, l := range labels {
		to, letter, ok := s.spells(tokens, at, l)
		if !ok || to < end || to == end && exact && !letter {
			continue
		}
		if to > end || letter && !exact {
			matches, end, exact = nil, to, letter
		}
		matches = append(matches, l)
	}
	return matches, end
}

// spells tells whether a label stands at a token, where it ends, and whether letter by letter.
func (s *sheet) spells(tokens []token, at int, l label) (end int, exact, ok bool) {
	k := at
	exact = true
	for n, word := range l.words {
		for n > 0 && k < len(tokens) && tokens[k].key == "" {
			k++
		}
		if rest := l.words[n:]; k < len(tokens) && len(rest) > 1 && runsOn(tokens[k].key, rest) && !(n > 0 && s.apart(tokens, k)) {
			k++
			break
		}
		if k >= len(tokens) || !s.means(tokens[k], word, n) || n > 0 && s.apart(tokens, k) {
			return 0, false, false
		}
		exact = exact && tokens[k].key == word
		k++
	}
	if !numberFor[l.field] {
		return k, exact, true
	}
	for k < len(tokens) && numberWords[tokens[k].key] && !s.apart(tokens, k) {
		k++
	}
	return k, exact, true
}

// longLabel is how many letters a label has that is told when it runs on and two of them are misread.
const longLabel = 12

// shortestRun is how many letters words have at least that are known when they run on: "Timein", "Dockin".
const shortestRun = 6

// runsOn tells whether words are printed as one ("PESOBRUTO").
func runsOn(key string, words []string) bool {
	if len(key) < shortestRun {
		return false
	}
	if whole := strings.Join(words, ""); len(whole) >= longLabel && key[0] == whole[0] && distance(key, whole, 2) <= 2 {
		return true // "Bilofladng"
	}
	for _, w := range words {
		rest, ok := strings.CutPrefix(key, w)
		if !ok {
			return false
		}
		key = rest
	}
	return key == ""
}

// apart tells whether a gap parts token k from the one before it.
func (s *sheet) apart(tokens []token, k int) bool {
	return k > 0 && (tokens[k].box[0]-tokens[k-1].box[2])*s.aspect > s.space(tokens[k-1].box, tokens[k].box)
}

// alike compares a printed word with one of a label; OCR may have taken a letter for another.
func alike(key, word string) bool {
	if key == word {
		return true
	}
	if digits(key) == len(key) {
		return false // figures alone are a value: 185 pieces are not "lbs"
	}
	if len(key) == len(word) && len(word) > 1 && !vocabularyWords[key] && looks(key) == looks(word) {
		return true
	}
	if vocabularyWords[key] || len(word) < 4 || len(key) < 3 || key[0] != word[0] && len(word) < 6 {
		return false
	}
	if looks(key) == looks(word) {
		return true
	}
	switch {
	case len(word) >= 12:
		return distance(key, word, 2) <= 2
	case len(word) >= 5:
		return distance(key, word, 1) <= 1 && !plural(key, word)
	}
	return false
}

// vocabularyWords are words of labels: one is never taken for a misread other ("received" for "receiver").
var vocabularyWords = func() map[string]bool {
	words := map[string]bool{}
	for _, l := range labels {
		for _, w := range l.words {
			words[w] = true
		}
	}
	for _, s := range signers {
		for _, w := range s.words {
			words[w] = true
		}
	}
	return words
}()

// plural tells words that differ by an ending only: those are spelled out in the vocabulary.
func plural(a, b string) bool {
	return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") || a[:len(a)-1] == b || b[:len(b)-1] == a
}

var sameLooks = strings.NewReplacer("0", "o", "1", "l", "i", "l", "5", "s", "8", "b", "rn", "m", "vv", "w", "q", "o")

func looks(s string) string { return sameLooks.Replace(s) }

// distance is the number of letters to change, add or drop; it stops counting above most.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return most + 1
	}
	before := make([]int, len(y)+1)
	now := make([]int, len(y)+1)
	for j := range before {
		before[j] = j
	}
	for i := range x {
		now[0] = i + 1
		least := now[0]
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			now[j+1] = min(before[j]+cost, before[j+1]+1, now[j]+1)
			least = min(least, now[j+1])
		}
		if least > most {
			return most + 1
		}
		before, now = now, before
	}
	return before[len(y)]
}
