# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Limits and names that several rooms share."""

#: The least and the greatest value of a Java ``long``: what ``Types.LONG()`` can hold, and the
#: timestamps that stand for "before all time" and "after all time".
MIN_LONG_VALUE = -(2**63)
MAX_LONG_VALUE = 2**63 - 1

#: The name of a stream's main output, beside which side outputs have tags of their own.
DEFAULT_OUTPUT_TAG = ""
