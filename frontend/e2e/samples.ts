import type { Project } from './api'

/** Five lines and a good end. */
export const LINES = 'for i in 1 2 3 4 5; do echo "line $i of the program"; done\n'

/** Lines, then a reason on stderr. The pause lets the last line arrive before it: the streams are two. */
export const FAILING =
  'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "step $i"; done; sleep 1; echo "no such table: accounts" >&2; exit 3\n'

/** A line every 0.2 s until somebody stops it. */
export const ENDLESS =
  'i=0; while :; do i=$((i+1)); echo "line $i of the program"; sleep 0.2; done\n'

export const PARAMETERS = `
[[parameters]]
name = "region"
type = "string"
default = "eu"
description = "Where the accounts are read from"

[[parameters]]
name = "rows"
type = "integer"
description = "How many rows at most"

[[parameters]]
name = "dry_run"
type = "boolean"
default = false
description = "Write nothing"
`

export const REPORT: Project = {
  app: 'monthly-report',
  script: 'echo "region $region, $rows rows"\n',
  parameters: PARAMETERS,
  description: 'Sums up the accounts of a month and mails them to the accountants',
}
