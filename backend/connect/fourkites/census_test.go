package fourkites

import (
	"context"
	"testing"
	"time"

	"tracedesk/backend/connect"
)

func TestAListThatWasJustReadWholeStandsForTheLook(t *testing.T) {
	const mine = "L-20260302-07"
	for name, x := range map[string]struct {
		settings map[string]string
		listed   []string // loads that the list shows beside others
		read     int      // readings before
		later    time.Duration
		before   int // creations of the same load before
		looks    int
	}{
		"not in the list":           {read: 1},
		"and read once more":        {read: 2, later: 14 * time.Minute},
		"never read":                {looks: 1},
		"in the list":               {listed: []string{mine}, read: 1, looks: 1},
		"read too long ago":         {read: 1, later: 15 * time.Minute, looks: 1},
		"the list goes on":          {settings: map[string]string{"maxPages": "2"}, read: 1, looks: 1},
		"sent once already":         {read: 1, before: 1, looks: 1},
		"every load is asked for":   {settings: map[string]string{"lookBefore": "each"}, read: 1, looks: 1},
		"a list that tells its sum": {settings: map[string]string{"totalKey": "hits"}, read: 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.total = x.settings["totalKey"]
			for i := range 5 {
				s.list = append(s.list, shipmentAt(i+1, noon.Add(-time.Duration(i)*time.Hour)))
			}
			for _, number := range x.listed {
				s.list = append(s.list, `{"fourKitesShipmentID":"99","loadNumber":"`+number+`","updatedAt":"2026-03-01T00:00:00Z"}`)
			}
			s.answer["POST /api/v1/tracking"] = says(`{"loadId": 626000123}`)
			settings := map[string]string{"baseUrl": s.URL, "perPage": "2"}
			for k, v := range x.settings {
				settings[k] = v
			}
			c := connector(t, settings)
			cursor := ""
			for range x.read {
				_, cursor = readAll(t, c, cursor)
			}
			c.account.Now = func() time.Time { return noon.Add(x.later) }
			e := connect.Errand{Key: "k", Kind: connect.CreateLoad, Load: load()}
			for range x.before {
				if _, err := c.Write(context.Background(), e); err != nil {
					t.Fatal(err)
				}
			}
			s.asked = nil
			if _, err := c.Write(context.Background(), e); err != nil || len(s.asked) != 1+x.looks {
				t.Errorf("asked %v, %v", s.asked, err)
			}
		})
	}
}
