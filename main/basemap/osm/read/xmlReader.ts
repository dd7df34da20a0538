import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Bounds } from '../../tiling/mercator.ts';
import { OsmFileError } from '../osmFileError.ts';
import { sensible } from './header.ts';
import { MOST_DEPTH, MOST_REFS, MOST_TAGS, MOST_XML_GAP } from './limits.ts';
import type { Member, OsmVisitor } from './source.ts';
import { WANTED_KEYS } from './wanted.ts';

/** Tells what OSM's XML has (version 0.6: osm, bounds, node, way, relation, nd, tag, member). */
export class XmlReader {
  bounds: Bounds | null = null;
  readonly #visitor: OsmVisitor;
  readonly #parser = new SaxesParser({ xmlns: false });
  readonly #tags = new Map<string, string>();
  #refs = new Float64Array(2048);
  #count = 0;
  #members: Member[] = [];
  #depth = 0;
  /** Characters since the last element. */
  #gap = 0;
  /** Of the node, way or relation that is being read. */
  #id = 0;
  #lon = 0;
  #lat = 0;
  #isDeleted = false;

  constructor(visitor: OsmVisitor) {
    this.#visitor = visitor;
    this.#parser.on('error', (error) => {
      throw brokenXml(this.#parser.line, error);
    });
    // No file of OpenStreetMap has one; it would only declare entities that grow without end.
    this.#parser.on('doctype', () => {
      throw brokenXml(this.#parser.line, new Error('DOCTYPE'));
    });
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('closetag', (tag) => this.#close(tag.name));
    this.#parser.on('attribute', ({ name }: SaxesAttributePlain) => {
      if (name.length > 200) throw brokenXml(this.#parser.line, new Error('A name of an attribute is too long.'));
    });
  }

  write(text: string): void {
    this.#gap += text.length;
    this.#parser.write(text);
    if (this.#gap > MOST_XML_GAP)
      throw brokenXml(this.#parser.line, new Error('No element for millions of characters.'));
  }

  end(rest: string): void {
    this.#parser.write(rest);
    this.#parser.close();
  }

  #open({ name, attributes }: SaxesTagPlain): void {
    this.#gap = 0;
    this.#depth++;
    if (this.#depth === 1) mustBeOsm(name);
    if (this.#depth > MOST_DEPTH) throw brokenXml(this.#parser.line, new Error('Elements lie too deep.'));
    if (this.#depth === 2) this.#begin(name, attributes);
    else if (this.#depth === 3) this.#within(name, attributes);
  }

  #begin(name: string, its: Record<string, string>): void {
    if (name === 'bounds')
      this.bounds = sensible([Number(its.minlon), Number(its.minlat), Number(its.maxlon), Number(its.maxlat)]);
    if (name !== 'node' && name !== 'way' && name !== 'relation') return;
    this.#tags.clear();
    this.#count = 0;
    this.#members = [];
    this.#id = this.#whole(its.id, name);
    // Deleted in a history, or by an editor that has not sent it yet.
    this.#isDeleted = its.visible === 'false' || its.action === 'delete';
    this.#lon = degrees(its.lon);
    this.#lat = degrees(its.lat);
  }

  #within(name: string, its: Record<string, string>): void {
    if (name === 'tag') {
      const key = its.k ?? '';
      if (WANTED_KEYS.has(key) && this.#tags.size < MOST_TAGS) this.#tags.set(key, its.v ?? '');
    } else if (name === 'nd') {
      if (this.#count === MOST_REFS) return;
      if (this.#count === this.#refs.length) this.#moreRefs();
      this.#refs[this.#count++] = this.#whole(its.ref, name);
    } else if (name === 'member') {
      const type = its.type;
      if (this.#members.length === MOST_REFS || (type !== 'node' && type !== 'way' && type !== 'relation')) return;
      this.#members.push({ type, id: this.#whole(its.ref, name), role: its.role ?? '' });
    }
  }

  #close(name: string): void {
    this.#gap = 0;
    this.#depth--;
    if (this.#depth !== 1 || this.#isDeleted) return;
    if (name === 'node') this.#visitor.node?.(this.#id, this.#lon, this.#lat, this.#tags);
    else if (name === 'way') this.#visitor.way?.(this.#id, this.#refs, this.#count, this.#tags);
    else if (name === 'relation') this.#visitor.relation?.(this.#id, this.#members, this.#tags);
  }

  #moreRefs(): void {
    const larger = new Float64Array(this.#refs.length * 2);
    larger.set(this.#refs);
    this.#refs = larger;
  }

  #whole(text: string | undefined, element: string): number {
    const id = text === undefined || text === '' ? Number.NaN : Number(text);
    if (!Number.isSafeInteger(id)) throw noId(this.#parser.line, element, text ?? '');
    return id;
  }
}

function degrees(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}

function mustBeOsm(root: string): void {
  if (root === 'osm') return;
  if (root === 'osmChange')
    throw new OsmFileError({
      zh: '这是 OpenStreetMap 的变更文件（osmChange），不是地图数据。请选择 .osm 或 .osm.pbf 提取文件',
      en: 'This is a file of changes to OpenStreetMap (osmChange), not a map. Choose an extract, .osm or .osm.pbf.',
    });
  const name = root.slice(0, 40);
  throw new OsmFileError({
    zh: `这是以 <${name}> 开头的 XML，不是 OpenStreetMap 文件。请选择 .osm、.osm.gz 或 .osm.pbf 提取文件`,
    en: `This is XML that begins with <${name}>, no file of OpenStreetMap. Choose an extract, .osm, .osm.gz or .osm.pbf.`,
  });
}

function brokenXml(line: number, cause: Error): OsmFileError {
  return new OsmFileError(
    {
      zh: `文件的 XML 在第 ${line} 行附近有误或中断。请重新下载该文件`,
      en: `The XML of the file is wrong or cut off near line ${line}. Download it again.`,
    },
    cause,
  );
}

function noId(line: number, element: string, text: string): OsmFileError {
  const given = text.slice(0, 40);
  return new OsmFileError({
    zh: `第 ${line} 行附近的 <${element}> 的编号“${given}”不是整数。请重新下载该文件`,
    en: `Near line ${line} the id “${given}” of a <${element}> is no whole number. Download the file again.`,
  });
}
