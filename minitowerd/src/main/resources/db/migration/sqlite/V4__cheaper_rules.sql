-- SQLite builds a table of its own for every "x IN (three words or more)", each time a statement runs: in the
-- CHECKs and partial indexes of these two tables that was half of a run's cost. The same rules in other words;
-- not a row is touched. (SQLite, "Making Other Kinds Of Table Schema Changes": rewriting a CHECK in sqlite_schema
-- is the documented way where the content does not change.)
PRAGMA writable_schema = ON;

UPDATE sqlite_schema
   SET sql = replace(replace(sql,
         'status IN
                     (''queued'', ''leased'', ''running'', ''cancelling'',
                      ''completed'', ''failed'', ''cancelled'', ''dead'')',
         '(status = ''queued'' OR status = ''leased'' OR status = ''running'' OR status = ''cancelling'' OR status = ''completed'' OR status = ''failed'' OR status = ''cancelled'' OR status = ''dead'')'),
         'status IN (''completed'', ''failed'', ''cancelled'', ''dead'')',
         '(status = ''completed'' OR status = ''failed'' OR status = ''cancelled'' OR status = ''dead'')')
 WHERE type = 'table' AND name = 'runs';

UPDATE sqlite_schema
   SET sql = replace(replace(sql,
         'status IN
                     (''leased'', ''running'', ''cancelling'',
                      ''completed'', ''failed'', ''cancelled'', ''expired'')',
         '(status = ''leased'' OR status = ''running'' OR status = ''cancelling'' OR status = ''completed'' OR status = ''failed'' OR status = ''cancelled'' OR status = ''expired'')'),
         'status IN (''completed'', ''failed'', ''cancelled'', ''expired'')',
         '(status = ''completed'' OR status = ''failed'' OR status = ''cancelled'' OR status = ''expired'')')
 WHERE type = 'table' AND name = 'run_attempts';

PRAGMA writable_schema = RESET;

-- An attempt is active as long as it has not ended; the CHECK above says so.
DROP INDEX run_attempts_one_active;
CREATE UNIQUE INDEX run_attempts_one_active ON run_attempts (run_id) WHERE finished_at IS NULL;

DROP INDEX run_attempts_active_by_runner;
CREATE INDEX run_attempts_active_by_runner ON run_attempts (runner_id) WHERE finished_at IS NULL;

DROP INDEX run_attempts_expiring;
CREATE INDEX run_attempts_expiring ON run_attempts (lease_expires_at, id) WHERE finished_at IS NULL;

-- One index of queued runs instead of two: what the console and the metrics count of a queue, they count in it.
DROP INDEX runs_queued_in_environment;
DROP INDEX runs_queue;
CREATE INDEX runs_queue ON runs (environment, priority DESC, queued_at, id, team_id, app_id)
  WHERE status = 'queued';
