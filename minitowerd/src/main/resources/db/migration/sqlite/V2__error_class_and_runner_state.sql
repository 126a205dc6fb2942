-- Who must act on an attempt that went wrong. One that was cancelled, or went well, asks it of nobody.
ALTER TABLE run_attempts ADD COLUMN error_class TEXT
  CHECK (error_class IS NULL
         OR (error_class IN ('user', 'timeout', 'infrastructure')
             AND status IN ('failed', 'expired')));
-- Expired means that the runner was lost or handed the run back, whatever was written down about it.
UPDATE run_attempts SET error_class = 'infrastructure' WHERE status = 'expired';

ALTER TABLE runners ADD COLUMN isolation TEXT CHECK (length(isolation) BETWEEN 1 AND 32);
ALTER TABLE runners ADD COLUMN state TEXT NOT NULL DEFAULT 'working'
  CHECK (state IN ('working', 'draining', 'paused'));
ALTER TABLE runners ADD COLUMN state_reason TEXT CHECK (length(state_reason) <= 500);
