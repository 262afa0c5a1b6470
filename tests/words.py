"""Small texts of many scripts, for properties of finding and anchoring."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.lists(
    st.sampled_from(("a", "b", "ab", "e\u0301", "(", "’s", "-", "\n\n", " ", "  ", "中文", "𝔄", "ן", "1937")),
    min_size=1,
    max_size=14,
).map("".join)
