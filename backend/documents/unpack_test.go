package documents

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// taken unpacks data and lists "name: content".
func taken(t *testing.T, data []byte) (out []string, notes []string, err error) {
	t.Helper()
	notes, err = Unpack(t.Context(), original(data), func(name string, content io.Reader) error {
		body, err := io.ReadAll(content)
		out = append(out, name+": "+string(body[:min(len(body), 20)]))
		return err
	})
	return out, notes, err
}

func zipOf(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		name, body, _ := strings.Cut(f, "=")
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, body)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func TestZIPNamesNeverClimb(t *testing.T) {
	got, notes, err := taken(t, zipOf(t, "pods/monday/pod 1.pdf=%PDF-1", "../../etc/cron.d/x=evil", `..\..\windows\y.pdf=evil`,
		"/abs.png=png", "dir/=", "__MACOSX/._pod=x", ".hidden=x"))
	must(t, err)
	want := "pod 1.pdf: %PDF-1|x: evil|y.pdf: evil|abs.png: png"
	if strings.Join(got, "|") != want || len(notes) != 0 {
		t.Errorf("got %q, notes %q", got, notes)
	}
}

func TestZIPOfAZIPIsHandedOutAsItIs(t *testing.T) {
	inner := zipOf(t, "a.txt=x")
	got, _, err := taken(t, zipOf(t, "inner.zip="+string(inner)))
	must(t, err)
	if len(got) != 1 || !strings.HasPrefix(got[0], "inner.zip: PK") {
		t.Errorf("got %q", got)
	}
}

func TestUnpackingIsBounded(t *testing.T) {
	var many []string
	for range mostMembers + 1 {
		many = append(many, "a.txt=x")
	}
	var f *Fault
	if _, _, err := taken(t, zipOf(t, many...)); !errors.As(err, &f) || f.Cause != TooLarge {
		t.Errorf("too many files: %v", err)
	}
	bomb := zipOf(t, "zeros.bin="+strings.Repeat("0", 1<<20)) // packed to about 1 KB
	u := &unpacker{ctx: t.Context(), left: 1 << 16, take: func(_ string, r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }}
	if err := u.zip(original(bomb), int64(len(bomb))); !errors.As(err, &f) || f.Cause != TooLarge {
		t.Errorf("a bomb: %v", err)
	}
	if _, _, err := taken(t, zipOf(t, "a=b")[:10]); err == nil {
		t.Error("a cut ZIP was taken")
	}
	if _, _, err := taken(t, []byte("just words")); err == nil {
		t.Error("a text was unpacked")
	}
}

func TestMailAttachmentsAreHandedOut(t *testing.T) {
	pdf := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 pod"))
	mail := strings.ReplaceAll(`From: driver@example.com
To: desk@example.com
Subject: POD
Date: Mon, 23 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: multipart/alternative; boundary=B

--B
Content-Type: text/plain

Signed POD for LD-1
--B--
--A
Content-Type: application/pdf; name="=?utf-8?q?POD_=C5=81=C3=B3d=C5=BA.pdf?="
Content-Disposition: attachment; filename="..\\POD.pdf"
Content-Transfer-Encoding: base64

`+pdf+`
--A
Content-Type: image/jpeg
Content-Transfer-Encoding: quoted-printable

=FF=D8=FFjpeg
--A
Content-Type: message/rfc822

From: x@example.com
Content-Type: text/csv; name="inner.csv"

load,pod
--A--
`, "\n", "\r\n")
	got, notes, err := taken(t, []byte(mail))
	must(t, err)
	want := "POD.pdf: %PDF-1.4 pod|attachment.jpeg: \xff\xd8\xffjpeg|inner.csv: load,pod"
	if strings.Join(got, "|") != want || len(notes) != 0 {
		t.Errorf("got %q, notes %q", got, notes)
	}
	cut, _, err := taken(t, []byte(mail[:strings.Index(mail, "--A--")-200]))
	if err != nil || len(cut) == 0 || cut[0] != got[0] {
		t.Errorf("what came before the cut was lost: %q, %v", cut, err)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("From: a\r\nTo: b\r\nSubject: c\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\nContent-Type: image/png\r\n\r\nx\r\n--A--"))
	if seed, err := os.ReadFile(filepath.Join("testdata", "small.webp")); err == nil {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = Unpack(t.Context(), bytes.NewReader(data), func(name string, content io.Reader) error {
			if strings.ContainsAny(name, `/\`) {
				t.Errorf("name %q", name)
			}
			_, err := io.Copy(io.Discard, content)
			return err
		})
	})
}
