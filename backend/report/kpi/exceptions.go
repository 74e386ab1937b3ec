package kpi

import (
	"fmt"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// exceptionOf is an exception with its load.
type exceptionOf struct {
	l *Load
	x *Exception
}

func (p exceptionOf) row() KPIRow {
	r := p.l.row()
	r.What, r.Stop, r.Party, r.Actual = p.x.Kind, p.x.Stop, p.x.Party, at(p.x.Detected, "")
	return r
}

// counted are the exceptions of the period's loads that are severe enough.
func (b *book) counted() []exceptionOf {
	var out []exceptionOf
	for _, l := range b.loads {
		for i := range l.Exceptions {
			if x := &l.Exceptions[i]; b.def.Counts(x) {
				out = append(out, exceptionOf{l, x})
			}
		}
	}
	return out
}

// Counts reports whether an exception is severe enough to be counted.
func (d *Definition) Counts(x *Exception) bool {
	return x.Severity.Rank() <= freight.Severity(d.Severity).Rank()
}

// exceptions are how many there are, how soon they are seen, taken and settled.
func (b *book) exceptions() {
	scope := "Exceptions of at least severity " + b.def.Severity + " on the period's loads. "
	all := b.counted()
	per := b.figure("exceptions.per1000", "Exceptions per 1,000 loads", Count, perMille, scope+"Opened, by loads, times 1,000.")
	for _, l := range b.loads {
		per.hit(false, l.row)
	}
	for _, p := range all {
		per.hits++
		per.note(true, p.row)
	}
	b.detection(all, scope)
	b.handling(all, scope)
	b.again(all, scope)
}

// pair is a span as median and mean.
type pair struct{ median, mean *tally }

func (b *book) pair(name, title, words string) pair {
	return pair{b.figure(name, title+", median", Minutes, median, words), b.figure(name+".mean", title+", mean", Minutes, mean, words)}
}

func (p pair) measure(d time.Duration, row func() KPIRow) {
	p.median.measure(d.Minutes(), row)
	p.mean.measure(d.Minutes(), row)
}

func (p pair) leave(cause string, row func() KPIRow) {
	p.median.leave(cause, row)
	p.mean.leave(cause, row)
}

func (b *book) detection(all []exceptionOf, scope string) {
	detect := b.pair("exceptions.detect", "Time to detect", scope+"From the instant at which the data on file first showed it to the instant at which a running desk first showed it to somebody.")
	for _, p := range all {
		if p.x.Shown.IsZero() {
			detect.leave("no running desk showed it while it was open", p.row)
			continue
		}
		detect.measure(max(0, p.x.Shown.Sub(p.x.Detected)), p.row)
	}
}

func (b *book) handling(all []exceptionOf, scope string) {
	d := b.def
	taken := b.pair("exceptions.acknowledge", "Time to acknowledge", scope+"From detection to the first acknowledgement by a person.")
	settled := b.pair("exceptions.resolve", "Time to resolve", scope+"From detection to resolution, clock hours.")
	business := b.pair("exceptions.resolve.business", "Time to resolve, business hours", fmt.Sprintf(
		"%sFrom detection to resolution, counting Monday to Friday %02d:00 to %02d:00 in %s; holidays count as working days.", scope, d.WorkFrom, d.WorkTo, d.WorkZone))
	once := b.share("exceptions.firstContact", "First-contact resolution", scope+"Closed with a single round of contact, by those closed by anything but their cause going away.")
	for _, p := range all {
		if p.x.Acknowledged.IsZero() {
			taken.leave(unacknowledged(p.x), p.row)
		} else {
			taken.measure(max(0, p.x.Acknowledged.Sub(p.x.Detected)), p.row)
		}
		if p.x.Resolved.IsZero() {
			for _, t := range []pair{settled, business} {
				t.leave("still open", p.row)
			}
			once.leave("still open", p.row)
			continue
		}
		settled.measure(max(0, p.x.Resolved.Sub(p.x.Detected)), p.row)
		business.measure(b.worked(p.x.Detected, p.x.Resolved), p.row)
		switch {
		case p.x.Contacts == 0 && p.x.ByRule:
			once.leave("its cause went away by itself", p.row)
		case p.x.Contacts == 0:
			once.leave("closed without a contact on record", p.row)
		default:
			once.hit(p.x.Contacts == 1, p.row)
		}
	}
}

func unacknowledged(x *Exception) string {
	if x.Resolved.IsZero() {
		return "not acknowledged"
	}
	return "resolved without an acknowledgement"
}

// worked is how much of a span lies in business hours.
func (b *book) worked(from, to time.Time) time.Duration {
	var sum time.Duration
	from, to = from.In(b.work), to.In(b.work)
	for day := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, b.work); day.Before(to); day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, b.work) {
		if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
			continue
		}
		open := time.Date(day.Year(), day.Month(), day.Day(), b.def.WorkFrom, 0, 0, 0, b.work)
		shut := time.Date(day.Year(), day.Month(), day.Day(), b.def.WorkTo, 0, 0, 0, b.work)
		if open.Before(from) {
			open = from
		}
		if shut.After(to) {
			shut = to
		}
		sum += max(0, shut.Sub(open))
	}
	return sum
}

// again are repeats, and what has been open for long.
func (b *book) again(all []exceptionOf, scope string) {
	repeat := b.share("exceptions.repeat", "Repeat rate", fmt.Sprintf(
		"%sThose of a carrier, lane and kind that had one on another load within %d days before, among the period's loads, by all of them.", scope, b.def.RepeatDays))
	aged := b.share("exceptions.aged", "Aged open", fmt.Sprintf("%sOpen for more than %d days as of the report, by open.", scope, b.def.AgedDays))
	within := time.Duration(b.def.RepeatDays) * 24 * time.Hour
	for _, list := range alike(all) {
		for i, p := range list {
			if p.l.Carrier == "" {
				repeat.leave("carrier not told", p.row)
				continue
			}
			repeat.hit(hadBefore(list[:i], p, within), p.row)
		}
	}
	for _, p := range all {
		if p.x.Resolved.IsZero() {
			aged.hit(b.in.AsOf.Sub(p.x.Detected) > time.Duration(b.def.AgedDays)*24*time.Hour, p.row)
		}
	}
}

// alike are exceptions by carrier, lane and kind, each list by detection; the lists in the order of their first load.
func alike(all []exceptionOf) [][]exceptionOf {
	type likeness struct{ carrier, lane, kind string }
	var out [][]exceptionOf
	place := map[likeness]int{}
	for _, p := range all {
		k := likeness{p.l.Carrier, p.l.lane(), p.x.Kind}
		i, ok := place[k]
		if !ok {
			i = len(out)
			place[k], out = i, append(out, nil)
		}
		out[i] = append(out[i], p)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b exceptionOf) int { return a.x.Detected.Compare(b.x.Detected) })
	}
	return out
}

// hadBefore reports whether another load had one so shortly before; before is by detection.
func hadBefore(before []exceptionOf, p exceptionOf, within time.Duration) bool {
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].l != p.l {
			return p.x.Detected.Sub(before[i].x.Detected) <= within
		}
	}
	return false
}
