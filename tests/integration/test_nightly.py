"""The embedded market through Prefect, as a user starts it: the command line, a server, a deployment, a worker."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from exports.verify import verify
from tests.nights import release_bytes, release_folder, write_drop
from tests.truth_check import compare_with_truth
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))
PATIENCE = 300

pytestmark = pytest.mark.slow


def environ(home: Path, **more: str) -> dict[str, str]:
    """The environment without anything of Prefect or ours in it but what is given."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PREFECT_", "SKILLWEIGHTS_"))}
    quiet = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    return kept | quiet | {"SKILLWEIGHTS_HOME": str(home), "PWD": str(ROOT), "NO_COLOR": "1"} | more


def skillweights(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", *arguments],
        cwd=ROOT,
        env=environ(home, **more),
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def first(home: Path) -> subprocess.CompletedProcess[str]:
    """The first night, with the server that Prefect starts for itself."""
    done = skillweights(home, "nightly", SKILLWEIGHTS_THREADS="2")
    assert done.returncode == 0, done.stderr
    return done


@contextmanager
def started(*command: str, env: Mapping[str, str], log: Path) -> Iterator[None]:
    """A program in the background with all it starts, ended as a whole."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Server:
    """A Prefect server over the home's own database, asked as any client would."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str, body: Mapping[str, Any] | None = None, *, method: str = "POST") -> Any:
        request = urllib.request.Request(
            self.url + path,
            data=None if method == "GET" else json.dumps(body or {}).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as reply:
                    return json.loads(reply.read())
            except urllib.error.HTTPError as error:
                # What a server says whose database is busy; Prefect's own client asks again, too.
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > end:
                    raise
            time.sleep(1)

    def until(self, path: str, wanted: str, **options: Any) -> Any:
        """Ask until the reply holds ``wanted``, which happens or fails within PATIENCE seconds."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                reply = self.ask(path, **options)
            except OSError:
                reply = None
            if wanted in json.dumps(reply):
                return reply
            time.sleep(0.5)
        raise TimeoutError(f"{path} did not say {wanted}: {reply}")

    def artifacts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/artifacts/filter", {"sort": "CREATED_DESC", "limit": 100})
        return found

    def runs(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/flow_runs/filter", {"sort": "START_TIME_DESC"})
        return found


@pytest.fixture(scope="module")
def server(home: Path, first: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = (PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui")
    env = environ(home, PREFECT_HOME=str(home / "prefect"))
    with started(*command, env=env, log=tmp_path_factory.mktemp("server") / "log"):
        found = Server(f"http://127.0.0.1:{port}/api")
        found.until("/health", "true", method="GET")
        yield found


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError("disk away"), True),
        (TimeoutError("slow"), True),
        (FileNotFoundError("no such file"), False),
        (PermissionError("not yours"), False),
        (ValueError("wrong hash"), False),
        (None, False),
    ],
)
def test_only_what_can_pass_is_tried_again(error: BaseException | None, again: bool) -> None:
    from flows.nightly import _can_pass

    assert _can_pass(error) is again


def test_the_first_night_ends_in_a_verified_release(
    home: Path, first: subprocess.CompletedProcess[str]
) -> None:
    assert f"release: {release_folder(home)}" in first.stdout
    for step in ("land: ", "load: ", "lexicon: ", "read: ", "estimate: ", "release: "):
        assert step in first.stdout
    for said in ("load 1/", "read ", "estimate weight_posting_share", "write release", "verify and publish"):
        assert f"skillweights: {said}" in first.stderr
    assert "Traceback" not in first.stderr
    done = skillweights(home, "verify", str(home / "releases/v1"))
    assert (done.returncode, done.stdout) == (0, f"{home / 'releases/v1'}: verified, no fault\n")


def test_every_page_of_a_synthetic_release_says_so(home: Path, first: object) -> None:
    folder = release_folder(home)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["synthetic"], manifest["channel"]) == (True, "nightly")
    pages = [path for path in sorted(folder.rglob("*.json")) if not path.name.endswith(".schema.json")]
    pages.append(home / "releases/v1/latest.json")
    assert len(pages) > 15
    assert [path.name for path in pages if '"synthetic":true' not in path.read_text().replace(" ", "")] == []
    occupations = sorted((folder / "json/occupation").iterdir())
    assert [path.name for path in occupations if b"SYNTHETIC" not in path.read_bytes()] == []
    assert "ynthetic" in (folder / "ATTRIBUTION.txt").read_text()
    sources = pq.read_table(folder / "tables/source.parquet")
    assert set(sources["synthetic"].to_pylist()) == {True}


def test_the_numbers_are_those_of_the_market(home: Path, first: object) -> None:
    """Against the known truth: roles and families exactly, skills but for the traps, shares but for those."""
    with open_warehouse(Settings(home, threads=1), read_only=True) as warehouse:
        found = compare_with_truth(warehouse)
    assert found.roles_wrong == 0
    assert (found.families_split, found.families_merged) == (0, 0)
    assert found.recall > 0.99
    assert found.precision > 0.96
    assert found.denominators_wrong == []
    assert found.n_shares > 250
    assert found.share_of_numerators_exact > 0.9
    # The title "Machine Learning Engineer" names the skill too; everywhere else a few adverts at most are read wrong.
    far = {(role, skill) for role, skill, counted, true in found.differing if abs(counted - true) > 4}
    assert far <= {("machine-learning-engineer", "machine-learning")}
    assert found.n_intervals > 0.5 * found.n_shares, "intervals of a few shares would hold the truth too"
    assert found.share_of_truths_inside > 0.93


def test_the_report_is_on_the_server(server: Server) -> None:
    artifacts = {artifact["key"]: artifact for artifact in server.artifacts()}
    report, quarantine = artifacts["run-report"], artifacts["quarantine"]
    assert (report["type"], quarantine["type"]) == ("markdown", "table")
    assert report["data"].startswith("# Night ")
    assert "| load | done_after_s" in report["data"]
    assert "## Quarantine" in report["data"]
    rows = json.loads(quarantine["data"])
    assert rows == [
        {"source": "synthetic_board", "table": "raw_posting", "action": "row_rejected"}
        | {"rule": "cell_count", "rows": 1}
    ]
    [run] = server.runs()
    assert (run["name"] != "", run["state_type"]) == (True, "COMPLETED")
    tasks = server.ask("/task_runs/filter", {"limit": 50})
    assert {task["name"].split("-")[0] for task in tasks} == {
        "land",
        "load",
        "read",
        "titles",
        "estimate",
        "evidence",
        "release",
    }
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}


def test_the_second_night_does_nothing_twice(home: Path, server: Server) -> None:
    pointer = json.loads((home / "releases/v1/latest.json").read_bytes())
    before = release_bytes(home / "releases/v1/releases")
    done = skillweights(home, "nightly", PREFECT_API_URL=server.url, SKILLWEIGHTS_THREADS="2")
    assert done.returncode == 0, done.stderr
    assert "inputs unchanged, release kept" in done.stdout
    assert "load: " not in done.stdout
    assert release_bytes(home / "releases/v1/releases") == before
    after = json.loads((home / "releases/v1/latest.json").read_bytes())
    assert (after["latest"], after["published_at"]) == (pointer["latest"], pointer["published_at"])
    assert after["stale_after"] > pointer["stale_after"]
    assert verify(home / "releases/v1") == []
    assert len([artifact for artifact in server.artifacts() if artifact["key"] == "run-report"]) == 2


def test_refused_input_comes_through_prefect_as_it_is(home: Path, server: Server, tmp_path: Path) -> None:
    """A wrong hash is found by a task: told once, in words, not tried again, and the run counts as failed."""
    drop = write_drop(tmp_path / "d", {"a.csv": b"title,description\nBackend Developer,Python\n"})
    (drop / "a.csv").write_bytes(b"other bytes")
    pointer = (home / "releases/v1/latest.json").read_bytes()
    done = skillweights(home, "nightly", "--drop", str(drop), PREFECT_API_URL=server.url)
    assert done.returncode == 2
    assert f"refused: {drop}/a.csv is not the file its manifest.json speaks of" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("is not the file") == 1
    assert (home / "releases/v1/latest.json").read_bytes() == pointer
    newest = server.runs()[0]
    assert newest["state_type"] == "FAILED"
    [task] = server.ask("/task_runs/filter", {"flow_runs": {"id": {"any_": [newest["id"]]}}})
    assert (task["name"].split("-")[0], task["run_count"]) == ("land", 1)


def test_a_deployed_night_makes_the_same_bytes_in_a_fresh_home(
    home: Path, server: Server, tmp_path: Path
) -> None:
    """`prefect deploy`, a process worker, one thread and another home: the release of the first night."""
    fresh = tmp_path / "fresh"
    env = environ(
        fresh, PREFECT_API_URL=server.url, PREFECT_HOME=str(tmp_path / "prefect"), SKILLWEIGHTS_THREADS="1"
    )
    worker = (PREFECT, "worker", "start", "--pool", "skillweights", "--type", "process", "--limit", "1")
    with started(*worker, env=env, log=tmp_path / "worker.log"):
        server.until("/work_pools/filter", "skillweights")
        deployed = subprocess.run(
            [PREFECT, "--no-prompt", "deploy", "--prefect-file", "flows/prefect.yaml", "--all"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
        assert deployed.returncode == 0, deployed.stdout + deployed.stderr
        deployment = server.ask("/deployments/name/nightly/nightly", method="GET")
        assert [entry["schedule"]["cron"] for entry in deployment["schedules"]] == ["0 3 * * *"]
        run = server.ask(f"/deployments/{deployment['id']}/create_flow_run", {"parameters": {}})
        ended = server.until(
            "/flow_runs/filter",
            '"end_time": "2',
            body={"flow_runs": {"id": {"any_": [run["id"]]}}},
        )
    assert ended[0]["state_type"] == "COMPLETED", (tmp_path / "worker.log").read_text()[-3000:]
    assert release_bytes(release_folder(fresh)) == release_bytes(release_folder(home))
