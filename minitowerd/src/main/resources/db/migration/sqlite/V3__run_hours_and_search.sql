-- What the console's charts and its search read, kept by triggers in the transaction of the change itself.
-- A run finishes exactly once: finished_at goes from NULL to a time and never back.

-- How many of an app's runs finished in which hour of UTC (hours since 1970), and how.
CREATE TABLE run_hours (
  team_id   INTEGER NOT NULL,
  hour      INTEGER NOT NULL,
  app_id    INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  dead      INTEGER NOT NULL,
  PRIMARY KEY (team_id, hour, app_id),
  FOREIGN KEY (app_id, team_id) REFERENCES apps (id, team_id)
) STRICT, WITHOUT ROWID;

INSERT INTO run_hours (team_id, hour, app_id, completed, failed, cancelled, dead)
SELECT team_id, finished_at / 3600000 AS hour, app_id,
       sum(status = 'completed'), sum(status = 'failed'),
       sum(status = 'cancelled'), sum(status = 'dead')
  FROM runs
 WHERE finished_at IS NOT NULL
 GROUP BY team_id, hour, app_id;

CREATE TRIGGER runs_count_into_hour AFTER UPDATE OF finished_at ON runs
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
BEGIN
  INSERT INTO run_hours (team_id, hour, app_id, completed, failed, cancelled, dead)
  VALUES (NEW.team_id, NEW.finished_at / 3600000, NEW.app_id,
          NEW.status = 'completed', NEW.status = 'failed',
          NEW.status = 'cancelled', NEW.status = 'dead')
  ON CONFLICT (team_id, hour, app_id) DO UPDATE
     SET completed = completed + excluded.completed, failed = failed + excluded.failed,
         cancelled = cancelled + excluded.cancelled, dead = dead + excluded.dead;
END;

-- An app's last finished runs, without a look at its queue or at the rows.
CREATE INDEX runs_finished_of_app ON runs (app_id, finished_at, run_no, status, started_at)
  WHERE finished_at IS NOT NULL;

-- How long an environment's queue is, and who is at its end: ids are given in the order of queued_at.
CREATE INDEX runs_queued_in_environment ON runs (environment_id) WHERE status = 'queued';

-- The text of runs: row 2n is the input of run n, row 2n + 1 its error message once it has finished. Both are
-- written once and never change. Knows only which three characters in a row are somewhere in a row; whether it
-- holds a longer text is seen in the run. The team is three characters too, of the private use area, so that a
-- search meets no other team's runs.
CREATE VIRTUAL TABLE run_text USING fts5 (
  team, text, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none
);

INSERT INTO run_text (rowid, team, text)
SELECT id * 2,
       char(57344 + (team_id >> 24 & 4095), 57344 + (team_id >> 12 & 4095), 57344 + (team_id & 4095)),
       input
  FROM runs
 WHERE length(input) > 2
 ORDER BY id;

INSERT INTO run_text (rowid, team, text)
SELECT r.id * 2 + 1,
       char(57344 + (r.team_id >> 24 & 4095), 57344 + (r.team_id >> 12 & 4095), 57344 + (r.team_id & 4095)),
       a.error_message
  FROM runs r
  JOIN run_attempts a ON a.run_id = r.id AND a.attempt_no = r.attempt_count
 WHERE r.finished_at IS NOT NULL AND a.error_message IS NOT NULL
 ORDER BY r.id;

CREATE TRIGGER runs_index_input AFTER INSERT ON runs
WHEN length(NEW.input) > 2
BEGIN
  INSERT INTO run_text (rowid, team, text)
  VALUES (NEW.id * 2,
          char(57344 + (NEW.team_id >> 24 & 4095), 57344 + (NEW.team_id >> 12 & 4095), 57344 + (NEW.team_id & 4095)),
          NEW.input);
END;

-- The attempt ends before its run does, in the same transaction.
CREATE TRIGGER runs_index_error AFTER UPDATE OF finished_at ON runs
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL
BEGIN
  INSERT INTO run_text (rowid, team, text)
  SELECT NEW.id * 2 + 1,
         char(57344 + (NEW.team_id >> 24 & 4095), 57344 + (NEW.team_id >> 12 & 4095), 57344 + (NEW.team_id & 4095)),
         error_message
    FROM run_attempts
   WHERE run_id = NEW.id AND attempt_no = NEW.attempt_count AND error_message IS NOT NULL;
END;
