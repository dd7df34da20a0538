import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { afterEach, describe, expect, test } from 'vitest';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { createScratch } from '../../../../tests/support/scratch.ts';
import { convertOsm } from '../convert.ts';
import { OsmFileError } from '../osmFileError.ts';
import { blobOf, framed, headerOf, pbfOf, type TestMap } from '../testing/pbfFile.ts';
import { xmlOf } from '../testing/xmlFile.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const MAP: TestMap = {
  bounds: [121.49, 31.19, 121.52, 31.22],
  nodes: [
    { id: 1, lon: 121.5, lat: 31.2, tags: { name: '东站', railway: 'station' } },
    { id: 2, lon: 121.51, lat: 31.21 },
  ],
  ways: [{ id: 3, refs: [1, 2], tags: { highway: 'primary' } }],
  relations: [{ id: 4, members: [[1, 3, 'outer']], tags: { type: 'multipolygon', landuse: 'grass' } }],
};
const PBF = pbfOf(MAP);
const XML = xmlOf(MAP);
const HEADER = blobOf('OSMHeader', headerOf(['OsmSchema-V0.6']));

let made = 0;
/** Null when a map was made, else why not. Enough tiles are as good as all: a broken byte may put a node on the other side of the Earth. */
async function refusal(bytes: Uint8Array | string, folder = scratch.folder('osm')): Promise<OsmFileError | null> {
  const file = join(folder, `${made++}.osm`);
  writeFileSync(file, bytes);
  const enough = new Error('enough');
  let tiles = 0;
  const put = () => {
    if (++tiles > 50) throw enough;
  };
  try {
    await convertOsm({ file, sink: { put } });
    return null;
  } catch (error) {
    if (error === enough) return null;
    if (!(error instanceof OsmFileError)) throw error;
    expect(halfSaid(error.text)).toBeNull();
    return error;
  }
}

const bomb = (): Buffer => {
  const blob = new PbfWriter();
  blob.writeVarintField(2, 1000);
  blob.writeBytesField(3, deflated(40 * 1024 * 1024));
  return Buffer.concat([HEADER, framed('OSMData', blob.finish())]);
};

describe('a file is refused that', () => {
  test.each<[string, Uint8Array | string, string]>([
    ['is empty', '', 'is empty'],
    ['is none of OpenStreetMap', 'PK\u0003\u0004 a zip', 'no file of OpenStreetMap'],
    ['is a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'no file of OpenStreetMap'],
    ['is a gzip of something else', gzipSync('hello'), 'no file of OpenStreetMap'],
    ['is packed with bzip2', 'BZh91AY&SY', 'bzip2'],
    ['is other XML', '<?xml version="1.0"?><gpx></gpx>', '<gpx>'],
    ['is a file of changes', '<osmChange version="0.6"></osmChange>', 'osmChange'],
    ['is XML with a broken tag', '<osm><node id="1" lat="1" lon="1"></osm>', 'near line 1'],
    ['declares entities', '<!DOCTYPE osm [<!ENTITY a "aaaa">]><osm></osm>', 'XML'],
    [
      'has elements too deep',
      `<osm><node id="1" lat="1" lon="1"/>${'<a>'.repeat(30)}${'</a>'.repeat(30)}</osm>`,
      'XML',
    ],
    ['has text without end', `<osm>${' '.repeat(5_000_000)}<node id="1" lat="1" lon="1"/></osm>`, 'XML'],
    [
      'is no UTF-8',
      Buffer.concat([Buffer.from('<osm>'), Buffer.from([0xff, 0xfe, 0xff]), Buffer.from('</osm>')]),
      'UTF-8',
    ],
    ['has an id that is none', '<osm><node id="x1" lat="1" lon="1"/></osm>', '“x1”'],
    ['has a reference that is none', '<osm><way id="1"><nd ref="1.5"/></way></osm>', '“1.5”'],
    ['is a cut gzip', gzipSync(XML).subarray(0, 200), 'cut off before its end'],
    ['is a damaged gzip', damaged(gzipSync(XML), 120), 'gzip'],
    ['has no nodes, as XML', '<osm version="0.6"></osm>', 'has no nodes'],
    ['has no nodes, as PBF', HEADER, 'has no nodes'],
    ['has a node beyond the pole', xmlOf({ nodes: [{ id: 7, lon: 0, lat: 91 }] }), 'node 7'],
    ['has a node beyond the date line', pbfOf({ nodes: [{ id: 8, lon: 181, lat: 0 }] }), 'node 8'],
    ['has a node without position', '<osm><node id="9" lat="" lon="1"/></osm>', 'node 9'],
    ['has the history of things', pbfOf(MAP, { features: ['OsmSchema-V0.6', 'HistoricalInformation'] }), 'history'],
    ['requires what nobody knows', pbfOf(MAP, { features: ['Sort.Secret'] }), 'Sort.Secret'],
    ['has no header', blobOf('OSMData', new Uint8Array()), 'no file of OpenStreetMap'],
    [
      'has a block that says it is too big',
      Buffer.concat([HEADER, framed('OSMData', new Uint8Array(9), 33 * 1024 * 1024)]),
      '32 MiB',
    ],
    ['has a block that unpacks to too much', bomb(), '32 MiB'],
    [
      'has a block header that is too big',
      Buffer.concat([HEADER, Buffer.from([0, 2, 0, 0]), Buffer.alloc(9)]),
      `byte ${HEADER.length}`,
    ],
    ['is packed otherwise', Buffer.concat([HEADER, framed('OSMData', otherwise(7))]), 'Zstandard'],
    ['has a block of nothing', Buffer.concat([HEADER, framed('OSMData', new Uint8Array())]), 'damaged'],
    [
      'has a block of noise',
      Buffer.concat([HEADER, blobOf('OSMData', Buffer.from('noise, not a message'))]),
      'damaged',
    ],
    [
      'covers half of the world',
      xmlOf({
        nodes: [
          { id: 1, lon: -80, lat: -60 },
          { id: 2, lon: 80, lat: 60 },
        ],
      }),
      'far more than a city',
    ],
  ])('%s', async (_, bytes, says) => {
    expect((await refusal(bytes))?.text.en).toContain(says);
  });
});

test('the files of these tests are good when nothing is done to them', async () => {
  for (const bytes of [PBF, XML, gzipSync(XML)]) expect(await refusal(bytes)).toBeNull();
});

test('a file that is not there is the system’s error', async () => {
  await expect(convertOsm({ file: join(scratch.folder(), 'none'), sink: { put: () => {} } })).rejects.toThrow('ENOENT');
});

describe('a file that is cut at any point is refused', () => {
  test.each<[string, Uint8Array, number[]]>([
    // Between its blocks a PBF may end, as long as nodes were there.
    ['PBF', PBF, blockEnds(PBF).slice(1)],
    ['XML', Buffer.from(XML.trimEnd()), []],
    ['gzip', gzipSync(XML), []],
  ])('%s', async (_, bytes, mayEnd) => {
    const folder = scratch.folder('osm');
    for (let end = 0; end < bytes.length; end++) {
      const why = await refusal(bytes.subarray(0, end), folder);
      if (mayEnd.includes(end)) expect(why).toBeNull();
      else expect(why, `cut at ${end} of ${bytes.length}`).toBeInstanceOf(OsmFileError);
    }
  });
});

describe('whatever a file has, a map is made of it or it is refused', () => {
  const change = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
  const plain = pbfOf(MAP, { isPacked: false });

  test.each<[string, fc.Arbitrary<Uint8Array>]>([
    ['noise', fc.uint8Array({ maxLength: 300 })],
    ['noise after a header', fc.uint8Array({ maxLength: 300 }).map((noise) => Buffer.concat([HEADER, noise]))],
    [
      'noise in a block',
      fc.uint8Array({ maxLength: 300 }).map((noise) => Buffer.concat([HEADER, blobOf('OSMData', noise)])),
    ],
    ['a PBF with changed bytes', change.map((all) => changed(plain, all))],
    ['XML with changed bytes', change.map((all) => changed(Buffer.from(XML), all))],
  ])('%s', async (_, bytes) => {
    const folder = scratch.folder('osm');
    await fc.assert(
      fc.asyncProperty(bytes, async (all) => void (await refusal(all, folder))),
      { seed: 212, numRuns: 300 },
    );
  });
});

function changed(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const out = Uint8Array.from(bytes);
  for (const [at, byte] of changes) out[at % out.length] = byte;
  return out;
}

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  return changed(bytes, [[at, (bytes[at] ?? 0) ^ 0xff]]);
}

function otherwise(field: number): Uint8Array {
  const blob = new PbfWriter();
  blob.writeBytesField(field, new Uint8Array(4));
  return blob.finish();
}

function deflated(zeros: number): Uint8Array {
  // Two bytes of zlib's header in front of what gzip has after ten of its own.
  const gzip = gzipSync(new Uint8Array(zeros));
  return Buffer.concat([Buffer.from([0x78, 0x9c]), gzip.subarray(10, -8), Buffer.alloc(4)]);
}

function blockEnds(pbf: Buffer): number[] {
  const ends: number[] = [];
  for (let at = 0; at < pbf.length; ) {
    const header = pbf.readUInt32BE(at);
    // The last field of the BlobHeader is the size, one byte or two here.
    const bytes = pbf.subarray(at + 4, at + 4 + header);
    const tag = bytes.indexOf(0x18, bytes.indexOf('OSM') + 7);
    const size = ((bytes[tag + 1] ?? 0) & 0x7f) | ((bytes[tag + 2] ?? 0) << 7);
    at += 4 + header + size;
    ends.push(at);
  }
  return ends;
}
