package proof

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/project44"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim/cputime"
	"tracedesk/backend/sim/standin"
	p44 "tracedesk/backend/sim/standin/project44"
	"tracedesk/backend/store"

	"tracedesk/backend/desk"
)

// BenchmarkHistories parses and stores recorded histories of project44, beside bare inserts of the rows that they end in.
func BenchmarkHistories(b *testing.B) {
	for range b.N {
		histories(b, size(60, 3000))
	}
}

// TestHistoriesAreStoredWhole is the short form of BenchmarkHistories.
func TestHistoriesAreStoredWhole(t *testing.T) { histories(t, 45) }

// watched is a poster that notes how long runs took until they could be seen.
type watched struct {
	feeds.Poster
	visible spent
}

// spent is a time by the wall's clock, and by the processors' on which alone a busy machine tells two programs apart.
type spent struct{ wall, cpu time.Duration }

func now() spent { return spent{time.Duration(time.Now().UnixNano()), cputime.Used()} }

func (s spent) since(t spent) spent { return spent{s.wall - t.wall, s.cpu - t.cpu} }

func (s spent) and(t spent) spent { return spent{s.wall + t.wall, s.cpu + t.cpu} }

func (s spent) String() string {
	return fmt.Sprintf("%s (%s of processors)", s.wall.Round(time.Millisecond), s.cpu.Round(time.Millisecond))
}

func (w *watched) Take(ctx context.Context, b feeds.Batch, records iter.Seq2[freight.Record, error], also func(*store.Tx, int64) error) (feeds.Taken, error) {
	began := now()
	return w.Poster.Take(ctx, b, records, func(tx *store.Tx, run int64) error {
		err := also(tx, run)
		w.visible = w.visible.and(now().since(began))
		return err
	})
}

func histories(t testing.TB, loads int) {
	world := standin.NewWorld(23, start, loads, 30)
	recorded, size := record(t, world)
	dir := t.TempDir()
	r := &run{t: t, world: world, facts: &steps{at: world.End}, wire: &clock{at: world.End}}
	var err error
	if r.desk, err = desk.Open(t.Context(), desk.Options{Dir: dir, Person: "Ida", Now: r.facts.Now}); err != nil {
		t.Fatal(err)
	}
	defer r.desk.Close()
	r.importSheets()
	through := &watched{Poster: r.desk.FeedPoster()}
	e := feeds.New(feeds.Options{Kinds: []connect.Kind{project44.Kind}, Store: r.desk.Store, Poster: through, Now: r.facts.Now, Clock: r.wire,
		Secret:    func(_, _ string) (string, error) { return "desk-secret", nil },
		Transport: func(store.Feed) (http.RoundTripper, error) { return standin.Direct{}, nil }})
	if _, err := e.Add(t.Context(), feeds.Account{Name: "project44", Kind: "project44", Enabled: true, Values: map[string]string{"clientId": "desk", "baseUrl": "https://p.example"}}, "Ida"); err != nil {
		t.Fatal(err)
	}

	began := now()
	if err := e.Deposit(t.Context(), "project44", recorded...); err != nil {
		t.Fatal(err)
	}
	kept := now().since(began)
	res, err := e.ReadDeposits(t.Context(), "project44")
	if err != nil {
		t.Fatal(err)
	}
	whole := now().since(began)
	if res.New == 0 || res.Quarantined > 0 {
		t.Fatalf("%+v", res)
	}
	parsing := parse(t, recorded)
	rows, folded := insertAgain(t, dir, "snapshot", "observation", "position", "rawbody", "feedbody"), insertAgain(t, dir, "board", "state", "stopfact", "loadfact")
	visible, n := kept.and(through.visible), float64(res.New)
	fmt.Printf("\n%d recorded histories, %.1f MB, %d observations: kept in %s, visible after %s: %.0f/s, on the board after %s: %.0f/s; encoding/json alone %s; bare inserts of the rows %s, of projections %s\n",
		len(recorded), float64(size)/1e6, res.New, kept, visible, n/visible.wall.Seconds(), whole, n/whole.wall.Seconds(), parsing, rows, folded)
	if *full {
		line("parse and store: share of the bare inserts' speed", rows.wall.Seconds()/visible.wall.Seconds(), ">=", 0.6)
		line("and with the board: share of the bare inserts' speed", rows.and(folded).wall.Seconds()/whole.wall.Seconds(), ">=", 0.6)
		fmt.Printf("by processor time: %.3f and %.3f\n", rows.cpu.Seconds()/visible.cpu.Seconds(), rows.and(folded).cpu.Seconds()/whole.cpu.Seconds())
	}
}

// record makes every load known to a stand-in and takes down the history of each at the world's end.
func record(t testing.TB, world *standin.World) (out []connect.Body, size int) {
	t.Helper()
	at := world.Start
	for _, l := range world.Loads {
		l.System = standin.Project44
	}
	srv := p44.New(p44.Config{World: world.Loads, Step: world.Step, Wire: func() time.Time { return at }, Facts: func() time.Time { return at }, KeepHistory: true, ReadableAfter: -1})
	ask := func(method, path, media, auth string, body []byte) []byte {
		req := httptest.NewRequest(method, "https://p.example"+path, bytes.NewReader(body))
		req.Header.Set("Content-Type", media)
		req.Header.Set("Authorization", auth)
		w := httptest.NewRecorder()
		srv.ServeHTTP(w, req)
		out, err := io.ReadAll(w.Body)
		if err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s %s: %d %s %v", method, path, w.Code, out, err)
		}
		return out
	}
	var token struct {
		Access string `json:"access_token"`
	}
	if err := json.Unmarshal(ask("POST", "/api/v4/oauth2/token", "application/x-www-form-urlencoded", "", []byte("grant_type=client_credentials&client_id=desk&client_secret=desk-secret")), &token); err != nil {
		t.Fatal(err)
	}
	auth := "Bearer " + token.Access
	var masters []string
	for _, l := range world.Loads {
		stops := []map[string]any{}
		for i := range l.Stops {
			s := &l.Stops[i]
			stops = append(stops, map[string]any{"stopNumber": s.Seq, "stopType": strings.ToUpper(s.Kind),
				"appointmentWindow": map[string]string{"startDateTime": s.Start.In(s.Location()).Format("2006-01-02T15:04:05"), "endDateTime": s.End.In(s.Location()).Format("2006-01-02T15:04:05")},
				"location":          map[string]any{"address": map[string]any{"postalCode": s.Postal, "addressLines": []string{s.Address}, "city": s.City, "state": s.State, "country": s.Country}, "contact": map[string]string{"companyName": s.Name}}})
		}
		body, err := json.Marshal(map[string]any{"carrierIdentifier": map[string]string{"type": "SCAC", "value": l.SCAC}, "shipmentStops": stops,
			"shipmentIdentifiers": []map[string]string{{"type": "BILL_OF_LADING", "value": l.BOL}}})
		if err != nil {
			t.Fatal(err)
		}
		var made struct {
			Shipment struct{ MasterShipmentID string }
		}
		if err := json.Unmarshal(ask("POST", "/api/v4/tl/shipments", "application/json", auth, body), &made); err != nil || made.Shipment.MasterShipmentID == "" {
			t.Fatal(made, err)
		}
		masters = append(masters, made.Shipment.MasterShipmentID)
	}
	at = world.End
	if err := json.Unmarshal(ask("POST", "/api/v4/oauth2/token", "application/x-www-form-urlencoded", "", []byte("grant_type=client_credentials&client_id=desk&client_secret=desk-secret")), &token); err != nil {
		t.Fatal(err)
	}
	for _, id := range masters {
		body := ask("GET", "/api/v4/shipments/"+id+"/tracking/history", "", "Bearer "+token.Access, nil)
		out, size = append(out, connect.Body{Media: "application/json", About: "history/" + id, Bytes: body}), size+len(body)
	}
	return out, size
}

// parse decodes the bodies and does nothing else.
func parse(t testing.TB, bodies []connect.Body) spent {
	t.Helper()
	type when struct {
		Type, StopID, RouteSegmentID, PlannedDateTime, PlannedEndDateTime, EstimateDateTime, EstimateLastCalculatedDateTime, DateTime, ReceivedDateTime string
		DateTimes                                                                                                                                       []struct {
			Type, Source, DateTime string
			Selected               bool
		}
	}
	type point struct{ Latitude, Longitude float64 }
	type history struct {
		Shipment struct {
			ID, ShipmentShareLink string
			Identifiers           []struct{ Type, Value string }
			Attributes            []struct {
				Name   string
				Values []string
			}
			RouteInfo struct {
				Stops []struct {
					ID, Type string
					Location struct {
						Name        string
						Coordinates point
					}
				}
				RouteSegments []struct{ ID, FromStopID, ToStopID, TransportationMode string }
			}
		}
		Events    []when
		States    []struct{ Type, StartDateTime, EndDateTime, StopID, RouteSegmentID string }
		Positions []struct {
			Coordinates point
			DateTime    string
		}
	}
	began := now()
	for i := range bodies {
		var h history
		if err := json.Unmarshal(bodies[i].Bytes, &h); err != nil {
			t.Fatal(err)
		}
	}
	return now().since(began)
}

// insertAgain puts all rows of some tables into a fresh desk file, with the same indexes and durability, 2,000 rows a transaction.
func insertAgain(t testing.TB, dir string, tables ...string) spent {
	t.Helper()
	to := t.TempDir()
	fresh, err := store.Open(t.Context(), to, store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if err := fresh.Close(); err != nil {
		t.Fatal(err)
	}
	from, into := rawDB(t, dir), rawDB(t, to)
	defer from.Close()
	defer into.Close()
	var took spent
	for _, table := range tables {
		where := ""
		if table == "observation" || table == "position" || table == "snapshot" {
			where = " WHERE run IN (SELECT id FROM run WHERE kind LIKE 'feed.%')"
		}
		columns, rows := rowsOf(t, from, "SELECT * FROM "+table+where)
		began := now()
		insertRows(t, into, table, columns, rows)
		took = took.and(now().since(began))
	}
	return took
}

func rowsOf(t testing.TB, db *sql.DB, query string) (columns []string, out [][]any) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out = append(out, values)
	}
	return columns, out
}

func insertRows(t testing.TB, db *sql.DB, table string, columns []string, rows [][]any) {
	t.Helper()
	in, err := db.Prepare("INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(",?", len(columns)-1) + ")")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for len(rows) > 0 {
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		part := rows[:min(len(rows), 2000)]
		for _, row := range part {
			if _, err := tx.Stmt(in).Exec(row...); err != nil {
				t.Fatal(table, err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		rows = rows[len(part):]
	}
}

// rawDB opens a desk file beside the store, with the writer's pragmas.
func rawDB(t testing.TB, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName)+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
		"&_pragma=cache_size(-32000)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(8000)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}
