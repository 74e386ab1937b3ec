-- A source that was removed keeps where it stood, so that it can be brought back; old answers are found by their age, to be erased.

ALTER TABLE feed ADD COLUMN removed INTEGER NOT NULL DEFAULT 0; -- when a person took it away; 0 it is there
CREATE INDEX feedbody_received ON feedbody (received);

-- What people taught about layouts of papers: which field stands by a printed label. A row a lesson; a deed that is taken back
-- takes its lessons with it, and the names (paperalias) that it taught.
CREATE TABLE paperlabel (
  id INTEGER PRIMARY KEY, deed INTEGER NOT NULL, layout TEXT NOT NULL, label TEXT NOT NULL, print TEXT NOT NULL, field TEXT NOT NULL,
  document TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX paperlabel_deed ON paperlabel (deed);
CREATE TABLE aliasdeed (
  deed INTEGER NOT NULL, customer TEXT NOT NULL, field TEXT NOT NULL, desk TEXT NOT NULL, paper TEXT NOT NULL,
  PRIMARY KEY (deed, customer, field, desk, paper)
) STRICT, WITHOUT ROWID;
