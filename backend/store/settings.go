package store

import (
	"context"
	"database/sql"
	"time"
)

// Profile is a saved way of reading a foreign sheet.
type Profile struct {
	Name, Fingerprint, Body string
	SavedAt                 time.Time
	By                      string
}

// SaveProfile files a profile under its name, over an older one of that name.
func (t *Tx) SaveProfile(p Profile) error {
	_, err := t.exec("INSERT OR REPLACE INTO profile (name, fingerprint, body, saved, by) VALUES (?,?,?,?,?)", p.Name, p.Fingerprint, p.Body, nanos(p.SavedAt), p.By)
	return err
}

// Profiles are all saved profiles by name.
func (s *Store) Profiles(ctx context.Context) ([]Profile, error) {
	rows, err := s.reader(ctx).query("SELECT name, fingerprint, body, saved, by FROM profile ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Profile
	for rows.Next() {
		var p Profile
		var saved int64
		if err := rows.Scan(&p.Name, &p.Fingerprint, &p.Body, &saved, &p.By); err != nil {
			return nil, err
		}
		p.SavedAt = instant(saved)
		out = append(out, p)
	}
	return out, rows.Err()
}

// Setting is the newest value of a setting in a scope ("global", "customer:ACME"), "" when it was never set.
func (s *Store) Setting(ctx context.Context, scope, key string) (string, error) {
	var v string
	err := s.reader(ctx).row("SELECT value FROM setting WHERE scope = ? AND key = ? ORDER BY version DESC LIMIT 1", scope, key).Scan(&v)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return v, err
}

// SetSetting adds a version of a setting; older versions stay, because a finding names the version it used.
func (t *Tx) SetSetting(scope, key, value string, at time.Time, by string) error {
	_, err := t.exec("INSERT INTO setting (scope, key, version, value, at, by) SELECT ?1, ?2, coalesce(max(version), 0) + 1, ?3, ?4, ?5 FROM setting WHERE scope = ?1 AND key = ?2",
		scope, key, value, nanos(at), by)
	return err
}

// SettingVersion is one value that a setting ever had.
type SettingVersion struct {
	Scope, Key, Value string
	Version           int
	At                time.Time
	By                string
}

// SettingVersions are all values that settings whose key begins with prefix ever had, oldest first.
func (s *Store) SettingVersions(ctx context.Context, prefix string) ([]SettingVersion, error) {
	var out []SettingVersion
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var v SettingVersion
		var at int64
		err := rows.Scan(&v.Scope, &v.Key, &v.Value, &v.Version, &at, &v.By)
		v.At = instant(at)
		out = append(out, v)
		return err
	}, "SELECT scope, key, value, version, at, by FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY at, scope, key, version", prefix)
	return out, err
}
