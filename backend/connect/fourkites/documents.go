package fourkites

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// mostPaper is how long a request with papers may be.
const mostPaper = 10 << 20

type upload struct {
	Load struct {
		Identifier string `json:"identifier"`
		Value      string `json:"value"`
	} `json:"load"`
	Documents []uploaded `json:"documents"`
}

type uploaded struct {
	Type    string `json:"type"`
	Kind    string `json:"document_type"`
	Content string `json:"base64_content"`
}

// fileTypes is how FourKites calls the types of file that it takes.
var fileTypes = map[string]string{"application/pdf": "pdf", "image/jpeg": "jpeg", "image/tiff": ".tiff"}

// sendPaper uploads a paper of the load.
func (c *Connector) sendPaper(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	media, _, _ := strings.Cut(e.Media, ";")
	kind, ok := fileTypes[strings.TrimSpace(media)]
	if !ok {
		return connect.Receipt{}, fmt.Errorf("%w: FourKites takes PDF, JPEG and TIFF, no %q; send it as PDF", connect.ErrRefused, e.Media)
	}
	if len(e.Paper) == 0 {
		return connect.Receipt{}, fmt.Errorf("%w: the paper is empty", connect.ErrRefused)
	}
	var u upload
	u.Load.Identifier, u.Load.Value = "loadNumber", number(e.Load)
	u.Documents = []uploaded{{kind, c.paperKind(e.Says.Paper), base64.StdEncoding.EncodeToString(e.Paper)}}
	body, err := wire.Encode(u)
	if err != nil {
		return connect.Receipt{}, err
	}
	if len(body) > mostPaper {
		return connect.Receipt{}, fmt.Errorf("%w: the paper has %d MB, and FourKites takes 10 MB in a request, which leaves 7 for papers", connect.ErrRefused, len(e.Paper)>>20)
	}
	if _, err := c.ask(ctx, c.config, wire.Question{Method: http.MethodPost, Path: c.config.values["documentPath"], Body: body, Media: "application/json"}); err != nil {
		return connect.Receipt{}, err
	}
	return connect.Receipt{Says: "paper filed at FourKites"}, nil
}

// paperKind is FourKites' code of a kind of paper: BL, DR, and OD for the rest.
func (c *Connector) paperKind(kind string) string {
	if kind == "pod" || kind == "pop" {
		if code := c.config.codes.CodeFor("document", kind); code != "" {
			return code
		}
	}
	return "OD"
}
