package fields

import (
	"image"
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestWhatStandsInAFrame(t *testing.T) {
	g := sheetOfPaper()
	frame(g, image.Rect(400, 1000, 640, 1080))
	pen(g, 430, 1060, 4)
	k := inkOf(g)
	around := toBox(image.Rect(390, 990, 650, 1090), k)
	in := k.rect(k.unframed(around))
	if frame := image.Rect(404, 1004, 636, 1076); !in.In(frame) || !image.Rect(435, 1020, 560, 1060).In(in) {
		t.Errorf("within the frame lies %v", in)
	}
	g = sheetOfPaper()
	rule(g, 400, 640, 1080) // a line to write on is no frame
	pen(g, 430, 1060, 4)
	k = inkOf(g)
	if got := k.unframed(around); got != around {
		t.Errorf("without a frame %v", got)
	}
}

// TestLinesBesideAreNotRead: a place that runs into the next line makes sense by the words that it holds whole.
func TestLinesBesideAreNotRead(t *testing.T) {
	f := &finder{sheet: &sheet{height: 0.01}}
	place := paper.Box{0.1, 0.27, 0.4, 0.3}
	whole := token{text: "junction", sure: 0.97, box: paper.Box{0.1, 0.275, 0.2, 0.285}}
	tall := token{text: "OVER", sure: 0.5, box: paper.Box{0.1, 0.27, 0.2, 0.3}}
	cut := token{text: "etavae", sure: 0.5, box: paper.Box{0.1, 0.293, 0.2, 0.2995}}
	got := f.within(place, []token{whole, tall, cut})
	if len(got) != 2 || got[0].text != "junction" || got[1].text != "OVER" {
		t.Errorf("%v", got)
	}
}
