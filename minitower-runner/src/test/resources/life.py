"""What programs of tests are made of: each process shows by a connection that it is alive."""

import os
import signal
import socket
import sys
import time

_connections = []


def hold(role):
    """Children inherit the connection: it is closed when the last process that has it is gone."""
    signal.alarm(90)
    host, port = os.environ["witness"].split(":")
    connection = socket.create_connection((host, int(port)))
    connection.set_inheritable(True)
    run, attempt = os.environ["MINITOWER_RUN_ID"], os.environ["MINITOWER_ATTEMPT_NO"]
    connection.sendall(f"{run} {attempt} {role}\n".encode())
    connection.recv(1)
    _connections.append(connection)


def rest():
    while True:
        time.sleep(60)


def spare_term():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def escaped(role, environment=None):
    """Leaves parent and session behind, and the environment too if another is given."""
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            hold(role)
            if environment is not None:
                wait = [sys.executable, "-S", "-c", "import time; time.sleep(80)"]
                os.execve(sys.executable, wait, environment)
            rest()
        os._exit(0)
    os.waitpid(child, 0)


def chain(role, pause):
    """A process that is another one every few milliseconds."""
    if os.fork() == 0:
        os.setsid()
        hold(role)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if os.fork() != 0:
                os._exit(0)
            time.sleep(pause)
        os._exit(0)
