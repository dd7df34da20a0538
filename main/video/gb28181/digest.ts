import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readChallenges } from '../../../native/ffmpeg/sources/credentials.ts';

/** Asks devices for their passwords and checks what they answer: Digest with MD5, by RFC 2617 with and without `qop`. */
export interface Doorkeeper {
  /** The value of `WWW-Authenticate` for whoever is at an address. */
  challenge(address: string, stale: boolean): string;
  /**
   * @param authorization what `Authorization` said
   * @returns `stale`: the password may be right, and the challenge is another's or of long ago; it has to be asked again
   */
  check(authorization: string, asked: Asked): 'right' | 'wrong' | 'stale';
}

/** Who answers, from where and to what. */
interface Asked {
  readonly device: string;
  readonly password: string;
  readonly method: string;
  readonly address: string;
}

/** A device that was asked answers at once. */
const NONCE_MS = 60_000;

/**
 * What is asked with is of one address and of a minute, so that an answer that somebody overheard is of no use to him elsewhere.
 *
 * @param secret of this start alone
 */
export function createDoorkeeper(realm: string, secret: Buffer, monotonic: () => number): Doorkeeper {
  const nonceOf = (at: number, address: string): string => {
    const time = Math.floor(at).toString(36);
    return `${time}.${createHmac('sha256', secret).update(`${time} ${address}`).digest('hex').slice(0, 32)}`;
  };
  const isFresh = (nonce: string, address: string): boolean => {
    const at = Number.parseInt(/^([\da-z]{1,10})\./.exec(nonce)?.[1] ?? '', 36);
    const age = monotonic() - at;
    return age >= 0 && age <= NONCE_MS && same(nonce, nonceOf(at, address));
  };
  return {
    challenge: (address, stale) =>
      // Some devices answer nothing that does not name its algorithm.
      `Digest realm="${realm}", nonce="${nonceOf(monotonic(), address)}", algorithm=MD5${stale ? ', stale=true' : ''}`,
    check(authorization, { device, password, method, address }) {
      const params = readChallenges(authorization).find(({ scheme }) => scheme === 'digest')?.params;
      const said = (name: string): string => params?.get(name) ?? '';
      if (said('username') !== device || said('realm') !== realm) return 'wrong';
      const secretHash = md5(`${device}:${realm}:${password}`);
      const request = md5(`${method}:${said('uri')}`);
      const counted = said('qop') === '' ? '' : `${said('nc')}:${said('cnonce')}:${said('qop')}:`;
      const right = same(said('response').toLowerCase(), md5(`${secretHash}:${said('nonce')}:${counted}${request}`));
      if (!isFresh(said('nonce'), address)) return 'stale';
      return right ? 'right' : 'wrong';
    },
  };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** Takes as long whatever is different. */
function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
