/** Keeps what a system was told in confidence out of everything that is shown, whoever repeats it. */
export interface Discretion {
  discreet(text: string): string;
  /** The same of bytes, as long as before. */
  starred(bytes: Uint8Array): Uint8Array;
}

export function discretionOf(told: readonly string[]): Discretion {
  const secrets = told.toSorted((a, b) => b.length - a.length);
  return {
    discreet: (text) => secrets.reduce((all, secret) => all.replaceAll(secret, '******'), text),
    starred: (bytes) => starred(bytes, secrets),
  };
}

function starred(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  let shown: Buffer | null = null;
  for (const hidden of secrets.map((secret) => Buffer.from(secret))) {
    if (hidden.length === 0) continue;
    const before = Buffer.from(shown ?? bytes);
    for (let at = before.indexOf(hidden); at >= 0; at = before.indexOf(hidden, at + hidden.length)) {
      shown ??= Buffer.from(bytes);
      shown.fill('*', at, at + hidden.length);
    }
  }
  return shown ?? bytes;
}
