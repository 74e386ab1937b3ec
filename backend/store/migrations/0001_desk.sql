-- The desk: an append-only log of observations, what was matched to what, and the projections drawn from them.
-- Instants are Unix nanoseconds in UTC; 0 is "none". Tables marked (projection) are rebuilt from the log.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, account TEXT NOT NULL, UNIQUE (kind, account)
) STRICT;

-- A run is one file read. Its rows are invisible (state 0) until one short transaction makes all of them visible.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL,
  raw TEXT NOT NULL,                 -- content hash of the stored file
  options TEXT NOT NULL,             -- JSON: how it was read, so that it can be resumed and replayed
  received INTEGER NOT NULL, stated INTEGER NOT NULL,
  state INTEGER NOT NULL,            -- 0 running, 1 visible, 2 cancelled
  first_seq INTEGER NOT NULL,        -- observations of this run have a higher seq
  done INTEGER NOT NULL DEFAULT 0,   -- last record stored
  records INTEGER NOT NULL DEFAULT 0, observations INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0,
  loads_new INTEGER NOT NULL DEFAULT 0, loads_updated INTEGER NOT NULL DEFAULT 0, loads_gone INTEGER NOT NULL DEFAULT 0,
  confirmed BLOB,                    -- loads this run saw, as ascending differences in varints
  notes TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX run_pending ON run (id) WHERE state <> 1;

CREATE TABLE load (
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL UNIQUE,          -- 16 bytes: hash of account and number, the same on every desk
  account TEXT NOT NULL, number TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  run INTEGER NOT NULL, first INTEGER NOT NULL
) STRICT;

-- A provisional load that turned out to be a load of the TMS: its facts are read under the TMS load from then on.
CREATE TABLE joined (
  provisional INTEGER PRIMARY KEY, load INTEGER NOT NULL, run INTEGER NOT NULL, received INTEGER NOT NULL,
  terms TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
CREATE INDEX joined_load ON joined (load);

-- Every number by which anybody ever called a load; never taken away, because papers keep using old numbers.
CREATE TABLE ref (
  key TEXT NOT NULL, type TEXT NOT NULL, load INTEGER NOT NULL, scope TEXT NOT NULL, value TEXT NOT NULL, run INTEGER NOT NULL,
  PRIMARY KEY (key, type, load)
) STRICT, WITHOUT ROWID;

-- The log. load is what it was matched to when it came (0: nothing, or not about a load); later matches are in link.
-- Unique by (load, id): the same message always names the same load, and new rows stay close together.
CREATE TABLE observation (
  seq INTEGER PRIMARY KEY,
  load INTEGER NOT NULL, id BLOB NOT NULL,
  run INTEGER NOT NULL, source INTEGER NOT NULL,
  stated INTEGER NOT NULL, received INTEGER NOT NULL,
  terms TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX observation_load ON observation (load, id);

-- Bare positions: many, narrow, ordered along the trail.
CREATE TABLE position (
  load INTEGER NOT NULL, at INTEGER NOT NULL, id BLOB NOT NULL,
  run INTEGER NOT NULL, source INTEGER NOT NULL, stated INTEGER NOT NULL, received INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (load, at, id)
) STRICT, WITHOUT ROWID;

-- A later word on which load an observation speaks of (by a person, or when a number became known).
CREATE TABLE link (
  seq INTEGER PRIMARY KEY, observation INTEGER NOT NULL, load INTEGER NOT NULL,
  received INTEGER NOT NULL, terms TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
CREATE INDEX link_load ON link (load);
CREATE INDEX link_observation ON link (observation);

-- What a source last said in a repeated row, as digests of its claims, so that only changes are stored.
CREATE TABLE snapshot (
  load INTEGER NOT NULL, source INTEGER NOT NULL, row TEXT NOT NULL, run INTEGER NOT NULL,
  stated INTEGER NOT NULL, said BLOB NOT NULL,
  PRIMARY KEY (load, source, row, run)
) STRICT, WITHOUT ROWID;

-- Loads whose projection is behind the log, and since which run (0: a small post).
CREATE TABLE dirty (load INTEGER NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (load, run)) STRICT, WITHOUT ROWID;

-- (projection) what the board shows of a load.
CREATE TABLE board (
  load INTEGER PRIMARY KEY,
  live INTEGER NOT NULL, level INTEGER NOT NULL, due INTEGER NOT NULL,
  next_due INTEGER NOT NULL, evaluated INTEGER NOT NULL, last_received INTEGER NOT NULL,
  customer TEXT NOT NULL,
  words INTEGER NOT NULL,            -- digest of the words in search
  row BLOB NOT NULL
) STRICT;
CREATE INDEX board_live ON board (level, due, load) WHERE live = 1;
CREATE INDEX board_due ON board (next_due) WHERE live = 1 AND next_due > 0;

-- (projection) current claims of a live load, encoded by package timeline.
CREATE TABLE state (load INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- (projection) one row a stop, so that reports need not read logs. Days are days since 1970 in the stop's zone, 0 none.
CREATE TABLE stopfact (
  load INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, zone TEXT NOT NULL,
  window_start INTEGER NOT NULL, window_end INTEGER NOT NULL, original_start INTEGER NOT NULL, original_end INTEGER NOT NULL,
  arrived INTEGER NOT NULL, departed INTEGER NOT NULL, done INTEGER NOT NULL,
  due_day INTEGER NOT NULL, done_day INTEGER NOT NULL,
  PRIMARY KEY (load, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX stopfact_due ON stopfact (due_day, load);
CREATE INDEX stopfact_done ON stopfact (done_day, load) WHERE done_day > 0;

-- (projection) what became of a load's findings and tasks over time. seen is how many observations it was walked over, at the
-- instant up to which; next the first later instant at which the clock alone changes something; shares says that another
-- load goes by one of its numbers.
CREATE TABLE course (
  load INTEGER PRIMARY KEY, at INTEGER NOT NULL, next INTEGER NOT NULL, seen INTEGER NOT NULL, shares INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;

-- (projection) exceptions: findings of one topic at one stop, with what people did about them.
CREATE TABLE exception (
  load INTEGER NOT NULL, id TEXT NOT NULL, open INTEGER NOT NULL, severity INTEGER NOT NULL, level INTEGER NOT NULL,
  kind TEXT NOT NULL, stop INTEGER NOT NULL, due INTEGER NOT NULL, detected INTEGER NOT NULL, cleared INTEGER NOT NULL,
  state TEXT NOT NULL, owner TEXT NOT NULL, customer TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (load, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX exception_open ON exception (level, due) WHERE open = 1;
CREATE INDEX exception_detected ON exception (detected);

-- (projection) tasks and covered calls.
CREATE TABLE errand (
  load INTEGER NOT NULL, key TEXT NOT NULL, began INTEGER NOT NULL, due INTEGER NOT NULL, ended INTEGER NOT NULL, how TEXT NOT NULL,
  kind TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (load, key, began)
) STRICT, WITHOUT ROWID;
CREATE INDEX errand_open ON errand (due) WHERE ended = 0;
CREATE INDEX errand_ended ON errand (ended) WHERE ended > 0;

-- When a running desk first showed an exception: a fact of this desk that cannot be drawn anew.
CREATE TABLE shown (load INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (load, id)) STRICT, WITHOUT ROWID;

-- Who was told of which exception when and by which channel (desk, mail, sms); body is the alert as it was told, empty where
-- a stakeholder need not be told: it was old already, or is counted in a line of others.
CREATE TABLE alerted (
  seq INTEGER PRIMARY KEY, load INTEGER NOT NULL, id TEXT NOT NULL, who TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,
  body TEXT NOT NULL, UNIQUE (load, id, who, channel)
) STRICT;

-- Handovers of a shift: the sheet as it was handed over, and who took which line when.
CREATE TABLE handover (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL) STRICT;

-- (projection) free words; rowid is the load.
CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, source TEXT NOT NULL, place TEXT NOT NULL, byte_offset INTEGER NOT NULL,
  reason TEXT NOT NULL, raw BLOB NOT NULL,
  observation BLOB,                  -- when it was read but not matched
  candidates TEXT NOT NULL DEFAULT '[]',
  received INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open', -- open, fixed, dropped
  settled INTEGER NOT NULL DEFAULT 0, by TEXT NOT NULL DEFAULT '',
  digest INTEGER NOT NULL            -- of source, reason and bytes: a file that comes again fills no second item
) STRICT;
CREATE INDEX quarantine_open ON quarantine (id) WHERE state = 'open';
CREATE INDEX quarantine_same ON quarantine (digest);
CREATE INDEX quarantine_run ON quarantine (run);

-- A file that came with papers in it; its bytes lie in the documents folder under its hash. It is read in the background,
-- highest rank first: waiting, reading (under way, or cut off by a crash), read, failed, cancelled, unpacked.
CREATE TABLE paper (
  seq INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, media TEXT NOT NULL, size INTEGER NOT NULL,
  received INTEGER NOT NULL, by TEXT NOT NULL, origin TEXT NOT NULL,
  inside TEXT NOT NULL,              -- hash of the mail or archive it came in
  wanted INTEGER NOT NULL,           -- the load a person put it on, 0 none
  wanted_kind TEXT NOT NULL,
  state TEXT NOT NULL, rank INTEGER NOT NULL, tries INTEGER NOT NULL, error TEXT NOT NULL,
  pages INTEGER NOT NULL,            -- that have a picture
  read INTEGER NOT NULL, reader TEXT NOT NULL,
  reading BLOB NOT NULL,             -- compressed JSON of what was read
  words BLOB NOT NULL                -- compressed JSON of the words of its pages with their places
) STRICT;
CREATE INDEX paper_waiting ON paper (rank DESC, received, hash) WHERE state IN ('waiting', 'reading');
CREATE INDEX paper_inside ON paper (inside) WHERE inside <> '';

-- A document: some pages of a file. The first of a file goes by the file's hash, further ones by hash.2, hash.3.
CREATE TABLE document (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL,
  pages TEXT NOT NULL,               -- JSON list of page numbers
  type TEXT NOT NULL, kind TEXT NOT NULL,
  load INTEGER NOT NULL,             -- 0 while nobody knows
  state TEXT NOT NULL,               -- unmatched, received, verified, rejected, setAside; filing: read, not yet on its load
  stage TEXT NOT NULL,               -- reading, eyes, clean, problem, filed, unreadable
  verdict TEXT NOT NULL, score REAL NOT NULL, why TEXT NOT NULL, note TEXT NOT NULL,
  decided INTEGER NOT NULL, by TEXT NOT NULL,  -- by a person
  candidates TEXT NOT NULL,
  turns TEXT NOT NULL, crops TEXT NOT NULL,    -- JSON by page: what a person did to how it is shown
  never TEXT NOT NULL,               -- JSON list of loads that a person said it is not of
  alike TEXT NOT NULL,               -- JSON list of documents on file that show the same sheet
  received INTEGER NOT NULL,
  reading BLOB NOT NULL              -- compressed JSON of what was read on it
) STRICT;
CREATE INDEX document_file ON document (file);
CREATE INDEX document_load ON document (load);
CREATE INDEX document_stage ON document (stage, received);

-- Words of papers; rowid is the document.
CREATE VIRTUAL TABLE papersearch USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");

-- What people did to documents, with the documents before and after, so that it can be taken back. owes is what is still to
-- be said to the load that a document was taken off: a crash in between is made good at the next start.
CREATE TABLE deed (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, does TEXT NOT NULL, says TEXT NOT NULL, note TEXT NOT NULL,
  observations TEXT NOT NULL, owes TEXT NOT NULL, undone INTEGER NOT NULL,
  before BLOB NOT NULL, after BLOB NOT NULL
) STRICT;
CREATE INDEX deed_owes ON deed (id) WHERE owes <> '';
CREATE TABLE deedof (document TEXT NOT NULL, deed INTEGER NOT NULL, PRIMARY KEY (document, deed)) STRICT, WITHOUT ROWID;

-- What decisions taught: how papers write what the desk knows.
CREATE TABLE paperalias (
  customer TEXT NOT NULL, field TEXT NOT NULL, desk TEXT NOT NULL, paper TEXT NOT NULL,
  times INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (customer, field, desk, paper)
) STRICT, WITHOUT ROWID;

CREATE TABLE intent (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, load INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
  body TEXT NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL, by TEXT NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0, settled_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX intent_waiting ON intent (id) WHERE state = 'waiting';

-- What people did and what left the desk, as a chain of digests: each hash covers the one before.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL,
  detail TEXT NOT NULL, digest BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;

CREATE TABLE profile (name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, body TEXT NOT NULL, saved INTEGER NOT NULL, by TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX profile_fingerprint ON profile (fingerprint);

CREATE TABLE setting (
  scope TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (scope, key, version)
) STRICT, WITHOUT ROWID;

-- What people stated themselves, for undo: few among many.
CREATE INDEX observation_posted ON observation (seq) WHERE run = 0;
