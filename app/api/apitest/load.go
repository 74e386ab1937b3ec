package apitest

import (
	"context"
	"fmt"
	"time"

	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
)

// Load makes up one load from its row.
func (b *Board) Load(_ context.Context, ref string, when load.When) (load.Load, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	row := b.find(ref)
	if row == nil {
		return load.Load{}, missing("No load is called " + ref + ".")
	}
	out := load.Load{ID: row.ID, Load: row.Load, Account: "tms", Provisional: row.OneSided, Customer: row.Customer, Carrier: row.Carrier, SCAC: "SWVL",
		Mode: row.Mode, State: row.State, AsOf: Now, At: Now, Attention: load.LoadAttention(row.Attention),
		Tracking: load.Tracking{State: row.Tracking, Source: "project44", At: &Now},
		Papers:   load.LoadPapers(row.Papers)}
	if !when.AsOf.IsZero() {
		out.AsOf = when.AsOf
	}
	for _, r := range row.Refs {
		out.Refs = append(out.Refs, load.LoadRef{Type: r.Type, Value: r.Value, Source: "tms"})
	}
	describe(&out, row)
	return out, nil
}

func (b *Board) find(ref string) *board.Row {
	for i := range b.rows {
		if b.rows[i].ID == ref || b.rows[i].Load == ref {
			return &b.rows[i]
		}
	}
	return nil
}

func observationID(n int) string { return fmt.Sprintf("%032x", 0xabc000+n) }

func describe(out *load.Load, row *board.Row) {
	ago := func(m int) *time.Time { t := Now.Add(-time.Duration(m) * time.Minute); return &t }
	out.Findings = freight.List[load.Finding]{{Kind: row.Attention.Rule, Level: row.Attention.Level, Stop: 2, Since: ago(35), Why: row.Attention.Why,
		Evidence: freight.List[string]{observationID(1)}, Inputs: freight.List[load.Input]{{Name: "limit", Value: "2 h in transit"}, {Name: "ETA", Value: "project44, 12 m old"}}}}
	out.Facts = freight.List[load.KnownFact]{
		{Fact: "equipment", Type: "TRUCK", Value: "4417", Agree: false, Claims: freight.List[load.TextClaim]{
			{Value: "4417", Source: "tms", ReceivedAt: *ago(300), Observation: observationID(3)}, {Value: "4471", Source: "carrier/SWVL", ReceivedAt: *ago(120), Observation: observationID(4)}}},
		{Fact: "driver", Type: "NAME", Value: "J. Okafor", Agree: true, Claims: freight.List[load.TextClaim]{{Value: "J. Okafor", Source: "tms", ReceivedAt: *ago(300), Observation: observationID(3)}}},
		{Fact: "driver", Type: "PHONE", Value: "+1 555 010 4417", Agree: true, Claims: freight.List[load.TextClaim]{{Value: "+1 555 010 4417", Source: "tms", ReceivedAt: *ago(300), Observation: observationID(3)}}},
	}
	pickupStart, pickupEnd := Now.Add(-20*time.Hour), Now.Add(-18*time.Hour)
	arrived := load.Actual{At: ago(1170), Source: "carrier/SWVL", Agree: false, Claims: freight.List[load.TimeClaim]{
		{At: ago(1170), Source: "carrier/SWVL", ReceivedAt: *ago(1100), Basis: "zone CT", Written: "202611221900CT", Observation: observationID(5)},
		{At: ago(1132), Source: "project44", ReceivedAt: *ago(1131), Basis: "offset", Written: "2026-11-22T19:38:00-06:00", Observation: observationID(6)},
		{Source: "driver", ReceivedAt: *ago(900), Basis: "day only", Written: "11/22", DayOnly: true, Observation: observationID(7)}}}
	departed := load.Actual{At: ago(1060), Source: "carrier/SWVL", Agree: true, Claims: freight.List[load.TimeClaim]{
		{At: ago(1060), Source: "carrier/SWVL", ReceivedAt: *ago(1040), Basis: "zone CT", Observation: observationID(8)}}}
	pickup := load.Stop{Seq: 1, Kind: "pickup", Place: row.Origin, Facility: "Acme DC 4", Address: "2100 Industrial Blvd", Zone: zoneOf(row.Origin), ZoneHow: "city",
		ApptType: "appointment", Window: &load.StopWindow{Start: &pickupStart, End: &pickupEnd}, WindowBy: "tms", Arrived: &arrived, Departed: &departed,
		Amounts: freight.List[load.Amount]{{Fact: "pieces", Value: "42", Agree: true}, {Fact: "weight", Value: "38,420 LB", Agree: false,
			Claims: freight.List[load.TextClaim]{{Value: "38420 LB", Source: "tms", ReceivedAt: *ago(300)}, {Value: "41000 LB", Source: "carrier/SWVL", ReceivedAt: *ago(200)}}}}}
	drop := load.Stop{Seq: 2, Kind: "delivery", Place: row.Dest, Facility: "Cross Dock 9", Zone: zoneOf(row.Dest), ZoneHow: "coordinates", ApptType: "fcfs"}
	if n := row.NextStop; n != nil && n.Window != nil {
		drop.Window, drop.WindowBy = &load.StopWindow{Start: n.Window.Start, End: n.Window.End}, "customer"
		early := n.Window.Start.Add(-3 * time.Hour)
		drop.Original = &load.StopWindow{Start: &early, End: n.Window.Start}
		drop.Windows = freight.List[load.WindowClaim]{{Start: n.Window.Start, End: n.Window.End, Source: "customer", Type: "appointment", ReceivedAt: *ago(240), Note: "moved by receiver"}, {Start: &early, End: n.Window.Start, Source: "tms", Type: "appointment", ReceivedAt: *ago(900)}}
		drop.History = freight.List[load.WindowClaim]{drop.Windows[1], drop.Windows[0]}
		drop.ETA = &load.Estimate{At: n.ETA, Source: "project44", StatedAt: ago(12), Claims: freight.List[load.TimeClaim]{{At: n.ETA, Source: "project44", StatedAt: ago(12), ReceivedAt: *ago(11), Basis: "offset", Observation: observationID(9)}}}
	}
	out.Stops = freight.List[load.Stop]{pickup, drop}
	out.Position = &load.Position{At: *ago(12), Source: "project44", Place: "near " + row.Origin, Lat: 32.9, Lon: -97.0}
	out.Problems = freight.List[load.Problem]{{Kind: "twoTrucks", Why: "TMS says truck 4417, carrier says 4471.", Evidence: freight.List[string]{observationID(3), observationID(4)}}}
	out.Statuses = freight.List[load.Word]{{Fact: freight.FactStatus, Text: "IN TRANSIT", Source: "tms", ReceivedAt: *ago(30), Observation: observationID(3)}, {Fact: freight.FactStatus, Type: "1650", Text: "AF", Source: "carrier/SWVL", ReceivedAt: *ago(1040), Observation: observationID(8)}}
	out.Notes = freight.List[load.Word]{{Fact: freight.FactNote, Text: "Receiver needs 30 min notice at the gate.", Source: "customer", ReceivedAt: *ago(800), Observation: observationID(2)}}
	out.Observations = observations(ago)
	out.Documents = freight.List[load.LoadDocument]{{Hash: hashOf(1), Name: "BOL 7700013.pdf", Kind: "pop", State: "received", At: ago(700), Pages: 2, MIME: "application/pdf"}}
}

func observations(ago func(int) *time.Time) (out freight.List[load.Observation]) {
	add := func(n int, kind string, stop, at, got int, source, value, text, by string) {
		out = append(out, load.Observation{ID: observationID(n), Kind: kind, Stop: stop, OccurredAt: ago(at), ReceivedAt: *ago(got), StatedAt: ago(got),
			Source: source, Channel: "file", Value: value, Text: text, By: by, Where: fmt.Sprintf("segment %d of swvl_214.edi", n)})
	}
	add(9, "eta", 2, 12, 11, "project44", "2026-11-23T16:10:00-06:00", "", "")
	add(10, "position", 0, 12, 11, "project44", "32.90000,-97.00000", "", "")
	add(4, "equipment", 0, 120, 120, "carrier/SWVL", "TRUCK:4471", "MS2*SWVL*4471", "")
	add(3, "status", 0, 300, 300, "tms", "IN TRANSIT", "IN TRANSIT", "")
	add(8, "departed", 1, 1060, 1040, "carrier/SWVL", "2026-11-22T20:50:00", "AT7*AF*NS***20261122*2050*CT", "")
	add(5, "arrived", 1, 1170, 1100, "carrier/SWVL", "2026-11-22T19:00:00", "AT7*X3*NS***20261122*1900*CT", "")
	add(2, "note", 0, 800, 800, "user", "Receiver needs 30 min notice at the gate.", "", "Ana Ruiz")
	return out
}

func zoneOf(place string) string {
	for _, c := range cities {
		if c.name == place {
			return c.zone
		}
	}
	return ""
}

// Raw is a body as it came.
func (b *Board) Raw(_ context.Context, id string) (load.RawBody, error) {
	return load.RawBody{Observation: id, File: "swvl_214.edi", Where: "interchange 000000905, set 0001, segment 12",
		Text: "ISA*00*          *00*          *02*SWVL           *ZZ*SHIPPER        *261122*2055*U*00401*000000905*0*P*>~\nST*214*0001~\nB10*004410000*L480100*SWVL~\nLX*1~\nAT7*AF*NS***20261122*2050*CT~\nMS1*DALLAS*TX*US~\nSE*6*0001~"}, nil
}

// State answers an edit and touches the row.
func (b *Board) State(_ context.Context, ref string, edit load.Edit) (load.Stated, error) {
	b.mu.Lock()
	row := b.find(ref)
	b.mu.Unlock()
	if row == nil {
		return load.Stated{}, missing("No load is called " + ref + ".")
	}
	says := fmt.Sprintf("%s on %s set by hand", edit.Fact, row.Load)
	b.Touch(int(indexOf(row.ID)), func(r *board.Row) {
		r.LastNews = &board.News{At: Now, Source: "user", Text: says}
		b.acts = append(b.acts, says)
	})
	return load.Stated{Observation: observationID(100 + len(b.acts)), Says: says}, nil
}

func indexOf(id string) (n int64) {
	fmt.Sscanf(id, "%x", &n)
	return n - 1
}

// Undo takes back.
func (b *Board) Undo(_ context.Context, u work.UndoRequest) (work.Undone, error) {
	b.Touch(0, func(*board.Row) { b.acts = append(b.acts, "Taken back: "+u.Observation[24:]) })
	return work.Undone{Observation: observationID(500), Says: "Taken back."}, nil
}

// History lists what was done.
func (b *Board) History(context.Context, int) (work.History, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out work.History
	for i := len(b.acts) - 1; i >= 0; i-- {
		out.Acts = append(out.Acts, work.Act{ID: fmt.Sprint(i), Observation: observationID(101 + i), At: Now, By: "Ana Ruiz", Load: "L480100", LoadID: b.rows[0].ID, Says: b.acts[i], CanUndo: true})
	}
	return out, nil
}

// StateMany states one thing of each load.
func (b *Board) StateMany(ctx context.Context, e load.BulkEdit) (load.BulkStated, error) {
	var out load.BulkStated
	for _, ref := range e.Loads {
		stated, err := b.State(ctx, ref, e.Edit)
		if err != nil {
			out.Refused = append(out.Refused, ref+": "+err.Error())
			continue
		}
		out.Observations = append(out.Observations, stated.Observation)
	}
	out.Says = string(e.Edit.Fact)
	return out, nil
}

// Trail knows no positions.
func (b *Board) Trail(context.Context, string, load.When) (load.Trail, error) {
	return load.Trail{}, nil
}
