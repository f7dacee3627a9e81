"""Where the labelled images are: ../shared/data beside the repository, or the folder that MW_DATA names."""
import os
import sys
from pathlib import Path


def images(name: str) -> Path:
    """The folder of one set of images; ends with a plain message where it is absent."""
    repository = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("MW_DATA", repository.parent / "shared" / "data")) / "imagery" / name
    if not folder.is_dir():
        sys.exit(f"{folder} is absent: the labelled images are not part of the repository. Set MW_DATA to their folder.")
    return folder


def scratch() -> Path:
    """Where checkpoints and logs go: .mw/ships in the repository, ignored by git."""
    folder = Path(__file__).resolve().parents[2] / ".mw" / ("ships-short" if is_short() else "ships")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_short() -> bool:
    """True where MW_TRAIN_STEPS cuts each training short, to prove that the notebooks run; nothing is committed then."""
    return "MW_TRAIN_STEPS" in os.environ


def steps(full: int) -> int:
    """The length of a training: the full one, or MW_TRAIN_STEPS."""
    return min(full, int(os.environ["MW_TRAIN_STEPS"])) if is_short() else full


def some(pictures: list) -> list:
    """All pictures, or a few in a short run."""
    return pictures[::12] if is_short() else pictures
