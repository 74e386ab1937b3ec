package heic

import (
	"bytes"
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"
)

var decoder *Decoder

func TestMain(m *testing.M) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	decoder = New(filepath.Join(cache, "tracedesk", "test-pdf"))
	code := m.Run()
	decoder.Close()
	os.Exit(code)
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const plenty = 50_000_000

func TestDecodes(t *testing.T) {
	for _, name := range []string{"gray.heic", "test8.heic"} {
		data := sample(t, name)
		w, h, err := decoder.Size(t.Context(), data)
		if err != nil || w != 512 || h != 512 {
			t.Errorf("%s is %d by %d, %v", name, w, h, err)
		}
		picture, err := decoder.Decode(t.Context(), data, plenty)
		if err != nil || picture.Bounds() != image.Rect(0, 0, w, h) {
			t.Fatalf("%s: %v", name, err)
		}
		tones := map[uint32]bool{}
		for x := range w {
			r, _, _, _ := picture.At(x, h/2).RGBA()
			tones[r] = true
		}
		if len(tones) < 20 {
			t.Errorf("%s came out with %d tones across its middle", name, len(tones))
		}
	}
}

func TestRefuses(t *testing.T) {
	data := sample(t, "test8.heic")
	if _, err := decoder.Decode(t.Context(), data, 1000); !errors.Is(err, ErrMemory) {
		t.Errorf("more pixels than allowed: %v", err)
	}
	for name, bad := range map[string][]byte{"cut off": data[:len(data)/2], "its head alone": data[:24], "nothing": {}, "text": []byte("no picture")} {
		if _, err := decoder.Decode(t.Context(), bad, plenty); err == nil {
			t.Errorf("%s was decoded", name)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := decoder.Decode(ended, data, plenty); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	if _, err := decoder.Decode(t.Context(), data, plenty); err != nil {
		t.Errorf("the next picture: %v", err)
	}
}

func TestTheDecoderCanBeReplaced(t *testing.T) {
	own := filepath.Join(t.TempDir(), "heic.wasm")
	d := New("", own)
	defer d.Close()
	if err := os.WriteFile(own, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Size(t.Context(), sample(t, "test8.heic")); !errors.Is(err, ErrOff) {
		t.Errorf("turned off: %v", err)
	}
	if err := os.WriteFile(own, []byte("not WebAssembly"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Size(t.Context(), sample(t, "test8.heic")); err == nil {
		t.Error("a decoder that is none was taken")
	}
	if err := os.WriteFile(own, shipped, 0o600); err != nil {
		t.Fatal(err)
	}
	if w, _, err := d.Size(t.Context(), sample(t, "test8.heic")); err != nil || w != 512 {
		t.Errorf("by the replaced decoder %d wide, %v", w, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(sample(f, "gray.heic"))
	f.Add(sample(f, "test8.heic"))
	f.Fuzz(func(t *testing.T, data []byte) {
		picture, err := decoder.Decode(t.Context(), data, 4_000_000)
		if err == nil && picture.Bounds().Empty() {
			t.Error("an empty picture")
		}
	})
}

// TestADecoderThatCannotTellHasNoMeter: it is stopped by wazero instead.
func TestADecoderThatCannotTellHasNoMeter(t *testing.T) {
	plain := New("")
	code, err := plain.code()
	if err != nil {
		t.Fatal(err)
	}
	if _, metered := withMeter(code); !metered {
		t.Error("the shipped decoder has no meter")
	}
	silent := bytes.Replace(code, []byte("fd_write"), []byte("fd_pread"), 1)
	if got, metered := withMeter(silent); metered || !bytes.Equal(got, silent) {
		t.Error("a decoder that does not write was given a meter")
	}
}
