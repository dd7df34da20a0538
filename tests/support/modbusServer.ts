import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { answerOf, type Heard, heardIn, type Memory } from '../fixtures/modbus/plc.ts';

/** Bytes, silence, or the end of the connection. */
type Deed = Buffer | 'silence' | 'cut';

/** A device over Modbus TCP, made apart from what reads it. */
export interface ModbusServer {
  readonly port: number;
  /** What was asked so far, whole requests. */
  readonly asked: readonly Heard[];
  /** How many clients are connected. */
  connected(): number;
  /** How often one connected. */
  connections(): number;
  /** From now on it does so when it is asked; as the standard has it when nothing is given. */
  behave(deed?: (heard: Heard, right: Buffer) => Deed): void;
  /** Says something that nobody asked for. */
  say(bytes: Buffer): void;
  /** Ends every connection; new ones are taken. */
  cutAll(): void;
  stop(): Promise<void>;
}

/** @param memory what it holds; may be changed meanwhile. @param port 0: any */
export async function startModbusServer(memory: Memory, port = 0): Promise<ModbusServer> {
  const asked: Heard[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let behaviour: (heard: Heard, right: Buffer) => Deed = (_, right) => right;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    let rest = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= 12; rest = rest.subarray(12)) {
        const heard = heardIn(rest.subarray(0, 12));
        asked.push(heard);
        const deed = behaviour(heard, answerOf(memory, heard));
        if (deed === 'cut') socket.destroy();
        else if (deed !== 'silence') socket.write(deed);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    ...{ asked, cutAll, port: typeof address === 'object' && address !== null ? address.port : port },
    connected: () => sockets.size,
    connections: () => connections,
    behave(deed) {
      behaviour = deed ?? ((_, right) => right);
    },
    say(bytes) {
      for (const socket of sockets) socket.write(bytes);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}
