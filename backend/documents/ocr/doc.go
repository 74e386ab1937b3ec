// Package ocr reads words off pictures of pages: Tesseract's LSTM engine as a WebAssembly core on wazero, in the program
// itself, without C and without a browser.
//
// The core (tesseract.js-core 7.0.0, the build with SIMD) and the language data (English and Spanish, "4.0.0_best_int")
// are embedded; internal/gen takes them out of their npm packages and writes letters.go. The core asks its host for 45
// functions, one letter each: host.go has them. It sees no files but the language data and no network.
//
// Two things that cost others dearly: a runtime that closes on the end of a context makes every page four times slower,
// so a page is stopped from the core's progress call; and a page without a stated resolution is read differently.
package ocr
