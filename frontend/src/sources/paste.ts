/** A table as text from a clipboard, made the file it could have been; null when the text is no table. */
export function pasted(text: string): File | null {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim());
  const mark = separator(lines);
  if (!mark) return null;
  return new File([text], mark === '\t' ? 'pasted.tsv' : 'pasted.csv', { type: 'text/plain' });
}

/** Two lines at the least, each with the same sign between its cells. */
function separator(lines: string[]): string | undefined {
  if (lines.length < 2) return undefined;
  return ['\t', ';', ','].find((mark) => lines.slice(0, 20).every((line) => line.includes(mark)));
}
