import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

/** Files in OSM's PBF format, for tests: written as the format says and not by what reads them. */

export interface TestNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly tags?: Readonly<Record<string, string>>;
}
export interface TestWay {
  readonly id: number;
  readonly refs: readonly number[];
  /** Positions of its nodes, as a file with LocationsOnWays has them. */
  readonly locations?: readonly (readonly [number, number])[];
  readonly tags?: Readonly<Record<string, string>>;
}
export interface TestRelation {
  readonly id: number;
  /** Type (0 node, 1 way, 2 relation), id and role. */
  readonly members: readonly (readonly [number, number, string])[];
  readonly tags?: Readonly<Record<string, string>>;
}
export interface TestMap {
  readonly nodes?: readonly TestNode[];
  readonly ways?: readonly TestWay[];
  readonly relations?: readonly TestRelation[];
  /** West, south, east, north. */
  readonly bounds?: readonly [number, number, number, number];
}
export interface PbfOptions {
  readonly features?: readonly string[];
  readonly optional?: readonly string[];
  readonly isDense?: boolean;
  readonly isPacked?: boolean;
  /** Nanodegrees of a unit. */
  readonly granularity?: number;
}

/** One block: its type and its content. */
export function blobOf(type: string, content: Uint8Array, isPacked = true): Buffer {
  const blob = new PbfWriter();
  if (isPacked) {
    blob.writeVarintField(2, content.length);
    blob.writeBytesField(3, deflateSync(content));
  } else blob.writeBytesField(1, content);
  return framed(type, blob.finish());
}

/** A blob with its BlobHeader and its length. */
export function framed(type: string, blob: Uint8Array, size = blob.length): Buffer {
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, size);
  const head = header.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, blob]);
}

export function headerOf(
  features: readonly string[],
  bounds?: TestMap['bounds'],
  optional: readonly string[] = [],
): Uint8Array {
  const header = new PbfWriter();
  if (bounds) {
    const [w, s, e, n] = bounds.map((degrees) => Math.round(degrees * 1e9)) as [number, number, number, number];
    header.writeMessage(
      1,
      (sides: number[], pbf) => {
        for (const [i, side] of sides.entries()) pbf.writeSVarintField(i + 1, side);
      },
      [w, e, n, s],
    );
  }
  for (const feature of features) header.writeStringField(4, feature);
  for (const feature of optional) header.writeStringField(5, feature);
  return header.finish();
}

/** A whole file: header, nodes, ways and relations in a block each. */
export function pbfOf(map: TestMap, options: PbfOptions = {}): Buffer {
  return Buffer.concat([headerBlob(map, options), ...pbfBlocks(map, options)]);
}

/** The header of a file, for those that are made of several maps. */
export function headerBlob({ bounds }: TestMap, options: PbfOptions = {}): Buffer {
  const { features = ['OsmSchema-V0.6', 'DenseNodes'], isPacked = true, optional } = options;
  return blobOf('OSMHeader', headerOf(features, bounds, optional), isPacked);
}

/** What follows the header: nodes, ways and relations in a block each. */
export function pbfBlocks(map: TestMap, options: PbfOptions = {}): Buffer[] {
  const { nodes = [], ways = [], relations = [] } = map;
  return [nodes, ways, relations].flatMap((things, kind) =>
    things.length === 0 ? [] : [blobOf('OSMData', blockOf(kind, map, options), options.isPacked ?? true)],
  );
}

function blockOf(kind: number, map: TestMap, { isDense = true, granularity = 100 }: PbfOptions): Uint8Array {
  const strings: string[] = [''];
  const at = (text: string): number => {
    const known = strings.indexOf(text, 1);
    return known > 0 ? known : strings.push(text) - 1;
  };
  const units = (degrees: number) => Math.round((degrees * 1e9) / granularity);
  const tagged = (pbf: PbfWriter, tags: Readonly<Record<string, string>> = {}) => {
    pbf.writePackedVarint(2, Object.keys(tags).map(at));
    pbf.writePackedVarint(3, Object.values(tags).map(at));
  };
  const group = new PbfWriter();
  group.writeMessage(
    2,
    (_: null, to) => {
      const { nodes = [], ways = [], relations = [] } = map;
      if (kind === 0 && isDense) to.writeMessage(2, dense, nodes);
      if (kind === 0 && !isDense) for (const node of nodes) to.writeMessage(1, single, node);
      if (kind === 1)
        for (const way of ways)
          to.writeMessage(
            3,
            ({ id, refs, tags, locations = [] }: TestWay, pbf) => {
              pbf.writeVarintField(1, id);
              tagged(pbf, tags);
              pbf.writePackedSVarint(8, differences(refs));
              pbf.writePackedSVarint(9, differences(locations.map(([, lat]) => units(lat))));
              pbf.writePackedSVarint(10, differences(locations.map(([lon]) => units(lon))));
            },
            way,
          );
      if (kind === 2)
        for (const relation of relations)
          to.writeMessage(
            4,
            ({ id, members, tags }: TestRelation, pbf) => {
              pbf.writeVarintField(1, id);
              tagged(pbf, tags);
              pbf.writePackedVarint(
                8,
                members.map(([, , role]) => at(role)),
              );
              pbf.writePackedSVarint(9, differences(members.map(([, ref]) => ref)));
              pbf.writePackedVarint(
                10,
                members.map(([type]) => type),
              );
            },
            relation,
          );
    },
    null,
  );
  const block = new PbfWriter();
  const things = group.finish();
  block.writeMessage(
    1,
    (all: string[], pbf) => {
      for (const text of all) pbf.writeStringField(1, text);
    },
    strings,
  );
  const granular = new PbfWriter();
  if (granularity !== 100) granular.writeVarintField(17, granularity);
  return Buffer.concat([block.finish(), things, granular.finish()]);

  function dense(nodes: readonly TestNode[], pbf: PbfWriter): void {
    pbf.writePackedSVarint(1, differences(nodes.map(({ id }) => id)));
    pbf.writePackedSVarint(8, differences(nodes.map(({ lat }) => units(lat))));
    pbf.writePackedSVarint(9, differences(nodes.map(({ lon }) => units(lon))));
    const tags = nodes.flatMap((node) => [...Object.entries(node.tags ?? {}).flatMap(([k, v]) => [at(k), at(v)]), 0]);
    if (tags.some((tag) => tag > 0)) pbf.writePackedVarint(10, tags);
  }

  function single({ id, lon, lat, tags }: TestNode, pbf: PbfWriter): void {
    pbf.writeSVarintField(1, id);
    tagged(pbf, tags);
    pbf.writeSVarintField(8, units(lat));
    pbf.writeSVarintField(9, units(lon));
  }
}

function differences(values: readonly number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}
