import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Breath } from '../../tiling/breath.ts';
import type { Bounds } from '../../tiling/mercator.ts';
import { OsmFileError } from '../osmFileError.ts';
import { brokenGzip } from './gzip.ts';
import type { OsmSource } from './source.ts';
import { XmlReader } from './xmlReader.ts';

/** OSM's XML, plain or packed with gzip. It's read as it comes, never held as a whole. */
export function openXml(path: string, size: number, isGzip: boolean, breath: Breath): OsmSource {
  let bounds: Bounds | null = null;
  return {
    size,
    bounds: () => bounds,
    close: async () => {},
    async each(visitor, onBytes) {
      const reader = new XmlReader(visitor);
      const text = new TextDecoder('utf-8', { fatal: true });
      const file = createReadStream(path, { highWaterMark: 256 * 1024 });
      const gunzip = isGzip ? createGunzip({ chunkSize: 256 * 1024 }) : null;
      if (gunzip) {
        file.on('error', (error) => gunzip.destroy(error));
        file.pipe(gunzip);
      }
      try {
        for await (const bytes of (gunzip ?? file) as AsyncIterable<Uint8Array>) {
          reader.write(decoded(text, bytes));
          if (!breath.isDue) continue;
          onBytes?.(file.bytesRead);
          await breath.take();
        }
        reader.end(decoded(text));
      } catch (cause) {
        throw isGzip ? (brokenGzip(cause) ?? cause) : cause;
      } finally {
        file.destroy();
        gunzip?.destroy();
      }
      bounds = reader.bounds;
      onBytes?.(size);
    },
  };
}

function decoded(text: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes ? text.decode(bytes, { stream: true }) : text.decode();
  } catch (cause) {
    throw new OsmFileError(
      {
        zh: '文件不是 UTF-8 文本。请重新下载该文件，或用 osmium 转换',
        en: 'The file is no UTF-8 text. Download it again, or convert it with osmium.',
      },
      cause,
    );
  }
}
