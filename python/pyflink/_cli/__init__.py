# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command ``flinker``: runs programs, and looks after jobs on a cluster."""
