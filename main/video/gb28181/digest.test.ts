import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDoorkeeper } from './digest.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const device = '34020000001320000002';
const URI = 'sip:34020000002000000001@3402000000';

function rig() {
  let now = 5_000;
  const keeper = createDoorkeeper('3402000000', Buffer.alloc(32, 7), () => now);
  const nonceAt = (address: string) => /nonce="([^"]+)"/.exec(keeper.challenge(address, false))?.[1] ?? '';
  const answer = (nonce: string, password: string, more = '', counted = '') => {
    const response = md5(`${md5(`${device}:3402000000:${password}`)}:${nonce}:${counted}${md5(`REGISTER:${URI}`)}`);
    return `Digest username="${device}", realm="3402000000", nonce="${nonce}", uri="${URI}", response="${response}"${more}`;
  };
  const check = (said: string, address = '10.0.0.9') =>
    keeper.check(said, { device, password: '12345678', method: 'REGISTER', address });
  return { keeper, nonceAt, answer, check, wait: (ms: number) => (now += ms) };
}

test('the right password is right, with qop and without; another, and what is no answer, is wrong', () => {
  const { keeper, nonceAt, answer, check } = rig();
  const nonce = nonceAt('10.0.0.9');
  expect(check(answer(nonce, '12345678'))).toBe('right');
  expect(check(answer(nonce, '12345678', ', qop=auth, nc=00000001, cnonce="ab"', '00000001:ab:auth:'))).toBe('right');
  expect(check(answer(nonce, '12345679'))).toBe('wrong');
  expect(check(answer(nonce, '12345678').replace(device, '34020000001320000003'))).toBe('wrong');
  expect(check('Basic abc')).toBe('wrong');
  expect(keeper.challenge('10.0.0.9', true)).toMatch(
    /^Digest realm="3402000000", nonce="[^"]+", algorithm=MD5, stale=true$/,
  );
});

test('an answer that was overheard is of no use elsewhere, nor later, nor one to a challenge that nobody made', () => {
  const { nonceAt, answer, check, wait } = rig();
  const said = answer(nonceAt('10.0.0.9'), '12345678');
  expect(check(said, '10.0.0.66')).toBe('stale');
  expect(check(answer('3a.0123', '12345678'))).toBe('stale');
  wait(61_000);
  expect(check(said)).toBe('stale');
});
