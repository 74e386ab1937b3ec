package ledger

// WriteAtOnce has runs write what waits as soon as there are n observations; the function that it returns sets it back.
func WriteAtOnce(n int) (back func()) {
	was := mostWaiting
	mostWaiting = n
	return func() { mostWaiting = was }
}
