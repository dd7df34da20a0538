const USER_INFO = /([a-z][a-z0-9+.-]{0,31}:\/\/)[^\s/'"]*@/gi;
const SECRET_QUERY = /([?&](?:k|key|token|pass|password|pwd|auth|secret|sig|signature)=)[^&\s'"]*/gi;
const SECRET_MEMBER = /(?:k|key|token|pass|passwd|password|pwd|auth|secret|sig|signature)=([^&/?;#]+)/gi;
/** Shorter ones would take letters out of ordinary words; they are hidden where they stand in an address. */
const SHORTEST_SECRET = 3;

/** Hides user names, passwords and tokens in every address in a text, so that it may be logged or shown. */
export function maskCredentials(text: string): string {
  return text.replace(USER_INFO, '$1***@').replace(SECRET_QUERY, '$1***');
}

/**
 * Hides what is secret in one known address: its user and password and the secrets of its query, however they are written
 * and whatever characters they hold, wherever they stand in a text.
 */
export function maskOf(address: string): (text: string) => string {
  const secrets = [...new Set(secretsOf(address).flatMap(spellings))]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text.replaceAll(address, withoutSecrets(address));
    for (const secret of secrets) masked = masked.replaceAll(secret, '***');
    return maskCredentials(masked);
  };
}

/**
 * The address of a camera as others may have it: without user and password, and with `***` for what is secret by its name in query and path.
 *
 * @param address one whose user and password are percent-encoded
 */
export function withoutCredentials(address: string): { address: string; removed: boolean } {
  const rest = afterScheme(address);
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const open = address.slice(0, address.length - rest.length) + rest.slice(authority.lastIndexOf('@') + 1);
  const shown = open.replace(SECRET_MEMBER, (member, secret: string) => `${member.slice(0, -secret.length)}***`);
  return { address: shown, removed: shown !== address };
}

/** User and password by every `@` that may end them, and the members of query or path that are secret by their names. */
function secretsOf(address: string): string[] {
  const rest = afterScheme(address);
  const secrets: string[] = [];
  for (let at = rest.indexOf('@'); at >= 0; at = rest.indexOf('@', at + 1)) {
    const info = rest.slice(0, at);
    const colon = info.indexOf(':');
    if (colon >= 0) secrets.push(info, info.slice(colon + 1));
  }
  for (const [, value = ''] of rest.matchAll(SECRET_MEMBER)) {
    // Some cameras have `user=admin_password=x_channel=1` in the path.
    secrets.push(value, value.split('_')[0] ?? value);
  }
  return secrets;
}

function spellings(secret: string): string[] {
  const plain = decoded(secret);
  const written = encodeURIComponent(plain);
  return [
    ...[secret, plain, written, encodeURI(plain), written.toLowerCase(), encodeURIComponent(secret), encodeURI(secret)],
    // RFC 3986 lets these stand; the URL parser does not.
    written.replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`),
    ...writtenByUrl(secret),
    JSON.stringify(plain).slice(1, -1),
  ];
}

function writtenByUrl(secret: string): string[] {
  const url = new URL('http://user@host/');
  url.password = secret;
  return [url.password];
}

function withoutSecrets(address: string): string {
  const scheme = address.slice(0, address.length - afterScheme(address).length);
  const rest = afterScheme(address);
  const at = rest.lastIndexOf('@');
  return maskCredentials(at < 0 ? address : `${scheme}***@${rest.slice(at + 1)}`);
}

function afterScheme(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
}

/** Percent-decoded, or as it is where it cannot be. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
