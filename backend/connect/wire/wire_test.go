package wire

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

func FuzzPieces(f *testing.F) {
	for _, s := range []string{`{"a":[1,{"b":"]\"}"},null],"c":{}}`, `[]`, `{"a":tru`, `{"a" 1}`, `{"":"\u0041","x":[[[]]]}`, "\xef\xbb\xbf {} ", `{"a":"x`, `[1 2]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		whole := Whole(body)
		each := func(v Piece) {
			if v.Offset < whole.Offset || v.Offset+int64(len(v.Bytes)) > int64(len(body)) || string(body[v.Offset:v.Offset+int64(len(v.Bytes))]) != string(v.Bytes) {
				t.Fatalf("piece %q is not at byte %d", v.Bytes, v.Offset)
			}
		}
		fields, items := 0, 0
		errFields := Fields(whole, func(_ string, v Piece) bool { fields++; each(v); return true })
		errItems := Items(whole, func(_ int, v Piece) bool { items++; each(v); return true })
		if !json.Valid(whole.Bytes) {
			return
		}
		var object map[string]json.RawMessage
		var list []json.RawMessage
		if whole.IsObject() && json.Unmarshal(whole.Bytes, &object) == nil && (errFields != nil || fields < len(object)) {
			t.Fatalf("%d of %d fields, %v", fields, len(object), errFields)
		}
		if whole.IsList() && json.Unmarshal(whole.Bytes, &list) == nil && (errItems != nil || items != len(list)) {
			t.Fatalf("%d of %d items, %v", items, len(list), errItems)
		}
		if plain := PlainNames(whole.Bytes); !json.Valid(plain) {
			t.Fatalf("%q became %q", whole.Bytes, plain)
		}
	})
}

func TestWhatStandsBeforeABreakIsFound(t *testing.T) {
	var names []string
	var last Piece
	err := Fields(Whole([]byte(` {"a":1,"list":[{"b":2},{"c":`)), func(name string, v Piece) bool {
		names, last = append(names, name), v
		return true
	})
	if err == nil || !strings.Contains(err.Error(), "byte 29") || strings.Join(names, " ") != "a list" {
		t.Fatalf("%v %v", names, err)
	}
	n := 0
	if err := Items(last, func(int, Piece) bool { n++; return true }); err == nil || n != 1 {
		t.Errorf("%d items, %v", n, err)
	}
}

func TestPlainNames(t *testing.T) {
	if got := string(PlainNames([]byte(`{"load_number" : "a_b", "x":["c_d"]}`))); got != `{"loadnumber" : "a_b", "x":["c_d"]}` {
		t.Error(got)
	}
}

func TestScalarsTakeWhatComes(t *testing.T) {
	var v struct {
		A, B, C, D Text
		N, M, O    Number
		L, S       List[Text]
	}
	text := `{"A":" x\u0041 ","B":12.50,"C":null,"D":{"y":1},"N":"39.7684","M":-86.1,"O":"NaN","L":["a",2],"S":"no list"}`
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if v.A != "xA" || v.B != "12.50" || v.C != "" || v.D != `{"y":1}` || v.N.Value != 39.7684 || v.M.Value != -86.1 || v.O.Given || len(v.L) != 2 || v.L[1] != "2" || v.S != nil {
		t.Errorf("%+v", v)
	}
	if _, _, ok := Point(v.N, v.M); !ok {
		t.Error("no point")
	}
	if _, _, ok := Point(Number{0, true}, Number{0, true}); ok {
		t.Error("0,0 is a place")
	}
}

func TestTimesInEveryForm(t *testing.T) {
	for written, want := range map[string]string{
		"2023-12-12T00:48:02-0500":   "2023-12-12T00:48:02-05:00",
		"2025-07-07T16:55:07+0000":   "2025-07-07T16:55:07Z",
		"2026-03-02T14:05:11-06:00":  "2026-03-02T14:05:11-06:00",
		"2026-03-02T14:05:11.123Z":   "2026-03-02T14:05:11Z",
		"2026-03-02T14:05:11.5-0600": "2026-03-02T14:05:11-06:00",
		"2026-03-02T14:05Z":          "2026-03-02T14:05:00Z",
		"2026-03-02 14:05:11":        "2026-03-02T14:05:11",
		"2026-03-02T08:00:00":        "2026-03-02T08:00:00",
		"2026-03-02":                 "2026-03-02",
		"2024-02-29T23:59:59Z":       "2024-02-29T23:59:59Z",
		"":                           "",
	} {
		if w, err := When(written); err != nil || w.String() != want {
			t.Errorf("%q is %s, %v", written, w, err)
		}
	}
	for _, written := range []string{"2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z", "2026-03-02T24:00:00Z", "yesterday", "2026-03-02T10:00:00+25:00", "2026-03-02T10:00:00 CST"} {
		if w, err := When(written); err == nil {
			t.Errorf("%q is taken as %s", written, w)
		}
	}
}

func TestTheShortWayReadsTimesLikeTheLongOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "seconds"), 0)
		layout := rapid.SampledFrom([]string{"2006-01-02T15:04:05-0700", "2006-01-02T15:04:05-07:00", "2006-01-02T15:04:05Z07:00"}).Draw(t, "layout")
		at = at.In(time.FixedZone("", 60*rapid.IntRange(-12*60, 14*60).Draw(t, "east")))
		w, err := When(at.Format(layout))
		if err != nil || w != freight.At(at) {
			t.Fatalf("%s: %+v %v", at.Format(layout), w, err)
		}
	})
}

func TestKindsOfAnswer(t *testing.T) {
	status := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, `why`)
	}))
	defer server.Close()
	base, err := Base(server.URL + "/below/")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []error{connect.ErrSignIn, connect.ErrGone, connect.ErrRefused}
	for code, want := range map[int]error{401: connect.ErrSignIn, 403: connect.ErrRefused, 404: connect.ErrGone, 410: connect.ErrGone, 400: connect.ErrRefused, 409: connect.ErrRefused, 422: connect.ErrRefused, 408: nil, 429: nil, 500: nil, 503: nil} {
		status = code
		_, err := Ask(context.Background(), server.Client(), time.Now, base, Question{Method: "GET", Path: "/x"}, nil, func(b []byte) string { return string(b) })
		if err == nil || !strings.Contains(err.Error(), "why") {
			t.Fatalf("%d: %v", code, err)
		}
		for _, kind := range kinds {
			if errors.Is(err, kind) != (kind == want) {
				t.Errorf("%d is %v", code, err)
			}
		}
	}
}

// A failure of the client names the address, and a signed address would stand in a log.
func TestFailuresDoNotTellTheAddress(t *testing.T) {
	base, err := Base("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Ask(context.Background(), http.DefaultClient, time.Now, base, Question{Method: "GET", Path: "/x?signature=s3cret"}, nil, nil)
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Error(err)
	}
}

func TestFill(t *testing.T) {
	if got := Fill("/a/{id}?n={number}", map[string]string{"id": "x/y z", "number": "1&2+3"}); got != "/a/x%2Fy%20z?n=1%262%2B3" {
		t.Error(got)
	}
}
