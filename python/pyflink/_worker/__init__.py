# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The process that runs the user's functions: it speaks Beam's Fn API with the engine.

Nothing here, and nothing that is imported here, may know the gateway: a worker never starts a JVM.
"""
