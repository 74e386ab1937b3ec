package documents

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"path"
	"strings"
)

// Bounds of what is unpacked from one file, so that a small file cannot fill the disk.
const (
	mostMembers  = 500
	mostUnpacked = 1 << 30 // bytes, all members together
	mostNested   = 8       // parts within parts of a mail
)

// Take receives one file out of a mail or a ZIP. Name is the last part of its name there, never a path; the reader is
// valid during the call only.
type Take func(name string, content io.Reader) error

// Unpack hands out the files within a ZIP or the attachments of a mail, one after another. Nothing is written anywhere
// and no name is taken for a path. What could not be opened is told in notes; the error is a *Fault where the file
// itself is the reason, or what take returned. A ZIP within is handed out as it is: the caller says how deep to go.
func Unpack(ctx context.Context, o Original, take Take) (notes []string, err error) {
	size, kind, err := identify(o)
	if err != nil {
		return nil, err
	}
	u := &unpacker{ctx: ctx, take: take, left: mostUnpacked}
	switch kind {
	case ZIP:
		err = u.zip(o, size)
	case EML:
		var message *mail.Message
		message, err = mail.ReadMessage(bufio.NewReader(from(ctx, o)))
		if err != nil {
			return nil, fault(Broken, "the e-mail is damaged (%v): save it again", err)
		}
		err = u.part(textproto.MIMEHeader(message.Header), message.Body, 0)
	default:
		return nil, fault(NotShown, "only a ZIP or an e-mail has files within; this is neither")
	}
	return u.notes, err
}

type unpacker struct {
	ctx     context.Context
	take    Take
	members int
	left    int64
	notes   []string
}

func (u *unpacker) note(format string, args ...any) {
	u.notes = append(u.notes, fmt.Sprintf(format, args...))
}

// hand gives one file out, counted against the bounds.
func (u *unpacker) hand(name string, content io.Reader) error {
	if u.members++; u.members > mostMembers {
		return fault(TooLarge, "there are more than %d files within: it may be made to do harm; unpack it by hand", mostMembers)
	}
	bounded := &counted{Reader: content, u: u}
	err := u.take(name, bounded)
	switch {
	case u.left < 0:
		return fault(TooLarge, "the files within are larger than %d MB together: it may be made to do harm; unpack it by hand", mostUnpacked>>20)
	case bounded.err != nil && u.ctx.Err() == nil:
		u.note("%s within is damaged (%v)", name, bounded.err)
		return nil
	}
	return err
}

// counted stops reading when more comes out than is allowed for all, or when the caller stops, and keeps a damage.
type counted struct {
	io.Reader
	u   *unpacker
	err error
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.u.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.Reader.Read(p)
	c.u.left -= int64(n)
	if c.u.left < 0 {
		return 0, errors.New("too much to unpack")
	}
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

const zipEncrypted = 0x1 // general purpose bit 0 (APPNOTE 4.4.4)

func (u *unpacker) zip(o Original, size int64) error {
	archive, err := zip.NewReader(o, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return fault(Broken, "the ZIP is damaged or cut off: ask for it again")
	}
	for _, f := range archive.File {
		if err := u.ctx.Err(); err != nil {
			return err
		}
		name := baseName(strings.TrimRight(f.Name, "/\\"))
		if f.FileInfo().IsDir() || !f.Mode().IsRegular() || strings.HasPrefix(f.Name, "__MACOSX/") || name == "" || strings.HasPrefix(name, ".") {
			continue
		}
		if f.Flags&zipEncrypted != 0 {
			u.note("%s within is locked with a password: ask for it without one", name)
			continue
		}
		content, err := f.Open()
		if err != nil {
			u.note("%s within cannot be unpacked (%v)", name, err)
			continue
		}
		err = u.hand(name, content)
		content.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// part walks a mail's parts and hands out those that are files: with a name, or a picture or PDF by their type.
func (u *unpacker) part(header textproto.MIMEHeader, body io.Reader, depth int) error {
	if depth > mostNested {
		u.note("the e-mail has parts within parts deeper than %d: those were left out", mostNested)
		return nil
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return u.parts(multipart.NewReader(body, params["boundary"]), depth)
	case kind == "message/rfc822":
		inner, err := mail.ReadMessage(bufio.NewReader(decoded(header, body)))
		if err != nil {
			u.note("a forwarded e-mail within is damaged (%v)", err)
			return nil
		}
		return u.part(textproto.MIMEHeader(inner.Header), inner.Body, depth+1)
	}
	name := attachmentName(header, kind)
	if name == "" {
		return nil
	}
	return u.hand(name, decoded(header, body))
}

func (u *unpacker) parts(reader *multipart.Reader, depth int) error {
	for {
		p, err := reader.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if u.ctx.Err() != nil {
			return u.ctx.Err()
		}
		if err != nil {
			u.note("the e-mail is cut off: what came before was kept")
			return nil
		}
		if err := u.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// attachmentName is the file name of a mail's part; empty for the words of the mail itself.
func attachmentName(header textproto.MIMEHeader, kind string) string {
	words := mime.WordDecoder{}
	for _, field := range []struct{ header, param string }{{"Content-Disposition", "filename"}, {"Content-Type", "name"}} {
		if _, params, err := mime.ParseMediaType(header.Get(field.header)); err == nil && params[field.param] != "" {
			name := params[field.param]
			if plain, err := words.DecodeHeader(name); err == nil {
				name = plain
			}
			return baseName(name)
		}
	}
	if kind == "application/pdf" || strings.HasPrefix(kind, "image/") {
		return "attachment." + path.Base(kind)
	}
	return ""
}

// decoded undoes a part's transfer encoding (RFC 2045, section 6).
func decoded(header textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}
