"""nginx with the configuration that we ship, filled in for this machine; tests use it as well."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import stage

SHIPPED = Path(__file__).parents[1] / "deploy/nginx/altavoz.conf"
#: What operators change, as it stands in the file.
_THEIRS = {
    "cache": "/var/cache/nginx/altavoz",
    "web": "127.0.0.1:8000",
    "listen": "listen 80;",
    "static": "/srv/altavoz/var/static/",
    "media": "/srv/altavoz/var/media/",
}
_MAIN = """
daemon off; worker_processes auto; pid {folder}/pid; user root;
events {{ worker_connections 4096; }}
http {{
  log_format sent "$bytes_sent $status $uri $sent_http_content_type";
  access_log {log}; sendfile on; keepalive_requests 1000000; include /etc/nginx/mime.types;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {folder}/altavoz.conf;
}}
"""


def program() -> str | None:
    """Return where nginx is, None where it is missing."""
    found = shutil.which("nginx") or "/usr/sbin/nginx"
    return found if Path(found).exists() else None


@contextmanager
def before(web: int, *, var: Path, port: int = 0, log: Path | None = None) -> Iterator[int]:
    """Yield the port of an nginx before the web process at `web`, with the static files and pictures of `var`.

    For every answer it writes the bytes sent, headers included, status, path and type to `log`.
    """
    nginx, port = program(), port or stage.free_port()
    if nginx is None:
        raise SystemExit("This needs nginx: apt-get install nginx-light")
    with TemporaryDirectory() as name:
        folder = Path(name)
        ours = {
            "cache": f"{folder}/cache",
            "web": f"127.0.0.1:{web}",
            "listen": f"listen 127.0.0.1:{port};",
            "static": f"{var}/static/",
            "media": f"{var}/media/",
        }
        (folder / "altavoz.conf").write_text(_filled(ours), encoding="utf-8")
        (folder / "nginx.conf").write_text(
            _MAIN.format(folder=folder, log=f"{log} sent" if log else "off"), encoding="utf-8"
        )
        with stage.process([nginx, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"], port=port):
            yield port


def _filled(ours: dict[str, str]) -> str:
    text = SHIPPED.read_text(encoding="utf-8")
    for name, theirs in _THEIRS.items():
        if theirs not in text:
            raise AssertionError(f"{SHIPPED} has no {theirs}")
        text = text.replace(theirs, ours[name])
    return text
