# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``python -m pyflink`` is the command ``flinker``."""

from pyflink._cli.main import main

if __name__ == "__main__":
    main()
