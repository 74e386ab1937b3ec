// Package pdf writes printed papers: text in any script we have a font for, tables that repeat their header, figures,
// bookmarks, "page X of Y". It knows nothing of freight. It is the only user of github.com/jung-kurt/gofpdf.
//
// A Document is laid out completely before the first byte is drawn: blocks (Heading, Paragraph, Figures, Table) are
// broken into lines on measured widths and placed on pages; Bytes then draws what was placed. So the number of pages
// is known when the foot of the first page is drawn, and the same calls always give the same bytes.
//
// Faults of gofpdf 1.16.2 that are worked around here, and nowhere else:
//
//   - A rune above U+FFFF panics in CellFormat, SplitText and Output: clean replaces it before anything is measured.
//   - A glyph that the font lacks prints as an empty box without an error: every text is split into runs by the cmap of
//     the embedded fonts, and what no font has is printed as U+FFFD and counted (Document.Replaced).
//   - SplitText and MultiCell break at spaces only, count bytes, or panic: lines are broken here (Unicode line breaking).
//   - The {nb} alias is aligned by the width of the placeholder: not used, see above.
//   - Parsing and subsetting a font write into the caller's bytes (append on a sub-slice): each document gets a copy.
//   - An empty or broken font poisons the document and a later call panics: fonts are embedded, and draw recovers.
//   - Catalog order and dates come from a map and the clock: SetCatalogSort, and the document's AsOf as both dates. A zero date
//     is taken for the clock's: a document without an AsOf is dated 1970.
//   - PNG with an alpha channel, 16 bits, interlacing or a palette is refused or prints wrong: NewPicture flattens it first.
//   - A dash pattern and a line width stay set: pen.shape sets them back.
//   - There is no way to set the document's language: finish adds it to the catalog.
//   - Colours of fills leak into text as a save and restore around every string: pen.fill sets both.
package pdf
