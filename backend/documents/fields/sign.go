package fields

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// signer is wording of a line to sign on. Plain wording counts only where it stands alone.
type signer struct {
	role  string
	plain bool
	words []string
}

// unsaid is the role of a line that says only "Signature": the type of the document tells whose it is.
const unsaid = "unsaid"

var signers = spellSigners([]struct {
	role  string
	plain bool
	spell string
}{
	{paper.SignsShipper, false, "shipper signature|shippers signature|shipper sign|shipper per|shipper representative|shippers representative|signature of shipper|shipper sig|shipper by|shipper x|consignor signature|released by|shipped by|loaded by|firma del remitente|firma remitente|firma del embarcador|firma embarcador|firma de embarque|firma del expedidor|firma de quien entrega|entregado por|shipper agent|shippers agent|shipper authorized signature|authorized shipper|shipper certification|warehouse signature|tendered by|shipper rep|shipper authorized|origin signature|shipping clerk|shipper print and sign|shipper representative signature|dock clerk|entrego|despacho|despachador|firma de despacho|signed for shipper|cargado por|embarcado por|quien entrega|dispatched by|despachado por|released to carrier by|for shipper|for the shipper|on behalf of shipper|shipper employee|origin representative|consignor|expediteur signature|signature expediteur|signature de l expediteur|signature de lexpediteur|expedie par|remis par|charge par|consignor sign|signed by shipper|shipper certifies|signature expedidor"},
	{paper.SignsShipper, true, "shipper|remitente|embarcador|expedidor|loader|expediteur|consignador"},
	{paper.SignsDriver, false, "driver signature|drivers signature|carrier signature|carriers signature|driver sign|agent driver per|driver per|carrier per|carrier agent|carrier representative|signature of driver|signature of carrier|driver sig|picked up by|pickup driver|carrier by|driver by|firma del operador|firma operador|firma del chofer|firma chofer|firma del conductor|firma conductor|firma del transportista|firma transportista|operador firma|recolectado por|recolecto|driver x|agent per|per driver|weighmaster|weigh master|weighmaster signature|attendant|scale operator|weigher|pesador|firma del pesador|bascula operador|weighed by|collected by|driver name and signature|carrier driver|driver agent|deputy weighmaster|public weighmaster|carrier signature pickup date|for carrier|for the carrier|driver representative|carrier rep|carrier driver signature|driver acknowledgement|accepted by carrier|accepted by driver|transporto|hauler signature|trucker signature|recogido por|received by driver|received by carrier|driver initials|scale attendant|operador de bascula|basculista|driver acknowledges|signature du chauffeur|signature chauffeur|chauffeur signature|signature du transporteur|signature transporteur|transporteur signature|ramasse par|cueilli par|signature conducteur|signature du conducteur|carrier x|signed by driver|driver certifies signature|operator signature|received by carrier driver|peseur"},
	{paper.SignsDriver, true, "driver|carrier|operador|chofer|conductor|transportista|agent|hauler|trucker|chauffeur|transporteur|camionneur"},
	{paper.SignsConsignee, false, "receiver signature|receivers signature|consignee signature|consignees signature|receiver sign|signature of receiver|signature of consignee|receiver sig|consignee sign|consignee per|received by|rcvd by|recd by|customer signature|firma del consignatario|firma consignatario|firma del destinatario|firma destinatario|firma de recibido|firma recibido|recibido por|recibio|recibi|recibi conforme|firma de conformidad|firma de quien recibe|firma del cliente|reported by|reportado por|inspected by|accepted by|delivered to signature|consignee by|consignee x|receiver by|firma del receptor|firma receptor|receiving clerk|dock signature|receiver representative|consignee representative|consignee agent|received in good order by|receiver signature captured|firma del recibidor|firma recibidor|signed for by|receiving signature|recipient signature|consignee receiver|authorized receiver|inspector|prepared by|report prepared by|claimant|elaborado por|inspeccionado por|elaboro|signature of recipient|signed by receiver|receiver initials|for consignee|for the consignee|receiver representative signature|receiving agent|receiving dock|recibe|signature of person receiving|receiver authorized signature|filed by|facility signature|receiving representative|warehouse receiver|firma y sello de recibido|sello y firma|firma y sello|recibido conforme|quien recibe|recibe conforme|goods received by|received and inspected by|received in full by|received by signature|receptionne par|recu par|recu en bon etat par|recu en bon ordre par|signature du destinataire|signature destinataire|destinataire signature|signature de destinataire|signature du receveur|signature du client|accepte par|received in good condition by|received for consignee by|delivery accepted by|goods accepted by|signature of consignee or agent|consignee or agent|signature de reception|customer x|receiver x|signed for"},
	{paper.SignsConsignee, true, "consignee|receiver|consignatario|destinatario|recibidor|recipient|destinataire|receveur"},
	{unsaid, false, "signature|firma|signed|sign here|authorized signature|x|firma autorizada|firma y sello|nombre y firma|signature x|sign|signed by|by|per|firmado|firmado por|firma aqui"},
})

func spellSigners(list []struct {
	role  string
	plain bool
	spell string
}) []signer {
	var all []signer
	for _, v := range list {
		for phrase := range strings.SplitSeq(v.spell, "|") {
			all = append(all, signer{v.role, v.plain, strings.Fields(phrase)})
		}
	}
	slices.SortStableFunc(all, func(a, b signer) int { return cmp.Compare(len(b.words), len(a.words)) })
	return all
}

// line is a place to sign: its wording, and whose it is.
type line struct {
	signer
	box   paper.Box
	right float64 // where the next cell of the row begins
}

// signatures finds the lines to sign on and looks for ink on each. A line that is there is told also when it is empty.
func (f *finder) signatures() map[string]paper.Signature {
	out := map[string]paper.Signature{}
	lines := f.signLines()
	k := inkOf(f.sheet.page.Grey)
	for _, l := range lines {
		role := l.role
		if role == unsaid {
			role = f.whose()
		}
		signed, box := false, l.box
		if k != nil {
			signed, box = f.signed(k, l, lines)
			signed = signed && (l.saysSign() || !f.nameStands(box))
		}
		if had, ok := out[role]; ok && (had.Present || !signed) {
			continue
		}
		out[role] = paper.Signature{Present: signed, Page: f.sheet.page.Number, Box: box}
	}
	if k != nil && f.sheet.page.Again != nil && f.closer {
		for _, l := range f.linesUnread(k, out, lines) {
			signed, box := f.signed(k, l, lines)
			out[l.role] = paper.Signature{Present: signed, Page: f.sheet.page.Number, Box: box}
		}
	}
	if k != nil {
		f.claim(k, out)
	}
	return out
}

// saysSign tells whether the wording of a line asks for a signature by that word.
func (l line) saysSign() bool {
	return slices.ContainsFunc(l.words, func(w string) bool { return toSign[w] })
}

// nameStands tells whether what is written at a place was read as a name, first and last: "Received by" with a legible name and nothing else
// is a name, not a signature.
func (f *finder) nameStands(place paper.Box) bool {
	return slices.ContainsFunc(f.found[paper.Name], func(c candidate) bool {
		shared := overlap(c.box[0], c.box[2], place[0], place[2]) * overlap(c.box[1], c.box[3], place[1], place[3])
		return len(strings.Fields(c.value)) >= 2 && shared >= 0.8*(place[2]-place[0])*(place[3]-place[1])
	})
}

// mustSign is the one role that signs papers of this type, "" where several do.
func (f *finder) mustSign() string {
	switch f.kind {
	case paper.POD, paper.OSD:
		return paper.SignsConsignee
	case paper.Lumper, paper.Weight:
		return paper.SignsDriver
	}
	return ""
}

// whose is the role of a signature line that does not say.
func (f *finder) whose() string {
	switch f.kind {
	case paper.BOL, paper.POP:
		return paper.SignsShipper
	case paper.Lumper, paper.Weight, paper.Other:
		return paper.SignsDriver
	}
	return paper.SignsConsignee
}

// signLines finds the wording of lines to sign on. Unsaid and plain wording counts only where the page has no better.
func (f *finder) signLines() []line {
	var sure, plain []line
	roles := map[string]bool{}
	for i, r := range f.sheet.rows {
		cells := r.cells()
		for n, cell := range cells {
			l, ok := f.signLine(i, cell)
			if !ok {
				continue
			}
			l.right = f.nextPrinted(cells[n+1:])
			if l.plain || l.role == unsaid {
				plain = append(plain, l)
				continue
			}
			sure = append(sure, l)
			roles[l.role] = true
		}
	}
	for _, l := range plain {
		role := l.role
		if role == unsaid {
			role = f.whose()
		}
		if !roles[role] {
			sure = append(sure, l)
			continue
		}
		if named := f.namedBeside(l, sure, role); named >= 0 {
			l.role = role
			sure[named] = l
		}
	}
	return sure
}

// nextPrinted is where the first cell of print begins, 1 where none does: what was read into a signature is no cell of the form.
func (f *finder) nextPrinted(cells [][]token) float64 {
	for _, cell := range cells {
		if !f.scrawled(cell) {
			return cell[0].box[0]
		}
	}
	return 1
}

// scrawled tells whether a cell is what was read into strokes of a pen: unsure, or taller than print.
func (f *finder) scrawled(cell []token) bool {
	return !slices.ContainsFunc(cell, func(t token) bool {
		return t.known || t.sure >= 0.7 && len(t.key) >= 2 && t.box[3]-t.box[1] < 1.7*f.sheet.height
	})
}

// namedBeside is which line a name is written on where another one beside or below it says "Signature": "Received by", "Reported by".
// -1 where none is.
func (f *finder) namedBeside(l line, sure []line, role string) int {
	if !l.saysSign() {
		return -1
	}
	return slices.IndexFunc(sure, func(s line) bool {
		n := len(s.words)
		return s.role == role && n > 0 && (s.words[n-1] == "by" || s.words[n-1] == "por") && l.box[1] > s.box[1]-namedWithin/2 && l.box[1] < s.box[1]+namedWithin
	})
}

// namedWithin is how far below a name its signature has its line at most, as a part of the page; above it, half as far.
const namedWithin = 0.16

// signLine tells whether a cell is a line to sign on.
func (f *finder) signLine(row int, cell []token) (line, bool) {
	if role := roleToSign(cell); role != "" && f.signs(signer{role: role, words: []string{role}}, row, cell, 0, len(cell)) {
		return line{signer: signer{role: role}, box: f.printBox(cell)}, true
	}
	if role := f.jobToSign(cell); role != "" && f.signs(signer{role: role, words: []string{role}}, row, cell, 0, len(cell)) {
		return line{signer: signer{role: role}, box: f.printBox(cell)}, true
	}
	if role := onlyRoles(cell); role != "" {
		if s := (signer{role: role, plain: true, words: []string{role}}); f.signs(s, row, cell, 0, len(cell)) {
			return line{signer: s, box: f.printBox(cell)}, true
		}
	}
	if n := receivedBy(cell); n > 0 && f.signs(signer{role: paper.SignsConsignee, words: []string{"received", "by"}}, row, cell, 0, n) {
		return line{signer: signer{role: paper.SignsConsignee, words: []string{"received", "by"}}, box: f.printBox(cell[:n])}, true
	}
	for at := range cell {
		for _, s := range signers {
			k := s.endsAt(cell, at)
			if k < 0 || !f.signs(s, row, cell, at, k) {
				continue
			}
			return line{signer: s, box: f.printBox(cell[at:k])}, true
		}
		if at >= 2 {
			break
		}
	}
	return line{}, false
}

// endsAt is where a wording that begins at a word of a cell ends, -1 where it is another. Its words may have been read as one.
func (s signer) endsAt(cell []token, at int) int {
	k := at
	for n, w := range s.words {
		for n > 0 && k < len(cell) && cell[k].key == "" {
			k++
		}
		if k >= len(cell) || !alike(cell[k].key, w) {
			if len(s.words) > 1 && cell[at].key == strings.Join(s.words, "") {
				return at + 1
			}
			return -1
		}
		k++
	}
	return k
}

// receivedBy is how many words of a cell are "received by" at its beginning, however received is shortened, its apostrophe was
// read and the two are run together: REC'D BY, RCV'D BY, RECDBY. By the driver or the carrier it is not the consignee.
func receivedBy(cell []token) int {
	n := 0
	for n < len(cell) && cell[n].key == "" {
		n++
	}
	said := ""
	for n < len(cell) && len(said) < 4 {
		said += cell[n].key
		n++
	}
	if n < len(cell) && cell[n].key == "by" {
		said += "by"
		n++
	}
	if !shortReceived.MatchString(said) || slices.ContainsFunc(cell[n:], func(t token) bool { return cmp.Or(whoever[t.key], paper.SignsConsignee) != paper.SignsConsignee }) {
		return 0
	}
	return n
}

// shortReceived is "received by" with its first word shortened; the mark of the apostrophe is often read as a letter.
var shortReceived = regexp.MustCompile(`^(?:rec|recv|rcv|re[co]?.?d|rec[tio1l]|rec.?v.?d|rc.?v.?d|received)by$`)

// printBox is the box of a cell's printed words; a stroke read as a word of it is left out.
func (f *finder) printBox(cell []token) paper.Box {
	print := slices.DeleteFunc(slices.Clone(cell), func(t token) bool { return t.box[3]-t.box[1] > 1.8*f.sheet.height })
	if len(print) == 0 {
		return boxOf(cell)
	}
	return boxOf(print)
}

// Words that say whose a line is, and that it is to be signed.
var (
	toSign  = map[string]bool{"signature": true, "signatures": true, "sign": true, "signed": true, "firma": true, "firmado": true, "sig": true}
	whoever = map[string]string{"shipper": paper.SignsShipper, "shippers": paper.SignsShipper, "remitente": paper.SignsShipper, "embarcador": paper.SignsShipper, "consignor": paper.SignsShipper,
		"expedidor": paper.SignsShipper, "origin": paper.SignsShipper, "expediteur": paper.SignsShipper,
		"driver": paper.SignsDriver, "drivers": paper.SignsDriver, "carrier": paper.SignsDriver, "carriers": paper.SignsDriver, "operador": paper.SignsDriver, "chofer": paper.SignsDriver,
		"transportista": paper.SignsDriver, "conductor": paper.SignsDriver, "weighmaster": paper.SignsDriver, "weigher": paper.SignsDriver, "pesador": paper.SignsDriver, "attendant": paper.SignsDriver, "chauffeur": paper.SignsDriver, "transporteur": paper.SignsDriver,
		"consignee": paper.SignsConsignee, "consignees": paper.SignsConsignee, "receiver": paper.SignsConsignee, "receivers": paper.SignsConsignee, "customer": paper.SignsConsignee,
		"recipient": paper.SignsConsignee, "consignatario": paper.SignsConsignee, "destinatario": paper.SignsConsignee, "recibe": paper.SignsConsignee, "recibido": paper.SignsConsignee,
		"recibidor": paper.SignsConsignee, "cliente": paper.SignsConsignee, "receptor": paper.SignsConsignee, "inspector": paper.SignsConsignee, "destinataire": paper.SignsConsignee, "receveur": paper.SignsConsignee}
)

// signsFor are words that say whose a line is only beside one for signing.
var signsFor = map[string]string{"shipping": paper.SignsShipper, "loader": paper.SignsShipper, "outbound": paper.SignsShipper, "embarque": paper.SignsShipper,
	"hauler": paper.SignsDriver, "trucker": paper.SignsDriver, "operator": paper.SignsDriver,
	"receiving": paper.SignsConsignee, "inbound": paper.SignsConsignee, "unloading": paper.SignsConsignee, "recepcion": paper.SignsConsignee}

// Who works for a party, by its dock and by the job.
var (
	jobs    = map[string]bool{"clerk": true, "foreman": true, "supervisor": true, "checker": true, "manager": true, "associate": true, "coordinator": true, "personnel": true, "lead": true}
	jobSide = map[string]string{"shipping": paper.SignsShipper, "loading": paper.SignsShipper, "outbound": paper.SignsShipper, "dispatch": paper.SignsShipper,
		"receiving": paper.SignsConsignee, "inbound": paper.SignsConsignee, "unloading": paper.SignsConsignee,
		"dock": unsaid, "warehouse": unsaid}
)

// jobToSign is the role of a cell that is nothing but a job at a dock: "Shipping foreman". Whose a dock or a warehouse is that does not
// say, the type of the document tells.
func (f *finder) jobToSign(cell []token) (role string) {
	job := false
	for _, t := range cell {
		switch side := jobSide[t.key]; {
		case jobs[t.key]:
			job = true
		case side != "" && role == "":
			role = side
		case t.key != "" && !signWords[t.key]:
			return ""
		}
	}
	if !job {
		return ""
	}
	if role == unsaid {
		return f.whose()
	}
	return role
}

// roleToSign is the role of a short cell that names one and asks it to sign.
func roleToSign(cell []token) (role string) {
	sign := false
	if len(cell) > 8 {
		return ""
	}
	for _, t := range cell {
		sign = sign || toSign[t.key]
		if role == "" {
			role = cmp.Or(whoever[t.key], signsFor[t.key])
		}
	}
	switch {
	case !sign:
		return ""
	case role == "":
		return nearlyWhose(cell)
	}
	return role
}

// nearlyWhose is the role that a word of a cell is nearly one for, "" where there is none or more than one: "Dnver signature".
func nearlyWhose(cell []token) (role string) {
	for _, t := range cell {
		of := whoseNearly(t.key, nearlyOff)
		if of == "" || of == role {
			continue
		}
		if role != "" {
			return ""
		}
		role = of
	}
	return role
}

// whoseNearly is the role that a word is for, or that it is but for so many letters; "" where that may be two.
func whoseNearly(key string, off int) (role string) {
	if of := whoever[key]; of != "" || len(key) < nearlyLetters || vocabularyWords[key] {
		return of
	}
	for word, of := range whoever {
		if len(word) < nearlyLetters || of == role || distance(key, word, off) > off {
			continue
		}
		if role != "" {
			return ""
		}
		role = of
	}
	return role
}

// A word for a role is misread in so many of its letters at most, and so many were read at least.
const (
	nearlyLetters = 5
	nearlyOff     = 2
)

// onlyRoles is the role of a cell that is nothing but whose it is: "Carrier's driver".
func onlyRoles(cell []token) (role string) {
	for _, t := range cell {
		key := strings.TrimSuffix(t.key, "s")
		switch {
		case whoever[t.key] != "" || whoever[key] != "":
			if role == "" {
				role = whoever[t.key]
				if role == "" {
					role = whoever[key]
				}
			}
		case t.sure < 0.6, smallWords[t.key]: // the word for signing itself, misread
		case t.key == "" || signWords[t.key] || t.key == "representative" || t.key == "authorized" || t.key == "per":
		default:
			return ""
		}
	}
	return role
}

var smallWords = map[string]bool{"del": true, "de": true, "la": true, "of": true, "the": true, "for": true, "or": true, "o": true}

// signs weighs wording by what stands around it: prose about signatures is no line.
func (f *finder) signs(s signer, row int, cell []token, from, to int) bool {
	before, after := 0, 0
	for _, t := range cell[:from] {
		if len(t.key) > 2 && t.sure > 0.5 {
			before++
		}
	}
	for _, t := range cell[to:] {
		if len(t.key) > 2 && t.sure > 0.5 && !signWords[t.key] && letters(t.text) > 2 {
			after++
		}
	}
	first := f.sheet.rows[0].box[1]
	if before > 0 && s.role == unsaid || before > 1 {
		return false
	}
	if slices.ContainsFunc(cell[to:], func(t token) bool { return numbered[t.key] }) {
		return false // "Driver No." is another's cell
	}
	if namesWho(cell, to) {
		return false
	}
	if s.plain || s.role == unsaid {
		return after == 0 && before == 0 && worded(cell) <= 4 && f.sheet.rows[row].box[1] > first+0.2 && (!s.plain || f.bare(row, cell)) && (len(s.words[0]) > 1 || len(cell) <= 2)
	}
	return after <= 3 && f.sheet.rows[row].box[1] > first+0.1
}

// namesWho tells whether wording goes on with a word for a name, and with none for signing: "Recibió (nombre)" is where a name is written,
// and its signature has another line.
func namesWho(cell []token, to int) bool {
	at := slices.IndexFunc(cell[to:], func(t token) bool { return t.key != "" })
	return at >= 0 && nameAsked[cell[to+at].key] && !slices.ContainsFunc(cell, func(t token) bool { return toSign[t.key] })
}

var nameAsked = map[string]bool{"name": true, "nombre": true, "nom": true, "print": true, "printed": true}

// numbered are words that make of whose a line is a number of theirs.
var numbered = map[string]bool{"no": true, "nbr": true, "num": true, "number": true, "#": true, "id": true, "license": true, "licence": true, "phone": true, "cell": true, "tel": true, "code": true, "numero": true, "licencia": true, "telefono": true, "permis": true}

// worded counts the words of a cell that were read.
func worded(cell []token) (n int) {
	for _, t := range cell {
		if t.key != "" && t.sure >= 0.6 {
			n++
		}
	}
	return n
}

var signWords = map[string]bool{"date": true, "fecha": true, "time": true, "hora": true, "name": true, "nombre": true, "print": true, "printed": true, "pickup": true,
	"required": true, "here": true, "captured": true, "dock": true, "signature": true, "firma": true, "and": true, "sello": true, "stamp": true, "only": true, "company": true, "sign": true, "signed": true, "receiving": true, "dept": true, "department": true, "agent": true, "employee": true, "rep": true}

// bare tells whether a role's word has no party written under it: "Shipper" over an address is no line to sign on.
func (f *finder) bare(row int, cell []token) bool {
	box := boxOf(cell)
	for _, l := range f.sheet.labels {
		if l.row == row && l.box == box && len(f.found[l.field]) > 0 {
			for _, c := range f.found[l.field] {
				if c.box[1] > box[1]-0.005 && c.box[1] < box[3]+0.05 && c.sure > 0.5 {
					return false
				}
			}
		}
	}
	return true
}
