# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Tools for programs that look below the API: Java objects, exceptions, stability marks."""
