package whose

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// trip is a load of the test desk.
func trip(load, bol, pro, po, consignee string, pieces int) paper.Expected {
	return paper.Expected{Load: load, Values: map[string]string{paper.Load: load, paper.Bill: bol, paper.PRO: pro, paper.PO: po,
		paper.Consignee: consignee, paper.Shipper: "Harbor Goods", paper.Pieces: fmt.Sprint(pieces), paper.DeliveryDate: "2026-07-04"}}
}

var desk = []paper.Expected{
	trip("LD-297263", "43520168", "300-744181", "PO621549", "Coastal Appliance", 180),
	trip("LD-297264", "70683010", "249-207360", "PO369303", "Coastal Appliance", 475), // its neighbour
	trip("LD-231689", "23385498", "842-984459", "PO589642", "Prairie Feed Supply", 592),
	trip("LD-888001", "55550001", "111-000001", "PO777000", "Lakeview Grocers DC 4", 10), // two loads of one PO
	trip("LD-888002", "66660002", "222-000002", "PO777000", "Lakeview Grocers DC 7", 20),
}

// reading is a document with fields as "name value" or "name value confidence".
func reading(fields ...string) Signs {
	doc := paper.Document{Fields: paper.Fields{}}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, " ")
		v := paper.Value{Confidence: 0.95, Page: 1}
		if at := strings.LastIndex(value, "@"); at >= 0 {
			fmt.Sscan(value[at+1:], &v.Confidence)
			value = value[:at]
		}
		v.Value = value
		doc.Fields[name] = append(doc.Fields[name], v)
	}
	return Gather(doc, nil, "")
}

func decide(t testing.TB, s Signs, loads []paper.Expected) paper.Match {
	t.Helper()
	found, err := Find(context.Background(), NewLoads(loads), s)
	if err != nil {
		t.Fatal(err)
	}
	return Decide(s, Rank(s, found))
}

func TestDecide(t *testing.T) {
	for _, c := range []struct {
		name   string
		signs  Signs
		want   string // "" for nobody
		first  string // the first candidate
		saying string
	}{
		{"load number alone", reading("load LD-231689"), "LD-231689", "LD-231689", "load number LD-231689 agrees"},
		{"load number alone, and its neighbour is open", reading("load LD-297263", "consignee Coastal Appliance"), "", "LD-297263", "one digit apart"},
		{"load number, the count tells its neighbour", reading("load LD-297263", "pieces 180"), "LD-297263", "LD-297263", ""},
		{"papers of two loads mixed up", reading("load LD-231689", "bol 43520168", "po PO621549", "consignee Coastal Appliance", "pieces 592"), "", "", ""},
		{"letters for digits in two numbers", reading("load LD-Z97Z63", "bol 4352O168"), "LD-297263", "LD-297263", "read as"},
		{"neighbour, its own BOL settles it", reading("load LD-297263@0.5", "bol 70683010", "pro 249-207360"), "LD-297264", "LD-297264", ""},
		{"a digit lost between neighbours", reading("load LD-29726", "consignee Coastal Appliance"), "", "", ""},
		{"a neighbour that is not on the desk", reading("load LD-297265", "bol 99887766", "consignee Coastal Appliance"), "", "", ""},
		{"two loads of one PO", reading("po PO777000"), "", "LD-888001", "two loads come close"},
		{"the PO with the consignee's number", reading("po PO777000", "consignee Lakeview Grocers DC 7"), "", "LD-888002", ""},
		{"prefix left away", reading("load 297263", "po 621549"), "LD-297263", "LD-297263", ""},
		{"everything else is another's", reading("load LD-231689", "bol 56629923", "po PO338955", "consignee Harbor Home Goods"), "", "LD-231689", "but BOL 56629923 is not the load's 23385498"},
		{"one number differs, two agree", reading("load LD-231689", "pro 842-984459", "po PO338955", "consignee Prairie Feed Supply"), "LD-231689", "LD-231689", "but PO"},
		{"a faint other number is no contradiction", reading("load LD-231689", "bol 56629923@0.3", "consignee Prairie Feed Supply"), "LD-231689", "LD-231689", ""},
		{"a number read in part is no contradiction", reading("load LD-231689", "pro 984459", "consignee Prairie Feed Supply"), "LD-231689", "LD-231689", ""},
		{"known to nobody", reading("load LD-122731", "bol 69031841"), "", "", "no open load has load number LD-122731, BOL 69031841"},
		{"only a consignee", reading("consignee Prairie Feed Supply"), "", "", "no number"},
		{"two whole loads named", reading("load LD-297263", "bol 43520168", "load LD-231689", "bol 23385498"), "", "", "two loads come close"},
	} {
		m := decide(t, c.signs, desk)
		if m.Load != c.want {
			t.Errorf("%s: named %q (%s), want %q", c.name, m.Load, m.Why, c.want)
		}
		if c.first != "" && (len(m.Candidates) == 0 || m.Candidates[0].Load != c.first) {
			t.Errorf("%s: candidates %v, want first %s", c.name, m.Candidates, c.first)
		}
		if !strings.Contains(m.Why, c.saying) {
			t.Errorf("%s: says %q, want %q in it", c.name, m.Why, c.saying)
		}
	}
}

// TestOthersGoods: a strange paper in the folder of a trip has the trip's load number, PRO and seal, and the goods of another.
func TestOthersGoods(t *testing.T) {
	trips := []paper.Expected{trip("LD-796814", "34697340", "817-121514", "4543015797", "Larkspur Home Center #118", 113)}
	trips[0].Values[paper.Seal], trips[0].Values[paper.Trailer] = "UL-833871", "T7609"
	whole := []string{"load LD-796814", "pro 817-121514", "seal UL-833871", "trailer T7609", "shipper Harbor Goods", "pieces 113", "delivery_date 2026-07-04"}
	by := func(fields ...string) Signs { return reading(slices.Concat(whole, fields)...) }
	pen := by("po 44-1981-P", "bol 34697340")
	pen.Fields[paper.PO][0].Hand = true
	lone := by()
	lone.Fields[paper.Consignee] = []paper.Value{{Value: "Oak Hollow Furniture", Confidence: 0.9, Page: 1, Hand: true}}
	for _, c := range []struct {
		name  string
		signs Signs
		want  string
	}{
		{"its PO, the consignee faint, the BOL not read", by("po 44-1981-P@0.795", "consignee Oak Hollow Furniture@0.55"), ""},
		{"its PO alone", by("po 44-1981-P"), ""},
		{"its BOL alone", by("bol 09554139-1"), ""},
		{"its consignee alone", by("consignee Oak Hollow Furniture"), ""},
		{"its consignee, faint", by("consignee Oak Hollow Furniture@0.45"), ""},
		{"its PO, faint", by("po 44-1981-P@0.45"), ""},
		{"all three", by("po 44-1981-P", "bol 09554139-1", "consignee Oak Hollow Furniture"), ""},
		{"none of them read", by(), "LD-796814"},
		{"the PO differs, the consignee agrees", by("po 44-1981-P", "consignee Larkspur Home Center"), "LD-796814"},
		{"the PO differs, the BOL agrees", by("po 44-1981-P", "bol 34697340"), "LD-796814"},
		{"the consignee differs, the PO agrees", by("po 4543015797", "consignee Oak Hollow Furniture"), "LD-796814"},
		{"a PO misread in two characters, faint", by("po 4543015S9T@0.45"), "LD-796814"},
		{"a part of the PO", by("po 454301@0.7"), "LD-796814"},
		{"a consignee read nearly", by("consignee Larkspvr Hone Ctr@0.5"), "LD-796814"},
		{"a PO by hand", pen, "LD-796814"},
		{"a name by hand", lone, "LD-796814"},
	} {
		m := decide(t, c.signs, trips)
		if m.Load != c.want {
			t.Errorf("%s: named %q (%s), want %q", c.name, m.Load, m.Why, c.want)
		}
		if len(m.Candidates) == 0 || m.Candidates[0].Load != "LD-796814" {
			t.Errorf("%s: candidates %v", c.name, m.Candidates)
		}
	}
}

// words is a line of text as a page.
func words(lines ...string) paper.Page {
	p := paper.Page{Number: 1}
	for n, line := range lines {
		x := 0.05
		for w := range strings.FieldsSeq(line) {
			width := float64(len(w)) * 0.01
			p.Words = append(p.Words, paper.Word{Text: w, Line: n, Confidence: 0.9, Box: paper.Box{x, float64(n) * 0.02, x + width, float64(n)*0.02 + 0.015}})
			x += width + 0.01
		}
	}
	return p
}

func TestGather(t *testing.T) {
	for text, want := range map[string]string{
		"Load LD-947195": "LD947195",
		"LOAD#LD-947195 / B/L:10051159;PO=PO579701":   "LD947195 10051159 PO579701",
		"on 07/01/2026, 2026-06-16, 4-19-26 at 11:26": "",
		"2026":                                    "",
		"call (555) 123-4567 or 555-123-4567":     "",
		"Toledo, OH 43612 and Houston, TX 77029":  "",
		"27,975 lbs, $2,150.00, 1299.50, 1500 lb": "",
		"mail a1234@b.com or https://x.y/12345":   "",
		"PRO 544 319955":                          "319955 544319955",
		"POD_LD-947195":                           "LD947195",
	} {
		s := Gather(paper.Document{}, []paper.Page{words(text)}, "")
		got := map[string]bool{}
		for _, n := range s.Numbers {
			got[n.Key] = true
		}
		for key := range strings.FieldsSeq(want) {
			if !got[key] {
				t.Errorf("%q: %s is missing in %v", text, key, got)
			}
		}
		if want == "" && len(got) > 0 {
			t.Errorf("%q gives %v, want nothing", text, got)
		}
	}
}

func TestWhereANumberStands(t *testing.T) {
	named := Gather(paper.Document{}, nil, "POD_LD-231689_signed.pdf")
	if m := decide(t, named, desk); m.Load != "LD-231689" {
		t.Errorf("a name that a person gave: %q, %s", m.Load, m.Why)
	}
	if m := decide(t, Gather(paper.Document{}, nil, "IMG_43520168.jpg"), desk); m.Load != "" || len(m.Candidates) > 0 {
		t.Errorf("a camera's count: %+v", m)
	}
	if m := decide(t, Gather(paper.Document{}, []paper.Page{words("delivered in full", "ref LD-231689 thanks")}, ""), desk); m.Load != "LD-231689" {
		t.Errorf("in the text: %+v", m)
	}
	code := Gather(paper.Document{Barcodes: []paper.Code{{Kind: "code128", Value: "70683010", Page: 1}}}, nil, "")
	if m := decide(t, code, desk); m.Load != "LD-297264" {
		t.Errorf("a barcode: %+v", m)
	}
}

// TestBeside: what is legible in part goes with the papers beside it, what is another load's does not.
func TestBeside(t *testing.T) {
	for _, c := range []struct {
		name  string
		signs Signs
		want  string
	}{
		{"a number read faintly", reading("load LD-237689@0.4", "consignee Prairie Feed Supply"), "LD-231689"},
		{"no number at all", reading("consignee Prairie Feed Supply"), ""},
		{"the number of its neighbour's", reading("load LD-297264", "bol 70683010"), "LD-297264"},
		{"a digit of another's shape, which is no open load's", reading("load LD-231589", "consignee Prairie Feed Supply"), "LD-231689"},
		{"a digit of no other's shape", reading("load LD-231189", "consignee Prairie Feed Supply"), ""},
	} {
		found, err := Find(t.Context(), NewLoads(desk), c.signs)
		if err != nil {
			t.Fatal(err)
		}
		found.Add(&desk[2])
		found.Beside = "LD-231689"
		if m := Decide(c.signs, Rank(c.signs, found)); m.Load != c.want {
			t.Errorf("%s: %q (%s), want %q", c.name, m.Load, m.Why, c.want)
		}
	}
}

// TestMisread: the same number costs nothing, shapes cost little, another digit more, another number the most.
func TestMisread(t *testing.T) {
	order := []struct{ read, truth string }{
		{"LD297263", "LD297263"}, {"297263", "LD297263"}, {"LDZ97263", "LD297263"}, {"LD297268", "LD297263"}, {"LD297264", "LD297263"},
		{"LD297144", "LD297263"}, {"43520168", "LD297263"},
	}
	last := -1.0
	for _, c := range order {
		got := Misread(c.read, c.truth)
		if got <= last {
			t.Errorf("%s for %s costs %v, the likelier one %v", c.read, c.truth, got, last)
		}
		last = got
	}
}

// confused is a number with one character exchanged for one of its shape.
func confusedOnce(r *rapid.T, key string) string {
	at := rapid.IntRange(0, len(key)-1).Draw(r, "at")
	for _, group := range likenesses {
		if i := strings.IndexByte(group, key[at]); i >= 0 {
			j := rapid.IntRange(0, len(group)-1).Draw(r, "as")
			return key[:at] + string(group[j]) + key[at+1:]
		}
	}
	return key
}

func TestNearHoldsEveryConfusion(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		key := rapid.StringMatching(`(LD|PO)?[0-9]{5,9}`).Draw(r, "key")
		read := confusedOnce(r, key)
		if read != key && !slices.Contains(Near(read), key) {
			t.Fatalf("%s is not near %s", key, read)
		}
	})
}

// drawDesk is a desk with near twins: neighbours in number, of one consignee.
func drawDesk(r *rapid.T) []paper.Expected {
	var out []paper.Expected
	n := rapid.IntRange(2, 12).Draw(r, "loads")
	base := rapid.IntRange(100000, 899999).Draw(r, "base")
	for i := range n {
		salt := rapid.IntRange(0, 999).Draw(r, "salt")
		out = append(out, trip(fmt.Sprintf("LD-%06d", base+i), fmt.Sprintf("%05d%03d", 40000+i*7, salt), fmt.Sprintf("%03d-%06d", 100+i, base-i*13),
			fmt.Sprintf("PO%06d", base+7*i), []string{"Coastal Appliance", "Prairie Feed Supply"}[i%2], 100+i*11))
	}
	return out
}

// garbled is a load's paper: fields dropped, characters misread by shape; at least `least` numbers stay legible.
func garbled(r *rapid.T, e paper.Expected, least int) Signs {
	var fields []string
	kept := 0
	for _, f := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO} {
		v := freight.NormalRef(e.Values[f])
		switch rapid.IntRange(0, 2).Draw(r, f) {
		case 0:
			if kept >= least {
				continue
			}
			kept++
		case 1:
			v = confusedOnce(r, v)
			if v == freight.NormalRef(e.Values[f]) {
				kept++
			}
		default:
			kept++
		}
		fields = append(fields, f+" "+v)
	}
	for _, f := range []string{paper.Consignee, paper.Pieces} {
		if rapid.Bool().Draw(r, f) {
			fields = append(fields, f+" "+e.Values[f])
		}
	}
	return reading(fields...)
}

// TestNeverAnotherLoad: whatever is dropped and misread by shape, a paper is its load's or a person's to decide.
func TestNeverAnotherLoad(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		at := rapid.IntRange(0, len(loads)-1).Draw(r, "whose")
		m := decide(t, garbled(r, loads[at], 0), loads)
		if m.Load != "" && m.Load != loads[at].Load {
			t.Fatalf("the paper of %s was given to %s: %s", loads[at].Load, m.Load, m.Why)
		}
	})
}

// TestOthersGoodsAreNeverTheTrips: whatever of a strange paper is dropped or faint, it is not given to the trip whose numbers it has.
func TestOthersGoodsAreNeverTheTrips(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		e := loads[rapid.IntRange(0, len(loads)-1).Draw(r, "trip")]
		read := []string{"load " + e.Load, "pro " + e.Values[paper.PRO], "pieces " + e.Values[paper.Pieces]}
		strange := false
		for _, f := range []string{paper.Consignee + " Harbor Home Mattress", paper.Bill + " 5500-1991-X", paper.PO + " QK-7777-88"} {
			if rapid.Bool().Draw(r, f) {
				read = append(read, fmt.Sprintf("%s@%.2f", f, rapid.Float64Range(0.4, 0.95).Draw(r, "sure")))
				strange = true
			}
		}
		if m := decide(t, reading(read...), loads); strange && m.Load != "" {
			t.Fatalf("%v was given to %s: %s", read, m.Load, m.Why)
		}
	})
}

// TestTwoLegibleNumbersFindTheLoad: two numbers of one load are enough.
func TestTwoLegibleNumbersFindTheLoad(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		e := loads[rapid.IntRange(0, len(loads)-1).Draw(r, "whose")]
		m := decide(t, reading("load "+e.Load, "bol "+e.Values[paper.Bill], "po "+confusedOnce(r, e.Values[paper.PO])), loads)
		if m.Load != e.Load {
			t.Fatalf("the paper of %s is %q's: %s", e.Load, m.Load, m.Why)
		}
	})
}

// TestAPaperOfAnotherDeskIsNobodys: the paper of a load that is not open never goes to its neighbour.
func TestAPaperOfAnotherDeskIsNobodys(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		at := rapid.IntRange(0, len(loads)-1).Draw(r, "gone")
		gone := loads[at]
		rest := slices.Delete(slices.Clone(loads), at, at+1)
		s := reading("load "+gone.Load, "bol "+gone.Values[paper.Bill], "pro "+gone.Values[paper.PRO], "consignee "+gone.Values[paper.Consignee], "pieces "+gone.Values[paper.Pieces])
		if m := decide(t, s, rest); m.Load != "" {
			t.Fatalf("the paper of %s, which is not open, was given to %s: %s", gone.Load, m.Load, m.Why)
		}
	})
}

// TestOrderDoesNotMatter: neither that of the loads nor that of the readings.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		loads := drawDesk(r)
		s := garbled(r, loads[0], 1)
		first := decide(t, s, loads)
		shuffled := rapid.Permutation(loads).Draw(r, "loads")
		s.Numbers = rapid.Permutation(s.Numbers).Draw(r, "numbers")
		again := decide(t, s, shuffled)
		if first.Load != again.Load || math.Abs(first.Score-again.Score) > 1e-9 {
			t.Fatalf("%q (%v) became %q (%v) in another order", first.Load, first.Score, again.Load, again.Score)
		}
	})
}

// counted counts how often loads are asked for.
type counted struct {
	Known
	asked int
}

func (c *counted) Holders(ctx context.Context, number string) ([]*paper.Expected, error) {
	c.asked++
	return c.Known.Holders(ctx, number)
}

// TestLargeDesk: a paper of a desk with 50,000 loads is found by a bounded number of questions.
func TestLargeDesk(t *testing.T) {
	var loads []paper.Expected
	for i := range 50_000 {
		loads = append(loads, trip(fmt.Sprintf("LD-%06d", 100000+i), fmt.Sprintf("%08d", 10000000+i*37), fmt.Sprintf("300-%06d", i), fmt.Sprintf("PO%06d", i/2), "Coastal Appliance", 100+i%900))
	}
	c := &counted{Known: NewLoads(loads)}
	e := loads[12345]
	s := reading("load LD-1I2345", "bol "+e.Values[paper.Bill], "pro 3OO-012345", "po PO006172")
	found, err := Find(context.Background(), c, s)
	if err != nil {
		t.Fatal(err)
	}
	if m := Decide(s, Rank(s, found)); m.Load != e.Load {
		t.Errorf("found %q: %s", m.Load, m.Why)
	}
	if c.asked > mostFuzzy*(mostNear+1) || len(found.Loads) > mostCandidates {
		t.Errorf("%d questions, %d loads weighed", c.asked, len(found.Loads))
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Coastal Appliance", "COASTAL APPLIANCE, INC.", true},
		{"Lakeview Grocers DC 4", "Lakeview Grocers", true},
		{"Lakeview Grocers DC 4", "Lakeview Grocers DC 7", false},
		{"Coasta1 App1iance", "Coastal Appliance", true},
		{"Harbor Home Goods", "Prairie Feed Supply", false},
		{"Smith & Sons Co", "Smith and Sons", true},
	} {
		if got := Alike(c.a, c.b) >= sameName; got != c.same {
			t.Errorf("%q and %q: %v (%v), want %v", c.a, c.b, got, Alike(c.a, c.b), c.same)
		}
	}
	if SameAddress("45 River Street, Macon GA 31201-0001", "45 River St, Macon, GA 31201") < sameName {
		t.Error("one address in two spellings is told apart")
	}
	if SameAddress("45 River St, Macon, GA 31201", "54 Depot Dr, Toledo, OH 43612") >= otherName {
		t.Error("two addresses are one")
	}
}

func TestParseList(t *testing.T) {
	list, err := ParseList([]byte(`[{"id":"S1","Load":"LD-1","PO":["PO7","PO8"],"Pickup":"2026-07-01T08:00:00Z","Pieces":594,"WeightLb":29039.0,"Strange":{"x":1},"Delivery":"soon"}]`))
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	l := list[0]
	if l.ID != "S1" || l.Load != "LD-1" || l.Values[paper.Pieces] != "594" || l.Values[paper.Weighed] != "29039" || l.Values[paper.PickupDate] != "2026-07-01" ||
		l.Values[paper.DeliveryDate] != "" || !slices.Equal(l.Also[paper.PO], []string{"PO8"}) {
		t.Errorf("%+v", l)
	}
	for _, bad := range []string{``, `{}`, `[{"PO":"1"}]`, `[1]`, `[{"Load":{}}]`} {
		if _, err := ParseList([]byte(bad)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func FuzzParseList(f *testing.F) {
	f.Add([]byte(`[{"id":"S1","Load":"LD-1","PO":["a",["b"]],"Pieces":1e3}]`))
	f.Add([]byte("\xef\xbb\xbf[]"))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := ParseList(body)
		if err != nil {
			return
		}
		loads := make([]paper.Expected, len(list))
		for i, l := range list {
			if l.Load == "" {
				t.Fatal("a load without a number")
			}
			loads[i] = l.Expected
		}
		known := NewLoads(loads)
		for _, l := range list {
			key := freight.NormalRef(l.Load)
			if held, _ := known.Holders(t.Context(), key); key != "" && len(held) == 0 {
				t.Fatalf("%q is not found", l.Load)
			}
		}
	})
}

func FuzzGather(f *testing.F) {
	f.Add("LOAD#LD-947195 / B/L:10051159", "POD_LD-1.pdf")
	f.Fuzz(func(t *testing.T, text, name string) {
		s := Gather(paper.Document{}, []paper.Page{words(strings.Split(text, "\n")...)}, name)
		for _, n := range s.Numbers {
			if n.Key != freight.NormalRef(n.Key) || len(n.Key) < shortest {
				t.Fatalf("%q is no number", n.Key)
			}
		}
		decide(t, s, desk)
	})
}
