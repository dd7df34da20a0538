import { ForbiddenAddressError } from './inputs.ts';
import { maskCredentials } from './mask.ts';
import { SourceError } from './sources/sourceError.ts';

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
  | 'waiting-key'
  | 'redirected'
  | 'playlist'
  | 'too-large'
  | 'forbidden-address'
  | 'no-ffmpeg'
  | 'crashed'
  | 'failed';

/** The end of a stream: a code to act on, and the last words, masked and cut. */
export interface End {
  readonly code: EndCode;
  readonly detail: string;
}

const MAX_DETAIL = 300;
/** Characters of what ffmpeg said that are kept, to say what went wrong. */
const MOST_SAID = 8_000;

/** Whole lines only: half a line may hold half a secret, which no mask knows. */
export function lastLines(text: string): string {
  if (text.length <= MOST_SAID) return text;
  const cut = text.indexOf('\n', text.length - MOST_SAID);
  return cut < 0 ? '' : text.slice(cut + 1);
}

/** In the order in which they are told apart; the words are those of ffmpeg and of libc. */
const SIGNS: readonly (readonly [RegExp, EndCode])[] = [
  [/Cannot allocate memory|picture size .* is invalid|exceeds (?:the )?max|Conversion failed.*memory/i, 'too-large'],
  [/not on whitelist|Protocol not found/i, 'forbidden-address'],
  [/ENOENT|Cannot find ffmpeg|EACCES/, 'no-ffmpeg'],
  [/40[13] (Unauthorized|Forbidden)|authorization failed|access denied/i, 'unauthorized'],
  [/404 |Server returned 404|method DESCRIBE failed: 404/i, 'not-found'],
  [/HTTP error 503|503 Service Unavailable/i, 'preparing'],
  [/Connection refused|ECONNREFUSED/i, 'refused'],
  [/timed out|timeout/i, 'timeout'],
  [/No route to host|unreachable|Failed to resolve|Name or service not known|getaddrinfo/i, 'unreachable'],
  [/Connection reset|Broken pipe|End of file|Input\/output error|ECONNRESET|EPIPE/i, 'ended'],
  // H.264 by its container, but nothing of it that could be decoded has come yet.
  [/Video: h264[^\n]*, none\b|dimensions not set|unspecified size/i, 'waiting-key'],
  [/Invalid data found|Could not find codec|does not contain any stream|matches no streams/i, 'not-video'],
  [/killed with signal/i, 'crashed'],
];

/** Tells from an error and ffmpeg's last lines what happened, in a code and in masked words of bounded length. */
export function describeEnd(error: Error | undefined, stderr: string, mask = maskCredentials): End {
  if (error instanceof ForbiddenAddressError) return end('forbidden-address', mask(error.message));
  if (error instanceof SourceError) return end(error.code, mask(error.message));
  const message = mask(error?.message ?? '');
  const said = mask(lastLines(stderr));
  const text = `${message}\n${said}`;
  const killed = error && /killed with signal/.test(error.message);
  const code = killed ? 'crashed' : (SIGNS.find(([sign]) => sign.test(text))?.[1] ?? (error ? 'failed' : 'ended'));
  const lines = said
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !/^(Input|Output|Stream|Metadata|Duration|frame=|Press|Side data|encoder|video:)/.test(line),
    );
  return end(code, error && (killed || lines.length === 0) ? message : lines.slice(-2).join(' · '));
}

function end(code: EndCode, detail: string): End {
  return { code, detail: detail.slice(0, MAX_DETAIL) };
}
