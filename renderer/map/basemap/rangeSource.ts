import { EtagMismatch, type RangeResponse, type Source } from 'pmtiles';
import { CityFileError, type CityFiles } from '../city.ts';

const FILE = 'map/basemap.pmtiles';

/**
 * Reads the hall's archive a piece at a time: from the hall and nobody else, with what a request to it must carry. Nothing is put into the
 * browser's cache, which lets only one request for a file through at a time; the map keeps its tiles itself.
 */
export function createRangeSource(files: CityFiles): Source {
  const address = () => `${files.base()}/city/${FILE}`;
  return {
    getKey: address,
    async getBytes(offset, length, signal, etag): Promise<RangeResponse> {
      const answer = await fetch(address(), {
        headers: { ...files.headers(), range: `bytes=${offset}-${offset + length - 1}` },
        cache: 'no-store',
        signal: signal ?? null,
      });
      const now = answer.headers.get('etag');
      // Another archive was put there: what is known of the old one is forgotten, and asked anew.
      if (etag !== undefined && (answer.status === 416 || (now !== null && now !== etag))) {
        await answer.body?.cancel();
        throw new EtagMismatch(`${FILE} is another one now (${etag}, ${now})`);
      }
      if (answer.status !== 206) {
        await answer.body?.cancel();
        throw new CityFileError(`city file ${FILE}: the hall answered ${answer.status} to a request for a piece of it`);
      }
      return { data: await answer.arrayBuffer(), ...(now === null ? {} : { etag: now }) };
    },
  };
}
