# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the wheel is made of beside Python: used by setup.py and dev.py, never installed."""
