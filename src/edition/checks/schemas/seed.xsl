<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:t="http://www.tei-c.org/ns/1.0">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:template match="/"><xsl:apply-templates select="/t:TEI/t:text"/></xsl:template>
  <xsl:template match="t:*[contains(concat(' ', normalize-space(@change), ' '), ' #ed.words ')]"/>
</xsl:stylesheet>
