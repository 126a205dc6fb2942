"""Runs a program on a pseudo-terminal: terminal.py COLUMNS STEPS LOG PROGRAM [ARGUMENT...]

STEPS is a JSON list of [expected, answer]: the answer is typed when the expected text has been shown, each in its turn.
All that the terminal shows is appended to LOG as it comes. The exit code is the program's, 128 and the signal's number
when one ended it.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios

PATIENCE_SECONDS = 60

columns, steps, log_path = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execvp(sys.argv[4], sys.argv[4:])

shown, searched = b"", 0
with open(log_path, "wb", buffering=0) as log:
    while True:
        if not select.select([terminal], [], [], PATIENCE_SECONDS)[0]:
            os.kill(pid, 9)
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        log.write(chunk)
        shown += chunk
        if steps and (found := shown.find(steps[0][0].encode(), searched)) >= 0:
            searched = found + len(steps[0][0].encode())
            os.write(terminal, steps.pop(0)[1].encode())

code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(code if code >= 0 else 128 - code)
