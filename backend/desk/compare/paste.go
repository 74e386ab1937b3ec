package compare

import (
	"context"
	"fmt"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// longest is how much of a page may be pasted.
const longest = 64 << 10

// Paste reads what a source's page says of a load. With Commit it becomes that source's word, by way of its portal; lines that
// could not be read are kept as a note of it.
func (a *Area) Paste(ctx context.Context, ref string, paste Paste) (Pasted, error) {
	if text := strings.TrimSpace(paste.Text); text == "" || len(paste.Text) > longest {
		return Pasted{}, desk.Invalid("Paste what the page says, at most %d KB of it.", longest>>10)
	}
	s, err := a.sides(ctx, ref, lookedAt(paste.Now))
	if err != nil {
		return Pasted{}, err
	}
	src, err := s.whose(strings.TrimSpace(paste.Source))
	if err != nil {
		return Pasted{}, err
	}
	l := a.desk.LedgerAt(paste.Now)
	now := l.Now().UTC()
	p := readPage(paste.Text, &s.t, now)
	out := Pasted{Source: src.String(), Unread: p.unread, Says: fmt.Sprintf("%s read, %s kept as a note", count(len(p.claims), "thing"), count(len(p.unread), "line"))}
	for i := range p.claims {
		out.Claims = append(out.Claims, p.claims[i].shown())
	}
	if !paste.Commit {
		return out, nil
	}
	who := a.desk.Person(paste.As)
	o := freight.Observation{Source: src, Channel: freight.ByPortal, By: who, StatedAt: now, Text: paste.Text, Claims: p.words()}
	out.Says = fmt.Sprintf("Load %s: portal of %s: %s", s.load.Number, src, out.Says)
	posted, err := l.Post(ctx, s.load.ID, []freight.Observation{o}, func(tx *store.Tx, posted ledger.Posted) error {
		if len(posted.IDs) == 0 {
			return nil
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "portal", Subject: s.load.UID.String(), Detail: out.Says, Digest: desk.Digest(posted.IDs[0].String())})
	})
	if err != nil {
		return out, err
	}
	if len(posted.IDs) > 0 {
		out.Stored, out.Observation = true, posted.IDs[0].String()
	}
	return out, nil
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// words are the claims of a page, with what could not be read as a note.
func (p *page) words() []freight.Claim {
	out := make([]freight.Claim, 0, len(p.claims)+1)
	for i := range p.claims {
		out = append(out, p.claims[i].Claim)
	}
	if len(p.unread) == 0 {
		return out
	}
	left := make([]string, len(p.unread))
	for i := range p.unread {
		left[i] = p.unread[i].Text
	}
	return append(out, freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: strings.Join(left, "\n")}})
}

func (c *pageClaim) shown() PastedClaim {
	out := PastedClaim{Fact: c.Fact, Type: c.Value.Type, Stop: c.Subject.Stop.Seq, Line: c.line, Where: c.where}
	told := c.Claim
	told.Value.Type = ""
	switch out.Value = told.ValueText(); {
	case c.Fact.Actual():
		out.Value = asWritten(c.At)
	case c.Fact == freight.FactETA:
		out.Value = asWritten(c.Value.Start)
	case c.Fact == freight.FactWindow && c.Value.End.IsZero():
		out.Value = asWritten(c.Value.Start)
	case c.Fact == freight.FactWindow:
		out.Value = asWritten(c.Value.Start) + " to " + asWritten(c.Value.End)
	case c.Fact == freight.FactPosition:
		out.Value += ", " + asWritten(c.At)
	}
	return out
}

// asWritten is a time with a blank between day and hour.
func asWritten(w freight.When) string { return strings.Replace(w.String(), "T", " ", 1) }

// whose is the source that a person names: the load's carrier by nothing, its name or its SCAC; a platform; any source as
// "kind/account"; else a carrier of that name.
func (s *sides) whose(name string) (freight.Source, error) {
	own := s.carrier()
	kind, account, whole := strings.Cut(name, "/")
	k, known := freight.ParseSourceKind(kind)
	switch {
	case name == "" && own.Account == "":
		return own, desk.Invalid("Load %s has no carrier yet: say whose page it is.", s.load.Number)
	case name == "", strings.EqualFold(name, s.t.SCAC.Value), freight.NormalRef(name) == freight.NormalRef(s.t.Carrier.Value), name == own.String():
		return own, nil
	case known && (k == freight.User || k == freight.Rule || k == freight.Paper):
		return own, desk.Invalid("%s has no portal: say which carrier or platform.", k)
	case known && whole && account != "":
		return freight.Source{Kind: k, Account: strings.TrimSpace(account)}, nil
	case known:
		return s.speaking(k), nil
	}
	return freight.Source{Kind: freight.CarrierSrc, Account: name}, nil
}

// speaking is the one source of a kind that speaks of the load already, else one without an account.
func (s *sides) speaking(kind freight.SourceKind) freight.Source {
	found := freight.Source{Kind: kind}
	for src := range s.last {
		if src, _ = withoutPortal(src); src.Kind == kind {
			if found.Account != "" && found != src {
				return freight.Source{Kind: kind}
			}
			found = src
		}
	}
	return found
}
