import { MOST_UPLOAD_BYTES, PIECE_BYTES } from '../../../../contract/features/setupImport.ts';
import type { HallClient } from '../../../../contract/wire/hallClient.ts';
import { SaidHere } from '../../../ui/ErrorNote.tsx';

/** As much of a file as is sent. */
export type SentFile = Pick<File, 'name' | 'size' | 'slice'>;

/** Characters that are made of bytes at once: all of them would be more arguments than a call takes. */
const AT_ONCE = 0x8000;

/**
 * Brings a file to the hall, piece by piece. What was brought of one that fails or is given up is withdrawn.
 *
 * @param options.onProgress hears how many bytes are there
 * @returns what the hall knows it by
 * @throws SaidHere for a file that the hall would not take; what the hall answers; the signal's reason
 */
export async function sendFile(
  call: HallClient['call'],
  file: SentFile,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (bytes: number) => void },
): Promise<string> {
  if (file.size === 0) throw new SaidHere('setup:import.empty', { name: file.name });
  if (file.size > MOST_UPLOAD_BYTES) throw new SaidHere('setup:import.too-large', { name: file.name });
  const upload = `u${[...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join('-')}`;
  const name = nameSent(file.name);
  try {
    for (let at = 0; at < file.size; ) {
      const bytes = base64(await bytesOf(file, at));
      signal.throwIfAborted();
      at = (await call('setup.offer', { upload, name, at, of: file.size, bytes }, { signal })).got;
      onProgress(at);
    }
    signal.throwIfAborted();
    return upload;
  } catch (error) {
    withdraw(call, upload);
    throw error;
  }
}

/** Has the hall forget a file, where it can be told: it forgets by itself later. */
export function withdraw(call: HallClient['call'], upload: string): void {
  call('setup.withdraw', { upload }).catch(() => undefined);
}

async function bytesOf(file: SentFile, at: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
  } catch (cause) {
    // It was changed or taken away since it was chosen.
    throw Object.assign(new SaidHere('setup:import.unreadable', { name: file.name }), { cause });
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(text);
}

const MOST_NAME = 200;

/** The hall takes names of so many characters; the ending says what kind of file it is. */
function nameSent(name: string): string {
  if (name.length <= MOST_NAME) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, MOST_NAME - ending.length)}${ending}`;
}
