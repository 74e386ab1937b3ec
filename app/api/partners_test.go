package api_test

import (
	"strings"
	"testing"

	"tracedesk/app/api"
	"tracedesk/app/api/apitest"
)

func TestWrittenEDIIsFetchedByItsName(t *testing.T) {
	desk, _ := apitest.New(5)
	w := ask(t, api.New(desk), "GET", "/api/edi/written/990-000000001.edi", "")
	if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Disposition"), "990-000000001.edi") || w.Body.String() != "ISA*" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

func TestAFileIsExplainedByPathOrByUpload(t *testing.T) {
	desk, _ := apitest.New(5)
	h := api.New(desk)
	for body, want := range map[string]int{`{"path":"a.edi"}`: 200, `{"path":"a.edi","upload":"u-a.edi"}`: 400, `{"upload":"u-gone.edi"}`: 500} {
		if w := ask(t, h, "POST", "/api/explain", body); w.Code != want {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
}
