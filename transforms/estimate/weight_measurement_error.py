"""Fills weight_measurement_error: precision, recall and correction of each class with a labelled sample."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_measurement_error import WeightMeasurementError
from transforms.estimate.double_sampling import Proportion, clopper_pearson, correction, recall

SELECTS = {"sample": "FROM core_double_sample ORDER BY skill_class"}
DECIMALS = 6
STALE = "the sample was judged for another version of the reader"
READ_ONLY = "only adverts read as asking were judged: what the reader misses can't be told"
NOTHING_TRUE = "no judged advert asks: nothing true was seen to correct by"


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_measurement_error by class; a sample of another reader corrects nothing."""
    level = float(parameters["ci_level"])
    rows = [
        {"skill_class": sample["skill_class"]}
        | class_error(sample, str(parameters["reader_version"]), level=level)
        for sample in frames["sample"].to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightMeasurementError))


def class_error(sample: Mapping[str, Any], reader_version: str, *, level: float) -> dict[str, Any]:
    """Precision, recall, correction of one sample and its status; what is not identified is null."""
    precision = clopper_pearson(_one(sample["n_read_true"]), _one(sample["n_read_judged"]), level=level)
    found = _ends("reading_precision", precision)
    reason, detail = None, None
    if sample["n_unread_judged"] is None:
        reason, detail = "not_identifiable", READ_ONLY
    elif sample["n_read_true"] + sample["n_unread_true"] == 0:
        reason, detail = "not_identifiable", NOTHING_TRUE
    else:
        missed = clopper_pearson(_one(sample["n_unread_true"]), _one(sample["n_unread_judged"]), level=level)
        per_read = _one(sample["n_unread"]) / _one(sample["n_read"])
        found |= _ends("reading_recall", recall(precision, missed, per_read))
        if sample["reader_version"] == reader_version:
            found |= _ends("correction", correction(precision, missed, per_read))
    if reason is None and sample["reader_version"] != reader_version:
        reason, detail = "source_stale", STALE
    return found | {"status": "missing" if reason else "ok", "reason": reason, "reason_detail": detail}


def _one(count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([float(count)])


def _ends(name: str, found: Proportion) -> dict[str, float]:
    value, low, high = (round(float(end[0]), DECIMALS) for end in (found.value, found.low, found.high))
    return {name: value, f"{name}_ci_low": min(low, value), f"{name}_ci_high": max(high, value)}
