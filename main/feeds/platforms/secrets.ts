import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import type { Text } from '../../../core/words.ts';
import { quoted } from '../quoted.ts';

/** What a hall shows to a platform, and whom it believes. */

/** A user's name, or a password. */
export const Secret = quoted(
  /^[^\p{C}]{1,1000}$/u,
  { zh: '不是用户名或密码', en: 'is no user name or password' },
  { zh: '请写 1 到 1000 个字符', en: 'Write 1 to 1,000 characters.' },
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
