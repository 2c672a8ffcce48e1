# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Arguments by the names that they had in PyFlink 1.12."""

from __future__ import annotations

import pytest

from pyflink.common import Types

TEXT, INT = Types.STRING(), Types.INT()


def test_key_by(single) -> None:
    words = single.from_collection(["to", "be"], TEXT)
    message = r"key_by\(\): the argument key_type_info is deprecated\. Use key_type instead"
    with pytest.warns(DeprecationWarning, match=message):
        keyed = words.key_by(len, key_type_info=INT)
    with pytest.warns(DeprecationWarning, match=message):
        again = keyed.key_by(len, key_type_info=INT)
    with pytest.warns(DeprecationWarning, match=message):
        both = words.connect(words).key_by(len, len, key_type_info=INT)
    key_types = {
        str(stream._j_data_stream.getKeyType())
        for stream in (keyed, again, both.stream1, both.stream2)
    }
    assert key_types == {"Key<Integer>"}


def test_flat_map(single) -> None:
    message = r"flat_map\(\): the argument result_type is deprecated\. Use output_type instead"
    with pytest.warns(DeprecationWarning, match=message):
        words = single.from_collection(["to be"]).flat_map(str.split, result_type=TEXT)
    assert words.get_type() == TEXT
    assert list(words.execute_and_collect()) == ["to", "be"]
