"""What `make run` says before it starts when the address cannot be used."""

import socket

import pytest

from scripts.run import refuse_a_taken_port


def test_a_taken_port_is_named_with_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"

        with pytest.raises(SystemExit):
            refuse_a_taken_port(address)

    said = capsys.readouterr().err
    assert address in said
    assert "LABBOOK_ADDRESS=127.0.0.1:8001 make run" in said


@pytest.mark.parametrize("address", ["8000", "localhost", "127.0.0.1:port", ""])
def test_an_address_without_host_and_port_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        refuse_a_taken_port(address)

    assert "host:port" in capsys.readouterr().err
