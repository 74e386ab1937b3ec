package project44

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

const filesPath = "/services/document/v1/files/"

// document is one paper with its metadata.
type document struct {
	id, name, kind, media string
	identifiers           []typed
	bytes                 []byte
	at                    time.Time
	by                    string
}

var documentTypes = []string{"BILL_OF_LADING", "PROOF_OF_DELIVERY", "DELIVERY_RECEIPT", "WEIGHT_CERTIFICATE", "INSPECTION_CERTIFICATE", "LUMPER_CERTIFICATE", "HAZMAT_DOCUMENT", "OTHER"}

// document answers the calls of the document service.
func (s *Server) document(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	switch p := r.URL.Path; {
	case r.Method == http.MethodPost && p == "/services/document/v1/documents":
		s.submit(w, r, body, e)
	case r.Method == http.MethodPost && p == s.cfg.SearchPath:
		s.search(w, r, body, e)
	case r.Method == http.MethodGet && strings.HasPrefix(p, filesPath):
		s.file(w, strings.TrimPrefix(p, filesPath))
	default:
		s.fail(w, http.StatusNotFound, "Not Found")
	}
}

// submit takes a multipart form: part document (JSON) and part upload_file.
func (s *Server) submit(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		s.fail(w, http.StatusBadRequest, "Bad Request", "The body must be multipart/form-data.")
		return
	}
	var meta struct {
		Name        string  `json:"name"`
		Type        string  `json:"type"`
		Identifiers []typed `json:"identifiers"`
	}
	var file []byte
	var media string
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			s.fail(w, http.StatusBadRequest, "Bad Request", "The multipart body ends too early.")
			return
		}
		b, err := io.ReadAll(part)
		switch {
		case err != nil:
			s.fail(w, http.StatusBadRequest, "Bad Request", "The multipart body ends too early.")
			return
		case part.FormName() == "document" && json.Unmarshal(b, &meta) != nil:
			s.fail(w, http.StatusBadRequest, "Bad Request", "The part document is not valid JSON.")
			return
		case part.FormName() == "upload_file":
			file, media = b, part.Header.Get("Content-Type")
			if meta.Name == "" {
				meta.Name = part.FileName()
			}
		}
	}
	switch {
	case len(file) == 0:
		s.fail(w, http.StatusBadRequest, "Bad Request", "The part upload_file is required.")
		return
	case !slices.Contains(documentTypes, meta.Type):
		s.fail(w, http.StatusBadRequest, "Bad Request", "type is not valid.")
		return
	case len(meta.Identifiers) == 0:
		s.fail(w, http.StatusBadRequest, "Bad Request", "identifiers must have at least one entry.")
		return
	}
	d := &document{id: fmt.Sprintf("doc-%06d", len(s.documents)+1), name: meta.Name, kind: meta.Type, media: media, identifiers: meta.Identifiers, bytes: file, at: e.Facts, by: "client application"}
	s.documents = append(s.documents, d)
	e.Errand, e.Took = fmt.Sprintf("document %s %s %x", meta.Type, meta.Identifiers[0].Value, sum(file)), true
	for _, id := range meta.Identifiers {
		if l := s.names[id.Type+" "+id.Value]; l != nil {
			e.Load = l.Number
		}
	}
	s.received = append(s.received, standin.Receipt{At: e.Facts, Kind: "document", Load: e.Load, Errand: e.Errand, Body: file})
	reply(w, http.StatusOK, s.metadata(d, r.Host))
}

// metadata is how a document is told. The document service writes its times with Z.
func (s *Server) metadata(d *document, host string) map[string]any {
	at := d.at.UTC().Format("2006-01-02T15:04:05Z")
	return map[string]any{"id": d.id, "name": d.name, "type": d.kind, "identifiers": d.identifiers, "createdDateTime": at, "lastModifiedDateTime": at,
		"deletedDateTime": nil, "addedByCompany": "simulated", "addedByUser": d.by,
		"files": []map[string]any{{"url": "http://" + host + filesPath + d.id, "mediaType": d.media, "sizeInBytes": len(d.bytes), "type": "ORIGINAL"}}}
}

// search answers the documents of any of the identifiers asked for.
func (s *Server) search(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	var q struct {
		Identifiers []typed  `json:"identifiers"`
		Types       []string `json:"types"`
	}
	if json.Unmarshal(body, &q) != nil || len(q.Identifiers) == 0 {
		s.fail(w, http.StatusBadRequest, "Bad Request", "identifiers must have at least one entry.")
		return
	}
	found := []map[string]any{}
	take := func(d *document) {
		if len(q.Types) == 0 || slices.Contains(q.Types, d.kind) {
			found = append(found, s.metadata(d, r.Host))
		}
	}
	for _, d := range s.documents {
		if slices.ContainsFunc(d.identifiers, func(id typed) bool { return slices.Contains(q.Identifiers, id) }) {
			take(d)
		}
	}
	for _, id := range q.Identifiers {
		l := s.names[id.Type+" "+id.Value]
		if l == nil {
			continue
		}
		e.Load = l.Number
		if d := proof(l, e.Facts); d != nil {
			take(d)
		}
		break
	}
	reply(w, http.StatusOK, map[string]any{s.cfg.DocumentsField: found})
}

// proof is the load's signed POD, once it was sent.
func proof(l *standin.Load, now time.Time) *document {
	if l.Proof == nil || l.Paper.IsZero() || l.Paper.After(now) {
		return nil
	}
	return &document{id: "pod-" + l.Number, name: "POD " + l.Number + ".pdf", kind: "PROOF_OF_DELIVERY", media: "application/pdf",
		identifiers: []typed{{"BILL_OF_LADING", l.BOL}, {"ORDER", l.Number}}, bytes: l.Proof(), at: l.Paper, by: l.Carrier}
}

func (s *Server) file(w http.ResponseWriter, id string) {
	for _, d := range s.documents {
		if d.id == id {
			sendFile(w, d)
			return
		}
	}
	if number, ok := strings.CutPrefix(id, "pod-"); ok {
		if l := s.names["ORDER "+number]; l != nil {
			if d := proof(l, s.Facts()); d != nil {
				sendFile(w, d)
				return
			}
		}
	}
	s.fail(w, http.StatusNotFound, "Not Found", "There is no such file.")
}

func sendFile(w http.ResponseWriter, d *document) {
	w.Header().Set("Content-Type", d.media)
	w.Write(d.bytes)
}

func sum(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}
