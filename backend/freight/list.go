package freight

import "encoding/json"

// List is a slice whose JSON is [] when it is empty, never null: readers of our JSON need no second case.
type List[T any] []T

// MarshalJSON writes the elements; an empty or nil list is [].
func (l List[T]) MarshalJSON() ([]byte, error) {
	if len(l) == 0 {
		return []byte("[]"), nil
	}
	return json.Marshal([]T(l))
}
