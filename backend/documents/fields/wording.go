package fields

import (
	"regexp"

	"tracedesk/backend/documents/paper"
)

// How people word exceptions and reservations, in English, Spanish and the French of Canada, as lines are compared: small letters
// without accents or marks.

// wording is how an exception is written.
type wording struct {
	kind string
	say  says
	form *regexp.Regexp
}

// says is how much a wording tells by itself.
type says int

const (
	aWord   says = iota // "damaged": by itself a heading as well
	aPhrase             // "load refused", "subject to count"
	aCount              // a count beside it: "2 cases short"
)

const (
	things = `(?:pieces?|pcs?|pc|cartons?|ctns?|ctn|cases?|cs|boxes?|box|bx|bxs|pallets?|plts?|plt|skids?|units?|bags?|drums?|rolls?|packages?|pkgs?|pkg|items?|crates?|totes?|bundles?|ea|` +
		`bultos?|cajas?|piezas?|tarimas?|paquetes?|sacos?|rollos?|tambos?|` +
		`colis|caisses?|palettes?|boites?|sacs?|unites?|morceaux|rouleaux|barils?)`
	count  = `(?:\d{1,4}|[oil]\b|an?|one|two|three|four|five|six|seven|eight|nine|ten|uno?a?|dos|tres|cuatro|cinco|seis|une?|deux|trois|quatre|cinq)`
	beside = `(?:` + count + ` |\d{1,4})` // before a word; "undamaged" has no count
	were   = `(?:were |was |is |are |found |received |arrived )*`

	shortWords = `never (?:arrived|came|showed|received|rec d|recd|delivered)|not arrived|(?:did not|didn t) (?:come|show|arrive)|absent|no llego|nunca llego|short|shorts|shorted|shortage|shtg|shtd|shrt|missing|lacking|shy|not rec(?:eive)? ?d|not delivered|not on (?:truck|trailer|load|board)|did not arrive|faltantes?|faltan?|faltaron|de menos|menos|no recibid[oa]s?|no lleg(?:o|aron)|` +
		`manquante?s?|manquent|en moins|non recue?s?`
	overWords    = `over|overs|extras?|overage|surplus|excess|in excess|too many|sobrantes?|sobran?|sobraron|de sobra|de mas|excedentes?|en trop|en surplus|excedentaires?`
	damagedWords = `damaged?|dmgd?|dmged|dmgs|crushed|torn|wet|broken|leaking|leaked|smashed|ripped|dented|punctured|bent|stained|busted|burst|scratched|cracked|soaked|spoiled|collapsed|opened|` +
		`danad[oa]s?|rot[oa]s?|mojad[oa]s?|golpead[oa]s?|aplastad[oa]s?|averiad[oa]s?|maltratad[oa]s?|quebrad[oa]s?|abollad[oa]s?|rasgad[oa]s?|manchad[oa]s?|abiert[oa]s?|perforad[oa]s?|` +
		`endommagee?s?|abimee?s?|brisee?s?|mouillee?s?|dechiree?s?|ecrasee?s?|cassee?s?`
	refusedWords = `refused|rejected|rfsd|rejctd|not accepted|turned away|sent back|rechazad[oa]s?|rehusad[oa]s?|devuelt[oa]s?|no aceptad[oa]s?|refusee?s?|rejetee?s?`
)

func noted(kind string, say says, form string) wording {
	return wording{kind, say, regexp.MustCompile(`\b(?:` + form + `)\b`)}
}

// wordings are in the order in which they are tried: the first of a kind that fits counts. What was refused stands first, since the rest of
// such a line tells why.
var wordings = []wording{
	noted(paper.Refused, aCount, beside+things+` `+were+`(?:`+refusedWords+`)|(?:`+refusedWords+`) `+count+` `+things),
	noted(paper.Refused, aCount, count+` (?:cartons?|ctns?|cases?|cs|boxes?|bx|pieces?|pcs?|bags?|items?|units?) returned|returned `+count+` (?:cartons?|ctns?|cases?|cs|boxes?|bx|pieces?|pcs?|bags?|items?|units?)`),
	noted(paper.Short, aCount, `(?:\w{1,3} )?`+things+` `+were+`(?:`+shortWords+`)|short(?:age)? \w{1,2} `+things),
	noted(paper.Over, aCount, `(?:\w{1,3} )?`+things+` `+were+`(?:`+overWords+`)|over \w{1,2} `+things),
	noted(paper.Damaged, aCount, `(?:\w{1,3} )?`+things+` `+were+`(?:`+damagedWords+`)`),
	noted(paper.Short, aCount, beside+`(?:`+things+` )?`+were+`(?:`+shortWords+`)`),
	noted(paper.Short, aCount, `(?:short|shorted|shortage|shtg|missing|lacking|down|minus|not rec(?:eive)? ?d|no recibid[oa]s|faltan?|faltantes?|faltante de|faltaron|manquant|manque|manquent) (?:of )?(?:by )?(?:de )?`+count+`(?: `+things+`)?`),
	noted(paper.Short, aCount, `less `+count+` `+things+`|`+count+` `+things+` less|(?:received|recd|rec d) `+count+` less|menos `+count+` `+things),
	noted(paper.Over, aCount, beside+`(?:`+things+` )?(?:`+overWords+`)`),
	noted(paper.Over, aCount, `(?:over|overage|overage of|extra|surplus|surplus of|excess|excess of|sobran?|sobrantes?|sobraron|excedente de|surplus de) (?:by )?`+count+`(?: `+things+`)?`),
	noted(paper.Damaged, aCount, beside+`(?:`+things+` )?`+were+`(?:`+damagedWords+`)`),
	noted(paper.Damaged, aCount, `(?:damaged?|damages|dmgd?|crushed|torn|wet|broken|leaking|danad[oa]s?|averiad[oa]s?|rot[oa]s?|mojad[oa]s?|endommagee?s?) (?:to )?(?:on )?`+count+`(?: `+things+`)?`),
	noted(paper.Short, aCount, `^`+count+` \w{2,5} (?:short|missing)`),
	noted(paper.Over, aCount, `^`+count+` \w{2,5} (?:over|extra)`),
	noted(paper.Damaged, aCount, `^`+count+` \w{2,5} (?:damaged?|crushed|wet|torn|dmgd?)`),
	noted(paper.Damaged, aWord, `damaged|damage|dmgd|crushed|crushed corner|water damage|wet|torn|broken|leaking|danad[oa]s?|averia|averiad[oa]s?|dano|mojad[oa]s?|golpead[oa]s?|aplastad[oa]s?|endommagee?s?|avaries?`),
	noted(paper.Refused, aPhrase, `(?:load|freight|shipment|delivery|order) (?:was )?(?:refused|rejected)|(?:refused|rejected) by (?:the )?(?:receiver|consignee|customer|qc|qa)|(?:carga|entrega) (?:rechazada|rehusada)|(?:livraison|chargement|marchandise) refusee?`),
	noted(paper.Refused, aWord, `refused|refusal|rejected|rfsd|rehusad[oa]s?|rechazad[oa]s?|rechazo|delivery refused|se rehusa|not accepted|no aceptad[oa]|turned away|refusee?s?|refus`),
	noted(paper.Short, aWord, `short|shortage|shtg|missing|faltantes?|falta mercancia|manquante?s?`),
	noted(paper.Over, aWord, `overage|over|surplus|sobrantes?`),
	noted(paper.SLC, aPhrase, `s ?l ?c|s l and c|s l c|sl c|shippers? ?s? load,? (?:and )?(?:stow(?:age)? (?:and )?)?count|shippers? load stow and count|carga y conteo (?:del|por el) (?:remitente|embarcador)|shipper load count|shippers? weight load and count|load (?:and |stow |\w )?count|shippers? \w{3,4} (?:\w )?count|`+
		`carg(?:ado|a) y contad[oa] por (?:el )?(?:remitente|embarcador)|shippers? loaded and counted|loaded and counted by shipper|driver (?:was )?not (?:allowed )?on dock|driver did not count|not counted by driver|`+
		`charge(?:ment)? et compte (?:de|du|par) (?:l |le )?expediteur|charge(?:ment)? et compte d expediteur`),
	noted(paper.STC, aPhrase, `s ?t ?c|said to contain|dice contener|dit contenir|subject to (?:shipper s |piece |receiver s )?count|subj? to count|subject to (?:re ?)?count(?:ing)?|subject to (?:count )?(?:verification|inspection)|(?:pieces? |freight |load )?not (?:yet )?counted|sujeto a (?:re)?conteo|sujeto a (?:recuento|verificacion)|sujet (?:au|a) (?:re)?comp?tage|sujet au compte|`+
		`s t count|(?:pending|awaiting) count|count (?:is |was )?(?:not verified|unverified|pending)|unverified count|conteo (?:pendiente|no verificado)`),
}

// wrong are the words for what may be wrong, in any form.
const wrong = `(?:short\w*|over\w*|damage\w*|dmg\w*|missing|exceptions?|refus\w*|reject\w*|surplus|danos?|danad\w*|faltantes?|sobrantes?|averias?|crushed|wet|broken|torn|os d|osd|rehus\w*|rechaz\w*|manquante?s?|manque|dommages?|avaries?|endommag\w*)`

// against: words that make a line a rule, a question or a heading, not a note on this delivery.
var (
	negated = regexp.MustCompile(`\b(?:no|not|none|without|nil|zero|0|free of|nothing|never|sin|ningun[oa]?|nada|n a|aucune?s?|sans|ni|pas de|pas d|rien)\b(?: \w+){0,2}? ` + wrong + `(?: (?:(?:or|and|nor|no|y|ni|o|et|ou|de) )*` + wrong + `)*`)
	seals   = regexp.MustCompile(`\b(?:seals?|sellos?|scelle) (?:(?:was|is|were) )?(?:broken|missing|torn|damaged|roto|brise)|(?:broken|missing|damaged) seals?\b`)
	besides = regexp.MustCompile(negated.String() + `|` + seals.String())
	nothing = regexp.MustCompile(`\b(?:short\w*|over\w*|damages?d?|missing|exceptions?|refused|rejected|danos?|danad\w*|faltantes?|sobrantes?|averias?|rechazad\w*|manquants?|dommages?)\b(?: (?:pieces|pcs|cartons|qty|count|noted|items|cases))? ?(?:none|no|nil|zero|n a|0+|na|ningun[oa]?|nada|sin novedad|aucune?)\b`)
	legend  = regexp.MustCompile(`\b(?:must|should|shall|will|may|any|if|unless|report|reporte|claims?|reclam\w*|responsib\w*|liab\w*|except|excepto|salvo|subject to the|deben?|debera\w*|cualquier|si hay|please|favor|note all|noted on|check one|circle|reserves?|right|within|hours|days|dias|conditions?|tariffs?|policy|inspect|prior to|before|antes|carrier is|terms|agreed|allowed|call|llame|mark|write|list|describe|describa|anote|indique|notify|avise|cannot|not be|in case|en caso|or damaged|or short|yes no|y n|si no|types?|section|codes?|legend|form|` +
		`doit|doivent|toute?s?|avant|heures|jours|responsable|sauf)\b`)
	onlyHead  = regexp.MustCompile(`^(?:` + headWord + `)(?: (?:` + headWord + `))*$`)
	options   = regexp.MustCompile(`\b(?:by shipper|by driver|driver pallets|driver pieces|pallets said to contain|por embarcador|por operador|by receiver)\b`)
	refusedBy = regexp.MustCompile(`\b(?:refused|rejected|loaded and counted|not counted) by\b`)
	prefix    = regexp.MustCompile(`^(?:` + remarksLabel + `)\b ?`)
)

const (
	headWord     = `over|short|shortage|overage|damaged?|damages|shortages|overages|refused|exceptions?|s|o|d|and|y|e|qty|count|pcs|pieces|cartons|description|faltantes?|sobrantes?|danos?|danad[oa]s?|averias?|rechazad[oa]s?|total|short form|form|notes?|remarks|condition|osd|number|no|of|billed|received|type|kind|condicion|cantidad|manquants?|surplus|dommages?|refuses?`
	remarksLabel = `exceptions?|notes?|remarks?|comments?|notation|osd|os d|observaciones|excepciones|notas|condition|damage(?:s|d)? (?:noted|description)|discrepanc(?:y|ies)|reason|motivo|comentarios|remarques?|commentaires?`
)

// goesOn is what may stand behind a remark on the line that print gives to it: why, where, who says so, what else is wrong. A noun is none
// of it: "24 ctn wet wipes" are goods.
var goesOn = regexp.MustCompile(`^(?:$|[a-z]\b|\d|(?:on|in|at|by|to|of|en|al|de|rm)\b|due|when|per|from|and|corner|upon|see|rec d|recd|received|driver|count|box|carton|pallet|side|top|bottom|product|freight|delivered|return\w*|temp\w*|wrong|late|por|con|del|sin|sur|par|avec|` + wrong + `|` + damagedWords + `|` + shortWords + `|` + refusedWords + `|` + things + `)`)

// rules are words that go on where a line says what is done in such cases, not what was.
var rules = regexp.MustCompile(`\b(?:is|are|be|will|shall|or|es|son|sera|seran|est|sont)\b`)

// remarksFirst is a line that begins with the label of the place for remarks and goes on with what was written there.
var remarksFirst = regexp.MustCompile(`(?i)^\W*(?:exceptions?|notes?|remarks?|comments?|os&d|observaciones|excepciones|notas|comentarios|remarques?|commentaires?)\s*(?:\([^)]*\))?\s*:\s*[^\s_\[(]`)

// ofThings finds a count of freight.
var ofThings = regexp.MustCompile(`\b\d{1,5} ?` + things + `\b`)

// countIn finds the count in a wording.
var countIn = regexp.MustCompile(`\b` + count + `\b`)

// reserves tells whether a wording says who counted, or that nobody did.
func (w wording) reserves() bool { return w.kind == paper.SLC || w.kind == paper.STC }

// exception tells whether a wording is enough to say what is wrong with the freight.
func (w wording) exception() bool { return w.say != aWord && !w.reserves() }

// Counts that differ, and counts with a sign, tell without a word: "rec'd 46 of 48", "-2 cs".
var (
	ofCount    = regexp.MustCompile(`\b(?:received|recd|rec d|got|only|recibi\w*|llegaron|recus?) (\d{1,4}) (?:of|de|out of|sur) (\d{1,4})\b`)
	signsCount = regexp.MustCompile(`(?i)^(?:[\pL ]+:)?\W{0,2}\s?([-–—−+])(\d{1,3})\s?` + things + `\W*$`)
)

// reckoned is the kind of exception that counts alone tell, "" where they tell none. Line is the text as wordings are compared.
func reckoned(text, line string) string {
	if m := ofCount.FindStringSubmatch(line); m != nil {
		switch got, billed := number(m[1]), number(m[2]); {
		case got < billed:
			return paper.Short
		case got > billed:
			return paper.Over
		}
		return ""
	}
	m := signsCount.FindStringSubmatch(text)
	switch {
	case m == nil || number(m[2]) == 0:
		return ""
	case m[1] == "+":
		return paper.Over
	}
	return paper.Short
}
