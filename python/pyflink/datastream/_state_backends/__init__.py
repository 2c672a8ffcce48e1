# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State backends: today's, RocksDB, and those of Flink 1."""
