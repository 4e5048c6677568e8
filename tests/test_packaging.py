"""What an installed copy must hold, and what deploys it."""

import configparser
import subprocess
import tomllib
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_every_file_beside_the_code_is_packed():
    """Else it is there in the project's folder, and missing in a wheel or in Scrapyd's egg."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]
    for package in ("crawler", "spiders", "pipelines"):
        for path in (ROOT / package).rglob("*"):
            if path.is_dir() or path.suffix in {".py", ".pyc"} or "__pycache__" in path.parts:
                continue
            assert any(_is_packed(path, owner, globs) for owner, globs in patterns.items()), f"{path} is not packed"


def _is_packed(path, owner, globs):
    if owner == "*":
        return path.name in globs
    folder = ROOT / owner.replace(".", "/")
    return path.is_relative_to(folder) and any(fnmatch(str(path.relative_to(folder)), glob) for glob in globs)


def test_scrapyd_finds_the_settings():
    config = configparser.ConfigParser()
    config.read(ROOT / "scrapy.cfg")
    assert find_spec(config["settings"]["default"])
    assert config["deploy"]["project"] == "naba"


def test_the_compose_file_names_commands_that_exist():
    yaml = pytest.importorskip("yaml")
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    assert {"scheduler", "worker", "room", "mongo", "redis"} <= set(services)
    for name in ("scheduler", "worker", "room"):
        assert (ROOT / "crawler" / "commands" / f"{services[name]['command'][0]}.py").exists()
        assert services[name]["environment"]["BROKER_URL"].startswith("redis://redis:")
        for needed in services[name]["depends_on"]:
            assert services[needed]["healthcheck"]
    volumes = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert {volume for volume in volumes if not volume.startswith(".")} == set(compose["volumes"])


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy").glob("*.service")), ids=lambda unit: unit.stem)
def test_systemd_takes_the_units(unit, tmp_path):
    text = unit.read_text("utf-8")
    command = next(line for line in text.splitlines() if line.startswith("ExecStart=")).split()
    assert (ROOT / "crawler" / "commands" / f"{command[1]}.py").exists()
    here = text.replace(command[0].partition("=")[2], "/bin/true").replace("=/opt/naba", f"={tmp_path}")
    (tmp_path / unit.name).write_text(here.replace("User=naba", "User=root"), "utf-8")
    try:
        answer = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("systemd is not installed")
    assert not [line for line in answer.stderr.splitlines() if "naba" in line], answer.stderr
