package papers

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
)

var listedAt = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

const ownSheet = `load,customer,carrier,scac,trailer,refs,stop,kind,facility,address,city,state,postal,appt_start,pieces,pallets,weight_lb
LD-297264,Acme,Canyon Transport,CNYT,58800,BOL:70683010;PO:PO369303;PRO:249-207360,1,pickup,Summit Tools LLC,910 Forge Ln,Denver,CO,80216,2026-08-25 08:00,475,25,26647
LD-297264,Acme,Canyon Transport,CNYT,58800,BOL:70683010;PO:PO369303;PRO:249-207360,2,delivery,Coastal Appliance,620 Pier St,Houston,TX,77029,2026-08-29 09:00,475,25,26647
LD-1,Acme,,,,,1,pickup,Harbor Home Goods,,,,,,,,
`

const jsonList = `[{"id":"S010","Load":"LD-297264","PRO":"249-207360","BOL":"70683010","PO":"PO369303","Shipper":"Summit Tools LLC","Consignee":"Coastal Appliance",
"ConsigneeAddr":"620 Pier St, Houston, TX 77029","Pickup":"2026-08-25","Delivery":"2026-08-29","Pieces":475,"Pallets":25,"WeightLb":26647,"Trailer":"58800"}]`

func TestLoadsList(t *testing.T) {
	for name, body := range map[string]string{"loads.csv": ownSheet, "loads.json": jsonList} {
		list, err := parseLoads(name, []byte(body), listedAt)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		l := list[0]
		for field, want := range map[string]string{paper.Load: "LD-297264", paper.Bill: "70683010", paper.PO: "PO369303", paper.PRO: "249-207360", paper.Trailer: "58800",
			paper.Shipper: "Summit Tools LLC", paper.Consignee: "Coastal Appliance", paper.Pieces: "475", paper.Pallets: "25", paper.Weighed: "26647",
			paper.PickupDate: "2026-08-25", paper.DeliveryDate: "2026-08-29"} {
			if l.Values[field] != want {
				t.Errorf("%s: %s is %q, want %q", name, field, l.Values[field], want)
			}
		}
		if whose.SameAddress(l.Values[paper.ConsigneeAddr], "620 Pier St, Houston, TX 77029") < 0.9 {
			t.Errorf("%s: the consignee is at %q", name, l.Values[paper.ConsigneeAddr])
		}
	}
}

func TestLoadsListRefused(t *testing.T) {
	for name, body := range map[string]string{"empty.csv": "", "words.txt": "nothing of the sort", "events.csv": "load,source,event,at\nL1,tms,arrived,2026-01-01 08:00\n", "bad.json": `{"Load":1}`} {
		if list, err := parseLoads(name, []byte(body), listedAt); err == nil {
			t.Errorf("%s gives %v", name, list)
		}
	}
	if _, err := LoadsList(filepath.Join(t.TempDir(), "none.csv"), listedAt); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("a missing file: %v", err)
	}
}

func FuzzLoadsList(f *testing.F) {
	f.Add("a.csv", []byte(ownSheet))
	f.Add("a.json", []byte(jsonList))
	f.Add("a.csv", []byte("load,stop,kind,pieces\nL1,1,pickup,NaN\nL1,2,delivery,-3\n"))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		list, err := parseLoads(name, body, listedAt)
		if err == nil && slices.ContainsFunc(list, func(l whose.Listing) bool { return l.Load == "" }) {
			t.Fatal("a load without a number")
		}
		Known(list)
	})
}

func TestFilesOfAFolder(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{"b.pdf": "%PDF-1.4", "a.JPG": "x", "truth.json": "{}", "notes.txt": "hello", "loads.csv": ownSheet,
		"sub/scan": "\x89PNG\r\n\x1a\n....", "sub/mail.eml": "From: x", ".hidden/c.pdf": "%PDF-1.4", "~index.md": "# x"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := Offhand{Paths: []string{dir, filepath.Join(dir, "notes.txt")}}
	files, err := o.files()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.name)
	}
	if want := []string{"a.JPG", "b.pdf", "sub/mail.eml", "sub/scan", "notes.txt"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q: what is named by itself is read whatever it is", names, want)
	}
	for _, nothing := range []string{filepath.Join(dir, "none"), t.TempDir()} {
		if _, err := (&Offhand{Paths: []string{nothing}}).files(); err == nil {
			t.Errorf("%s has papers", nothing)
		}
	}
}
