"""The radar network: what is chosen on which chips, and how long it is trained."""

from . import chips, training
from .augment import Crops, vary_radar
from .decoding import detect
from .network import SAR
from .scoring import Scores

CROPS = Crops()
STEPS_CHOOSE = 3800   # without the choosing part
STEPS_ALL = 2000      # on from there, with it
STEPS_LONG = 3000     # and on from there
STEPS_OPTICAL = 2000  # of the first: here the optical network starts
NMS_IOU_MILLI = 400


def choosing(steps: int, seed: int = 6) -> training.Plan:
    """The long training, without the part on which model and threshold are chosen."""
    return training.Plan("sar-choose", SAR, CROPS, vary_radar, steps, seed=seed, keep_at=STEPS_OPTICAL)


def keeping(steps: int, seed: int = 7) -> training.Plan:
    """On from there with all of the training split; the rate falls from a half to nothing."""
    return training.Plan("sar", SAR, CROPS, vary_radar, steps, rate=8e-4, fall=0.85, start="sar-choose", seed=seed)


def lengthening(steps: int, seed: int = 8) -> training.Plan:
    """The same once more, since there was more to learn: up to the full rate again and down."""
    return training.Plan("sar-long", SAR, CROPS, vary_radar, steps, rate=1.2e-3, fall=0.5, start="sar", seed=seed)


def split(all_chips: list) -> tuple[list, list, list]:
    """Training without the choosing part, the choosing part, and the held-out chips."""
    learning = [c for c in all_chips if chips.is_training(c) and not chips.is_choosing(c)]
    return learning, [c for c in all_chips if chips.is_choosing(c)], [c for c in all_chips if not chips.is_training(c)]


def scores(net, pictures: list, nms_iou_milli: int = NMS_IOU_MILLI) -> list[Scores]:
    """One chip after the other, by overlap."""
    made = []
    for chip in pictures:
        made.append(Scores())
        made[-1].add(chip, detect(net, chip, nms_iou_milli))
    return made


def together(parts: list[Scores]) -> Scores:
    """Several chips as one."""
    whole = Scores()
    for part in parts:
        whole.found += part.found
        whole.ships += part.ships
    return whole


def measure(pictures: list):
    """For the log of a training: average precision, best F1 and its threshold."""
    def of(net):
        whole = together(scores(net, pictures))
        milli, f1 = whole.best()
        return dict(ap50=round(whole.average_precision(), 4), f1=round(f1, 4), threshold=int(milli))
    return of


