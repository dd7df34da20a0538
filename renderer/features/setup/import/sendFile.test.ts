import { expect, test } from 'vitest';
import { MOST_UPLOAD_BYTES, PIECE_BYTES, Piece } from '../../../../contract/features/setupImport.ts';
import type { HallClient } from '../../../../contract/wire/hallClient.ts';
import { WIRE_LIMITS } from '../../../../contract/wire/limits.ts';
import { type SentFile, sendFile } from './sendFile.ts';

/** A hall that takes pieces as it should, and what it was asked. */
function hall(onPiece: (piece: Piece) => void = () => undefined) {
  const pieces: Piece[] = [];
  const withdrawn: string[] = [];
  const answer = async (method: string, params: unknown) => {
    if (method === 'setup.withdraw') return void withdrawn.push((params as { upload: string }).upload);
    const piece = Piece.parse(params);
    onPiece(piece);
    pieces.push(piece);
    return { got: piece.at + Buffer.from(piece.bytes, 'base64').length };
  };
  return { pieces, withdrawn, call: answer as unknown as HallClient['call'] };
}
const send = (call: HallClient['call'], file: SentFile, given = new AbortController(), sent: number[] = []) =>
  sendFile(call, file, { signal: given.signal, onProgress: (bytes) => void sent.push(bytes) });

test('a file goes in pieces that fit a frame, in order, whatever its bytes are', async () => {
  const { call, pieces, withdrawn } = hall();
  const content = Uint8Array.from({ length: 2 * PIECE_BYTES + 5 }, (_, i) => (i * 7) % 256);
  const sent: number[] = [];
  const upload = await send(call, new File([content], '表.csv'), undefined, sent);
  expect(pieces.map(({ upload: of, name, at, of: bytes }) => [of, name, at, bytes])).toEqual(
    [0, PIECE_BYTES, 2 * PIECE_BYTES].map((at) => [upload, '表.csv', at, content.length]),
  );
  expect(Buffer.concat(pieces.map(({ bytes }) => Buffer.from(bytes, 'base64')))).toEqual(Buffer.from(content));
  expect(sent).toEqual([PIECE_BYTES, 2 * PIECE_BYTES, content.length]);
  for (const piece of pieces) expect(JSON.stringify(piece).length + 1000).toBeLessThan(WIRE_LIMITS.windowTextBytes);
  expect(withdrawn).toEqual([]);
});

test('one that is given up, or that the hall refuses, is withdrawn', async () => {
  const given = new AbortController();
  const abandoned = hall(() => given.abort());
  await expect(send(abandoned.call, new File(['abc'], 'a.csv'), given)).rejects.toMatchObject({ name: 'AbortError' });
  expect(abandoned.withdrawn).toEqual([abandoned.pieces[0]?.upload]);
  const refusing = hall(() => {
    throw new Error('the disk is full');
  });
  await expect(send(refusing.call, new File(['abc'], 'a.csv'))).rejects.toThrow('the disk is full');
  expect(refusing.withdrawn).toHaveLength(1);
});

test('nothing is sent of a file that is empty or too large; one that cannot be read any more is said', async () => {
  const { call, pieces } = hall();
  const sized = (size: number): SentFile => ({ name: 'a.csv', size, slice: () => new Blob() });
  await expect(send(call, sized(0))).rejects.toMatchObject({ key: 'setup:import.empty' });
  await expect(send(call, sized(MOST_UPLOAD_BYTES + 1))).rejects.toMatchObject({ key: 'setup:import.too-large' });
  const gone = { arrayBuffer: () => Promise.reject(new Error('NotReadableError')) } as unknown as Blob;
  const file: SentFile = { name: 'a.csv', size: 3, slice: () => gone };
  await expect(send(call, file)).rejects.toMatchObject({ key: 'setup:import.unreadable', words: { name: 'a.csv' } });
  expect(pieces).toEqual([]);
});

test('a name that is too long for the hall keeps its ending', async () => {
  const { call, pieces } = hall();
  await send(call, new File(['abc'], `${'名'.repeat(300)}.geojson`));
  expect(pieces[0]?.name).toBe(`${'名'.repeat(192)}.geojson`);
});
