"""The tables of the measurements floor."""

from measurements.models.files import FileDerivation, FileName, RawFile, ReadingState, RememberedColumns
from measurements.models.inbox import Batch, InboxRow, Receipt, RowState, Upload, UploadToken
from measurements.models.instruments import (
    Calibration,
    CalibrationKind,
    Instrument,
    InstrumentSession,
    InstrumentSetting,
)
from measurements.models.measurements import Measurement, MeasurementRecording, RecordingRole, ReferenceUse
from measurements.models.recordings import Curve, Recording
from measurements.models.series import Rung, Series

__all__ = [
    "Batch",
    "Calibration",
    "CalibrationKind",
    "Curve",
    "FileDerivation",
    "FileName",
    "InboxRow",
    "Instrument",
    "InstrumentSession",
    "InstrumentSetting",
    "Measurement",
    "MeasurementRecording",
    "RawFile",
    "ReadingState",
    "Receipt",
    "Recording",
    "RecordingRole",
    "ReferenceUse",
    "RememberedColumns",
    "RowState",
    "Rung",
    "Series",
    "Upload",
    "UploadToken",
]
