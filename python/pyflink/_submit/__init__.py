# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Jobs on a cluster that runs elsewhere: where it is, and what a job takes along."""
