# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The classes behind pyflink.common.typeinfo, one file per family of types."""
