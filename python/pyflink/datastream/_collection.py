# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Values of the program as a source."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterable
from typing import Any

from pyflink._codec import descriptor, encode_collection
from pyflink._gateway import java_class, work_directory
from pyflink.common.typeinfo import TypeInformation

_LARGE = 32 * 1024 * 1024


def collection_source(
    j_environment: Any, collection: Iterable[Any], type_info: TypeInformation
) -> Any:
    """The Java stream of a collection's values.

    The values go over in a file: Py4J would carry them as text.
    """
    batches = encode_collection(collection, type_info)
    if sum(map(len, batches)) > _LARGE:
        # Py4J's handles are in reference cycles: until Python collects them, Java has to keep the
        # values of collections that nobody uses any more
        gc.collect()
    handle, path = tempfile.mkstemp(dir=work_directory(), prefix="collection-")
    try:
        with os.fdopen(handle, "wb") as file:
            for batch in batches:
                file.write(len(batch).to_bytes(4, "big"))
                file.write(batch)
        return java_class("io.flinker.gateway.Collections").source(
            j_environment, path, descriptor(type_info)
        )
    finally:
        os.unlink(path)
