-- What reports count, by load and by customer and day, so that the figures of a quarter are read by an index and no log is.
-- (projection) one row a load: its plan and what became of it, as freight.LoadFacts.
CREATE TABLE loadfact (load INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- The day to which reports count a stop: of its window, else of what happened there, else of the load; 0 until drawn anew.
ALTER TABLE stopfact ADD COLUMN customer TEXT NOT NULL DEFAULT '';
ALTER TABLE stopfact ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stopfact_customer ON stopfact (customer, day, load);
