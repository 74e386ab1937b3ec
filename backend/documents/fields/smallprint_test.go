package fields

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// smallPrint is what bills of lading and delivery receipts print, in the words of nobody's form in particular.
var smallPrint = []string{
	"Received subject to rates and contracts settled one by one in writing between the carrier and the shipper",
	"The goods named below are in apparent good order unless noted, contents and condition of packages unknown",
	"Liability for loss of or damage to this shipment may be limited by the tariff of the carrier",
	"The carrier will not hand over this shipment unless freight and all lawful charges have been paid",
	"Where the rate rests on value the shipper has to state the declared value of the property in writing",
	"Claims for shortage and hidden damage have to be filed within five days after delivery",
	"Consignee: count all pieces before signing and note any short or damaged freight on this receipt",
	"The driver does not answer for the count of a trailer that was sealed by the shipper",
	"All freight is subject to inspection, weighing and classification by the carrier at any terminal",
	"Rates are subject to change without notice and to the fuel surcharge of the week",
	"Overages, shortages and damages have to be told to the broker by phone at once",
	"Freight refused by the consignee is stored or returned at the expense of its owner",
	"Freight refused by the consignee is stored",
	"Over dimensional loads need a permit. Do not break down pallets. Keep from freezing and from wet weather",
	"Loads over 40 degrees are rejected. Reefer units run continuous, not start and stop",
	"Unloading fees over 150 dollars are not paid without approval",
	"Exchange 2 pallets for 2 pallets or be charged for missing pallets",
	"Detention starts 2 hours after arrival, over 2 hours is billed per quarter of an hour",
	"Si la carga llega con faltantes, sobrantes o daños anote aquí antes de firmar",
	"El transportista no responde por faltantes cuando el sello llega intacto",
	"No se aceptan devoluciones de cajas rotas o mojadas después de 24 horas",
	"Toute marchandise manquante ou endommagée doit être notée ici avant de signer",
	"Le transporteur ne répond pas du compte d'une remorque scellée par l'expéditeur",
}

// damagedPrint is a text with some of its letters read as others that look alike.
func damagedPrint(text string, share float64, rng *rand.Rand) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || rng.Float64() >= share {
			return r
		}
		for _, alike := range letterLooks {
			if strings.ContainsRune(alike, r) {
				return rune(alike[rng.IntN(len(alike))])
			}
		}
		return 'x'
	}, text)
}

// TestSmallPrintIsNoRemark: as a text layer has it, and as it is misread, whole and in the parts that torn print falls into.
func TestSmallPrintIsNoRemark(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, said := range smallPrint {
		if got := ReadPage(typed("BILL OF LADING\nBOL 842984459\n\n"+said+"\n\nReceived by"), nil, Options{}).Notations; len(got) > 0 {
			t.Errorf("%q is read as %s", said, got[0].Kind)
		}
		for range 6 {
			torn := damagedPrint(said, 0.1, rng)
			page := typed("BILL OF LADING\nBOL 842984459\n\n" + torn + "\n\nReceived by")
			page.FromText = false
			for i := range page.Words {
				page.Words[i].Confidence = 0.3 + 0.6*rng.Float64()
			}
			if got := ReadPage(page, nil, Options{}).Notations; len(got) > 0 {
				t.Errorf("%q is read as %s", torn, got[0].Kind)
			}
		}
	}
}
