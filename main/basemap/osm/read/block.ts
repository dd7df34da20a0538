import { PbfReader } from 'pbf';
import { MOST_REFS, MOST_TAGS } from './limits.ts';
import type { Member, MemberType, OsmVisitor, Tags } from './source.ts';
import { StringTable } from './strings.ts';

/** Kinds of things in a block, as bits. */
export const NODES = 1;
export const WAYS = 2;
export const RELATIONS = 4;

const NANO = 1e-9;
const NO_TAGS: Tags = new Map();
const MEMBER_TYPES: readonly MemberType[] = ['node', 'way', 'relation'];

interface Block {
  strings: StringTable | null;
  readonly groups: number[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

/**
 * Tells what a PrimitiveBlock (osmformat.proto) has.
 *
 * @param hasLocations whether ways bring the positions of their nodes, which are then told as nodes
 * @returns which kinds of things it has, whether or not somebody asked for them
 * @throws Error of any kind where the bytes are none
 */
export function readBlock(content: Uint8Array, visitor: OsmVisitor, hasLocations: boolean): number {
  const block: Block = { strings: null, groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  const pbf = new PbfReader(content);
  pbf.readFields((tag, to) => {
    if (tag === 1) to.strings = new StringTable(content, pbf.pos);
    else if (tag === 2) to.groups.push(pbf.pos);
    else if (tag === 17) to.granularity = pbf.readVarint(true);
    else if (tag === 19) to.latOffset = pbf.readVarint(true);
    else if (tag === 20) to.lonOffset = pbf.readVarint(true);
  }, block);
  if (pbf.pos > content.length) throw new RangeError('A field ends beyond its block.');
  if (!block.strings) throw new RangeError('The block has no strings.');
  const reader = new BlockReader(content, block, block.strings, visitor, hasLocations);
  const kinds = block.groups.reduce((all, at) => all | reader.group(at), 0);
  return hasLocations && (kinds & WAYS) !== 0 ? kinds | NODES : kinds;
}

class BlockReader {
  readonly #content: Uint8Array;
  readonly #block: Block;
  readonly #strings: StringTable;
  readonly #visitor: OsmVisitor;
  readonly #tags = new Map<string, string>();
  readonly #hasLocations: boolean;
  #refs = new Float64Array(2048);

  constructor(content: Uint8Array, block: Block, strings: StringTable, visitor: OsmVisitor, hasLocations: boolean) {
    this.#content = content;
    this.#block = block;
    this.#strings = strings;
    this.#visitor = visitor;
    this.#hasLocations = hasLocations;
  }

  group(at: number): number {
    const pbf = this.#cursor(at);
    let kinds = 0;
    pbf.readMessage((tag) => {
      if (tag === 1 || tag === 2) kinds |= NODES;
      else if (tag === 3) kinds |= WAYS;
      else if (tag === 4) kinds |= RELATIONS;
      if (tag === 1 && this.#visitor.node) this.#node(pbf);
      else if (tag === 2 && this.#visitor.node) this.#dense(pbf);
      else if (tag === 3 && (this.#visitor.way || (this.#hasLocations && this.#visitor.node))) this.#way(pbf);
      else if (tag === 4 && this.#visitor.relation) this.#relation(pbf);
    }, null);
    return kinds;
  }

  #cursor(at: number): PbfReader {
    const pbf = new PbfReader(this.#content);
    pbf.pos = at;
    return pbf;
  }

  #degrees(value: number, offset: number): number {
    return NANO * (offset + this.#block.granularity * value);
  }

  #node(pbf: PbfReader): void {
    const at = { id: 0, lat: Number.NaN, lon: Number.NaN, keys: -1, values: -1 };
    pbf.readMessage((tag, to) => {
      if (tag === 1) to.id = pbf.readSVarint();
      else if (tag === 2) to.keys = pbf.pos;
      else if (tag === 3) to.values = pbf.pos;
      else if (tag === 8) to.lat = this.#degrees(pbf.readSVarint(), this.#block.latOffset);
      else if (tag === 9) to.lon = this.#degrees(pbf.readSVarint(), this.#block.lonOffset);
    }, at);
    this.#visitor.node?.(at.id, at.lon, at.lat, this.#readTags(at.keys, at.values));
  }

  /** DenseNodes: columns of differences; tags of all nodes in one, `key, value, key, value, 0` each. */
  #dense(pbf: PbfReader): void {
    const at = { ids: -1, lats: -1, lons: -1, tags: -1 };
    pbf.readMessage((tag, to) => {
      if (tag === 1) to.ids = pbf.pos;
      else if (tag === 8) to.lats = pbf.pos;
      else if (tag === 9) to.lons = pbf.pos;
      else if (tag === 10) to.tags = pbf.pos;
    }, at);
    if (at.ids < 0 || at.lats < 0 || at.lons < 0) throw new RangeError('Dense nodes lack a column.');
    const [ids, lats, lons, tags] = [
      this.#cursor(at.ids),
      this.#cursor(at.lats),
      this.#cursor(at.lons),
      this.#cursor(at.tags),
    ];
    const end = ids.readVarint() + ids.pos;
    const latEnd = lats.readVarint() + lats.pos;
    lons.readVarint();
    const tagsEnd = at.tags < 0 ? 0 : tags.readVarint() + tags.pos;
    let [id, lat, lon] = [0, 0, 0];
    while (ids.pos < end) {
      if (lats.pos >= latEnd) throw new RangeError('There are more ids of dense nodes than positions.');
      id += ids.readSVarint();
      lat += lats.readSVarint();
      lon += lons.readSVarint();
      const its = at.tags >= 0 && tags.pos < tagsEnd ? this.#denseTags(tags, tagsEnd) : NO_TAGS;
      this.#visitor.node?.(
        id,
        this.#degrees(lon, this.#block.lonOffset),
        this.#degrees(lat, this.#block.latOffset),
        its,
      );
    }
  }

  #denseTags(pbf: PbfReader, end: number): Tags {
    let key = pbf.readVarint();
    if (key === 0) return NO_TAGS;
    this.#tags.clear();
    for (; key !== 0; key = pbf.pos < end ? pbf.readVarint() : 0) {
      const value = pbf.readVarint();
      if (this.#strings.isWanted(key)) this.#tags.set(this.#strings.string(key), this.#strings.string(value));
    }
    return this.#tags;
  }

  /** Keys and values as columns of indexes of strings, from where the columns begin. */
  #readTags(keysAt: number, valuesAt: number): Tags {
    if (keysAt < 0 || valuesAt < 0) return NO_TAGS;
    const [keys, values] = [this.#cursor(keysAt), this.#cursor(valuesAt)];
    const end = keys.readVarint() + keys.pos;
    const valuesEnd = values.readVarint() + values.pos;
    this.#tags.clear();
    for (let n = 0; keys.pos < end && values.pos < valuesEnd && n < MOST_TAGS; n++) {
      const [key, value] = [keys.readVarint(), values.readVarint()];
      if (this.#strings.isWanted(key)) this.#tags.set(this.#strings.string(key), this.#strings.string(value));
    }
    return this.#tags;
  }

  #way(pbf: PbfReader): void {
    const at = { id: 0, keys: -1, values: -1, refs: -1, lats: -1, lons: -1 };
    pbf.readMessage((tag, to) => {
      if (tag === 1) to.id = pbf.readVarint(true);
      else if (tag === 2) to.keys = pbf.pos;
      else if (tag === 3) to.values = pbf.pos;
      else if (tag === 8) to.refs = pbf.pos;
      else if (tag === 9) to.lats = pbf.pos;
      else if (tag === 10) to.lons = pbf.pos;
    }, at);
    let count = 0;
    if (at.refs >= 0) {
      const refs = this.#cursor(at.refs);
      const end = refs.readVarint() + refs.pos;
      for (let ref = 0; refs.pos < end && count < MOST_REFS; count++) {
        ref += refs.readSVarint();
        if (count === this.#refs.length) this.#moreRefs();
        this.#refs[count] = ref;
      }
    }
    if (this.#hasLocations && at.lats >= 0 && at.lons >= 0) this.#locations(count, at.lats, at.lons);
    this.#visitor.way?.(at.id, this.#refs, count, this.#readTags(at.keys, at.values));
  }

  /** The nodes of the way that has just been read, where it brings their positions. */
  #locations(count: number, latsAt: number, lonsAt: number): void {
    const [lats, lons] = [this.#cursor(latsAt), this.#cursor(lonsAt)];
    const end = lats.readVarint() + lats.pos;
    lons.readVarint();
    for (let i = 0, lat = 0, lon = 0; i < count && lats.pos < end; i++) {
      lat += lats.readSVarint();
      lon += lons.readSVarint();
      const [x, y] = [this.#degrees(lon, this.#block.lonOffset), this.#degrees(lat, this.#block.latOffset)];
      this.#visitor.node?.(this.#refs[i] as number, x, y, NO_TAGS);
    }
  }

  #moreRefs(): void {
    const larger = new Float64Array(this.#refs.length * 2);
    larger.set(this.#refs);
    this.#refs = larger;
  }

  #relation(pbf: PbfReader): void {
    const at = { id: 0, keys: -1, values: -1, roles: -1, ids: -1, types: -1 };
    pbf.readMessage((tag, to) => {
      if (tag === 1) to.id = pbf.readVarint(true);
      else if (tag === 2) to.keys = pbf.pos;
      else if (tag === 3) to.values = pbf.pos;
      else if (tag === 8) to.roles = pbf.pos;
      else if (tag === 9) to.ids = pbf.pos;
      else if (tag === 10) to.types = pbf.pos;
    }, at);
    const members: Member[] = [];
    if (at.roles >= 0 && at.ids >= 0 && at.types >= 0) {
      const [roles, ids, types] = [this.#cursor(at.roles), this.#cursor(at.ids), this.#cursor(at.types)];
      const end = ids.readVarint() + ids.pos;
      const rolesEnd = roles.readVarint() + roles.pos;
      types.readVarint();
      let id = 0;
      while (ids.pos < end && roles.pos < rolesEnd && members.length < MOST_REFS) {
        id += ids.readSVarint();
        const type = MEMBER_TYPES[types.readVarint()];
        const role = this.#strings.string(roles.readVarint());
        if (type) members.push({ type, id, role });
      }
    }
    this.#visitor.relation?.(at.id, members, this.#readTags(at.keys, at.values));
  }
}
