# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The keyed operations that need no function of the user's, or a small one: reduce, sum, min ..."""
