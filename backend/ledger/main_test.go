package ledger_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets properties over a real file try fewer cases than the usual hundred, unless -rapid.checks says otherwise.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "8"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}
