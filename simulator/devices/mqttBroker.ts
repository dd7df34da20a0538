import { type AddressInfo, createServer, type Socket } from 'node:net';
import { sameSecret } from '../../main/files/sameSecret.ts';

/** Control packets of MQTT 3.1.1 (OASIS, 2014), the upper half of the first byte. */
const PACKET = { connect: 1, connack: 2, publish: 3, subscribe: 8, suback: 9, pingreq: 12, pingresp: 13 } as const;
const REFUSED_LOGIN = 4;
/** A client has less to say than that: only its subscriptions are long. */
const MOST_BYTES = 64 * 1024;
/** Of one SUBSCRIBE, whose answer has a byte for each. */
const MOST_FILTERS = 100;
/** What a client does not read is not said: so many bytes wait at most. */
const UNREAD_BYTES = 1024 * 1024;

/** A broker of MQTT 3.1.1 for one department's platform: whoever has logged in and subscribed is told everything, with QoS 0. */
export interface MqttBroker {
  readonly port: number;
  publish(topic: string, message: string): void;
  close(): void;
}

/** Listens on a port of loopback. @param port 0 for a free one */
export async function openMqttBroker(login: { username: string; password: string }, port = 0): Promise<MqttBroker> {
  const subscribers = new Set<Socket>();
  const all = new Set<Socket>();
  const server = createServer((socket) => {
    all.add(socket);
    let rest = Buffer.alloc(0);
    let known = false;
    socket.on('error', () => undefined); // The close that follows is what counts.
    socket.once('close', () => {
      all.delete(socket);
      subscribers.delete(socket);
    });
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let packet = packetIn(rest); packet; packet = packetIn(rest)) {
        rest = rest.subarray(packet.end);
        if (!take(packet.kind, packet.body)) {
          socket.destroy();
          return;
        }
      }
      if (rest.length > MOST_BYTES) socket.destroy();
    });

    /** Answers whether the client may stay. */
    function take(kind: number, body: Buffer): boolean {
      if (kind === PACKET.connect) {
        known = isLogin(body, login);
        socket.write(Buffer.from([PACKET.connack << 4, 2, 0, known ? 0 : REFUSED_LOGIN]));
        return known;
      }
      if (!known) return false;
      if (kind === PACKET.pingreq) socket.write(Buffer.from([PACKET.pingresp << 4, 0]));
      if (kind === PACKET.subscribe) {
        const many = filtersIn(body);
        if (many === 0 || many > MOST_FILTERS) return false;
        socket.write(
          Buffer.concat([Buffer.from([PACKET.suback << 4, 2 + many]), body.subarray(0, 2), Buffer.alloc(many)]),
        );
        subscribers.add(socket);
      }
      return true;
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    publish(topic, message) {
      const packet = published(topic, message);
      for (const socket of subscribers) if (socket.writableLength < UNREAD_BYTES) socket.write(packet);
    },
    close() {
      server.close();
      for (const socket of all) socket.destroy();
    },
  };
}

/** The first whole packet; undefined where it has not all come. */
function packetIn(bytes: Buffer): { kind: number; body: Buffer; end: number } | undefined {
  let length = 0;
  for (let i = 1; i <= 4 && i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    length += (byte & 0x7f) * 128 ** (i - 1);
    if (byte >= 0x80) continue;
    const end = i + 1 + length;
    return bytes.length < end ? undefined : { kind: (bytes[0] ?? 0) >> 4, body: bytes.subarray(i + 1, end), end };
  }
  return undefined;
}

/** Texts one after another, each behind its length. */
function textsIn(body: Buffer, from: number): string[] {
  const texts: string[] = [];
  for (let at = from; at + 2 <= body.length; ) {
    const length = body.readUInt16BE(at);
    texts.push(body.toString('utf8', at + 2, at + 2 + length));
    at += 2 + length;
  }
  return texts;
}

/** A CONNECT: protocol's name, level, flags, keep alive; then the client's id, user and password. Without a will, which nobody needs here. */
function isLogin(body: Buffer, { username, password }: { username: string; password: string }): boolean {
  const afterName = 2 + (body.length >= 2 ? body.readUInt16BE(0) : 0);
  const texts = textsIn(body, afterName + 4);
  return sameSecret(texts[1] ?? '', username) && sameSecret(texts[2] ?? '', password);
}

/** So many topics of a SUBSCRIBE: behind its number each is a text and a QoS. */
function filtersIn(body: Buffer): number {
  let many = 0;
  for (let at = 2; at + 2 <= body.length; many++) at += 3 + body.readUInt16BE(at);
  return many;
}

function published(topic: string, message: string): Buffer {
  const name = Buffer.from(topic);
  const head = Buffer.from([name.length >> 8, name.length & 0xff]);
  const body = Buffer.concat([head, name, Buffer.from(message)]);
  const length: number[] = [];
  for (let left = body.length; left > 0 || length.length === 0; left = Math.floor(left / 128))
    length.push((left % 128) + (left >= 128 ? 0x80 : 0));
  return Buffer.concat([Buffer.from([PACKET.publish << 4, ...length]), body]);
}
