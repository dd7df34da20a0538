import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { webSocketPeer } from './webSocketPeer.ts';

it('L24: a socket whose other end reads nothing is cut off, and holds no more', () => {
  const sent: string[] = [];
  const events = new EventEmitter();
  const socket = {
    on: events.on.bind(events),
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send(text: string) {
      sent.push(text);
      this.bufferedAmount += text.length;
    },
    terminate() {
      this.readyState = 3;
      events.emit('close', 1006, Buffer.from(''));
    },
  };
  const peer = webSocketPeer(socket as unknown as WebSocket, 'from here');
  const ends: string[] = [];
  peer.onClose((reason) => ends.push(reason));
  const batch = 'x'.repeat(1024 * 1024);
  for (let i = 0; i < 100; i++) peer.send(batch);
  expect(sent).toHaveLength(17);
  expect(ends).toEqual([expect.stringContaining('does not read what it is sent')]);
});
