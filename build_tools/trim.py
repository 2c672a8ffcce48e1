# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Jars without what nobody needs in them: natives of rare platforms, protocols, assets."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

# The same bytes from the same jar, whenever it is trimmed.
_TIMESTAMP = (2026, 1, 1, 0, 0, 0)
_SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA|EC)", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """What to leave out of a jar.

    Args:
        artifact: the artifact's name, as in the jar's file name without the version.
        drop: a pattern that the full names of the entries to leave out match.
        reason: why they can go.
    """

    artifact: str
    drop: str
    reason: str

    def applies_to(self, jar: Path) -> bool:
        """Whether a jar is some version of the artifact."""
        return re.fullmatch(rf"{re.escape(self.artifact)}-\d[^/]*\.jar", jar.name) is not None


RULES = (
    Rule(
        "frocksdbjni",
        r"librocksdbjni-(?!(linux64\.so|linux-aarch64\.so|osx-arm64\.jnilib|osx-x86_64\.jnilib"
        r"|win64\.dll)$).*",
        "RocksDB weighs 5 MB a platform; these five are the ones that people use",
    ),
    Rule(
        "snappy-java",
        r"org/xerial/snappy/native/(?!((Linux|Mac|Windows)/(x86_64|aarch64)/)).*\.\w+",
        "the same platforms",
    ),
    Rule(
        "lz4-java",
        r"net/jpountz/util/linux/(i386|ppc64le|s390x)/.*",
        "the same platforms",
    ),
    Rule(
        "flink-shaded-netty",
        r"META-INF/native/.*quiche.*|org/apache/flink/shaded/netty4/io/netty/handler/codec/"
        r"(haproxy|http3|memcache|mqtt|quic|redis|rtsp|smtp|socks|socksx|stomp)/.*",
        "Flink speaks HTTP and its own protocol, and none of these",
    ),
    Rule(
        "flink-runtime-web",
        r"web/assets/vs/language/(css|html|typescript)/.*",
        "the dashboard's editor shows JSON, YAML and logs",
    ),
    Rule(
        "flink-shaded-zookeeper-3",
        # Flink's own tasks use the Guava that is shaded in there, so the jar itself has to stay
        r"org/apache/flink/shaded/(zookeeper3/|curator5/org/).+",
        "an embedded cluster elects no leader",
    ),
)


def rule_for(jar: Path) -> Rule | None:
    """The rule for a jar, if there is one."""
    return next((rule for rule in RULES if rule.applies_to(jar)), None)


def trim(source: Path, target: Path, rule: Rule) -> None:
    """Writes a jar without the entries that the rule drops.

    Raises:
        ValueError: if the jar is signed, as no entry may be missing then, or if the rule drops
            nothing, as it has been overtaken by a new version of the jar then.
    """
    drop = re.compile(rule.drop)
    with zipfile.ZipFile(source) as jar:
        entries = jar.infolist()
        if any(_SIGNATURE.fullmatch(entry.filename) for entry in entries):
            raise ValueError(f"{source.name} is signed: it cannot be trimmed, remove its rule")
        kept = [entry for entry in entries if not drop.fullmatch(entry.filename)]
        if len(kept) == len(entries):
            raise ValueError(f"The rule for {source.name} drops nothing: {rule.drop}")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as trimmed:
            for entry in kept:
                copy = zipfile.ZipInfo(entry.filename, _TIMESTAMP)
                copy.compress_type = zipfile.ZIP_DEFLATED
                copy.external_attr = 0o40755 << 16 if entry.is_dir() else 0o100644 << 16
                trimmed.writestr(copy, jar.read(entry))
