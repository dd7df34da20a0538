const USER_INFO = /([a-z][a-z0-9+.-]*:\/\/)[^\s/'"]*@/gi;
const SECRET_QUERY = /([?&](?:k|key|token|pass|password|pwd|auth|secret|sig|signature)=)[^&\s'"]*/gi;

/** Hides user names, passwords and tokens in every address in a text, so that it may be logged or shown. */
export function maskCredentials(text: string): string {
  return text.replace(USER_INFO, '$1***@').replace(SECRET_QUERY, '$1***');
}
