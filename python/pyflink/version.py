# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The version of PyFlink's API that this package offers.

Programs compare it; the version of the distribution itself is in its metadata.
"""

__version__ = "2.3.0"
