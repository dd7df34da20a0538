import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerer, credentialsOf, readChallenges } from './credentials.ts';
import { cutMultipart, partHeader } from './multipart.ts';
import { createRtspReader, type RtspMessage } from './rtspMessages.ts';
import { SourceError } from './sourceError.ts';

const bytes = (from: string | Uint8Array) => Buffer.from(from as Uint8Array);

/** Cuts bytes at the given places, as a network does. */
function cutAt(whole: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((each) => each % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return at.slice(1).map((end, i) => whole.subarray(at[i], end));
}

describe('an RTSP connection', () => {
  const message = bytes('RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 4\r\n\r\nv=0\n');
  const packet = Buffer.from([0x24, 0, 0, 5, 1, 2, 3, 0x24, 5]);

  function read(chunks: readonly Buffer[]) {
    const messages: RtspMessage[] = [];
    const packets: Buffer[] = [];
    const reader = createRtspReader({
      message: (each) => messages.push(each),
      interleaved: (each) => packets.push(bytes(each)),
    });
    for (const chunk of chunks) reader.push(chunk);
    return { messages, packets: Buffer.concat(packets), held: reader.heldBytes };
  }

  it('is told into messages and packets, however it is cut (fuzz)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.array(fc.nat(2_000), { maxLength: 20 }),
        (kinds, places) => {
          const whole = Buffer.concat(kinds.map((isMessage) => (isMessage ? message : packet)));
          const { messages, packets, held } = read(cutAt(whole, places));
          expect(messages).toHaveLength(kinds.filter(Boolean).length);
          expect(messages.every(({ start, body }) => start === 'RTSP/1.0 200 OK' && body.toString() === 'v=0\n')).toBe(
            true,
          );
          expect(packets).toHaveLength(kinds.filter((each) => !each).length * packet.length);
          expect(held).toBe(0);
        },
      ),
      { seed: 7 },
    );
  });

  it('of any bytes is read or refused, and holds little (fuzz)', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 30 }), (chunks) => {
        try {
          expect(read(chunks.map(bytes)).held).toBeLessThan(400_000);
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError);
        }
      }),
      { seed: 8 },
    );
  });

  it.each([
    ['a description of 2 GB', 'RTSP/1.0 200 OK\r\nContent-Length: 2147483647\r\n\r\n'],
    ['a length that is none', 'RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a header without an end', `RTSP/1.0 200 OK\r\n${'X: y\r\n'.repeat(10_000)}`],
    ['no RTSP at all', '\0'.repeat(100_000)],
  ])('is refused with %s', (_what, text) => expect(() => read([bytes(text)])).toThrow(SourceError));
});

describe('pictures in parts', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3, 0x0d, 0x0a, 0x2d, 0x2d, 9, 0xff, 0xd9]);

  function cut(chunks: readonly Buffer[]): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const out: Buffer[] = [];
      const cutter = cutMultipart();
      cutter.on('data', (chunk: Buffer) => out.push(chunk));
      cutter.on('error', reject);
      cutter.on('end', () => resolve(Buffer.concat(out)));
      for (const chunk of chunks) if (!cutter.destroyed) cutter.write(chunk);
      if (!cutter.destroyed) cutter.end();
    });
  }

  it('come out with their lengths, said or not, however they are cut (fuzz)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(2_000), { maxLength: 20 }),
        async (said, places) => {
          const whole = Buffer.concat([
            ...said.flatMap((length) => [
              bytes(`--frame\r\nContent-Type: image/jpeg\r\n${length ? `content-length: ${jpeg.length}\r\n` : ''}\r\n`),
              jpeg,
              bytes('\r\n'),
            ]),
            bytes('--frame\r\n'),
          ]);
          const one = Buffer.concat([bytes(partHeader(jpeg.length)), jpeg, bytes('\r\n')]);
          expect(await cut(cutAt(whole, places))).toEqual(Buffer.concat(said.map(() => one)));
        },
      ),
      { seed: 9, numRuns: 60 },
    );
  });

  it('of any bytes are cut or refused (fuzz)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 30 }), async (chunks) => {
        await cut(chunks.map(bytes)).catch((error) => expect(error).toBeInstanceOf(SourceError));
      }),
      { seed: 10, numRuns: 60 },
    );
  });

  it('that are no JPEG are refused', async () => {
    await expect(cut([bytes('--b\r\nContent-Length: 4\r\n\r\n\x89PNG\r\n--b')])).rejects.toMatchObject({
      code: 'not-video',
    });
  });
});

describe('who asks', () => {
  it('answers Digest as RFC 2617 has it', () => {
    const answerer = createAnswerer({ user: 'Mufasa', password: 'Circle Of Life' }, () => '0a4f113b');
    expect(answerer.authorization('GET', '/dir/index.html')).toBeUndefined();
    expect(
      answerer.challenged([
        'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      ]),
    ).toBe(true);
    expect(answerer.authorization('GET', '/dir/index.html')).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it('takes Digest over Basic, Basic where there is nothing better, and nothing that it does not know', () => {
    const answerer = createAnswerer({ user: 'a', password: 'b' }, () => 'c');
    expect(answerer.challenged(['Basic realm="x", Digest realm="x", nonce="y"'])).toBe(true);
    expect(answerer.authorization('GET', '/')).toMatch(/^Digest /);
    expect(answerer.challenged(['Basic realm="x"'])).toBe(true);
    expect(answerer.authorization('GET', '/')).toBe('Basic YTpi');
    expect(answerer.challenged(['Negotiate'])).toBe(false);
  });

  it('has user and password as they are meant, whatever is in them', () => {
    const { url, credentials } = credentialsOf(new URL("rtsp://admin:p%40ss'%zz@h/x"));
    expect(url.href).toBe('rtsp://h/x');
    expect(credentials?.user).toBe('admin');
    expect(credentialsOf(new URL('rtsp://admin:p%40ss%20w@h/x')).credentials?.password).toBe('p@ss w');
    expect(credentialsOf(new URL('rtsp://h/x')).credentials).toBeUndefined();
  });

  it('reads any challenge without failing, and never breaks a line (fuzz)', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 40 }), (header, password) => {
        readChallenges(header);
        const answerer = createAnswerer({ user: password, password }, () => 'c');
        answerer.challenged([header, `Digest realm="${header}", nonce="${header}"`]);
        expect(answerer.authorization('GET', '/') ?? '').not.toMatch(/[\r\n]/);
      }),
      { seed: 11 },
    );
  });
});
