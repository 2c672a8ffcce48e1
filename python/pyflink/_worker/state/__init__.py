# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State: what functions keep for each key, how they name it, and how it comes and goes."""
