"""The schedule: what Prefect is asked to run exists and takes the parameters it is given."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
FILE = ROOT / "flows" / "prefect.yaml"

ENTRYPOINT = """
import sys
from prefect.flows import load_flow_from_entrypoint
flow = load_flow_from_entrypoint("flows/nightly.py:nightly", use_placeholder_flow=False)
print(type(flow).__name__, flow.name, flow.fn.__module__, sorted(flow.parameters.properties))
"""


def declared() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


@pytest.mark.slow
def test_prefect_loads_the_entrypoint_itself_not_a_placeholder() -> None:
    """In a process of its own: Prefect puts flows/ first on the path, where a name could hide a library."""
    environ = os.environ | {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    done = subprocess.run(
        [sys.executable, "-c", ENTRYPOINT], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split(" ", 2)[:2] == ["Flow", "nightly"]
    assert done.stdout.rstrip().endswith("['as_of', 'drops', 'periods']")


@pytest.mark.slow
def test_every_deployment_names_a_flow_and_parameters_it_has() -> None:
    from prefect.flows import load_flow_from_entrypoint

    for deployment in declared()["deployments"]:
        flow: Any = load_flow_from_entrypoint(
            str(ROOT / deployment["entrypoint"]), use_placeholder_flow=False
        )
        assert flow.name == deployment["name"]
        assert set(deployment["parameters"]) == set(inspect.signature(flow.fn).parameters)
        flow.validate_parameters(deployment["parameters"])


def test_the_night_is_scheduled_every_night_on_a_process_pool() -> None:
    deployment = declared()["deployments"][0]
    [schedule] = deployment["schedules"]
    assert (schedule["cron"], schedule["timezone"], schedule["active"]) == ("0 3 * * *", "UTC", True)
    assert deployment["work_pool"]["name"] == "skillweights"
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    environ = deployment["work_pool"]["job_variables"]["env"]
    assert (environ["PREFECT_SERVER_ANALYTICS_ENABLED"], environ["DO_NOT_TRACK"]) == ("false", "1")


def test_the_file_names_no_machine() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert "://" not in text
    assert not re.search(r"/(home|work|root|tmp|Users)/", text)


def test_no_file_of_flows_has_the_name_of_a_module_of_python_or_of_a_package() -> None:
    """Prefect puts flows/ first on the path: flows/calendar.py would be imported in place of Python's."""
    from importlib.metadata import packages_distributions

    own = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}
    ours = {"schemas", "transforms", "warehouse", "exports", "flows"}
    assert own & set(sys.stdlib_module_names) == set()
    assert own & (set(packages_distributions()) - ours) == set()
