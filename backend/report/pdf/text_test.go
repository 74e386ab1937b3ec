package pdf

import (
	"strings"
	"testing"
	"unicode"

	"github.com/jung-kurt/gofpdf"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "L-100 12:00", "L-100 12:00"},
		{"polish", "Łódź żółć", "Łódź żółć"},
		{"composed", "Lo\u0301dz\u0301", "Lódź"},
		{"invalid bytes", "caf\xe9 x", "caf\uFFFD x"},
		{"emoji above the basic plane", "late 🚚!", "late \uFFFD!"},
		{"controls", "a\x00b\x1b[31mc", "ab[31mc"},
		{"tab and line ends", "a\tb\r\nc\rd", "a b\nc\nd"},
		{"direction override", "PRO \u202e321", "PRO 321"},
		{"joiners and marks of order", "\ufeffa\u200bb\u00adc\u200dd", "abcd"},
		{"variation selector", "✔\ufe0f", "✔"},
		{"no character", "a\uffffb", "a\uFFFDb"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("%s: clean(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestEveryScriptHasAGlyph(t *testing.T) {
	for _, text := range []string{
		"The quick brown fox: 0123456789 – — … “quoted” ‘x’ • · € £ ½ ° × ±",
		"Zażółć gęślą jaźń ŁÓDŹ", "Größe Søren Ångström Çeşme Ñandú Ő",
		"Ωμέγα Ξεσκεπάζω", "Съешь же ещё этих Ж Ѓ Љ Ї Ґ", "→ ← ↑ ↓ ↔ ■ ▲ ◆ ● ○ ◌ ✓ ✕ ≤ ≥ ≠",
		"上海远洋物流有限公司 東京 かな、。", "a\u00a0b\u202fc", "\uFFFD",
	} {
		for _, strong := range []bool{false, true} {
			runs, _ := appendRuns(nil, clean(text), Style{Size: 10, Bold: strong})
			var printed strings.Builder
			for _, r := range runs {
				printed.WriteString(r.text)
				for _, c := range r.text {
					if r.face.width(c) == noGlyph {
						t.Errorf("%q is printed in %s, which has no glyph for it", c, r.face.family)
					}
				}
			}
			want := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
			if printed.String() != want {
				t.Errorf("printed %q, want %q", printed.String(), want)
			}
		}
	}
}

func TestWhatNoFontHasIsMarkedAndCounted(t *testing.T) {
	s := setter{body: 9}
	lines := s.lines(Plain("truck 🚚 and \ue000 private"), 1000)
	if s.replaced != 2 || marks(lines[0]) != 2 {
		t.Errorf("counted %d, printed %d marks, want 2", s.replaced, marks(lines[0]))
	}
}

// The widths by which lines are broken are those that gofpdf writes into the file.
func TestWidthsAreGofpdfs(t *testing.T) {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: 100, Ht: 100}})
	for _, c := range []struct {
		face *face
		text string
	}{
		{regular, "Łódź Ωmega Ж 0123 fi AV"}, {bold, "Daily tracking report"}, {symbols, "→ ■▲◆ \uFFFD"}, {ideogram, "上海远洋"},
	} {
		f.AddUTF8FontFromBytes(c.face.family, "", c.face.bytes())
		f.SetFont(c.face.family, "", 1000)
		total := 0.0
		for _, r := range c.text {
			total += float64(c.face.width(r))
		}
		if got := f.GetStringWidth(c.text); got != total {
			t.Errorf("%s: gofpdf %v, ours %v", c.face.family, got, total)
		}
	}
}

func TestLines(t *testing.T) {
	s := setter{body: 10}
	width := func(text string) float64 { return s.lines(Plain(text), 1e6)[0].width }
	for _, c := range []struct {
		name, in string
		room     float64
		want     []string
	}{
		{"fits", "in transit", width("in transit"), []string{"in transit"}},
		{"at a space", "in transit", width("in trans"), []string{"in", "transit"}},
		{"line feeds", "a\n\nb", 100, []string{"a", "", "b"}},
		{"after a hyphen", "Winston-Salem", width("Winston-Sa"), []string{"Winston-", "Salem"}},
		{"not inside a number", "2026-11-23 x", width("2026-11-23"), []string{"2026-11-23", "x"}},
		{"held together", "due 4\u00a0h", width("due 4"), []string{"due", "4 h"}},
		{"between ideographs", "上海远洋", width("上海"), []string{"上海", "远洋"}},
		{"long word", "MMMM", width("MM"), []string{"MM", "MM"}},
		{"narrower than a letter", "MM", 1, []string{"M", "M"}},
		{"spaces at the break", "aa    bb", width("aa bb") - 0.1, []string{"aa", "bb"}},
	} {
		var got []string
		for _, l := range s.lines(Plain(c.in), c.room) {
			got = append(got, textOf(l))
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestStylesStayOnTheirText(t *testing.T) {
	s := setter{body: 8}
	lines := s.lines(Rich{{"Sources: ", Style{}}, {"TMS", Style{Bold: true}}, {" 12 min ago", Style{}}}, 60)
	if len(lines) != 2 || lines[0].runs[1].face != bold || lines[0].runs[1].text != "TMS" || lines[1].runs[0].face != regular {
		t.Errorf("%+v", lines)
	}
}

func textOf(l line) string {
	var b strings.Builder
	for _, r := range l.runs {
		b.WriteString(r.text)
	}
	return b.String()
}

// No character is lost or doubled by breaking lines, and no line is too wide unless it is a single sign.
func TestLinesKeepEveryCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("aW .,-/ \n0łΩЖ中→🚚é\u0301\u00a0"))).Draw(t, "text")
		room := rapid.Float64Range(0.5, 120).Draw(t, "room")
		s := setter{body: 9}
		var got strings.Builder
		for _, l := range s.lines(Rich{{text, Style{}}, {text, Style{Bold: true}}}, room) {
			line := textOf(l)
			got.WriteString(line)
			base := strings.TrimFunc(line, func(r rune) bool { return unicode.Is(unicode.Mn, r) })
			if l.width > room+1e-9 && len([]rune(base)) > 1 {
				t.Fatalf("%q is %v wide in %v", line, l.width, room)
			}
		}
		if want, have := letters(clean(text)+clean(text)), letters(got.String()); want != have {
			t.Fatalf("%q became %q", want, have)
		}
	})
}

// letters is the text without what a line end may swallow.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzAnyBytesCanBePrinted(f *testing.F) {
	for _, seed := range []string{"", "Łódź 中 🚚", "\xff\xfe\x00", "e\u0301\u0301\u0301", "\u202eabc", strings.Repeat("W", 300), "\r\n\u2028\x85"} {
		f.Add(seed, 30.0)
	}
	f.Fuzz(func(t *testing.T, text string, room float64) {
		s := setter{body: 9}
		for _, l := range s.lines(Plain(text), room) {
			for _, r := range l.runs {
				for _, c := range r.text {
					if c > 0xFFFF || r.face.width(c) == noGlyph {
						t.Fatalf("%q cannot be printed in %s", c, r.face.family)
					}
				}
			}
		}
	})
}
