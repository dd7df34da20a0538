/** Takes the token out of an address's hash: `#token=abc`, `#/wall/north?token=abc`, `#token=abc&/wall/north`. */
export function takeToken(hash: string): { token: string | null; rest: string } {
  const found = /(^#|[#?&])token=([^&]*)(&|$)/.exec(hash);
  if (!found) return { token: null, rest: hash };
  const before = hash.slice(0, found.index);
  const after = hash.slice(found.index + found[0].length);
  const lead = found[1] === '#' ? '#' : after === '' ? '' : (found[1] ?? '');
  const rest = `${before}${lead}${after}`;
  return { token: decode(found[2] ?? ''), rest: rest === '#' ? '' : rest };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text) || null;
  } catch {
    return null;
  }
}

const STORED = 'opshall.token';

/** The token of this tab. It is kept for the tab's life only and leaves the address bar at once. */
export interface TokenStore {
  token(): string | null;
  set(token: string): void;
}

/** @param page the window, as far as it is needed */
export function createTokenStore(page: {
  location: { hash: string; pathname: string; search: string };
  history: { replaceState(state: unknown, unused: string, url: string): void; readonly state: unknown };
  sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}): TokenStore {
  const { token, rest } = takeToken(page.location.hash);
  if (token !== null) {
    page.sessionStorage.setItem(STORED, token);
    page.history.replaceState(page.history.state, '', `${page.location.pathname}${page.location.search}${rest}`);
  }
  let current = token ?? page.sessionStorage.getItem(STORED);
  return {
    token: () => current,
    set(next) {
      current = next;
      page.sessionStorage.setItem(STORED, next);
    },
  };
}
