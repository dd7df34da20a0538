import { PbfReader } from 'pbf';
import { type Bounds, MOST_LAT } from '../../tiling/mercator.ts';
import { OsmFileError } from '../osmFileError.ts';

const UNDERSTOOD = new Set(['OsmSchema-V0.6', 'DenseNodes']);
const NANO = 1e-9;

export interface PbfHeader {
  /** The bounding box that it declares, or null. */
  readonly bounds: Bounds | null;
  /** Whether ways bring the positions of their nodes, which then needn't be there themselves. */
  readonly hasLocations: boolean;
}

/**
 * Reads the OSMHeader block (osmformat.proto HeaderBlock).
 *
 * @throws OsmFileError where reading the file right takes what the hall cannot do
 */
export function readHeader(content: Uint8Array): PbfHeader {
  const required: string[] = [];
  const optional: string[] = [];
  let bounds: Bounds | null = null;
  new PbfReader(content).readFields((tag, _, pbf) => {
    if (tag === 1) bounds = pbf.readMessage(readBox, [0, 0, 0, 0]);
    else if (tag === 4) required.push(pbf.readString());
    else if (tag === 5) optional.push(pbf.readString());
  }, null);
  const unknown = required.find((feature) => !UNDERSTOOD.has(feature));
  if (unknown !== undefined) throw notUnderstood(unknown);
  return { bounds: sensible(bounds), hasLocations: optional.includes('LocationsOnWays') };
}

/** HeaderBBox: left, right, top, bottom in nanodegrees. */
function readBox(tag: number, box: [number, number, number, number], pbf: PbfReader): void {
  const side = [-1, 0, 2, 3, 1][tag] ?? -1;
  if (side >= 0) box[side] = pbf.readSVarint() * NANO;
}

/** A declared area that can be one, cut to what Web Mercator shows; null otherwise: then the nodes tell. */
export function sensible(bounds: Bounds | null): Bounds | null {
  if (!bounds) return null;
  const [w, s, e, n] = bounds;
  const isOne = w >= -180 && e <= 180 && s >= -90 && n <= 90 && w < e && s < n;
  return isOne ? [w, Math.max(s, -MOST_LAT), e, Math.min(n, MOST_LAT)] : null;
}

function notUnderstood(feature: string): OsmFileError {
  if (feature === 'HistoricalInformation')
    return new OsmFileError({
      zh: '文件含有历史版本（HistoricalInformation），不能直接成图。请先取出一个时刻的数据：osmium time-filter 旧文件 -o 新文件.osm.pbf',
      en: 'The file has the history of its objects (HistoricalInformation), of which no one map can be made. Take one moment of it: osmium time-filter OLD -o NEW.osm.pbf',
    });
  const name = feature.slice(0, 80);
  return new OsmFileError({
    zh: `文件要求读取方支持 ${name}，大厅不支持。请用 osmium 转换为普通 PBF：osmium cat 旧文件 -o 新文件.osm.pbf`,
    en: `The file requires a reader that knows ${name}; the hall does not. Convert it to a plain PBF: osmium cat OLD -o NEW.osm.pbf`,
  });
}
