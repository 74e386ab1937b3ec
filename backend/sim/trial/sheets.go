package trial

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Step is what reaches the desk at an instant, in the order of Files.
type Step struct {
	At    time.Time
	Files []File
	Full  []string // names of those files that list everything
}

// File is a file by its name; Body is CSV in UTF-8.
type File struct {
	Name string
	Body []byte
}

// Steps are the files of the whole world in receive order: the facilities and carriers first, the TMS's full list every half hour, and a sheet
// of events for every five minutes in which something was learned. The bodies are made once and must not be changed.
func (w *World) Steps() []Step {
	if w.steps != nil {
		return w.steps
	}
	var all []*word
	for _, l := range w.loads {
		for i := range l.words {
			all = append(all, &l.words[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *word) int { return a.known().Compare(b.known()) })
	lines := map[*load]*lines{}
	for at := w.start; !at.After(w.end); at = at.Add(5 * time.Minute) {
		s := Step{At: at}
		stamp := at.Format("20060102_1504")
		if at.Equal(w.start) {
			s.Files = append(s.Files, File{"facilities.csv", w.facilitiesSheet()}, File{"carriers.csv", w.carriersSheet()})
		}
		if at.Sub(w.start)%exportEvery == 0 {
			name := "tms_loads_" + stamp + ".csv"
			s.Files, s.Full = append(s.Files, File{name, w.loadsSheet(at, lines)}), []string{name}
		}
		n, _ := slices.BinarySearchFunc(all, at, func(x *word, t time.Time) int {
			if x.known().After(t) {
				return 1
			}
			return -1
		})
		if n > 0 {
			s.Files = append(s.Files, File{"events_" + stamp + ".csv", eventsSheet(all[:n])})
		}
		all = all[n:]
		if len(s.Files) > 0 {
			w.steps = append(w.steps, s)
		}
	}
	return w.steps
}

// Write writes the files into a folder, and the manifest of a replay beside them, whose path it answers.
func (w *World) Write(dir string) (manifest string, err error) {
	type step struct {
		At     time.Time `json:"at"`
		Import []string  `json:"import"`
		Full   []string  `json:"full,omitempty"`
	}
	out := struct {
		Profile string    `json:"profile"`
		Steps   []step    `json:"steps"`
		End     time.Time `json:"end"`
	}{End: w.end}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("making the folder of the world: %w", err)
	}
	for _, s := range w.Steps() {
		item := step{At: s.At, Full: s.Full}
		for _, f := range s.Files {
			item.Import = append(item.Import, f.Name)
			if err := os.WriteFile(filepath.Join(dir, f.Name), f.Body, 0o644); err != nil {
				return "", fmt.Errorf("writing the world: %w", err)
			}
		}
		out.Steps = append(out.Steps, item)
	}
	b, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return "", err
	}
	manifest = filepath.Join(dir, "MANIFEST.json")
	if err := os.WriteFile(manifest, append(b, '\n'), 0o644); err != nil {
		return "", fmt.Errorf("writing the manifest: %w", err)
	}
	return manifest, nil
}

func table(header string, rows func(add func(cells ...string))) []byte {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	add := func(cells ...string) { _ = c.Write(cells) } // a bytes.Buffer takes everything
	add(strings.Split(header, ",")...)
	rows(add)
	c.Flush()
	return b.Bytes()
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func (w *World) facilitiesSheet() []byte {
	return table("facility,address,city,state,postal,country,lat,lon,zone,hours,closed,free_time_min,appointment_needed,phone", func(add func(...string)) {
		for _, f := range w.facilities {
			add(f.name, f.address, f.city, f.state, f.postal, f.country, decimal(f.gate.lat), decimal(f.gate.lon), f.zone, f.week.text, f.closed, strconv.Itoa(f.free), "yes", f.phone)
		}
	})
}

func (w *World) carriersSheet() []byte {
	return table("carrier,scac,mc,dot,dispatcher,phone,email,insurance_expires,cargo_limit_usd,authority", func(add func(...string)) {
		for _, c := range w.carriers {
			add(c.name, c.scac, c.mc, c.dot, c.dispatcher, c.phone, "dispatch@"+strings.ToLower(c.scac)+".example", c.insured.Format(time.DateOnly), "250000", c.authority)
		}
	})
}

const loadsHeader = "load,customer,carrier,scac,mc,dot,mode,equipment,truck,trailer,driver,driver_phone,refs,value_usd,temp_min_f,temp_max_f," +
	"stop,kind,facility,address,city,state,postal,country,lat,lon,zone,appt_type,appt_start,appt_end,pieces,pallets,weight_lb,status,arrived,departed,pop,pod,updated_at"

// lines are a load's rows as bytes, made anew only when the TMS changed them.
type lines struct {
	of   *version
	body []byte
}

func (w *World) loadsSheet(at time.Time, made map[*load]*lines) []byte {
	var b bytes.Buffer
	b.WriteString(loadsHeader + "\n")
	for _, l := range w.loads {
		v := l.at(at)
		if v == nil {
			continue
		}
		if made[l] == nil || made[l].of != v {
			made[l] = &lines{v, l.rows(v)}
		}
		b.Write(made[l].body)
	}
	return b.Bytes()
}

func (l *load) rows(v *version) []byte {
	body := table(loadsHeader, func(add func(...string)) {
		for i, s := range l.stops {
			f := s.fac
			refs, truck, trailer, driver, phone := "BOL:"+l.bol+";PO:"+l.po, "", "", "", ""
			if v.named {
				truck, trailer, driver, phone = l.truck, l.trailer, l.driver, l.phone
			}
			kind, cold := "Van 53", [2]string{}
			if l.reefer {
				kind, cold = "Reefer 53", [2]string{strconv.Itoa(l.tempMin), strconv.Itoa(l.tempMax)}
			}
			zone, appt, end := "", "appointment", l.clock(s, v.end[i])
			if l.zoned {
				zone = f.zone
			}
			if v.end[i].Sub(v.start[i]) >= 8*time.Hour {
				appt = "fcfs"
			}
			if v.end[i].Equal(v.start[i]) {
				end = ""
			}
			start := l.clock(s, v.start[i])
			if l.typed.unset && l.typed.wrongWindow == i+1 {
				appt, start, end = "appointment", "", ""
			}
			pop, pod := "", ""
			if s.kind == "pickup" {
				pop = v.pop
			} else {
				pod = v.pods[i]
			}
			add(l.number, l.customer, l.carrier.name, l.carrier.scac, l.carrier.mc, l.carrier.dot, "FTL", kind, truck, trailer, driver, phone, refs,
				strconv.Itoa(l.value), cold[0], cold[1], strconv.Itoa(s.seq), s.kind, f.name, f.address, f.city, f.state, f.postal, f.country,
				decimal(f.gate.lat), decimal(f.gate.lon), zone, appt, start, end, strconv.Itoa(l.pieces), strconv.Itoa(l.pallets), strconv.Itoa(l.pounds),
				v.status, l.clock(s, v.arrived[i]), l.clock(s, v.departs[i]), pop, pod, v.at.Add(-2*time.Minute).Format(time.RFC3339))
		}
	})
	return body[bytes.IndexByte(body, '\n')+1:]
}

// clock writes a time on the stop's clock: without an offset by most, and always with one where the clock stands at that time twice.
func (l *load) clock(s *stop, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return onClock(at, s.fac.location(), l.localTimes)
}

func onClock(at time.Time, loc *time.Location, local bool) string {
	t := at.In(loc)
	if twice := t.Add(time.Hour).In(loc); !local || twice.Hour() == t.Hour() || t.Add(-time.Hour).In(loc).Hour() == t.Hour() {
		return t.Format(time.RFC3339)
	}
	return t.Format("2006-01-02 15:04")
}

func eventsSheet(words []*word) []byte {
	return table("load,source,event,stop,at,received,lat,lon,city,state,value,text", func(add func(...string)) {
		for _, x := range words {
			add(x.cells()...)
		}
	})
}

func (x *word) cells() []string {
	stop, at, received, lat, lon, city, state, value := "", x.at.Format(time.RFC3339), "", "", "", "", "", x.value
	if x.stop > 0 {
		f := x.of.stops[x.stop-1].fac
		stop, city, state = strconv.Itoa(x.stop), f.city, f.state
		if x.local {
			at = onClock(x.at, f.location(), true)
		}
	}
	if x.pushed {
		received = x.received.Format(time.RFC3339)
	}
	if x.spot != nil {
		lat, lon = decimal(x.spot.lat), decimal(x.spot.lon)
	}
	if !x.instant.IsZero() {
		value = x.instant.Format(time.RFC3339)
	}
	if !x.window[0].IsZero() {
		value = x.window[0].Format(time.RFC3339) + "/" + x.window[1].Format(time.RFC3339)
	}
	return []string{x.name, x.source, x.fact, stop, at, received, lat, lon, city, state, value, x.text}
}
