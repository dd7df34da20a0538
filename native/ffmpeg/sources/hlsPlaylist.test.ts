import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HLS_LIMITS, readPlaylist } from './hlsPlaylist.ts';
import { SourceError } from './sourceError.ts';

const MEDIA = `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:7
#EXT-X-MAP:URI="map.mp4"
#EXTINF:4.0,
a.ts?x=1
#EXT-X-KEY:METHOD=AES-128,URI="k,1",IV=0x0A
#EXTINF:3.5,a title
b.ts
#EXT-X-KEY:METHOD=AES-128,URI="k2"
#EXTINF:4,
c.ts
#EXT-X-KEY:METHOD=NONE
#EXTINF:4,
d.ts
`;

test('pieces have their numbers, what goes before them and their keys', () => {
  const iv = (hex: string) => Buffer.from(hex.padStart(32, '0'), 'hex');
  const map = 'map.mp4';
  expect(readPlaylist(`\uFEFF${MEDIA.replaceAll('\n', '\r\n')}`)).toEqual({
    ...{ kind: 'media', target: 4, ended: false },
    pieces: [
      { number: 7, uri: 'a.ts?x=1', map, key: undefined },
      { number: 8, uri: 'b.ts', map, key: { uri: 'k,1', iv: iv('0a') } },
      { number: 9, uri: 'c.ts', map, key: { uri: 'k2', iv: iv('09') } },
      { number: 10, uri: 'd.ts', map, key: undefined },
    ],
  });
  expect(readPlaylist(`${MEDIA}#EXT-X-ENDLIST`)).toMatchObject({ ended: true });
});

test('forms have their bandwidth', () => {
  const text = '#EXTM3U\n#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=200\na.m3u8\n#EXT-X-STREAM-INF:X=1\nb.m3u8\n';
  expect(readPlaylist(text)).toEqual({
    kind: 'master',
    variants: [
      { uri: 'a.m3u8', bandwidth: 200 },
      { uri: 'b.m3u8', bandwidth: 0 },
    ],
  });
});

const more = (line: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n${line}\n`;
test.each([
  ['', 'line 1'],
  ['<html>', 'line 1'],
  ['#EXTM3U\n#EXTINF:1,\na.ts\n', 'TARGETDURATION'],
  [more('#EXT-X-TARGETDURATION:-1'), 'line 3'],
  [more('#EXT-X-MEDIA-SEQUENCE:99999999999999999999'), 'line 3'],
  [more('#EXT-X-BYTERANGE:10@0'), 'range of bytes'],
  [more('#EXT-X-MAP:URI="a",BYTERANGE="10@0"'), 'range of bytes'],
  [more('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="a"'), 'cipher'],
  [more('#EXT-X-KEY:METHOD=AES-128'), 'address of its key'],
  [more('#EXT-X-KEY:METHOD=AES-128,URI="a",IV=12'), 'IV'],
  [more('a'.repeat(HLS_LIMITS.uri + 1)), 'longer than'],
  [more('a\n'.repeat(HLS_LIMITS.lines)), 'it has more'],
  [more('#EXT-X-STREAM-INF:BANDWIDTH=1\na\n'.repeat(HLS_LIMITS.variants + 1)), 'forms'],
])('refused with its line: %j', (text, why) => {
  expect(() => readPlaylist(text)).toThrow(SourceError);
  expect(() => readPlaylist(text)).toThrow(why);
});

test('whatever comes is read or refused in words', () => {
  fc.assert(
    fc.property(fc.nat(MEDIA.length), fc.nat(30), fc.string({ maxLength: 20 }), (at, less, put) => {
      try {
        const read = readPlaylist(MEDIA.slice(0, at) + put + MEDIA.slice(at + less));
        if (read.kind === 'media') expect(read.pieces.every(({ number }) => number >= 0)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(SourceError);
      }
    }),
    { seed: 8216, numRuns: 1000 },
  );
});
