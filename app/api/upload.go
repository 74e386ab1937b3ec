package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// maxUpload is the most one upload may weigh: exports of 100 MB are usual, archives of scans are larger.
const maxUpload = 2 << 30

func multipartBody(r *http.Request) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "multipart/form-data"
}

// eachFile streams a multipart request: take is called for every file with its bare name, never with all of it in
// memory, and may not keep the reader. Fields other than files are returned by name.
func eachFile(w http.ResponseWriter, r *http.Request, take func(name string, body io.Reader) error) (map[string]string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, invalid("Files must be sent as multipart/form-data.")
	}
	fields, files := map[string]string{}, 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, invalid("The upload broke off: " + err.Error() + ".")
		}
		if err := takePart(part, fields, &files, take); err != nil {
			return nil, err
		}
	}
	if files == 0 {
		return nil, invalid("The upload holds no file.")
	}
	return fields, nil
}

func takePart(part *multipart.Part, fields map[string]string, files *int, take func(string, io.Reader) error) error {
	if part.FileName() != "" {
		*files++
		return take(part.FileName(), part)
	}
	value, err := io.ReadAll(io.LimitReader(part, maxCommand))
	fields[part.FormName()] = string(value)
	return err
}
