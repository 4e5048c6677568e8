"""A second newspaper, at the address in NABA_TEST_SITE: for what two print of the same story."""

from tests.spiders.gazette import Gazette


class Courier(Gazette):
    """Al-Barid (البريد), served by a test."""

    name = "courier"
    name_ar = "البريد"
    country = "tn"
