// Command fakedesk serves the built screens with the desk in memory, to look at screens without a store:
//
//	go run ./app/api/apitest/fakedesk -addr 127.0.0.1:7788 -loads 400 -live
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"time"

	"tracedesk/app/api"
	"tracedesk/app/api/apitest"
	"tracedesk/backend/desk/board"
)

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

func main() {
	addr := flag.String("addr", "127.0.0.1:7788", "where to listen")
	loads := flag.Int("loads", 400, "how many loads")
	live := flag.Bool("live", false, "let loads change")
	dist := flag.String("dist", "frontend/dist", "the built screens")
	flag.Parse()
	desk, b := apitest.New(*loads)
	if *live {
		go stir(b, *loads)
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", api.New(desk))
	files := http.FileServer(http.Dir(*dist))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		files.ServeHTTP(w, r)
	})
	fmt.Println("http://" + *addr)
	if err := http.ListenAndServe(*addr, mux); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func stir(b *apitest.Board, loads int) {
	for range time.Tick(200 * time.Millisecond) {
		b.Touch(rand.IntN(loads), func(r *board.Row) {
			r.LastNews = &board.News{At: apitest.Now, Source: "project44", Text: "Position near " + r.Origin}
		})
	}
}
