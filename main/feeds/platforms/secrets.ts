import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import type { Text } from '../../../core/words.ts';

/** What a hall shows to a platform, and whom it believes. */

/** A word that stands in quotes: YAML makes a number of `0012`, and its zeros are lost. */
export const quoted = (said: Text, remedy: Text, pattern: RegExp) =>
  z.unknown().transform((word, ctx): string => {
    if (typeof word === 'string' && pattern.test(word)) return word;
    const quotes = { zh: '请加上引号，例如 "0012345678"', en: 'Write it in quotes, like "0012345678".' };
    const unquoted = complaint({ zh: '没有加引号', en: 'is not in quotes' }, quotes);
    ctx.addIssue({ code: 'custom', ...(typeof word === 'number' ? unquoted : complaint(said, remedy)) });
    return z.NEVER;
  });

/** A user's name, or a password. */
export const Secret = quoted(
  { zh: '不是用户名或密码', en: 'is no user name or password' },
  { zh: '请写 1 到 1000 个字符', en: 'Write 1 to 1,000 characters.' },
  /^[^\p{C}]{1,1000}$/u,
);

/** Certificates of whoever signed the platform's, as text. */
export const Ca = z.string().superRefine((text, ctx) => {
  const fault = certificateFault(text);
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault, PASTE) });
});

function certificateFault(text: string): Text | null {
  if (text.includes('PRIVATE KEY')) return { zh: '含有私钥', en: 'holds a private key' };
  const all = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (all.length === 0) return { zh: '不是证书', en: 'is no certificate' };
  try {
    for (const each of all) void new X509Certificate(each);
    return null;
  } catch {
    return { zh: '证书不完整或已损坏', en: 'is a certificate that is not whole, or damaged' };
  }
}

const PASTE = {
  zh: '请写 ca: |，并在其下缩进粘贴签发者证书（PEM 文字，以 -----BEGIN CERTIFICATE----- 开头），而不是文件名',
  en: "Write `ca: |` and below it, indented, the text of the signer's certificate, which begins with -----BEGIN CERTIFICATE-----; not the name of a file.",
};
