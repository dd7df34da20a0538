import { expect, test } from 'vitest';
import { OwnFile } from './ownFile.ts';

const camera = (more: object) => ({
  crs: 'wgs84',
  cameras: [{ id: 'C-1', name: { zh: '一', en: 'one' }, lon: 1, lat: 2, ...more }],
});
const GB = '34020000001320000001';
const sourceOf = (more: object) => OwnFile.parse(camera(more)).cameras[0]?.source;
const said = (more: object) =>
  OwnFile.safeParse(camera(more)).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

test('a camera has the address of its pictures, or that of a device that tells it by ONVIF, or the numbers of one that registers with the hall', () => {
  const onvif = 'http://admin:p%40ss@10.0.0.8/onvif/device_service';
  expect(sourceOf({ source: 'rtsp://10.0.0.8/1' })).toBe('rtsp://10.0.0.8/1');
  expect(sourceOf({ onvif })).toEqual({ onvif, stream: 'both', channel: 1 });
  expect(sourceOf({ onvif, stream: 'sub', channel: 12 })).toEqual({ onvif, stream: 'sub', channel: 12 });
  const gb28181 = { device: GB, channel: GB };
  expect(sourceOf({ gb28181 })).toEqual({ gb28181 });
});

test.each([
  [{}, 'cameras.0.source: is left out'],
  [{ source: 'rtsp://h/1', onvif: 'http://h/' }, 'cameras.0.onvif: stands beside another source'],
  [{ source: 'rtsp://h/1', gb28181: { device: GB, channel: GB } }, 'cameras.0.gb28181: stands beside another source'],
  [{ gb28181: { device: GB, channel: 34020000001320000000 } }, 'cameras.0.gb28181.channel: is not 20 digits in quotes'],
  [{ onvif: 'http://h/', sub: 'rtsp://h/2' }, 'cameras.0.sub: is of cameras that have source'],
  [{ source: 'rtsp://h/1', sub: 'file:///etc/passwd' }, expect.stringMatching(/^cameras\.0\.sub: file: is not/)],
  [{ source: 'http://h/1.m3u8', hosts: ['http://x/'] }, expect.stringMatching(/^cameras\.0\.hosts\.0: /)],
  [{ onvif: 'http://h/', hosts: ['x'] }, 'cameras.0.hosts: is of cameras that have source'],
  [{ source: 'rtsp://h/1', channel: 2 }, 'cameras.0.channel: is of cameras that have onvif'],
  [{ onvif: 'rtsp://h/1' }, 'cameras.0.onvif: is not the address of an ONVIF device'],
  [{ onvif: '10.0.0.8' }, 'cameras.0.onvif: is not the address of an ONVIF device'],
  [{ onvif: 'http://admin:p#ss@10.0.0.8/' }, expect.stringMatching(/^cameras\.0\.onvif: /)],
])('%j is said to be wrong, without what is secret', (more, why) => {
  expect(said(more)).toEqual([why]);
  expect(JSON.stringify(said(more))).not.toContain('p#ss');
});
