/** Hands a text to the person as a file. */
export function download(
  name: string,
  text: string | readonly string[],
  type: 'text/html' | 'text/markdown' | 'application/x-ndjson',
): void {
  const url = URL.createObjectURL(
    new Blob(typeof text === 'string' ? [text] : [...text], { type: `${type};charset=utf-8` }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
