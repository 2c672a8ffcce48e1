# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Makes the class-data archive that later runs start on."""
