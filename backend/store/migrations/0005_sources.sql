-- A source that was removed keeps where it stood, so that it can be brought back; old answers are found by their age, to be erased.

ALTER TABLE feed ADD COLUMN removed INTEGER NOT NULL DEFAULT 0; -- when a person took it away; 0 it is there
CREATE INDEX feedbody_received ON feedbody (received);
