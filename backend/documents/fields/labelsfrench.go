package fields

import "tracedesk/backend/documents/paper"

// french are the labels of forms of Quebec and of carriers who print in both languages of Canada. Accents and apostrophes are left
// away as in every label ("Date d'expédition").
var french = []spelled{
	{paper.Bill, 0.95, "connaissement|no de connaissement|numero de connaissement|n de connaissement|lettre de transport|bordereau dexpedition"},
	{paper.PRO, 0.95, "no pro|n pro|numero pro|no de probill|facture de transport|no de suivi"},
	{paper.PO, 0.95, "bon de commande|no de commande|n de commande|numero de commande|commande du client|commande client|commande"},
	{paper.Load, 0.95, "no de voyage|n de voyage|no de chargement|n de chargement|numero de voyage|no dexpedition|numero dexpedition"},
	{paper.Seal, 0.95, "sceau|sceaux|scelle|scelles|no de sceau|no de scelle|plomb"},
	{paper.Trailer, 0.95, "remorque|no de remorque|n de remorque|semi remorque"},
	{paper.Pieces, 0.95, "nombre de colis|nombre de pieces|colis|pieces recues|colis recus|total colis|nb de colis|nbre de colis"},
	{paper.Pieces, 0.7, "qte|quantite|quantite recue|qte recue"},
	{paper.Pallets, 0.95, "palettes|nombre de palettes|nb de palettes|total palettes|palettes recues"},
	{paper.Weighed, 0.95, "poids|poids total|poids brut|poids kg|poids lb|poids lbs"},
	{paper.PickupDate, 0.95, "date dexpedition|date de ramassage|date de cueillette|date de chargement|date denlevement|expedie le|ramasse le"},
	{paper.DeliveryDate, 0.95, "date de livraison|livre le|recu le|date de reception"},
	{paper.In, 0.95, "heure darrivee|arrivee|arrive a"},
	{paper.Out, 0.95, "heure de depart|parti a"},
	{paper.Name, 0.9, "nom en lettres moulees|nom du receveur|nom du destinataire|nom lettres moulees"},
	{paper.Name, 0.8, "recu par"},
	{paper.Carrier, 0.95, "transporteur|nom du transporteur"},
	{paper.Shipper, 0.95, "expediteur|lieu de chargement|ramasse chez|ramassage chez|provenance"},
	{paper.Consignee, 0.95, "destinataire|livre a|livrer a|expedie a|lieu de livraison"},
	{billTo, 0.9, "facturer a"},
	{blockPlace, 0.5, "adresse"},
	{column, 0.9, "description de la marchandise|marchandise|marchandises|emballage"},
	{aside, 0.9, "chauffeur|remarques|signature du chauffeur|signature de lexpediteur|signature du destinataire|port paye|port du"},
}
