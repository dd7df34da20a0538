import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';

/** A GB/T 28181 device on loopback, written by what the standard says and not by the hall's code: one camera, pictures from a clip. */
export interface GbDevice {
  /** What it was answered and asked: `SIP/2.0 200 OK`, `MESSAGE Query Catalog`, `INVITE` and the call. */
  readonly heard: string[];
  /** How it was told to turn: `PTZCmd` of its channel, in order. */
  readonly turned: string[];
  /** Where it sends pictures now: ports. */
  sending(): number[];
  /** Says something of its own: the XML of a MESSAGE. */
  say(xml: string): void;
  /** Says that it goes. */
  signOff(): void;
  /** Ends its calls. */
  hangUp(): void;
  /** As one that lost its power: it says nothing any more, and hears nothing. */
  vanish(): void;
}

interface Facts {
  readonly server: { readonly id: string; readonly port: number };
  readonly id: string;
  readonly channel: string;
  readonly password: string;
  /** Of SIP and of the pictures. */
  readonly transport: 'udp' | 'tcp';
  /** MPEG-PS, and how many seconds it is long. */
  readonly clip: Buffer;
  readonly seconds: number;
  /** `PTZType` of its camera; nothing is said when left out. */
  readonly drive?: string;
  /** `StreamNumberList` of it. */
  readonly streams?: string;
  /** How many times it does not hear it when it is told to turn. */
  readonly deaf?: number;
}

const REALM = '3402000000';
const PACKET = 1_400;
const BEAT_MS = 40;
const AGAIN_MS = 500;
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const word = (): string => randomBytes(5).toString('hex');

/** Registers at once. */
export function startGbDevice(facts: Facts): GbDevice {
  const { server, id, channel, password, transport } = facts;
  const { clip, seconds, drive, streams, deaf = 0 } = facts;
  const heard: string[] = [];
  const turned: string[] = [];
  let unheard = 0;
  let expires = 3600;
  const calls = new Map<string, { port: number; stop(): void }>();
  const uri = `sip:${server.id}@${REALM}`;
  const udp = createSocket('udp4');
  let tcp: Socket | undefined;
  const waiting = new Map<string, NodeJS.Timeout>();
  let gone = false;
  let sequence = 0;
  const send = (text: string): void => {
    if (gone) return;
    if (tcp) tcp.write(text, 'latin1');
    else udp.send(Buffer.from(text, 'latin1'), server.port, '127.0.0.1');
  };
  const line = (text: string, name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';

  /** What is not answered is said again, as UDP wants it. */
  function sendUntil(answered: string, text: string): void {
    send(text);
    if (transport === 'tcp') return;
    const timer = setInterval(() => (gone ? quiet(answered) : send(text)), AGAIN_MS);
    waiting.set(answered, timer);
  }

  function quiet(answered: string): void {
    clearInterval(waiting.get(answered));
    waiting.delete(answered);
  }

  function request(method: string, target: string, more: readonly string[], body = '', callId = word()): void {
    sequence += 1;
    const head = [
      `${method} ${target} SIP/2.0`,
      `Via: SIP/2.0/${transport.toUpperCase()} 127.0.0.1:5060;rport;branch=z9hG4bK${word()}`,
      `From: <sip:${id}@${REALM}>;tag=${word()}`,
      `To: <sip:${method === 'REGISTER' ? id : server.id}@${REALM}>`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:${id}@127.0.0.1:5060>`,
      ...more,
      `Content-Length:   ${Buffer.byteLength(body, 'utf8')}`,
    ];
    sendUntil(`${sequence} ${method}`, `${head.join('\r\n')}\r\n\r\n${Buffer.from(body).toString('latin1')}`);
  }

  function answer(to: string, status: string, more: readonly string[] = [], body = ''): void {
    const kept = to.split('\r\n').filter((each) => /^(Via|From|Call-ID|CSeq):/i.test(each));
    const whom = line(to, 'To');
    const head = [
      `SIP/2.0 ${status}`,
      ...kept,
      `To: ${whom}${whom.includes('tag=') ? '' : `;tag=${word()}`}`,
      `Contact: <sip:${channel}@127.0.0.1:5060>`,
      ...more,
      `Content-Length: ${body.length}`,
    ];
    const said = `${head.join('\r\n')}\r\n\r\n${body}`;
    if (body === '') send(said);
    else sendUntil(line(to, 'Call-ID'), said);
  }

  function say(xml: string): void {
    request(
      'MESSAGE',
      uri,
      ['Content-Type: Application/MANSCDP+xml'],
      `<?xml version="1.0" encoding="GB2312" ?>\n${xml}`,
    );
  }

  function hear(text: string): void {
    if (gone) return;
    const [first = ''] = text.split('\r\n');
    const command = /<PTZCmd>(\w*)/.exec(text)?.[1];
    if (command !== undefined && unheard++ < deaf) return;
    if (first.startsWith('SIP/2.0 ')) heard.push(first);
    else if (first.startsWith('MESSAGE '))
      heard.push(`MESSAGE ${/<(Query|Response|Control)>/.exec(text)?.[1]} ${/<CmdType>(\w+)/.exec(text)?.[1]}`);
    else heard.push(`${first.split(' ')[0]} ${line(text, 'Call-ID')}`);
    const stream = /^a=streamnumber:(\d)/m.exec(text)?.[1];
    if (stream !== undefined) heard.push(`stream ${stream}`);
    if (first.startsWith('ACK ')) quiet(line(text, 'Call-ID'));
    else if (first.startsWith('SIP/2.0 ')) quiet(line(text, 'CSeq'));
    if (first.startsWith('SIP/2.0 401')) {
      const nonce = /nonce="([^"]*)"/.exec(text)?.[1] ?? '';
      const response = md5(`${md5(`${id}:${REALM}:${password}`)}:${nonce}:${md5(`REGISTER:${uri}`)}`);
      const said = `username="${id}", realm="${REALM}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5`;
      request('REGISTER', uri, [`Expires: ${expires}`, `Authorization: Digest ${said}`]);
    } else if (first.startsWith('MESSAGE ')) {
      answer(text, '200 OK');
      const sn = /<SN>(\d+)<\/SN>/.exec(text)?.[1] ?? '';
      if (text.includes('<CmdType>Catalog</CmdType>')) catalogue(sn);
      if (text.includes('<CmdType>PresetQuery</CmdType>')) presets(sn);
      if (command !== undefined && text.includes(`<DeviceID>${channel}</DeviceID>`)) turned.push(command);
    } else if (first.startsWith('INVITE ')) invited(text);
    else if (first.startsWith('BYE ')) {
      calls.get(line(text, 'Call-ID'))?.stop();
      calls.delete(line(text, 'Call-ID'));
      answer(text, '200 OK');
    }
  }

  /** In two messages, as NVRs tell it. */
  function catalogue(sn: string): void {
    const said = Object.entries({ PTZType: drive, StreamNumberList: streams });
    const info = said.map(([name, value]) => (value === undefined ? '' : `<${name}>${value}</${name}>`)).join('');
    const items = [
      `<Item><DeviceID>${channel}</DeviceID><Name>东门</Name><Longitude>121.5</Longitude><Latitude>31.2</Latitude><Status>ON</Status><Info>${info}</Info></Item>`,
      `<Item><DeviceID>${channel.slice(0, 19)}9</DeviceID><Name>西门 & 南门</Name><Status>ON</Status></Item>`,
    ];
    for (const item of items)
      say(
        `<Response><CmdType>Catalog</CmdType><SN>${sn}</SN><DeviceID>${id}</DeviceID><SumNum>2</SumNum><DeviceList Num="1">${item}</DeviceList></Response>`,
      );
  }

  function presets(sn: string): void {
    const items = ['东门', ''].map(
      (name, i) => `<Item><PresetID>${i + 1}</PresetID><PresetName>${name}</PresetName></Item>`,
    );
    say(
      `<Response><CmdType>PresetQuery</CmdType><SN>${sn}</SN><DeviceID>${channel}</DeviceID><PresetList Num="2">${items.join('')}</PresetList></Response>`,
    );
  }

  function invited(text: string): void {
    const port = Number(/^m=video (\d+)/m.exec(text)?.[1]);
    const ssrc = Number(/^y=(\d{10})/m.exec(text)?.[1]);
    const callId = line(text, 'Call-ID');
    if (calls.has(callId)) return;
    answer(text, '100 Trying');
    calls.set(callId, { port, stop: transport === 'tcp' ? sendByTcp(port, ssrc) : sendByUdp(port, ssrc) });
    const sdp = [
      'v=0',
      `o=${channel} 0 0 IN IP4 127.0.0.1`,
      's=Play',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=video 9712 ${transport === 'tcp' ? 'TCP/' : ''}RTP/AVP 96`,
      ...(transport === 'tcp' ? ['a=setup:active'] : []),
      'a=sendonly',
      'a=rtpmap:96 PS/90000',
      `y=${String(ssrc).padStart(10, '0')}`,
    ];
    answer(text, '200 OK', ['Content-Type: application/sdp'], sdp.join('\n'));
  }

  function sendByUdp(port: number, ssrc: number): () => void {
    return sendClip(ssrc, (packets) => {
      // Neighbours swapped, as networks do.
      const swapped = packets.length > 2 ? [packets[1], packets[0], ...packets.slice(2)] : packets;
      for (const packet of swapped) if (packet) udp.send(packet, port, '127.0.0.1');
    });
  }

  function sendByTcp(port: number, ssrc: number): () => void {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const stop = sendClip(ssrc, (packets) => {
      for (const packet of packets)
        socket.write(Buffer.concat([Buffer.of(packet.length >> 8, packet.length & 255), packet]));
    });
    return () => {
      stop();
      socket.destroy();
    };
  }

  /** The clip over and over, at the speed of life, cut at the packs. */
  function sendClip(ssrc: number, out: (packets: Buffer[]) => void): () => void {
    const packs: Buffer[] = [];
    const start = Buffer.of(0, 0, 1, 0xba);
    for (let at = 0; at < clip.length; ) {
      const next = clip.indexOf(start, at + 4);
      packs.push(clip.subarray(at, next < 0 ? clip.length : next));
      at = next < 0 ? clip.length : next;
    }
    let number = 65_500;
    let sent = 0;
    const began = performance.now();
    const timer = setInterval(() => {
      if (gone) return;
      const due = Math.floor((packs.length * (performance.now() - began)) / 1000 / seconds);
      const packets: Buffer[] = [];
      for (; sent < due; sent++) {
        const pack = packs[sent % packs.length] ?? Buffer.alloc(0);
        for (let at = 0; at < pack.length; at += PACKET) {
          const head = Buffer.from([0x80, 96, number >> 8, number & 255, 0, 0, 0, 0, 0, 0, 0, 0]);
          head.writeUInt32BE(ssrc, 8);
          number = (number + 1) & 0xffff;
          packets.push(Buffer.concat([head, pack.subarray(at, at + PACKET)]));
        }
      }
      out(packets);
    }, BEAT_MS);
    return () => clearInterval(timer);
  }

  if (transport === 'tcp') {
    tcp = connect(server.port, '127.0.0.1');
    let rest = '';
    tcp.on('error', () => {});
    tcp.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      for (;;) {
        const end = rest.indexOf('\r\n\r\n');
        const length = end + 4 + Number(line(rest.slice(0, end), 'Content-Length'));
        if (end < 0 || rest.length < length) return;
        hear(rest.slice(0, length));
        rest = rest.slice(length);
      }
    });
  } else udp.on('message', (bytes) => hear(bytes.toString('latin1')));
  request('REGISTER', uri, ['Expires: 3600']);

  return {
    ...{ heard, turned },
    sending: () => [...calls.values()].map(({ port }) => port),
    say,
    signOff() {
      expires = 0;
      request('REGISTER', uri, ['Expires: 0']);
    },
    hangUp() {
      for (const [callId, call] of calls) {
        call.stop();
        calls.delete(callId);
        request('BYE', uri, [], '', callId);
      }
    },
    vanish() {
      if (gone) return;
      gone = true;
      for (const answered of [...waiting.keys()]) quiet(answered);
      for (const call of calls.values()) call.stop();
      tcp?.destroy();
      udp.close();
    },
  };
}
