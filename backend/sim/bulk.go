package sim

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"time"
)

// bulk is load number i of the endless list that benchmarks use: all of it follows from the seed and i, so that a list of loads and
// the statuses for them can be written apart, in any length.
type bulk struct {
	number, bol, po, pro string
	customer             string
	carrier              *Carrier
	from, to             *Place
	pickup, delivery     time.Time // on the stop's clock, carried in UTC
	trailer              string
	driver, phone        string
	dice                 uint64
}

// bulkDay is the first day of the endless list.
var bulkDay = time.Date(2026, 11, 2, 6, 0, 0, 0, time.UTC)

type bulkList struct {
	seed     uint64
	carriers []*Carrier
}

func (b bulkList) load(i int) bulk {
	d := mix(b.seed + uint64(i)*0x9e3779b97f4a7c15)
	n := uint64(len(towns))
	from, to := &towns[d%n], &towns[(d%n+1+d/n%(n-1))%n]
	pickup := bulkDay.Add(time.Duration(i%40) * 12 * time.Hour).Add(time.Duration(d>>20%24) * 30 * time.Minute)
	return bulk{number: strconv.Itoa(500000 + i), bol: "B" + strconv.Itoa(61000000+i), po: strconv.FormatUint(4500000000+d%900000000, 10),
		pro: strconv.FormatUint(300000000+uint64(i)*7+b.seed%7, 10), customer: customerNames[d>>8%uint64(len(customerNames))].name,
		carrier: b.carriers[i%len(b.carriers)], from: from, to: to, pickup: pickup, delivery: pickup.Add(time.Duration(20+d>>30%50) * time.Hour),
		trailer: "T" + strconv.FormatUint(10000+d>>12%89999, 10), driver: drivers[d>>16%uint64(len(drivers))],
		phone: fmt.Sprintf("+1 312-555-%04d", 100+d>>24%99), dice: d}
}

// mix is the finaliser of splitmix64 (Steele, Lea and Flood 2014): neighbouring numbers give unlike ones.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// LoadsCSV writes a loads sheet of the desk's own form with n rows: n/2 loads of two stops, some 25 of its columns filled. The first loads
// of a list are the same for every n.
func LoadsCSV(w io.Writer, n int, seed uint64) error {
	list := bulkList{seed, newCarriers()}
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString("load,customer,carrier,scac,mc,mode,equipment,trailer,driver,driver_phone,refs,value_usd,stop,kind,facility,address,city,state,postal,country," +
		"appt_type,appt_start,appt_end,pieces,pallets,weight_lb,status,updated_at\r\n")
	for i := range (n + 1) / 2 {
		l := list.load(i)
		l.row(out, 1, "pickup", l.from, l.pickup)
		if 2*i+1 < n {
			l.row(out, 2, "delivery", l.to, l.delivery)
		}
	}
	return out.Flush()
}

func (l *bulk) row(out *bufio.Writer, seq int, kind string, p *Place, appt time.Time) {
	const clock = "2006-01-02 15:04"
	fmt.Fprintf(out, "%s,%s,%s,%s,%s,FTL,Van 53,%s,%s,%s,BOL:%s;PO:%s;PRO:%s,%d,%d,%s,%s %s,%s,%s,%s,%s,%s,appointment,%s,%s,%d,%d,%d,%s,%s\r\n",
		l.number, l.customer, l.carrier.Name, l.carrier.SCAC, l.carrier.MC, l.trailer, l.driver, l.phone, l.bol, l.po, l.pro, 8000+l.dice%90000,
		seq, kind, l.site(p), p.City, l.street(), p.City, p.State, p.Postal, p.Country,
		appt.Format(clock), appt.Add(2*time.Hour).Format(clock), 100+l.dice%1500, 10+l.dice%16, 12000+l.dice%30000,
		[...]string{"Covered", "Dispatched", "In Transit"}[l.dice%3], bulkDay.Add(time.Duration(l.dice%600)*time.Minute).Format(time.RFC3339))
}

// site is the name of the facility in a town, without the town's.
func (l *bulk) site(p *Place) string {
	return receivers[(int(l.dice>>6%64)+len(p.City))%len(receivers)]
}

func (l *bulk) street() string {
	return strconv.FormatUint(100+l.dice%8000, 10) + " " + streets[l.dice>>4%uint64(len(streets))]
}

// Status214 writes n 214 transactions about the first loads of the same list, in interchanges of up to 500 of one carrier each. A load's
// transactions tell its life in order: at the pickup, on the road, at the delivery. 99.5 % name a load of the list: by its number, by the carrier's PRO
// alone or by the bill of lading alone, in turns; the rest name one that nobody knows.
func Status214(w io.Writer, n, loads int, seed uint64) error {
	list := bulkList{seed, newCarriers()}
	var x interchange
	for done, control := 0, 1; done < n; control++ {
		c := control % len(list.carriers)
		carrier := list.carriers[c]
		at := bulkDay.Add(time.Duration(control) * time.Minute)
		x.b = x.b[:0]
		x.begin("~\n", [2]string{"02", carrier.SCAC}, [2]string{"ZZ", receiver}, at, control)
		x.group("QM", carrier.SCAC, receiver, at)
		for k := 0; k < 500 && done < n; k++ {
			of := (loads - c + len(list.carriers) - 1) / len(list.carriers) // loads of this carrier
			turn := (control-1)/len(list.carriers)*500 + k
			if of <= 0 {
				break
			}
			l := list.load(turn%of*len(list.carriers) + c)
			x.bulkStatus(&l, turn/of, done)
			done++
		}
		x.endGroup()
		x.end()
		if _, err := w.Write(x.b); err != nil {
			return err
		}
	}
	return nil
}

// bulkStatus writes transaction number n: the chapter of the load's life.
func (x *interchange) bulkStatus(l *bulk, chapter, n int) {
	pro, number, bol := l.pro, l.number, l.bol
	switch {
	case n%200 == 199:
		pro, number, bol = "9"+pro, "9"+number, "X"+bol
	case n%10 < 2:
		number, bol = "", ""
	case n%10 == 2:
		pro, number = "77"+strconv.Itoa(n), ""
	}
	street := l.street()
	x.set("214")
	x.put("B10", pro, number, l.carrier.SCAC)
	if bol != "" {
		x.put("L11", bol, "BM")
	}
	x.put("N1", "SH", l.site(l.from)+" "+l.from.City)
	x.put("N3", street)
	x.put("N4", l.from.City, l.from.State, l.from.Postal, l.from.Country)
	x.put("N1", "CN", l.site(l.to)+" "+l.to.City)
	x.put("N3", street)
	x.put("N4", l.to.City, l.to.State, l.to.Postal, l.to.Country)
	round := time.Duration(chapter/3) * time.Minute // a life told again differs by a minute
	switch chapter % 3 {
	case 0:
		x.bulkEvent(l, 1, "X3", 1, l.from, l.pickup.Add(round))
		x.bulkEvent(l, 2, "AF", 1, l.from, l.pickup.Add(95*time.Minute+round))
	case 1:
		x.bulkEvent(l, 1, "X6", 0, l.from, l.pickup.Add(4*time.Hour+round))
		x.bulkEvent(l, 2, "AG", 2, l.to, l.delivery.Add(20*time.Minute+round))
	case 2:
		x.bulkEvent(l, 1, "X1", 2, l.to, l.delivery.Add(-20*time.Minute+round))
		x.bulkEvent(l, 2, "D1", 2, l.to, l.delivery.Add(80*time.Minute+round))
	}
	x.put("AT8", "G", "L", strconv.FormatUint(12000+l.dice%30000, 10), strconv.FormatUint(100+l.dice%1500, 10))
	x.endSet()
}

func (x *interchange) bulkEvent(l *bulk, lx int, code string, stop int, p *Place, wall time.Time) {
	x.put("LX", strconv.Itoa(lx))
	x.put("AT7", code, "NS", "", "", wall.Format("20060102"), wall.Format("1504"), "LT")
	x.put("MS1", p.City, p.State, p.Country)
	x.put("MS2", l.carrier.SCAC, l.trailer, "TL")
	if stop > 0 {
		x.put("L11", strconv.Itoa(stop), "QN")
	}
}
