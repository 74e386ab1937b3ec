package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const listOfLoads = `[{"id":"S1","Load":"L1001","BOL":"BOL-445566","PO":"PO450012","Consignee":"Store 9","Pieces":40,"Pickup":"2026-03-17","Delivery":"2026-03-18"},
{"id":"S2","Load":"L1002","BOL":"BOL-778899","PO":"PO450013","Consignee":"Store 12"}]`

var podLines = []string{"PROOF OF DELIVERY", "Load number: L1001", "Bill of Lading No: BOL-445566", "PO Number: PO450012", "Total pieces: 40"}

// TestDocsRead: papers are read without a desk; a folder's JSON and text files are not papers; the shape is the public one.
func TestDocsRead(t *testing.T) {
	d := newDesk(t)
	d.file("pod.pdf", page(podLines...), 0)
	d.file("notes.txt", "hello", 0)
	d.file("empty.jpg", "", 0)
	loads := d.file("shipments.json", listOfLoads, 0)
	out := d.ask("docs", "read", d.files, "--loads", loads)
	d.want("files", len(pick(out, "files").([]any)), 2)
	d.want("the empty one", pick(out, "files", 0, "file"), "empty.jpg")
	d.want("why", pick(out, "files", 0, "documents", 0, "reasons"), []string{"zero"})
	d.want("error", pick(out, "files", 0, "error") != "", true)
	doc := pick(out, "files", 1, "documents", 0)
	d.want("type", pick(doc, "type"), "POD")
	d.want("pages", pick(doc, "pages"), []int{1})
	d.want("rotation", pick(doc, "rotation"), map[string]int{"1": 0})
	d.want("load", pick(doc, "match", "load"), "L1001")
	d.want("first candidate", pick(doc, "match", "candidates", 0, "load"), "L1001")
	d.want("number", pick(doc, "fields", "bol", 0, "value"), "BOL-445566")
	d.want("box", len(pick(doc, "fields", "bol", 0, "box").([]any)), 4)
	d.want("not signed, so a person looks", pick(doc, "verdict"), "review")
	d.want("reasons", strings.Contains(strings.Join(texts(pick(doc, "reasons")), " "), "unsigned"), true)
	for _, key := range []string{"subtype", "typeConfidence", "signatures", "notations", "barcodes"} {
		if _, has := doc.(map[string]any)[key]; !has {
			t.Errorf("%s is missing", key)
		}
	}
	if _, err := os.Stat(filepath.Join(d.home, "desk.db")); err == nil {
		t.Error("reading papers made a desk")
	}
	code, words, errs := d.run("docs", "read", filepath.Join(d.files, "pod.pdf"), "--loads", loads)
	d.want("exit", code, 0)
	if !strings.Contains(words, "pod.pdf page 1: POD") || !strings.Contains(words, "load L1001: ") || !strings.Contains(words, "not signed") {
		t.Errorf("in words: %s", words)
	}
	if !strings.Contains(errs, "1 of 1 files read") {
		t.Errorf("progress: %q", errs)
	}
}

func texts(list any) (out []string) {
	for _, v := range list.([]any) {
		out = append(out, v.(string))
	}
	return out
}

// TestDocsReadAgainstTheDesk: without --loads papers are held against the loads of the desk, and nothing is stored.
func TestDocsReadAgainstTheDesk(t *testing.T) {
	d := newDesk(t)
	d.bring("l.csv", loadsHead+delivered("L1001", "BOL:BOL-445566;PO:PO450012"), 0)
	out := d.ask("docs", "read", d.file("pod.pdf", page(podLines...), 0))
	d.want("load", pick(out, "files", 0, "documents", 0, "match", "load"), "L1001")
	d.want("nothing is stored", len(pick(d.ask("docs", "list"), "documents").([]any)), 0)
}

// TestDocsScore: a folder with its truth beside it.
func TestDocsScore(t *testing.T) {
	d := newDesk(t)
	d.file("pod.pdf", page(podLines...), 0)
	d.file("shipments.json", listOfLoads, 0)
	truth := d.file("truth.json", `{"files":[{"file":"pod.pdf","pages":[{"page":1,"doc_type":"POD","shipment":"S1","fields":{"load":{"value":"L1001"},"bol":{"value":"BOL-445566"}}}],
		"documents":[{"pages":[1],"doc_type":"POD","shipment":"S1"}],"verdict":"review","reasons":["unsigned"]}]}`, 0)
	s := d.ask("docs", "score", d.files, "--truth", truth, "--loads", filepath.Join(d.files, "shipments.json"))
	d.want("load", pick(s, "fields", 0, "typed"), map[string]int{"truth": 1, "given": 1, "right": 1})
	d.want("match", pick(s, "match"), map[string]int{"documents": 1, "rightFirst": 1, "named": 1, "wrongAccepted": 0})
	d.want("verdict", pick(s, "verdict", "right"), 1)
	d.want("memory is told", pick(s, "peakMB").(float64) > 0, true)
	code, words, _ := d.run("docs", "score", d.files, "--misses")
	d.want("exit", code, 0)
	if !strings.Contains(words, "right load first 100.0 %") {
		t.Errorf("in words: %s", words)
	}
}

func TestDocsReadWrongUse(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		args string
		code int
	}{
		{"docs read", 2}, {"docs score", 2}, {"docs score " + d.files, 1}, {"docs read " + d.files, 1}, {"docs read /nowhere/at/all.pdf", 1},
		{"docs read x.pdf --loads /nowhere/loads.csv", 1},
	} {
		if code, _, errs := d.run(strings.Fields(c.args)...); code != c.code || errs == "" {
			t.Errorf("%s: exit %d, %q", c.args, code, errs)
		}
	}
}
