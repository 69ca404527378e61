"""SFTP: which server it is, by a list of known ones or pinned in the settings."""

from __future__ import annotations

import asyncssh
import pytest
from tests.remotes.servers import PASSWORD, asyncssh_server, openssh

from guongsang.remotes.remote import Login, Place, RemoteError, Secret
from guongsang.remotes.sftp import SftpRemote


def open_sftp(far, host_key="", user="bai-thu", **login):
    place = Place("sftp", "127.0.0.1", far.port, user, "public_html", host_key)
    return SftpRemote(place, Login(**login or {"password": Secret(PASSWORD)}))


def test_a_server_in_the_list_of_known_ones_needs_no_pin(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    with openssh() as far:
        key = far.env["GUONGSANG_DEPLOY_CHINH_KEY"]
        user = far.to.partition("://")[2].partition("@")[0]
        with pytest.raises(RemoteError) as raised:
            open_sftp(far, user=user, key=key)
        assert raised.value.reason == "unknown-host"
        public = asyncssh.import_public_key(far.settings["host_key"])
        assert raised.value.told["fingerprint"] == public.get_fingerprint()
        (tmp_path / ".ssh").mkdir()
        known = f"[127.0.0.1]:{far.port} {far.settings['host_key']}\n"
        (tmp_path / ".ssh/known_hosts").write_text(known)
        open_sftp(far, user=user, key=key).close()


@pytest.mark.parametrize("form", ["fingerprint", "key"])
def test_a_pinned_server_is_that_one_whatever_the_list_says(tmp_path, monkeypatch, form):
    monkeypatch.setenv("HOME", str(tmp_path))
    with openssh() as far:
        key = far.env["GUONGSANG_DEPLOY_CHINH_KEY"]
        user = far.to.partition("://")[2].partition("@")[0]
        public = asyncssh.import_public_key(far.settings["host_key"])
        pinned = {"fingerprint": public.get_fingerprint(), "key": far.settings["host_key"]}[form]
        open_sftp(far, pinned, user=user, key=key).close()
        other = asyncssh.generate_private_key("ssh-ed25519")
        wrong = {
            "fingerprint": other.get_fingerprint(),
            "key": other.export_public_key().decode().strip(),
        }[form]
        (tmp_path / ".ssh").mkdir()
        known = f"[127.0.0.1]:{far.port} {far.settings['host_key']}\n"
        (tmp_path / ".ssh/known_hosts").write_text(known)
        with pytest.raises(RemoteError) as raised:
            open_sftp(far, wrong, user=user, key=key)
        assert raised.value.reason == "other-host"


class OldServer(asyncssh.SFTPServer):
    """Has no rename that replaces, as servers of long ago."""

    def posix_rename(self, *_):
        raise asyncssh.SFTPOpUnsupported("unsupported")

    def rename(self, oldpath, newpath, _=0):
        if self.exists(newpath):
            raise asyncssh.SFTPFailure("exists")
        return super().rename(oldpath, newpath)

    def exists(self, path):
        try:
            self.stat(path)
        except OSError:
            return False
        return True


def test_a_server_that_cannot_replace_gets_the_new_file_too(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    with asyncssh_server(OldServer) as far:
        remote = open_sftp(far, far.settings["host_key"])
        for content in (b"1", b"2"):
            remote.write("index.html", content)
            assert remote.read("index.html") == content
        assert [path.name for path in far.root.iterdir()] == ["index.html"]
        remote.close()
