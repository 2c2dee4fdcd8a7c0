"""Commands about studies: a form to fill, a check, what an entry comes to."""

import os

from cyclopts import App

from flows.exit_code import OK, guarded

study = App(
    name="study",
    help=(
        "Studies behind findings: a form to fill, a check, what an entry comes to."
        "\n\nExample: skillweights study check"
    ),
)


@study.command
def new(study_id: str, name: str) -> int:
    """Write an empty form to config/studies.

    Example: skillweights study new NZ2023 2023-noy

    Parameters
    ----------
    study_id
        Short name in capitals and digits.
    name
        Name of the file, <year>-<author>.
    """

    def run() -> int:
        from datetime import date

        from flows.study import new_study

        print(f"{new_study(study_id, name, today=date.today())}: fill it in, then: skillweights study check")
        return OK

    return guarded(run)


@study.command
def check() -> int:
    """Name every fault of every study file; ask nobody.

    Example: skillweights study check
    """

    def run() -> int:
        from flows.study import check_studies
        from warehouse.settings import settings_from_env

        print(check_studies(settings_from_env(os.environ)))
        return OK

    return guarded(run)


@study.command
def show(study_id: str) -> int:
    """Show what a study's entries come to: lines a page prints, warnings, bibliographic checks.

    Example: skillweights study show NZ2023

    Parameters
    ----------
    study_id
        Short name of the study.
    """

    def run() -> int:
        from datetime import date

        from flows.study import show_study
        from warehouse.settings import settings_from_env

        print(show_study(settings_from_env(os.environ), study_id, as_of=date.today()))
        return OK

    return guarded(run)
