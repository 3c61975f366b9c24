"""Say in plain words, before anything is installed, what would stop `make run`.

Runs on whatever Python there is, so it keeps to what old ones understand.
"""

import socket
import sys

NEEDED = (3, 11)
HOST = "127.0.0.1"


def refuse(*sentences):
    sys.exit(" ".join(sentences))


def check_python():
    if sys.version_info < NEEDED:
        refuse(
            "Liaison needs Python %d.%d or newer;" % NEEDED,
            "%s is %d.%d." % (sys.executable, sys.version_info[0], sys.version_info[1]),
            "Install a newer one, or name it: PYTHON=/path/to/python3.11 make run",
        )


def is_taken(port):
    with socket.socket() as caller:
        if caller.connect_ex((HOST, port)) == 0:
            return True
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
        except PermissionError:
            refuse(
                "Port %d needs rights you do not have." % port,
                "Use a higher one: PORT=8000 make run",
            )
        except OSError:
            return True
    return False


def check_port(text):
    if not (text.isdigit() and 0 < int(text) < 65536):
        refuse("PORT=%s is not a port: give a number from 1 to 65535." % text)
    port = int(text)
    if is_taken(port):
        free = next((p for p in range(port + 1, 65536) if not is_taken(p)), 8000)
        refuse(
            "Port %d is taken: something is already served on http://%s:%d/," % (port, HOST, port),
            "perhaps Liaison itself. End that, or use another port: PORT=%d make run" % free,
        )


if __name__ == "__main__":
    check_python()
    if "--port" in sys.argv:
        check_port(sys.argv[-1])
