/** Which stream of a camera (2022, `streamnumber`); undefined: the device's own choice, as before 2022. */
export type StreamNumber = number | undefined;
/** 0 is the main stream, 1 the first smaller one. */
export const SUB = 1;

/** Where the hall takes pictures in, and by which number their packets are known. */
export interface Offer {
  /** 20 digits: whose description it is. */
  readonly owner: string;
  readonly address: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  /** 10 digits. */
  readonly ssrc: string;
  readonly stream: StreamNumber;
}

/** What a device answers of how it sends. */
export interface MediaAnswer {
  /** Where the packets come from; undefined where it does not say. */
  readonly address: string | undefined;
  /** As it says it itself; undefined where it does not. */
  readonly ssrc: number | undefined;
  readonly transport: 'udp' | 'tcp';
  /** 0: it refuses. */
  readonly port: number;
}

const MOST_BYTES = 8 * 1024;

/** Asks for live pictures as a program stream (GB/T 28181-2016 9.2 and annex C); the hall waits, and the device connects by TCP. */
export function writeOffer({ owner, address, port, transport, ssrc, stream }: Offer): Buffer {
  const of = address.includes(':') ? 'IP6' : 'IP4';
  const lines = [
    'v=0',
    `o=${owner} 0 0 IN ${of} ${address}`,
    's=Play',
    `c=IN ${of} ${address}`,
    't=0 0',
    `m=video ${port} ${transport === 'tcp' ? 'TCP/RTP/AVP' : 'RTP/AVP'} 96`,
    'a=recvonly',
    'a=rtpmap:96 PS/90000',
    ...(transport === 'tcp' ? ['a=setup:passive', 'a=connection:new'] : []),
    ...(stream === undefined ? [] : [`a=streamnumber:${stream}`]),
    `y=${ssrc}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

/** @returns undefined for what describes no pictures */
export function readAnswer(body: Buffer): MediaAnswer | undefined {
  const lines = body.toString('latin1', 0, MOST_BYTES).split(/\r?\n/);
  const lineOf = (type: string): string | undefined =>
    lines
      .find((line) => line.startsWith(`${type}=`))
      ?.slice(2)
      .trim();
  const [, port, protocol] = /^video (\d{1,5})(?:\/\d+)? (\S+)/.exec(lineOf('m') ?? '') ?? [];
  if (port === undefined || protocol === undefined) return undefined;
  const ssrc = lineOf('y');
  return {
    address: /^IN IP[46] ([\da-fA-F.:]{2,45})/.exec(lineOf('c') ?? '')?.[1],
    ssrc: ssrc !== undefined && /^\d{1,10}$/.test(ssrc) ? Number(ssrc) >>> 0 : undefined,
    transport: /^TCP\b/i.test(protocol) ? 'tcp' : 'udp',
    port: Number(port),
  };
}
