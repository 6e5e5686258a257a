"""Reports of a period: what they say, how they are written, signed, frozen and made again."""
