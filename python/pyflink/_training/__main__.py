# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Makes the archive now: ``python -m pyflink._training``, for a container's image for example."""

import sys

from pyflink._training.session import main

sys.exit(main())
