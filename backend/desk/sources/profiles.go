package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// A column's meaning travels to the screens as one word: "load", "pickup.appt_start", "delivery.appt_start.time". The stop
// group comes first where there is one, the part of a time last.

func fieldCode(c sheet.Column) string {
	if c.Field == "" {
		return ""
	}
	code := string(c.Field)
	if c.Stop != "" {
		code = c.Stop + "." + code
	}
	if c.Part != "" {
		code += "." + string(c.Part)
	}
	return code
}

// setField is the inverse of fieldCode; what the column had besides (units, orders) stays when its meaning stays.
func setField(c *sheet.Column, code string) {
	if fieldCode(*c) == code {
		return
	}
	header := c.Header
	order := c.Order
	*c = sheet.Column{Header: header, Order: order}
	parts := strings.Split(code, ".")
	if n := len(parts); n > 1 && (parts[n-1] == string(sheet.DatePart) || parts[n-1] == string(sheet.TimePart)) {
		c.Part = sheet.Part(parts[n-1])
		parts = parts[:n-1]
	}
	if len(parts) == 2 {
		c.Stop = parts[0]
		parts = parts[1:]
	}
	c.Field = sheet.Field(parts[0])
}

// toProfile is a sheet's profile as the screens show it.
func toProfile(p sheet.Profile) Profile {
	out := Profile{Name: p.Name, Source: p.Source, RowPer: p.RowPer, Full: p.Full}
	if out.Source == "" {
		out.Source = string(freight.TMS)
	}
	for _, c := range p.Columns {
		out.Columns = append(out.Columns, ColumnMap{Column: c.Header, Field: fieldCode(c)})
		if c.Order != "" && out.DateOrder == "" {
			out.DateOrder = strings.ToUpper(string(c.Order))
		}
	}
	return out
}

// fromProfile lays a person's mapping over the best guess for the book: what a person does not see on the screen (units,
// placeholder words) stays as it was guessed.
func fromProfile(p Profile, b *sheet.Book, s *Area) (sheet.Profile, error) {
	guess, err := sheet.GuessProfile(b, s.desk.Now())
	if err != nil {
		return sheet.Profile{}, err
	}
	out := guess.Profile
	out.Full = p.Full
	if p.Name != "" {
		out.Name = p.Name
	}
	if p.Source != "" && p.Source != string(freight.TMS) {
		out.Source = p.Source
	}
	if p.RowPer != "" {
		out.RowPer = p.RowPer
		out.Kind = freight.LoadsFile
		if p.RowPer == sheet.PerEvent {
			out.Kind = freight.EventsFile
		}
	}
	for _, m := range p.Columns {
		i := slices.IndexFunc(out.Columns, func(c sheet.Column) bool { return strings.EqualFold(c.Header, m.Column) })
		if i < 0 {
			return out, desk.Invalid("%s has no column %q.", b.Name, m.Column)
		}
		setField(&out.Columns[i], m.Field)
		if p.DateOrder != "" {
			out.Columns[i].Order = sheet.Order(strings.ToLower(p.DateOrder))
		}
	}
	return out, nil
}

func decodeProfile(body []byte) (*sheet.Profile, error) {
	var p sheet.Profile
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, fmt.Errorf("the saved mapping cannot be read: %w", err)
	}
	return &p, nil
}

// profileNamed is a saved profile by its name, or the one in a file.
func (s *Area) profileNamed(ctx context.Context, name string) (*sheet.Profile, error) {
	saved, err := s.desk.Store.Profiles(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range saved {
		if strings.EqualFold(p.Name, name) {
			return decodeProfile([]byte(p.Body))
		}
	}
	body, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, desk.NotFound("There is no mapping called %q, and no file of that name.", name)
	}
	if err != nil {
		return nil, err
	}
	p, err := decodeProfile(body)
	if err != nil {
		return nil, desk.Invalid("%s is not a mapping: %s.", name, err)
	}
	return p, nil
}

// profileFor is the profile that was confirmed for a layout before; nil when there is none.
func (s *Area) profileFor(ctx context.Context, fingerprint string) (*sheet.Profile, error) {
	saved, err := s.desk.Store.Profiles(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range saved {
		if p.Fingerprint == fingerprint {
			return decodeProfile([]byte(p.Body))
		}
	}
	return nil, nil
}

// remember saves a mapping that a person confirmed, for the next file of the same layout.
func (s *Area) remember(ctx context.Context, f *file, req ImportRequest) error {
	if req.Mapping == nil || f.profile == nil {
		return nil
	}
	return s.save(ctx, f.profile, req.As)
}

func (s *Area) save(ctx context.Context, p *sheet.Profile, as string) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	who, now := s.desk.Person(as), s.desk.Now()
	return s.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SaveProfile(store.Profile{Name: p.Name, Fingerprint: p.Fingerprint, Body: string(body), SavedAt: now, By: who}); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "mapping saved", Subject: "profile:" + p.Name, Digest: desk.Digest(string(body))})
	})
}

// Profiles are the saved mappings.
func (s *Area) Profiles(ctx context.Context) (Profiles, error) {
	saved, err := s.desk.Store.Profiles(ctx)
	if err != nil {
		return Profiles{}, err
	}
	var out Profiles
	for _, sp := range saved {
		p, err := decodeProfile([]byte(sp.Body))
		if err != nil {
			return out, err
		}
		line := toProfile(*p)
		line.UsedAt = desk.Moment(sp.SavedAt)
		out.Profiles = append(out.Profiles, line)
	}
	return out, nil
}

// SaveProfile changes a saved mapping: its columns' meanings, its source, whether its files list everything.
func (s *Area) SaveProfile(ctx context.Context, p Profile) (Profile, error) {
	kept, err := s.profileNamed(ctx, p.Name)
	if err != nil {
		return Profile{}, err
	}
	kept.Full = p.Full
	if p.RowPer != "" {
		kept.RowPer = p.RowPer
	}
	kept.Source = p.Source
	for _, m := range p.Columns {
		for i := range kept.Columns {
			if strings.EqualFold(kept.Columns[i].Header, m.Column) {
				setField(&kept.Columns[i], m.Field)
			}
		}
	}
	return toProfile(*kept), s.save(ctx, kept, "")
}
