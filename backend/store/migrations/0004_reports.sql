-- Reports made by themselves at set times, once and only once; archives of closed periods, so that a load that left this file
-- is found in the one it left for.

-- One line a schedule and due instant: making (under way, or cut off by a crash), made, failed (tried again after wait),
-- skipped (the desk was closed too long). The schedules themselves are a setting.
CREATE TABLE schedulerun (
  schedule TEXT NOT NULL, due INTEGER NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL, wait INTEGER NOT NULL,
  at INTEGER NOT NULL,               -- when it came to that state
  file TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (schedule, due)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedulerun_at ON schedulerun (at);

-- An archive: the file as it was written and verified. Its loads left this desk file then.
CREATE TABLE archive (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, until INTEGER NOT NULL,
  file TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, loads INTEGER NOT NULL
) STRICT;
CREATE TABLE archivedload (
  uid BLOB PRIMARY KEY, archive INTEGER NOT NULL, number TEXT NOT NULL, customer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX archivedload_number ON archivedload (number);
