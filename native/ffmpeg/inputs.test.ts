import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeEnd } from './ends.ts';
import type { FoundFfmpeg } from './find.ts';
import { ForbiddenAddressError, inputOptions } from './inputs.ts';
import { maskCredentials } from './mask.ts';

const old: FoundFfmpeg = {
  path: 'ffmpeg',
  version: '4',
  from: 'bundled',
  libavcodec: 58_000_000,
  rtspTimeoutOption: '-stimeout',
};

describe('what ffmpeg may open', () => {
  it('is the network for a camera, over TCP and with timeouts for RTSP', () => {
    const options = inputOptions({ url: 'rtsp://camera/1' }, old).join(' ');
    expect(options).toContain('-protocol_whitelist rtsp,rtp,rtcp,tcp,udp,tls,http,https');
    expect(options).toContain('-rtsp_transport tcp -stimeout 8000000');
    expect(inputOptions({ url: 'https://camera/live.ts' }, old).join(' ')).toContain('-rw_timeout 8000000');
  });

  it('is a file for the drill only', () => {
    expect(inputOptions({ url: '/data/scene.mp4', drillFile: true }, old).join(' ')).toContain(
      '-protocol_whitelist file',
    );
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
    '',
  ])('is never %s', (url) => expect(() => inputOptions({ url }, old)).toThrow(ForbiddenAddressError));
});

describe('credentials', () => {
  it.each([
    ['rtsp://admin:s3cret@10.0.0.5:554/ch1: Connection refused', 'rtsp://***@10.0.0.5:554/ch1: Connection refused'],
    ['rtsp://admin:p@ss:word@host/x', 'rtsp://***@host/x'],
    ['http://127.0.0.1:8/cam/A.ts?k=abc&x=1', 'http://127.0.0.1:8/cam/A.ts?k=***&x=1'],
    ['https://h/?user=a&password=hunter2', 'https://h/?user=a&password=***'],
  ])('%s', (text, masked) => expect(maskCredentials(text)).toBe(masked));

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
