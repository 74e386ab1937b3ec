package sources

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/intake"
	"tracedesk/backend/store"
)

// Folder is a watched folder: what is put into it is imported or filed.
type Folder struct {
	Path string `json:"path"`
	// After is what becomes of a file once the desk has it: leave, keep (in a folder beside it) or move (to another folder).
	After string `json:"after"`
	To    string `json:"to"`   // of move: where to
	Own   bool   `json:"own"`  // the desk's own drop folder, always watched
	Away  string `json:"away"` // why it cannot be read at present; "" when it can
}

// Folders lists the watched folders.
type Folders struct {
	Folders freight.List[Folder] `json:"folders"`
}

// FolderChange adds, changes or removes a watched folder.
type FolderChange struct {
	Path   string `json:"path"`
	After  string `json:"after,omitempty"`
	To     string `json:"to,omitempty"` // of move: where to; "" is the folder "filed" in the data folder
	Remove bool   `json:"remove,omitempty"`
	As     string `json:"as,omitempty"`
}

// watching is the state of the watcher: its folders may change while it runs.
type watching struct {
	mu      sync.Mutex
	away    map[string]string
	changed chan struct{}
}

const foldersKey = "folders"

// OwnFolder is the drop folder in the data folder.
func (s *Area) OwnFolder() string { return filepath.Join(s.desk.Dir, "drop") }

// Folders lists the watched folders, the desk's own first.
func (s *Area) Folders(ctx context.Context) (Folders, error) {
	out := Folders{Folders: freight.List[Folder]{{Path: s.OwnFolder(), After: string(intake.Keep), Own: true}}}
	kept, err := s.desk.Store.Setting(ctx, "global", foldersKey)
	if err != nil || kept == "" {
		return out, err
	}
	var more []Folder
	if err := json.Unmarshal([]byte(kept), &more); err != nil {
		return out, err
	}
	out.Folders = append(out.Folders, more...)
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	for i := range out.Folders {
		out.Folders[i].Away = s.watch.away[out.Folders[i].Path]
	}
	return out, nil
}

// ChangeFolder adds, changes or removes a watched folder; the watcher follows at once.
func (s *Area) ChangeFolder(ctx context.Context, c FolderChange) (Folders, error) {
	path, err := filepath.Abs(c.Path)
	if err != nil || c.Path == "" {
		return Folders{}, desk.Invalid("Say which folder.")
	}
	now, err := s.Folders(ctx)
	if err != nil {
		return now, err
	}
	list := slices.DeleteFunc([]Folder(now.Folders), func(f Folder) bool { return f.Own || f.Path == path })
	if !c.Remove {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return Folders{}, desk.Invalid("%s is no folder that can be read.", path)
		}
		after := c.After
		if after == "" {
			after = string(intake.Leave)
		}
		if !slices.Contains([]string{string(intake.Leave), string(intake.Keep), string(intake.Move)}, after) {
			return Folders{}, desk.Invalid("%q is nothing that can become of a file: leave, keep or move.", after)
		}
		folder := Folder{Path: path, After: after}
		if after == string(intake.Move) {
			folder.To = cmp.Or(c.To, filepath.Join(s.desk.Dir, "filed"))
		}
		check := intake.Config{Detector: Detect, Folders: []intake.Folder{{Path: path, After: intake.After(after), To: folder.To}}}
		if _, err := intake.New(check); err != nil {
			return Folders{}, desk.Invalid("%s.", err)
		}
		list = append(list, folder)
	}
	body, err := json.Marshal(list)
	if err != nil {
		return Folders{}, err
	}
	who, at := s.desk.Person(c.As), s.desk.Now()
	err = s.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting("global", foldersKey, string(body), at, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: at, Who: who, Act: "setting", Subject: "folders", Detail: string(body)})
	})
	if err != nil {
		return Folders{}, err
	}
	select {
	case s.watch.changed <- struct{}{}:
	default:
	}
	return s.Folders(ctx)
}

// Watch watches the folders until ctx ends, and begins anew when they change.
func (s *Area) Watch(ctx context.Context) error {
	if err := os.MkdirAll(s.OwnFolder(), 0o700); err != nil {
		return err
	}
	memory, err := intake.OpenJournal(filepath.Join(s.desk.Dir, "drop.journal"))
	if err != nil {
		return err
	}
	defer memory.Close()
	for ctx.Err() == nil {
		if err := s.watchOnce(ctx, memory); err != nil && ctx.Err() == nil {
			return err
		}
	}
	return nil
}

func (s *Area) watchOnce(ctx context.Context, memory *intake.Journal) error {
	list, err := s.Folders(ctx)
	if err != nil {
		return err
	}
	cfg := intake.Config{Detector: Detect, Memory: memory, Tell: s.hear}
	for _, f := range list.Folders {
		cfg.Folders = append(cfg.Folders, intake.Folder{Path: f.Path, After: intake.After(f.After), To: f.To})
	}
	w, err := intake.New(cfg)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-s.watch.changed:
			stop()
		case <-ctx.Done():
		}
	}()
	return w.Run(ctx, s.deliver)
}

// hear keeps which folders are away.
func (s *Area) hear(n intake.Notice) {
	s.watch.mu.Lock()
	defer s.watch.mu.Unlock()
	if n.Away {
		s.watch.away[n.Folder] = n.Text
	} else if n.File == "" {
		delete(s.watch.away, n.Folder)
	}
}

// deliver takes a whole file from a watched folder. A sheet that needs a mapping is kept in quarantine with a notice: it
// must not be tried again for ever.
func (s *Area) deliver(ctx context.Context, f intake.File) error {
	_, err := s.ImportNow(ctx, ImportRequest{Files: freight.List[FileRef]{{Path: f.Path()}}}, nil)
	var asks *NeedsMapping
	if !errors.As(err, &asks) {
		return err
	}
	src, err := f.Open()
	if err != nil {
		return err
	}
	defer src.Close()
	raw, err := s.desk.Raw.PutCompressed(ctx, f.Name, src)
	if err != nil {
		return err
	}
	err = s.desk.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Quarantine(&store.Item{Where: f.Name, Reason: asks.Error(), Raw: []byte(wholeFile + raw.Hash), ReceivedAt: s.desk.Now()})
	})
	s.desk.Ledger.News().Announce(nil)
	return err
}
