# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that wait for others: an event loop, on which many records are under way at a time.

The engine keeps the order of the records, bounds their number, and keeps those that are under way
in checkpoints. Here a record is a call that ends some time, with its results and its number.
"""
