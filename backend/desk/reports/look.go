package reports

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/report"
	"tracedesk/backend/report/pdf"
	"tracedesk/backend/store"
)

// Keys under which the look of a customer's papers is kept.
const (
	logoKey   = "report.logo" // the file's place on the shelf
	inkKey    = "report.ink"  // #0B57C2
	paperKey  = "report.paper"
	mostBytes = 512 << 10
)

// SetLook says how a customer's papers look; what is nil stays as it is. Customer "" is everybody without a look of their own.
type SetLook struct {
	Customer string  `json:"customer"`
	Logo     []byte  `json:"logo,omitempty"`  // a JPEG, PNG or GIF
	NoLogo   bool    `json:"noLogo"`          // takes the logo away
	Ink      *string `json:"ink,omitempty"`   // "#0B57C2"; "" none
	Paper    *string `json:"paper,omitempty"` // letter or a4; "" letter
	As       string  `json:"as,omitempty"`
}

// SetLook keeps the look of a customer's papers.
func (a *Area) SetLook(ctx context.Context, s SetLook) error {
	scope := "global"
	if s.Customer != "" {
		customer, err := a.customerOf(ctx, s.Customer)
		if err != nil {
			return err
		}
		scope = "customer:" + customer
	}
	values := map[string]string{}
	if s.NoLogo {
		values[logoKey] = ""
	}
	if len(s.Logo) > 0 {
		place, err := a.keepLogo(ctx, s.Logo)
		if err != nil {
			return err
		}
		values[logoKey] = place
	}
	if s.Ink != nil {
		if _, err := inkOf(*s.Ink); err != nil {
			return err
		}
		values[inkKey] = *s.Ink
	}
	if s.Paper != nil {
		if _, ok := paperSizes[strings.ToLower(*s.Paper)]; !ok && *s.Paper != "" {
			return desk.Invalid("Papers are printed on letter or a4, not on %q.", *s.Paper)
		}
		values[paperKey] = strings.ToLower(*s.Paper)
	}
	if len(values) == 0 {
		return desk.Invalid("Say what to change: the logo, the ink or the paper.")
	}
	who, now := a.desk.Person(s.As), a.desk.Now().UTC()
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		for _, key := range []string{logoKey, inkKey, paperKey} {
			value, set := values[key]
			if !set {
				continue
			}
			if err := tx.SetSetting(scope, key, value, now, who); err != nil {
				return err
			}
			if err := tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: scope, Detail: fmt.Sprintf("%s %q", key, value)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// keepLogo puts a picture that can be printed on the shelf.
func (a *Area) keepLogo(ctx context.Context, logo []byte) (string, error) {
	if len(logo) > mostBytes {
		return "", desk.Invalid("The logo has %d KB; no more than %d KB is printed on every paper.", len(logo)>>10, mostBytes>>10)
	}
	if _, err := pdf.NewPicture(logo); err != nil {
		return "", desk.Invalid("The logo cannot be printed: %s.", err)
	}
	stored, err := a.desk.Raw.PutCompressed(ctx, "logo", bytes.NewReader(logo))
	return stored.Hash, err
}

// look is how the papers of a query are printed: what is asked for, else the customer's setting, else the desk's.
func (a *Area) look(ctx context.Context, q PaperQuery) (report.PDFOptions, error) {
	opt := report.PDFOptions{Author: a.desk.Person(q.As)}
	of := func(key string) (string, error) {
		for _, scope := range []string{"customer:" + q.Customer, "global"} {
			if v, err := a.desk.Store.Setting(ctx, scope, key); err != nil || v != "" {
				return v, err
			}
		}
		return "", nil
	}
	if q.Customer != "" {
		customer, err := a.customerOf(ctx, q.Customer)
		if err != nil {
			return opt, err
		}
		q.Customer = customer
	}
	size, err := of(paperKey)
	if err != nil {
		return opt, err
	}
	size = cmp.Or(strings.ToLower(q.Paper), size, "letter")
	if opt.Paper = paperSizes[size]; opt.Paper == (pdf.Paper{}) {
		return opt, desk.Invalid("Papers are printed on letter or a4, not on %q.", q.Paper)
	}
	ink, err := of(inkKey)
	if err != nil {
		return opt, err
	}
	if opt.Brand.Ink, err = inkOf(ink); err != nil {
		return opt, err
	}
	place, err := of(logoKey)
	if err != nil || place == "" {
		return opt, err
	}
	opt.Brand.Logo, err = a.logo(place)
	return opt, err
}

func (a *Area) logo(place string) (*pdf.Picture, error) {
	f, err := a.desk.Raw.OpenCompressed(place)
	if err != nil {
		return nil, fmt.Errorf("the logo on file cannot be read: %w", err)
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return pdf.NewPicture(body)
}

// inkOf reads #0B57C2; "" is no ink.
func inkOf(s string) (pdf.Ink, error) {
	if s == "" {
		return pdf.Ink{}, nil
	}
	rgb, err := hex.DecodeString(strings.TrimPrefix(s, "#"))
	if err != nil || len(rgb) != 3 {
		return pdf.Ink{}, desk.Invalid("%q is not a colour such as #0B57C2.", s)
	}
	return pdf.Ink{R: rgb[0], G: rgb[1], B: rgb[2]}, nil
}
