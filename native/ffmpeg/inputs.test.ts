import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeEnd } from './ends.ts';
import type { FoundFfmpeg } from './find.ts';
import { ForbiddenAddressError, fileOptions, formOf, inputOptions } from './inputs.ts';
import { maskCredentials, maskOf } from './mask.ts';

const old: FoundFfmpeg = {
  path: 'ffmpeg',
  version: '4',
  from: 'bundled',
  libavcodec: 58_000_000,
  rtspTimeoutOption: '-stimeout',
};

const look = { ms: 1_000, bytes: 1_000_000 };

describe('what ffmpeg may open', () => {
  it.each([
    ['rtsp://camera/1', 'rtsp', 'rtsp,rtp,tcp'],
    ['rtsps://camera/1', 'rtsp', 'rtsp,rtp,tcp'],
    ['https://camera/live.ts', 'pipe', 'pipe'],
    ['tcp://camera:9000', 'pipe', 'pipe'],
    ['udp://239.0.0.1:5000', 'udp', 'udp'],
    ['rtp://239.0.0.1:5000', 'rtp', 'rtp,rtcp,udp'],
  ] as const)('is what it is given, and nothing more: %s', (url, form, protocols) => {
    expect(formOf(url)).toBe(form);
    const options = inputOptions(form, old, look);
    expect(options[options.indexOf('-protocol_whitelist') + 1]).toBe(protocols);
    expect(options[options.indexOf('-format_whitelist') + 1]).not.toMatch(/hls|concat|png|dash/);
    expect(options).toEqual(expect.arrayContaining(['-max_alloc', '-max_pixels']));
  });

  it('comes over TCP, and is given up when nothing comes, for RTSP', () => {
    expect(inputOptions('rtsp', old, look).join(' ')).toContain('-rtsp_transport tcp -stimeout 65000000');
  });

  it('is a file for the drill only', () => {
    expect(fileOptions().join(' ')).toContain('-protocol_whitelist file');
  });

  it.each([
    '/etc/passwd',
    'file:///etc/passwd',
    'concat:a|b',
    'data:video/mp4;base64,AA',
    '-i',
    'pipe:0',
    'subfile,,start,0,end,9,,:/etc/passwd',
    'lavfi:testsrc',
    'rtsp:///nowhere',
    'udp://user:secret@239.0.0.1:5000',
    '',
  ])('is never %s', (url) => expect(() => formOf(url)).toThrow(ForbiddenAddressError));
});

describe('credentials', () => {
  it.each([
    ['rtsp://admin:s3cret@10.0.0.5:554/ch1: Connection refused', 'rtsp://***@10.0.0.5:554/ch1: Connection refused'],
    ['rtsp://admin:p@ss:word@host/x', 'rtsp://***@host/x'],
    ['http://127.0.0.1:8/cam/A.ts?k=abc&x=1', 'http://127.0.0.1:8/cam/A.ts?k=***&x=1'],
    ['https://h/?user=a&password=hunter2', 'https://h/?user=a&password=***'],
  ])('%s', (text, masked) => expect(maskCredentials(text)).toBe(masked));

  it.each([
    "S3cret'Word",
    'S3cret"Word',
    'S3cret Word',
    'S3cret@Word',
    'S3cret%27Word',
    'S3cret%40Word',
    'S3cret密码Word',
    'S3cret:Word',
    'S3cret\\Word',
    'S3cret%zzWord',
    'S3cret+Word&x',
    "S3cret!'()*Word",
  ])('of one address are hidden wherever and however they stand: %s', (password) => {
    const address = `rtsp://admin:${password}@10.0.0.5/stream1`;
    const mask = maskOf(address);
    const parsed = new URL(address);
    for (const text of [
      `${address}: Connection refused`,
      `${parsed.href}: Connection refused`,
      `said "${password}" and ${JSON.stringify(password)} and ${parsed.password}`,
      `${encodeURIComponent(password)}, ${encodeURI(password)}`,
    ]) {
      expect(mask(text)).not.toContain('S3cret');
      expect(mask(text)).not.toContain('Word');
    }
    expect(mask('Connection refused')).toBe('Connection refused');
  });

  it.each([
    ["http://h/cam.ts?k=abc'def", "abc'def"],
    ['rtsp://h/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp', 'tlJwpbo6'],
    ['rtsp://h/cam?user=a&pwd=hunter2', 'hunter2'],
  ])('in path and query too: %s', (address, secret) => {
    expect(maskOf(address)(`${address}: ${secret} is wrong`)).not.toContain(secret);
  });

  it('never show in what is said of an end (fuzz)', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!$*+.:_~-]{6,12}$/).map((text) => `Zq${text}`);
    fc.assert(
      fc.property(secret, fc.constantFrom('Connection refused', '401 Unauthorized', 'whatever'), (password, words) => {
        const line = `rtsp://admin:${password}@camera/1: ${words}`;
        expect(JSON.stringify(describeEnd(new Error(line), `${line}\n${line}`))).not.toContain(password);
      }),
      { seed: 41, numRuns: 500 },
    );
  });
});

describe('why a stream ended', () => {
  it.each([
    ['rtsp://h/1: Connection refused', 'refused'],
    ['[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized', 'unauthorized'],
    ['[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found', 'not-found'],
    ['[http @ 0x1] HTTP error 503 Service Unavailable', 'preparing'],
    ['rtsp://h/1: Connection timed out', 'timeout'],
    ['Failed to resolve hostname nowhere: Name or service not known', 'unreachable'],
    ['http://h/x: Invalid data found when processing input', 'not-video'],
    ["Protocol 'file' not on whitelist 'http'!", 'forbidden-address'],
    ['gibberish', 'failed'],
  ])('%s', (stderr, code) => expect(describeEnd(new Error('ffmpeg exited with code 1'), stderr).code).toBe(code));

  it('is told in bounded words', () => {
    expect(describeEnd(new Error('x'), 'y'.repeat(100_000)).detail.length).toBeLessThanOrEqual(300);
    expect(describeEnd(undefined, '').code).toBe('ended');
    expect(describeEnd(new Error('ffmpeg was killed with signal SIGKILL'), 'timeout').code).toBe('crashed');
  });
});
