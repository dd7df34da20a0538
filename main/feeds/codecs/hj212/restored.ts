/** A line's password as it is kept, starred out, and the device behind it. */
const STARRED = /PW=(\*+)(?=[;&\r\n]|$)/gi;
const DEVICE = /MN=([^;&\r\n]*)/i;

/**
 * What was kept without its passwords, with those that the configuration names in their place: its checksums are over them. Null where a
 * device's is not named, or is of another length than the one that came.
 */
export function withPasswords(bytes: Uint8Array, passwordOf: (mn: string) => string | undefined): Uint8Array | null {
  const text = Buffer.from(bytes).toString('latin1');
  let missing = false;
  const restored = text.replace(STARRED, (starred, stars: string, at: number) => {
    const [, mn = ''] = DEVICE.exec(text.slice(at).split(/[\r\n]/, 1)[0] ?? '') ?? [];
    const password = passwordOf(Buffer.from(mn, 'latin1').toString());
    const fits = password !== undefined && Buffer.byteLength(password) === stars.length;
    if (!fits) missing = true;
    return fits ? starred.slice(0, 3) + Buffer.from(password).toString('latin1') : starred;
  });
  return missing ? null : Buffer.from(restored, 'latin1');
}
