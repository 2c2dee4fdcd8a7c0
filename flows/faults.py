"""Which errors are the input's, which another process's, and which the night's own."""

Faults = tuple[type[BaseException], ...]


def refused_faults() -> Faults:
    """Something a person has to mend before the night can run."""
    from flows.configuration import ConfigurationFault
    from flows.explain import NothingToExplain
    from flows.night import InputFault
    from flows.period import PeriodFault
    from flows.study import StudyFault
    from transforms.evidence.fault import EvidenceFault
    from transforms.occupation import OccupationFault
    from transforms.role import RoleFault
    from transforms.skill import AliasFault
    from warehouse.connection import DamagedWarehouse, NoWarehouse
    from warehouse.landing import LandingFault
    from warehouse.settings import SettingsFault

    return (
        AliasFault,
        ConfigurationFault,
        DamagedWarehouse,
        EvidenceFault,
        InputFault,
        LandingFault,
        NoWarehouse,
        NothingToExplain,
        OccupationFault,
        PeriodFault,
        RoleFault,
        SettingsFault,
        StudyFault,
    )


def busy_faults() -> Faults:
    """Another process is at work."""
    from warehouse.connection import SecondWriter

    return (SecondWriter,)


def failed_faults() -> Faults:
    """A check of the night or of its release failed."""
    from exports.fault import ReleaseFault
    from flows.fetch.fault import FetchFault
    from warehouse.check import DataFault
    from warehouse.load import ColumnFault

    return (ColumnFault, DataFault, FetchFault, ReleaseFault, OSError)
