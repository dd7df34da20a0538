import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerOf, readSip, SIP_LIMITS, SipError, type SipRequest, writeSip } from './sipMessage.ts';
import { createSipStream } from './sipStream.ts';

const bytes = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1');
const KEEPALIVE = bytes(
  'MESSAGE sip:34020000002000000001@3402000000 SIP/2.0',
  'v: SIP/2.0/UDP 10.0.0.9:5060;rport;branch=z9hG4bK1',
  'Subject: a',
  '  folded',
  'i:c1@10.0.0.9',
  'CSeq: 20 MESSAGE',
  'Content-Length:   4',
  '',
  'abcdEF',
);

test('compact, padded and folded headers are read, and what stands behind the body is not', () => {
  const message = readSip(KEEPALIVE) as SipRequest;
  expect(message).toMatchObject({ method: 'MESSAGE', uri: 'sip:34020000002000000001@3402000000' });
  expect(message.body.toString()).toBe('abcd');
  expect(['via', 'subject', 'call-id', 'event'].map((name) => headerOf(message, name))).toEqual([
    'SIP/2.0/UDP 10.0.0.9:5060;rport;branch=z9hG4bK1',
    'a folded',
    'c1@10.0.0.9',
    '',
  ]);
  expect(readSip(bytes('SIP/2.0 101 Dialog Establishement', '', ''))).toMatchObject({ status: 101 });
});

test('what is written is read as the same, and no header can hold a line of its own', () => {
  const headers = [
    ['call-id', 'x\r\nVia: y'],
    ['cseq', '1 BYE'],
  ] as const;
  const written = writeSip({ method: 'BYE', uri: 'sip:a@b', headers, body: Buffer.from('hi') });
  expect(written.toString()).toContain('Call-ID: x Via: y\r\nCSeq: 1 BYE\r\nContent-Length: 2\r\n\r\nhi');
  expect(readSip(written)).toMatchObject({ method: 'BYE', body: Buffer.from('hi') });
});

test.each([
  ['ends before its head does', bytes('OPTIONS sip:a@b SIP/2.0', '')],
  ['line 1 is neither', bytes('GET / HTTP/1.1', '', '')],
  ['line 3 is no header', bytes('OPTIONS sip:a@b SIP/2.0', 'To: x', 'nonsense', '', '')],
  ['its body has 1 bytes of 9', bytes('OPTIONS sip:a@b SIP/2.0', 'l: 9', '', 'x')],
  ['Content-Length is no number', bytes('OPTIONS sip:a@b SIP/2.0', 'l: -1', '', 'x')],
  ['more than 100 headers', bytes('OPTIONS sip:a@b SIP/2.0', ...Array.from({ length: 101 }, () => 'To: x'), '', '')],
  ['head is longer than', bytes('OPTIONS sip:a@b SIP/2.0', `To: ${'x'.repeat(SIP_LIMITS.head)}`, '', '')],
  ['longer than 65536', Buffer.alloc(70_000, 'x')],
])('refused: %s', (why, bad) => {
  expect(() => readSip(bad)).toThrow(SipError);
  expect(() => readSip(bad)).toThrow(why);
});

test('whatever comes is read or refused in words', () => {
  const tried = (input: Uint8Array) => {
    try {
      readSip(Buffer.from(input));
    } catch (error) {
      expect(error).toBeInstanceOf(SipError);
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), tried), { seed: 281 });
  const spoilt = fc.tuple(fc.nat(KEEPALIVE.length), fc.nat(20), fc.uint8Array({ maxLength: 20 }));
  fc.assert(
    fc.property(spoilt, ([at, less, put]) =>
      tried(Buffer.concat([KEEPALIVE.subarray(0, at), put, KEEPALIVE.subarray(at + less)])),
    ),
    { seed: 282, numRuns: 1000 },
  );
});

test('a connection is cut into the same messages however its bytes come, and one without lengths is given up', () => {
  const one = writeSip(readSip(KEEPALIVE));
  const all = Buffer.concat([one, Buffer.from('\r\n\r\n'), one, one]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
      const stream = createSipStream();
      const messages: string[] = [];
      let at = 0;
      for (let i = 0; at < all.length; i++) {
        const size = sizes[i % sizes.length] ?? 1;
        messages.push(...stream.push(all.subarray(at, at + size)).map(String));
        at += size;
      }
      expect(messages).toEqual([one, one, one].map(String));
    }),
    { seed: 283 },
  );
  expect(() => createSipStream().push(bytes('OPTIONS sip:a@b SIP/2.0', 'To: x', '', ''))).toThrow('no Content-Length');
  expect(() => createSipStream().push(bytes('OPTIONS sip:a@b SIP/2.0', 'l: 9999999', '', ''))).toThrow('longer than');
  expect(() => createSipStream().push(Buffer.alloc(20_000, 'x'))).toThrow('head is longer');
});
