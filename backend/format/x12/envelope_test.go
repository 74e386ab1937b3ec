package x12

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"tracedesk/backend/freight"
)

const (
	isa   = "ISA*00*          *00*          *02*SNDR           *ZZ*DESK           *260112*0600*U*00401*000000905*0*P*>~"
	gs    = "GS*QM*SNDR*DESK*20260112*0600*1*X*004010~"
	xb    = "AT7*XB*NS***20260112~"
	set1  = "ST*214*0001~B10*P1*L1*ABCD~" + xb + "SE*4*0001~"
	set2  = "ST*214*0002~B10*P2*L2*ABCD~" + xb + "SE*4*0002~"
	close = "GE*2*1~IEA*1*000000905~"
)

// TestEnvelopes reads whole files: the loads told of, the faults and the notes, each by how it begins.
func TestEnvelopes(t *testing.T) {
	pipes := strings.NewReplacer("*", "|", "~", "\n", ">", "^").Replace(isa + gs + set1 + set2 + close)
	binary := strings.NewReplacer("*", "\x1d", "~", "\x1c", ">", "\x1f").Replace(isa + gs + set1 + set2 + close)
	for _, row := range []struct {
		name, file    string
		loads         string
		faults, notes []string
	}{
		{"one line", isa + gs + set1 + set2 + close, "L1 L2", nil, nil},
		{"CR LF after the terminator", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "~\r\n"), "L1 L2", nil, nil},
		{"LF as terminator", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "\n"), "L1 L2", nil, nil},
		{"CR LF as terminator", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "\r\n"), "L1 L2", nil, nil},
		{"CR as terminator", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "\r"), "L1 L2", nil, nil},
		{"pipes and lines", pipes, "L1 L2", nil, nil},
		{"control characters", binary, "L1 L2", nil, nil},
		{"terminator of three bytes", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "…"), "L1 L2", nil, nil},
		{"terminator of two bytes", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "¬\n"), "L1 L2", nil, nil},
		{"a Latin-1 terminator", strings.ReplaceAll(isa+gs+set1+set2+close, "~", "\x85"), "L1 L2", nil, nil},
		{"wrapped at 80 columns", wrap(isa+gs+set1+set2+close, 80), "L1 L2", nil, nil},
		{"wrapped between ISA16 and the terminator", wrap(isa+gs+set1+set2+close, 105), "L1 L2", nil, nil},
		{"wrapped before ISA16", wrap(isa+gs+set1+set2+close, 104), "L1 L2", nil, nil},
		{"elements without padding", strings.ReplaceAll(isa, " ", "") + gs + set1 + set2 + close, "L1 L2", nil, nil},
		{"no ISA16", strings.Replace(isa, ">", "", 1) + gs + set1 + set2 + close, "L1 L2", nil, nil},
		{"no ISA16, lines for show", strings.ReplaceAll(strings.Replace(isa, ">", "", 1)+gs+set1+set2+close, "~", "~\n"), "L1 L2", nil, nil},
		{"all in small letters", strings.ToLower(isa + gs + set1 + set2 + close), "l1 l2", nil, nil},
		{"byte order mark", "\xef\xbb\xbf" + isa + gs + set1 + set2 + close, "L1 L2", nil, nil},
		{"a mail around it", "Subject: status of ISAAC\n\n" + isa + gs + set1 + set2 + close + "\n-- \nAnna", "L1 L2", nil,
			[]string{"text outside the interchanges was passed over (24 bytes at byte 0), and 1 more"}},
		{"two interchanges, other separators", isa + gs + set1 + "GE*1*1~IEA*1*000000905~\n" + strings.ReplaceAll(pipes, "905", "906"), "L1 L1 L2", nil, nil},
		{"no ends", isa + gs + "ST*214*0001~B10*P1*L1*ABCD~" + xb + set2, "L1 L2", nil,
			[]string{"a set has no end (SE) (interchange 000000905, set 0001)", "an interchange has no end (IEA)"}},
		{"no terminator at the very end", strings.TrimSuffix(isa+gs+set1+set2+close, "~"), "L1 L2", nil, nil},
		{"no end and another interchange", isa + gs + set1 + set2 + "\n" + strings.ReplaceAll(pipes, "905", "906"), "L1 L2 L1 L2", nil,
			[]string{"an interchange has no end (IEA) (000000905)"}},
		{"cut off, then another interchange", isa + gs + set1 + "ST*214*0002~B10*P2*L2*ABCD~" + xb + "AT7*X1*NS***2026\n" + strings.ReplaceAll(pipes, "905", "906"),
			"L1 L2 L1 L2", []string{"the text breaks off"}, []string{"a set has no end (SE)", "an interchange has no end (IEA)"}},
		{"cut off at the end of the file", isa + gs + set1 + "ST*214*0002~B10*P2*L2*ABCD~" + xb + "AT7*X1*NS***20260112*09",
			"L1 L2", []string{"the text breaks off"}, []string{"a set has no end (SE)", "an interchange has no end (IEA)"}},
		{"counts off", isa + gs + strings.Replace(set1, "SE*4", "SE*7", 1) + set2 + "GE*9*1~IEA*3*000000905~", "L1 L2", nil,
			[]string{`a set declares another number of segments than it has (interchange 000000905, set 0001: declares "7", has 4)`,
				"a group declares another number of sets", "an interchange declares another number of groups"}},
		{"numbers off", isa + gs + strings.Replace(set1, "SE*4*0001", "SE*4*9", 1) + set2 + "GE*2*7~IEA*1*8~", "L1 L2", nil,
			[]string{"a set ends with another number", "a group ends with another number", "an interchange ends with another number"}},
		{"the same twice", isa + gs + set1 + set2 + close + isa + gs + set1 + set1 + close, "L1 L2 L1 L1", nil,
			[]string{"the same interchange number came more than once", "set numbers repeat"}},
		{"marked as a test", strings.Replace(isa, "*P*", "*T*", 1) + gs + set1 + set2 + close, "L1 L2", nil, []string{"the sender marked"}},
		{"several groups", isa + gs + set1 + "GE*1*1~" + gs + set2 + "GE*1*1~IEA*2*000000905~", "L1 L2", nil, nil},
		{"no group at all", isa + set1 + set2 + "IEA*0*000000905~", "L1 L2", nil, nil},
		{"segments without a set", isa + gs + "B10*P0*L0*ABCD~" + xb + set1 + set2 + close, "L1 L2", []string{"these segments stand outside"}, nil},
		{"an end without a beginning", isa + gs + "SE*1*0~" + set1 + set2 + close, "L1 L2", []string{"the set that ends here has no beginning"}, nil},
		{"a damaged beginning of a set", isa + gs + strings.Replace(set1, "ST*214", "S*214", 1) + set2 + close, "L2",
			[]string{"these segments stand outside", "the set that ends here has no beginning"}, []string{"a group declares"}},
		{"a damaged header", strings.Replace(isa, "*00*", "*", 1) + gs + set1 + isa + gs + set1 + set2 + close, "L1 L2", []string{"the header (ISA) of this interchange is damaged"}, nil},
		{"other sets", isa + gs + setOf1("990", "B1*ABCD*L1**A") + setOf1("X", "ZZ*1") + set1 + "GE*3*1~IEA*1*000000905~", "L1 L1",
			[]string{"this desk does not read X"}, []string{"set numbers repeat"}},
		{"empty segments and blanks", isa + "~~\n  ~" + gs + " \r\n" + set1 + set2 + close + "\x1a\x00  ", "L1 L2", nil, nil},
		{"service segments", isa + "TA1*000000050*260112*1200*A*000~ISB*1~" + gs + set1 + set2 + close, "L1 L2", nil, []string{"a service segment"}},
		{"a name that begins like a header", isa + gs + strings.Replace(set1, xb, "N1*SH*ISAAC*93*1~ISA*1~"+xb, 1) + set2 + close, "L1 L2", nil, []string{"a set declares"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if !Detect([]byte(row.file)) {
				t.Error("not recognised")
			}
			for _, in := range []io.Reader{strings.NewReader(row.file), iotest.OneByteReader(strings.NewReader(row.file)), iotest.DataErrReader(strings.NewReader(row.file))} {
				var loads, faults, notes []string
				n := 0
				for rec, err := range Read(in, Options{Notes: func(s string) { notes = append(notes, s) }}) {
					if err != nil {
						t.Fatal(err)
					}
					if n++; rec.N != n {
						t.Errorf("record %d is numbered %d", n, rec.N)
					}
					for _, o := range rec.Observations {
						loads = append(loads, o.Names[0].Value)
					}
					for _, f := range rec.Faults {
						faults = append(faults, f.Reason)
						if len(f.Raw) == 0 || f.Where == "" {
							t.Errorf("fault without bytes or place: %+v", f)
						}
					}
				}
				if got := strings.Join(loads, " "); got != row.loads {
					t.Errorf("loads %s, want %s", got, row.loads)
				}
				comparePrefixes(t, "faults", faults, row.faults)
				comparePrefixes(t, "notes", notes, row.notes)
			}
		})
	}
}

func setOf1(kind string, segments ...string) string {
	return strings.ReplaceAll(setOf(kind, "0001", segments...), "~\n", "~")
}

func wrap(s string, width int) string {
	var b strings.Builder
	for len(s) > width {
		b.WriteString(s[:width] + "\r\n")
		s = s[width:]
	}
	return b.String() + s
}

func comparePrefixes(t *testing.T, what string, got, want []string) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		same = strings.HasPrefix(got[i], want[i])
	}
	if !same {
		t.Errorf("%s:\n  %s\nwant those beginning:\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestKind(t *testing.T) {
	for _, row := range []struct {
		head string
		want freight.FileKind
	}{
		{isa + gs + set1, freight.X12Status},
		{isa + gs + "ST*204*1~", freight.X12Tender},
		{isa + gs + "\nST*990*1~", "x12.990"},
		{isa + "TA1*1~IEA*1*1~", "x12"},
		{isa, "x12"},
		{isa[:60], freight.UnknownFile},
		{"load,customer\n1,ISA*A*\n", freight.UnknownFile},
		{"", freight.UnknownFile},
		{strings.Repeat("x", detectWindow) + isa + gs, freight.UnknownFile},
	} {
		if got := Kind([]byte(row.head)); got != row.want {
			t.Errorf("%.40q is %s, want %s", row.head, got, row.want)
		}
		if Detect([]byte(row.head)) != (row.want != freight.UnknownFile) {
			t.Errorf("%.40q: Detect and Kind differ", row.head)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for _, row := range []struct {
		name string
		in   io.Reader
		want error
		n    int
	}{
		{"no interchange", strings.NewReader("hello"), ErrNoInterchange, 0},
		{"empty", strings.NewReader(""), ErrNoInterchange, 0},
		{"the disk fails", io.MultiReader(strings.NewReader(isa+gs+set1), iotest.ErrReader(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF, 1},
	} {
		n := 0
		var last error
		for rec, err := range Read(row.in, Options{}) {
			if last = err; err == nil && len(rec.Observations) > 0 {
				n++
			}
		}
		if !errors.Is(last, row.want) || n != row.n {
			t.Errorf("%s: %d sets and %v, want %d and %v", row.name, n, last, row.n, row.want)
		}
	}
}

func TestStoppingEarly(t *testing.T) {
	for range Read(strings.NewReader(isa+gs+set1+set2+close), Options{}) {
		break
	}
}

// TestOverlongSegment: a missing terminator costs the stretch without one, not the sets behind it.
func TestOverlongSegment(t *testing.T) {
	long := "K1*" + strings.Repeat("x", 3*maxSegment)
	file := isa + gs + "ST*214*0001~B10*P1*L1*ABCD~" + xb + long + "~SE*5*0001~" + set2 + close
	var loads []string
	lost := 0
	for _, rec := range read(t, file, Options{}) {
		for _, o := range rec.Observations {
			loads = append(loads, o.Names[0].Value)
		}
		for _, f := range rec.Faults {
			lost += len(f.Raw)
			if len(f.Raw) > maxSegment+1 {
				t.Errorf("a fault of %d bytes", len(f.Raw))
			}
		}
	}
	if strings.Join(loads, " ") != "L1 L2" || lost < len(long) {
		t.Errorf("loads %v, %d bytes kept of %d", loads, lost, len(long))
	}
}

// TestOverlongSet: what does not fit is kept as faults, and the next set is read.
func TestOverlongSet(t *testing.T) {
	file := isa + gs + "ST*214*0001~B10*P1*L1*ABCD~" + xb + strings.Repeat("K1*"+strings.Repeat("y", 500)+"~", maxSet/400) + "SE*5*0001~" + set2 + close
	records := read(t, file, Options{})
	last := records[len(records)-1]
	kept := 0
	for _, rec := range records {
		for _, f := range rec.Faults {
			kept += len(f.Raw)
		}
	}
	if last.Observations[0].Names[0].Value != "L2" || records[0].Observations[0].Names[0].Value != "L1" || kept < len(file)-maxSet-maxSegment/2 {
		t.Errorf("%d records, %d bytes kept as faults", len(records), kept)
	}
}
