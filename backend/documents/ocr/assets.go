package ocr

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"sync"
)

//go:embed data/core.wasm.gz data/eng.traineddata.gz data/spa.traineddata.gz
var assets embed.FS

// unpackAsset reads one embedded file.
func unpackAsset(name string) ([]byte, error) {
	packed, err := assets.ReadFile("data/" + name + ".gz")
	if err != nil {
		return nil, fmt.Errorf("the reader has no data %s: %w", name, err)
	}
	plain, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}

// Languages are those that can be read; joined by a plus sign they are read together, the first one first.
var Languages = []string{"eng", "spa"}

// languages unpacks the data of each language once, when it is first wanted.
type languages struct {
	mu   sync.Mutex
	data map[string][]byte
}

func (l *languages) get(lang string) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if data, ok := l.data[lang]; ok {
		return data, nil
	}
	data, err := unpackAsset(lang + ".traineddata")
	if err != nil {
		return nil, err
	}
	if l.data == nil {
		l.data = map[string][]byte{}
	}
	l.data[lang] = data
	return data, nil
}
