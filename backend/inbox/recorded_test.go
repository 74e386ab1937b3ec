package inbox

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func shown(list []piece) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%d", p.line)
		if !p.at.IsZero() {
			fmt.Fprintf(&b, " at %s", p.at.Format("15:04:05.999"))
		}
		if p.open {
			b.WriteString(" open")
		}
		fmt.Fprintf(&b, " %s%s\n", p.query, bytes.ReplaceAll(p.body, []byte("\n"), []byte("/")))
	}
	return b.String()
}

// TestPieces: how files of recorded callbacks are cut apart.
func TestPieces(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"nothing":            {"\ufeff \r\n\n", ""},
		"queries":            {"ID=1&Code=1021\r\n\nID=2&Code=1022\n", "1 ID=1&Code=1021\n3 ID=2&Code=1022\n"},
		"address":            {"GET /mp/location?ID=1&Code=3 HTTP/1.1\nhttps://desk.example/mp?ID=2\n?ID=3\nID=4&Street1=What?\n", "1 ID=1&Code=3\n2 ID=2\n3 ID=3\n4 ID=4&Street1=What?\n"},
		"instants":           {"2026-03-02T20:05:12Z ID=1\n2026-03-02T14:05:13.25-06:00  <a/>\n", "1 at 20:05:12 ID=1\n2 at 20:05:13.25 <a/>\n"},
		"half a query":       {"ID=1\nID=2&La", "1 ID=1\n2 open ID=2&La\n"},
		"xml":                {"<?xml version=\"1.0\"?>\n<a>\n<b>1</b>\n</a>\n<c/><d>2</d>", "1 <?xml version=\"1.0\"?>/<a>/<b>1</b>/</a>\n5 <c/>\n5 <d>2</d>\n"},
		"json":               {"{\"ID\":\n1}\n[{\"ID\":2}]\n", "1 {\"ID\":/1}\n3 [{\"ID\":2}]\n"},
		"half xml":           {"ID=1\n<a>\n<b>", "1 ID=1\n2 open <a>\n3 open <b>\n"},
		"broken xml":         {"<a></b>\nID=2\n", "1 <a></b>\n2 ID=2\n"},
		"broken json":        {"{oops}\nID=2\n", "1 {oops}\n2 ID=2\n"},
		"an instant alone":   {"2026-03-02T20:05:12Z \n", "1 at 20:05:12 \n"},
		"an instant in half": {"2026-03-02T20:0", "1 open 2026-03-02T20:0\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shown(pieces([]byte(c.file))); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// FuzzPieces: whatever a file holds, every callback lies behind the one before it, nothing that is no blank lies between them,
// and the file cut off anywhere begins with the same ones, as far as they are whole.
func FuzzPieces(f *testing.F) {
	for _, seed := range []string{"", "ID=1\nID=2", "<a><b/></a>\n{\"x\":[1]}\n", "2026-03-02T20:05:12Z ID=1\n", "<a></b>\n</c>{]", "\xef\xbb\xbfID=1"} {
		f.Add([]byte(seed), 3)
	}
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		list := pieces(data)
		last := 0
		for _, p := range list {
			if p.end < last || p.end > len(data) {
				t.Fatalf("%q: a callback ends at %d after %d", data, p.end, last)
			}
			last = p.end
		}
		if rest := bytes.TrimSpace(data[last:]); len(rest) > 0 && !bytes.Equal(data, []byte("\xef\xbb\xbf")) {
			t.Errorf("%q: %q is lost", data, rest)
		}
		if cut < 0 || cut > len(data) {
			return
		}
		for i, p := range pieces(data[:cut]) {
			if p.open {
				break
			}
			if i >= len(list) || shown(list[i:i+1]) != shown([]piece{p}) {
				t.Fatalf("%q cut at %d begins otherwise: %q", data, cut, shown([]piece{p}))
			}
		}
	})
}
