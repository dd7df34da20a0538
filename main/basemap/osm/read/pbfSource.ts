import type { FileHandle } from 'node:fs/promises';
import type { Breath } from '../../tiling/breath.ts';
import { OsmFileError } from '../osmFileError.ts';
import { type BlobPlace, blobAt, brokenBlob, contentOf } from './blobs.ts';
import { NODES, RELATIONS, readBlock, WAYS } from './block.ts';
import { type PbfHeader, readHeader } from './header.ts';
import type { OsmSource, OsmVisitor } from './source.ts';

/** A file in OSM's PBF format. What kinds of things a block has is remembered, so that later readings pass over the others unread. */
export function openPbf(file: FileHandle, size: number, breath: Breath): OsmSource {
  let header: PbfHeader = { bounds: null, hasLocations: false };
  const kindsAt = new Map<number, number>();

  const read = async (blob: BlobPlace, isFirst: boolean, visitor: OsmVisitor): Promise<void> => {
    if (isFirst !== (blob.type === 'OSMHeader')) {
      // Blocks of other types may stand anywhere and are passed over, as the format says; but the header is the first.
      if (isFirst) throw noHeader();
      if (blob.type === 'OSMHeader') return;
    }
    const known = kindsAt.get(blob.at);
    if (known !== undefined && (known & askedFor(visitor)) === 0) return;
    if (blob.type !== 'OSMHeader' && blob.type !== 'OSMData') return;
    const content = await contentOf(file, blob);
    try {
      if (isFirst) header = readHeader(content);
      else kindsAt.set(blob.at, readBlock(content, visitor, header.hasLocations));
    } catch (cause) {
      throw cause instanceof OsmFileError ? cause : brokenBlob(blob.at, cause);
    }
  };

  return {
    size,
    bounds: () => header.bounds,
    close: () => file.close(),
    async each(visitor, onBytes) {
      for (let at = 0; ; ) {
        const blob = await blobAt(file, at, size);
        if (!blob) break;
        await read(blob, at === 0, visitor);
        at = blob.end;
        if (breath.isDue) {
          onBytes?.(at);
          await breath.take();
        }
      }
      onBytes?.(size);
    },
  };
}

function askedFor(visitor: OsmVisitor): number {
  return (visitor.node ? NODES : 0) | (visitor.way ? WAYS : 0) | (visitor.relation ? RELATIONS : 0);
}

function noHeader(): OsmFileError {
  return new OsmFileError({
    zh: '文件不以 OSMHeader 数据块开头，不是完整的 OSM PBF。请重新下载该文件',
    en: 'The file does not begin with an OSMHeader block, so it is no whole OSM PBF. Download it again.',
  });
}
