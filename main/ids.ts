import { randomBytes } from 'node:crypto';

/** A short identifier, unique for all stations of a city: 40 bits of chance in 8 letters and digits. */
export function randomId(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's: nothing that reads like something else.
  return [...randomBytes(8)].map((byte) => alphabet[byte & 31]).join('');
}

/** A token for the hall's doors: 256 bits, safe in an address. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}
