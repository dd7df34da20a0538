import { Transform } from 'node:stream';
import { SourceError } from './sourceError.ts';

const LOOK_BYTES = 256;
const PLAYLIST = /^(?:\uFEFF)?\s*(?:#EXTM3U|<\?xml|<MPD|v=0\r?\n|\[playlist\]|ffconcat )/i;

/** Whether bytes begin as a list of other addresses does. */
export const isPlaylist = (head: Buffer): boolean => PLAYLIST.test(head.toString('utf8', 0, LOOK_BYTES));

/** Passes bytes on unless they begin as a list of other addresses does; then it fails with SourceError `playlist`. */
export function refusePlaylists(): Transform {
  let head: Buffer | undefined = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!head) return done(null, chunk);
      head = Buffer.concat([head, chunk]);
      if (isPlaylist(head))
        return done(new SourceError('playlist', 'it sends a list of addresses, which may lead anywhere'));
      if (head.length < LOOK_BYTES) return done();
      const all = head;
      head = undefined;
      done(null, all);
    },
    flush(done) {
      if (head && head.length > 0) this.push(head);
      done();
    },
  });
}
