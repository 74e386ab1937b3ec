package fields

import (
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// inTheTrade is how drivers and receivers word remarks, and what says that nothing is wrong.
var inTheTrade = map[string]string{
	paper.Short: "2 cs short|short 2 cs|shortage 3 ctns|shtg 2 ctn|2 ctns missing|missing 2 ctns|1 plt not received|3 cs not rec'd|less 2 cs|-2 cs|2 cases less|rec'd 46 of 48 pallets|received 3 less|2 cs shy|" +
		"shorted 2 boxes|1 skid did not arrive|one skid never arrived|2 cs never received|down 4 ctns|lacking 2 bags|1 plt absent|short|SHORTAGE|2 pkgs short|2 short|Short (2)|Short - 4 bags|4 bags short on count|two cartons short|2 rolls short, no damage|" +
		"faltan 3 cajas|falta 1 tarima|faltante 2 bultos|3 piezas faltantes|faltaron 2 cajas|menos 2 cajas|2 caisses manquantes|manque 2 caisses|1 palette manquante|manquant 2 colis",
	paper.Over: "over 1 ctn|1 cs over|+2 cs|2 extra cases|extra 1 pallet|overage 4 pcs|surplus 2 ctns|2 ctns surplus|1 skid extra|OVERAGE|excess 2 cs|2 cases in excess|received 50 of 48 cs|" +
		"sobran 2 cajas|sobra 1 tarima|1 tarima de sobra|2 cajas sobrantes|2 bultos de mas|2 caisses en trop|1 palette en surplus",
	paper.Damaged: "2 ctns dmg|2 dmgd cs|dmgd 2 cs|1 ctn crushed|2 bags torn|3 ctns wet|1 drum leaking|2 broken|1 pallet bent|2 bags punctured|1 case stained|2 bags ripped|1 drum dented|1 ctn busted|1 ctn opened|" +
		"damage to 3 ctns|damaged 3 cs|2 damaged cartons|2 crushed boxes|DAMAGED|box corner crushed|water damage|wet freight|freight damaged|cartons wet and torn|3 pcs scratched|shrink wrap torn|load shifted, 3 ctns damaged|" +
		"2 cajas rotas|1 tarima mojada|3 cajas dañadas|roto 1 caja|dañado 1 bulto|2 caisses endommagées|1 palette endommagée|1 caisse brisée|2 boîtes mouillées",
	paper.Refused: "refused|REJECTED|rfsd 2 cs|refused 2 cs|2 cs refused|2 cases rejected|2 ctns returned|returned 2 ctns|not accepted|load refused|rejected - temp|rejected by qc|" +
		"rechazado|2 cajas rechazadas|carga rechazada|refusé 2 caisses|2 caisses refusées|refusé",
	paper.SLC: "SLC|SL&C|S.L.C.|SLC 24 plts|shipper load and count|shipper load & count|shipper's load & count|shippers load and count|shipper load/count|driver not allowed on dock|shipper loaded and counted|" +
		"carga y conteo del remitente|chargé et compté par l'expéditeur|chargement et compte de l'expéditeur",
	paper.STC: "STC|said to contain|said to contain 24 plts|subject to count|sub to count|subj. to count|pending count|count not verified|subject to recount|not counted|subject to inspection|" +
		"sujeto a conteo|dice contener|sujet au compte|dit contenir",
	"": "no damage|no shortage|none|no exceptions|received in good order|all good|ok|seal intact|no short no damage|no short or damaged freight|0 short|all pieces received|no OS&D|not damaged|not short|no over no short|" +
		"nothing missing|not refused|none missing|free of damage|no wet freight|undamaged|received 48 of 48 cs|sin daño|sin faltantes|recibido completo|aucun dommage|aucun manquant|rien à signaler|sans dommage",
}

// TestWordsOfTheTrade: typed in the place for remarks, and written larger than print on the free page.
func TestWordsOfTheTrade(t *testing.T) {
	blank := typed("DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\n\n\n\n\n\n\n\n\n\n\n\nReceived by")
	for kind, all := range inTheTrade {
		for line := range strings.SplitSeq(all, "|") {
			written := blank
			written.FromText, written.Words = false, append([]paper.Word(nil), blank.Words...)
			left := 0.1
			for w := range strings.FieldsSeq(line) {
				wide := 0.022 * float64(len(w))
				written.Words = append(written.Words, paper.Word{Text: w, Confidence: 0.8, Line: 40, Box: paper.Box{left, 0.25, left + wide, 0.28}})
				left += wide + 0.015
			}
			for how, page := range map[string]paper.Page{"typed": typed("DELIVERY RECEIPT\nPRO 842-984459\n\nRemarks: " + line + "\n\nReceived by"), "written": written} {
				got := ReadPage(page, nil, Options{}).Notations
				if kind == "" && len(got) > 0 || kind != "" && (len(got) != 1 || got[0].Kind != kind) {
					t.Errorf("%q, %s, is read as %v, want %q", line, how, got, kind)
				}
			}
		}
	}
}

// TestGoodsAndLabelsAreNoRemark: what stands in print and names goods, or asks.
func TestGoodsAndLabelsAreNoRemark(t *testing.T) {
	for _, line := range []string{"24 CTN Wet wipes", "12 CS Broken rice", "Short ribs 24 CS", "40 CS Crushed tomatoes 6/10", "Extra virgin oil 12 CS", "6 CTN Dented knobs, brass", "Exceptions:   Short   Over   Damaged",
		"Remarks: Damaged ____", "Pieces short", "Cases over", "Cartons damaged", "Total pieces short", "2 pallets returned", "Overland Freight 2", "Seal broken", "Short haul 4"} {
		if got := ReadPage(typed("BILL OF LADING\nBOL 842984459\n\n"+line+"\n\nReceived by"), nil, Options{}).Notations; len(got) > 0 {
			t.Errorf("%q is read as %s", line, got[0].Kind)
		}
	}
}
