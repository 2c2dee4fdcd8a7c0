"""The embedded synthetic market as drop folders: what a night runs over when no drop is given."""

from pathlib import Path

from transforms.synthetic import market
from warehouse.settings import Settings


def embedded_drops(settings: Settings) -> list[Path]:
    """Write the synthetic drops below the home, where their bytes differ from what is there; their folder."""
    folder = settings.home / "embedded"
    files = market()
    for name, data in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_bytes(data)
        temporary.replace(path)
    wanted = {folder / name for name in files}
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    return [folder]
