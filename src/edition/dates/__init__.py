"""Time: EDTF, calendars, the date attributes of TEI, and dates in words. Knows no annotations but the nouns."""
