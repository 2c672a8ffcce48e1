# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Timers of keys: what functions say of them, what the engine is told, and when they fire."""
