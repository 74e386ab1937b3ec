package sheet

import "strings"

// phrases are several words of a header that mean one; applied in this order, before the single words are looked up.
// All words are lower case, without accents, parted by single blanks.
var phrases = phraseTable(`
pick up=pickup
picked up=pickedup
p u=pu
ship from=shipper
ships from=shipper
from location=shipper
ship to=consignee
ships to=consignee
to location=consignee
drop off=delivery
check in=arrived
checked in=arrived
check out=departed
checked out=departed
time in=arrived time
time out=departed time
in time=arrived time
out time=departed time
gate in=arrived
gate out=departed
in gate=arrived
out gate=departed
zip code=zip
post code=zip
postal code=zip
code postal=zip
codigo postal=zip
codice postale=zip
bill to=customer
sold to=customer
customer name=customer
bill of lading=bol
b l=bol
purchase order=po
sales order=order
rendez vous=appt
must arrive by=delivery appt end
deliver by=delivery appt end
deliver after=delivery appt start
pickup by=pickup appt end
pickup after=pickup appt start
required delivery=delivery appt
requested delivery=delivery appt
date time=datetime
date and time=datetime
date hour=datetime
time zone=zone
last update=updated
last updated=updated
last modified=updated
last change=updated
last contact=updated
updated at=updated
updated on=updated
updated date=updated
modified date=updated
modified on=updated
modified at=updated
change date=updated
proof of delivery=pod
proof of pickup=pop
cell phone=phone
phone number=phone
phone no=phone
mobile phone=phone
mobile number=phone
cell number=phone
power unit=truck
mc number=mc
docket number=mc
motor carrier=mc
us dot=dot
usdot=dot
city state zip=citystate
city st zip=citystate
city state=citystate
city st=citystate
city and state=citystate
current location=current location
last location=current location
last known location=current location
last position=current location
last ping=current
last reported=current
current position=current location
last city=current city
last state=current state
piece count=pieces
pallet count=pallets
handling units=pallets
set point=temp
set temp=temp
temp set=temp
temperature set=temp
service level=mode
transport mode=mode
trailer type=equipment
equipment type=equipment
truck type=equipment
equip type=equipment
load type=equipment
vehicle type=equipment
tipo equipo=equipment
type vehicule=equipment
first come first served=fcfs
appt type=appttype
appointment type=appttype
type appt=appttype
scheduling type=appttype
stop type=kind
stop kind=kind
type stop=kind
activity type=kind
stop activity=kind
p d=kind
pu del=kind
pickup or delivery=kind
pickup delivery=kind
load unload=kind
stop action=kind
tipo parada=kind
type arret=kind
stopp art=kind
stop sequence=stop
stop seq=stop
sequence=stop
stop number=stop
stop no=stop
stop num=stop
event code=event
event type=event
event name=event
event description=event
status code=event
status event=event
shipment status=status
load status=status
order status=status
current status=status
trip status=status
event date=at date
event time=at time
event datetime=at
status date=at date
status time=at time
status datetime=at
report date=at date
report time=at time
reported at=at
occurred at=at
occurred on=at
activity date=at date
activity time=at time
event timestamp=at
position time=current time
position date=current date
ping time=current time
estimated arrival=eta
estimated time arrival=eta
estimated time of arrival=eta
expected arrival=eta
projected arrival=eta
predicted arrival=eta
expected delivery=delivery eta
estimated delivery=delivery eta
projected delivery=delivery eta
estimated pickup=pickup eta
expected pickup=pickup eta
hora llegada estimada=eta
llegada estimada=eta
arrivee estimee=eta
arrivee prevue=eta
voraussichtliche ankunft=eta
geplante ankunft=appt
numero carga=load
no carga=load
numero de carga=load
numero embarque=load
numero viaje=load
numero envio=load
numero chargement=load
numero expedition=load
numero commande=order
numero pedido=order
auftrags nr=order
sendungs nr=load
lade nr=load
tour nr=load
est delivery=delivery eta
est pickup=pickup eta
est arrival=eta
exp delivery=delivery eta
beladeort=pickup city
abholort=pickup city
ladeort=pickup city
entladeort=delivery city
lieferort=delivery city
abladeort=delivery city
beladedatum=pickup date
beladezeit=pickup time
ladedatum=pickup date
ladezeit=pickup time
abholdatum=pickup date
abholzeit=pickup time
abholtermin=pickup appt
ladetermin=pickup appt
beladetermin=pickup appt
entladedatum=delivery date
entladezeit=delivery time
lieferdatum=delivery date
lieferzeit=delivery time
anlieferdatum=delivery date
anlieferzeit=delivery time
liefertermin=delivery appt
entladetermin=delivery appt
ville chargement=pickup city
ville livraison=delivery city
date chargement=pickup date
heure chargement=pickup time
cp chargement=pickup zip
code postal chargement=pickup zip
lieu chargement=pickup
lieu livraison=delivery
adresse livraison=delivery address
adresse chargement=pickup address
`)

type phrase struct{ from, to string }

func phraseTable(text string) (table []phrase) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), "=")
		table = append(table, phrase{" " + from + " ", " " + to + " "})
	}
	return table
}

// meanings is what a single word of a header means: a side of the load, a property, a bound, or a word without weight ("number").
var meanings = meaningTable(`
pickup: pickup pu pick pck pkup puck origin orig ori o shipper shippers shp shpr sender ship shipping loading load-at supplier vendor collection collect origen remitente carga-en recogida recoleccion embarque-en depart-de enlevement chargement-a expediteur absender beladeort beladung abholung abhol abholort ladestelle ladeort lade versender mittente carico
delivery: delivery deliver del dlv dlvr dlvy deliv drop dest dst destination d consignee cons cnee csgn receiver recipient rcvr unloading destino destinatario entrega descarga livraison destinataire dechargement lieferung liefer lieferort empfanger entladung entladeort entladestelle zustellung zustell abladestelle ablade consegna scarico
city: city cty town ciudad ville stadt ort cidade citta poblacion municipio localite
state: state st prov province region estado bundesland provincia departement etat-us
zip: zip zipcode postal postcode postalcode cp plz zip5 cep cap
country: country ctry cntry pais land pays nation
address: address addr address1 addr1 street direccion domicilio adresse strasse anschrift indirizzo
name: name facility location loc warehouse whse wh site place company dc nombre nom lugar lieu almacen entrepot lager firma standort platz
citystate: citystate citystatezip cityst
lat: lat latitude latitud breite breitengrad
lon: lon lng long longitude longitud lange langengrad
zone: zone timezone tz zona
date: date dt day dte fecha datum dia jour data tag
time: time tm hora heure uhrzeit zeit hour hr clock tme ora
datetime: datetime timestamp ts dttm dtm
appt: appt appointment apt appts appointments cita rdv termin scheduled sched schedule planned plan plan-soll planned requested req target prevu prevue programada programado geplant soll plan window ready due promise promised required rdd mabd committed appuntamento confirmed
start: start from earliest early begin beginning open opens after von desde inicio debut ab begin frueh fruh min low
end: end to latest late until close closes before by thru through bis hasta fin finish hasta spat spaet max high
actual: actual act actuals real reel reelle ist tatsachlich effective effectif realizado
original: original orig-appt first initial
arrived: arrived arrive arrival arr arvd arv llegada llego arrivee ankunft eingetroffen angekommen
departed: departed depart departure dep dprt left salida salio abfahrt depart-reel parti
loaded: loaded cargado charge geladen loadcomplete
unloaded: unloaded descargado decharge entladen unloadcomplete
pickedup: pickedup recogido enleve abgeholt shipped
delivered: delivered dlvd entregado livre livree geliefert zugestellt consegnato
eta: eta etas
load: load loads ld loadno loadnum loadnbr loadnumber loadid carga embarque viaje chargement tour ladung ladungsnr sendungsnr ladenr frachtnummer trip trips tripid tripno
shipment: shipment shipmentid shipmentno shpmt ship-id shipments envio expedition expeditions sendung sendungsnummer fracht spedizione
order: order orders orderno ordernumber ord so commande pedido auftrag auftragsnr auftragsnummer bestellung ordine
movement: movement move mvmt dispatch tender job consignment waybill awb manifest file route run-no
bol: bol bl lading mbol hbol conocimiento connaissement frachtbrief lieferschein cmr
po: po pos ponumber pono
pro: pro pros progressive
reference: reference ref refs references referencia referenz referencenumber refno
booking: booking bkg bkng reserva buchung
customer: customer cust client account cliente kunde kundenname acct billto payer customername shipperaccount
carrier: carrier carr carriers trucker transportista transporteur hauler haulier frachtfuhrer spediteur carriername vettore vendorcarrier
scac: scac scaccode
mc: mc mcno mcnumber docket
dot: dot dotno dotnumber
mode: mode modes transportmode modo
equipment: equipment equip eqp eqpt equipo trailertype vehicle fahrzeugart fahrzeug equipement
truck: truck tractor unit camion lkw tracteur truckno trucknumber kennzeichen trk
trailer: trailer trl trlr trler trailerno trailernumber remolque caja remorque anhanger auflieger
container: container cntr contenedor conteneur containerno
seal: seal seals sello scelle plombe
driver: driver drv chofer conductor chauffeur fahrer operador autista drivername
phone: phone cell mobile tel telephone telefono telefon handy celular portable gsm
weight: weight wt wgt lbs lb gewicht peso poids gross gewichtkg kg kgs kilos
pieces: pieces pcs qty quantity cartons cases ctns units pce piezas bultos colis stuck anzahl cantidad quantite menge
pallets: pallets plts plt pallet skids skid tarimas palettes palette paletten paletas palet
value: value cargovalue valor valeur wert
temp: temp temperature temperatura temperatur reefer
hazmat: hazmat haz hazardous adr
team: team teams
status: status stat statut stato situacion
event: event events milestone activity update evento evenement ereignis
at: at occurred occurredat
pod: pod pods podreceived podrcvd
pop: pop
received: received rcvd recd recv receipt
updated: updated modified lastupdate lastupdated updatedat lastmodified
note: note notes comment comments remark remarks instructions nota notas comentarios observaciones bemerkung bemerkungen notizen remarque remarques commentaire commentaires message text
stop: stop stops seq parada arret stopp stopno stopnum
kind: kind pd stoptype pudel
appttype: appttype
current: current position ping whereabouts actual-location
number: number no n nº num nbr id ids nr numero num. code key identifier
fill: total final s of the de del la le les el los du des der die das den d l and y et und at-the lt local info
unitlb: pounds libras
unitc: celsius c
unitf: f fahrenheit
usd: usd us dollars dollar
declared: declared cargo
exported: exported export run printed generated asof row line
`)

func meaningTable(text string) map[string]string {
	table := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		meaning, words, _ := strings.Cut(strings.TrimSpace(line), ":")
		for _, word := range strings.Fields(words) {
			if _, taken := table[word]; !taken {
				table[word] = meaning
			}
		}
	}
	return table
}

// foreignWords are words that show the language of a header, and so how its country writes dates.
var foreignWords = wordSet("fecha ciudad estado origen destino cliente hora cita llegada salida entrega recogida transportista carga embarque remolque chofer peso " +
	"ville heure livraison enlevement chargement expediteur destinataire rdv poids transporteur arrivee depart remorque numero chauffeur " +
	"datum uhrzeit stadt ort plz kunde ladestelle entladestelle abholung lieferung beladung entladung beladedatum beladezeit entladedatum entladezeit lieferdatum abholdatum lade empfaenger kennzeichen spediteur gewicht fahrer ankunft abfahrt auftrag auftragsnr sendung empfanger absender land termin " +
	"cidade citta consegna carico scarico vettore")
