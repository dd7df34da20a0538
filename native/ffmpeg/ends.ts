import { ForbiddenAddressError } from './inputs.ts';
import { maskCredentials } from './mask.ts';

/** Why a stream ended: see StreamEndCode in main/video. */
export type EndCode =
  | 'ended'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'not-found'
  | 'preparing'
  | 'not-video'
  | 'forbidden-address'
  | 'no-ffmpeg'
  | 'crashed'
  | 'failed';

const MAX_DETAIL = 300;

/** In the order in which they are told apart; the words are those of ffmpeg and of libc. */
const SIGNS: readonly (readonly [RegExp, EndCode])[] = [
  [/not on whitelist|Protocol not found/i, 'forbidden-address'],
  [/ENOENT|Cannot find ffmpeg|EACCES/, 'no-ffmpeg'],
  [/40[13] (Unauthorized|Forbidden)|authorization failed|access denied/i, 'unauthorized'],
  [/404 |Server returned 404|method DESCRIBE failed: 404/i, 'not-found'],
  [/HTTP error 503|503 Service Unavailable/i, 'preparing'],
  [/Connection refused/i, 'refused'],
  [/timed out|timeout/i, 'timeout'],
  [/No route to host|unreachable|Failed to resolve|Name or service not known|getaddrinfo/i, 'unreachable'],
  [/Connection reset|Broken pipe|End of file|Input\/output error/i, 'ended'],
  [/Invalid data found|Could not find codec|does not contain any stream|matches no streams/i, 'not-video'],
  [/killed with signal/i, 'crashed'],
];

/** Tells from an error and ffmpeg's last lines what happened, in a code and in masked words of bounded length. */
export function describeEnd(error: Error | undefined, stderr: string): { code: EndCode; detail: string } {
  if (error instanceof ForbiddenAddressError)
    return { code: 'forbidden-address', detail: maskCredentials(error.message) };
  const tail = stderr.slice(-4000);
  const text = `${error?.message ?? ''}\n${tail}`;
  const killed = error && /killed with signal/.test(error.message);
  const code = killed ? 'crashed' : (SIGNS.find(([sign]) => sign.test(text))?.[1] ?? (error ? 'failed' : 'ended'));
  const lines = maskCredentials(tail)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !/^(Input|Output|Stream|Metadata|Duration|frame=|Press|Side data|encoder|video:)/.test(line),
    );
  const words = error && (killed || lines.length === 0) ? maskCredentials(error.message) : lines.slice(-2).join(' · ');
  return { code, detail: words.slice(0, MAX_DETAIL) };
}
