"""Runs a program in a pseudo-terminal, as a person at a terminal would.

terminal.py COLUMNS ROWS PROGRAM [ARGUMENT...]

Standard input holds one order a line: "resize COLUMNS ROWS", "signal NUMBER", or "type HEX" for bytes
that are typed.
What the program writes to the terminal comes on standard output. The last line on standard error says
how it ended and whether the terminal's settings are as they were before.
"""
import fcntl, os, pty, select, signal, struct, sys, termios


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


master, slave = pty.openpty()
resize(master, sys.argv[1], sys.argv[2])
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.setsid()
    # A job in the background of a script ignores it, and so would all that it starts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.execv(sys.argv[3], sys.argv[3:])

orders = b""
ended = None
listening = [master, 0]
while True:
    ready = select.select(listening, [], [], 0 if ended is not None else 0.05)[0]
    if master in ready:
        try:
            written = os.read(master, 65536)
        except OSError:
            written = b""
        os.write(1, written)
        if written:
            continue
    if ended is not None:
        break
    if 0 in ready:
        more = os.read(0, 65536)
        if not more:
            listening.remove(0)
        orders += more
        while b"\n" in orders:
            order, orders = orders.split(b"\n", 1)
            words = order.decode().split()
            if words[0] == "resize":
                resize(master, words[1], words[2])
            elif words[0] == "signal":
                os.kill(child, int(words[1]))
            else:
                os.write(master, bytes.fromhex(words[1]))
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        ended = os.waitstatus_to_exitcode(status)

after = termios.tcgetattr(slave)
print("exit %d, settings %s" % (ended, "as before" if after == before else "changed"), file=sys.stderr)
