import pytest

from badges import codes


@pytest.mark.parametrize(
    "typed",
    ["7K3M-9QX2-P1HV", "7K3M9QX2P1HV", "7k3m-9qx2-p1hv", "7K3M-9QX2-PLHV", "7k3m9qx2pihv", "-7K3M9Q-X2PlHV-"],
)
def test_a_code_is_read_as_it_is_typed(typed):
    assert codes.read(typed) == "7K3M9QX2P1HV"


def test_o_is_zero():
    assert codes.read("oOoO-0000-oooo") == "000000000000"


@pytest.mark.parametrize(
    "typed",
    ["", "7K3M-9QX2", "7K3M-9QX2-P1HVX", "7K3M-9QX2-PUHV", "7K3M 9QX2 P1HV", "٧K3M9QX2P1HV", "ſ" * 12],
)
def test_anything_else_is_no_code(typed):
    assert codes.read(typed) == ""
