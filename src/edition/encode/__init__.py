"""From the anchored model to the bytes of TEI: elements, cut, woven and written."""
