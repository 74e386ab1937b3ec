-- Feeds: accounts at outside systems, how far each was read, what they said byte for byte, and how each intent fared there.
-- Instants named "wait" are on the machine's clock (Retry-After, back-off); all others are on the desk's.

-- An account. Its secrets lie in the key store under its name; no table holds any. cursor says how far its list was read.
CREATE TABLE feed (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, enabled INTEGER NOT NULL,
  setting TEXT NOT NULL,             -- JSON: what a person said, by key
  version INTEGER NOT NULL,          -- counts changes by people: a refused sign-in is tried again after one
  added INTEGER NOT NULL, by TEXT NOT NULL,
  cursor TEXT NOT NULL DEFAULT '',
  asked INTEGER NOT NULL DEFAULT 0, answered INTEGER NOT NULL DEFAULT 0, news INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0,
  wait INTEGER NOT NULL DEFAULT 0,   -- leave it alone until then
  skew INTEGER NOT NULL DEFAULT 0,   -- its clock minus ours, nanoseconds
  refused INTEGER NOT NULL DEFAULT 0, -- the version whose sign-in was refused
  tries INTEGER NOT NULL DEFAULT 0,  -- failures in a row
  reason TEXT NOT NULL DEFAULT ''    -- of the last failure; empty when all is well
) STRICT;

-- A load at an account: by what it goes there, and how far it was read where the system is asked load by load.
CREATE TABLE feedload (
  feed INTEGER NOT NULL, load INTEGER NOT NULL,
  remote TEXT NOT NULL, cursor TEXT NOT NULL,
  asked INTEGER NOT NULL, answered INTEGER NOT NULL, news INTEGER NOT NULL,
  due INTEGER NOT NULL,              -- when to ask next; 0 never again
  wait INTEGER NOT NULL, tries INTEGER NOT NULL, reason TEXT NOT NULL,
  told TEXT NOT NULL,                -- digest of the plan that the platform was last told
  pace INTEGER NOT NULL,             -- how often it pays to ask, as learned
  PRIMARY KEY (feed, load)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedload_due ON feedload (feed, due) WHERE due > 0;
CREATE INDEX feedload_remote ON feedload (feed, remote) WHERE remote <> '';
CREATE INDEX feedload_load ON feedload (load);

-- What was said, once for each content: compressed; empty once it was erased, so that it is known and not asked for again.
CREATE TABLE rawbody (hash BLOB PRIMARY KEY, size INTEGER NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- When it was said and about what. run is the run that drew observations from it: 0 none yet, -1 it could not be read at all.
CREATE TABLE feedbody (
  seq INTEGER PRIMARY KEY, feed INTEGER NOT NULL, load INTEGER NOT NULL,
  about TEXT NOT NULL, media TEXT NOT NULL, hash BLOB NOT NULL, received INTEGER NOT NULL, run INTEGER NOT NULL
) STRICT;
CREATE INDEX feedbody_waiting ON feedbody (feed, seq) WHERE run = 0;
CREATE INDEX feedbody_about ON feedbody (feed, about, seq);
CREATE INDEX feedbody_hash ON feedbody (hash);

-- The last calls of an account, for people: headers without secrets.
CREATE TABLE feedcall (
  seq INTEGER PRIMARY KEY, feed INTEGER NOT NULL, at INTEGER NOT NULL, took INTEGER NOT NULL,
  method TEXT NOT NULL, url TEXT NOT NULL, status INTEGER NOT NULL, sent INTEGER NOT NULL, got INTEGER NOT NULL,
  asked TEXT NOT NULL, answered TEXT NOT NULL, -- JSON: headers
  error TEXT NOT NULL
) STRICT;
CREATE INDEX feedcall_feed ON feedcall (feed, seq);

-- How an intent for an account fares: waiting, trying (under way, or cut off by a crash), unsure (it may have arrived, and nobody
-- can look: a person says), parked (it will not pass, with the reason), arrived.
CREATE TABLE sending (
  intent INTEGER PRIMARY KEY, feed INTEGER NOT NULL, load INTEGER NOT NULL,
  kind TEXT NOT NULL, says TEXT NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL, wait INTEGER NOT NULL,
  reason TEXT NOT NULL, answer TEXT NOT NULL, remote TEXT NOT NULL
) STRICT;
CREATE INDEX sending_open ON sending (feed, load, intent) WHERE state <> 'arrived';

-- Each try of an errand.
CREATE TABLE sendtry (
  intent INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (intent, n)
) STRICT, WITHOUT ROWID;
