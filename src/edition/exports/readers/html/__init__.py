"""Pages of HTML, and EPUB, which is made of them."""
