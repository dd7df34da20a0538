import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CameraServer, startHttpCamera } from './cameraServers.ts';

/** One profile of the played device. */
export interface PlayedProfile {
  readonly token: string;
  readonly source: string;
  readonly size: readonly [number, number];
  /** Where it says its pictures are. */
  readonly uri: string;
}

interface PlayedOptions {
  readonly profiles: readonly PlayedProfile[];
  readonly login?: { readonly user: string; readonly password: string };
  /** How it wants to be told who asks: in the message, or by HTTP too. */
  readonly wants?: 'token' | 'http';
  /** Its clock is ahead of this machine's by so many ms. */
  readonly ahead?: number;
  /** The host that it calls itself by. */
  readonly calls?: string;
  readonly turns?: boolean;
}

/** A device on loopback that speaks ONVIF, made for tests: it shares no code with the client. */
export interface PlayedDevice extends CameraServer {
  /** Its device service, as a camera's file has it. */
  url(user?: string, password?: string): string;
  /** What it was asked that it took, in order: `GetProfiles`. */
  readonly did: string[];
  /** How it was told to turn: `move PROFILE PAN TILT ZOOM TIMEOUT`, `stop PROFILE`, `preset PROFILE PRESET`. */
  readonly movements: string[];
  /** Where it says that it is turned to, and in which scale. */
  readonly pan: { x: number; space: string };
  /** What it answers instead from now on, as one that is broken or hostile. */
  break(name: string, answer: (response: ServerResponse) => void): void;
}

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
/** Older messages may have been overheard. */
const FRESH_MS = 15 * 60_000;
const hash = (name: 'md5' | 'sha1', ...parts: readonly (string | Buffer)[]) => {
  const made = createHash(name);
  for (const part of parts) made.update(part);
  return made;
};

export function soapAnswer(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/soap+xml; charset=utf-8' });
  response.end(
    `<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`,
  );
}

export function soapFault(response: ServerResponse, subcode: string, reason: string): void {
  const code = `<SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value><SOAP-ENV:Subcode><SOAP-ENV:Value>ter:${subcode}</SOAP-ENV:Value></SOAP-ENV:Subcode></SOAP-ENV:Code>`;
  const said = `<SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="en">${reason}</SOAP-ENV:Text></SOAP-ENV:Reason>`;
  soapAnswer(
    response,
    `<SOAP-ENV:Fault xmlns:ter="http://www.onvif.org/ver10/error">${code}${said}</SOAP-ENV:Fault>`,
    400,
  );
}

export async function startOnvifDevice(options: PlayedOptions): Promise<PlayedDevice> {
  const { login, wants = 'token', ahead = 0, calls = '0.0.0.0', turns = false } = options;
  const instead = new Map<string, (response: ServerResponse) => void>();
  const did: string[] = [];
  const movements: string[] = [];
  const pan = { x: 0, space: 'PositionGenericSpace' };
  const nonces = new Set<string>();
  const now = () => Date.now() + ahead;

  /** The digest of a UsernameToken: base64(sha1(nonce + created + password)), made at this device's time, once. */
  function tokenIsGood(message: string): boolean {
    if (!login) return true;
    const part = (name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(message)?.[1] ?? '';
    const [nonce, created] = [part('Nonce'), part('Created')];
    if (nonces.has(nonce) || Math.abs(Date.parse(created) - now()) > FRESH_MS) return false;
    nonces.add(nonce);
    const digest = hash('sha1', Buffer.from(nonce, 'base64'), created, login.password).digest('base64');
    return part('Username') === login.user && part('Password') === digest;
  }

  function httpIsGood(request: IncomingMessage): boolean {
    const said = request.headers.authorization ?? '';
    const part = (name: string) => new RegExp(`[ ,]${name}="?([^",]*)`).exec(said)?.[1] ?? '';
    if (!login || !said.startsWith('Digest') || part('nonce') !== 'abc') return false;
    const secret = hash('md5', `${login.user}:cam:${login.password}`).digest('hex');
    const what = hash('md5', `POST:${request.url}`).digest('hex');
    const all = `${secret}:abc:${part('nc')}:${part('cnonce')}:auth:${what}`;
    return part('response') === hash('md5', all).digest('hex');
  }

  function answer(name: string, message: string, response: ServerResponse): void {
    const custom = instead.get(name);
    if (custom) {
      custom(response);
      return;
    }
    const inner = body(name, message);
    if (inner === undefined) soapFault(response, 'ActionNotSupported', `no ${name} here`);
    else soapAnswer(response, `<x:${name}Response xmlns:x="urn:x">${inner}</x:${name}Response>`);
  }

  function body(name: string, message: string): string | undefined {
    const value = (tag: string) => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(message)?.[1] ?? '';
    switch (name) {
      case 'GetSystemDateAndTime': {
        const at = new Date(now());
        const time = `<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time>`;
        const date = `<tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`;
        return `<x:SystemDateAndTime><tt:UTCDateTime>${time}${date}</tt:UTCDateTime></x:SystemDateAndTime>`;
      }
      case 'GetServices': {
        const service = (space: string, path: string) =>
          `<x:Service><x:Namespace>http://www.onvif.org/${space}</x:Namespace><x:XAddr>http://${calls}/onvif/${path}</x:XAddr></x:Service>`;
        return [
          ...[service('ver10/device/wsdl', 'device_service'), service('ver10/media/wsdl', 'media')],
          ...(turns ? [service('ver20/ptz/wsdl', 'ptz')] : []),
        ].join('');
      }
      case 'GetProfiles':
        return options.profiles.map(profile).join('');
      case 'GetStreamUri': {
        const { uri } = options.profiles.find(({ token }) => token === value('ProfileToken')) ?? {};
        return uri === undefined
          ? undefined
          : `<x:MediaUri><tt:Uri>${uri.replaceAll('&', '&amp;')}</tt:Uri></x:MediaUri>`;
      }
      case 'ContinuousMove': {
        const drive = (tag: string) => new RegExp(`<${tag} [^>]*?x="([^"]*)"(?: y="([^"]*)")?`).exec(message);
        const [turn, zoom] = [drive('PanTilt'), drive('Zoom')];
        return moved('move', value('ProfileToken'), turn?.[1], turn?.[2], zoom?.[1], value('Timeout'));
      }
      case 'Stop':
        return moved('stop', value('ProfileToken'));
      case 'GotoPreset':
        return moved('preset', value('ProfileToken'), value('PresetToken'));
      case 'GetStatus':
        return `<x:PTZStatus><tt:Position><tt:PanTilt x="${pan.x}" y="0" space="http://www.onvif.org/ver10/tptz/PanTiltSpaces/${pan.space}"/></tt:Position></x:PTZStatus>`;
      case 'GetPresets':
        return '<x:Preset token="1"><tt:Name>东门</tt:Name></x:Preset><x:Preset token="2"/><x:Preset/>';
      default:
        return undefined;
    }
  }

  function moved(...how: readonly (string | undefined)[]): string {
    movements.push(how.map((each) => each ?? '-').join(' '));
    return '';
  }

  function profile({ token, source, size: [width, height] }: PlayedProfile): string {
    const turning = turns ? '<tt:PTZConfiguration token="ptz"><tt:Name>p</tt:Name></tt:PTZConfiguration>' : '';
    const from = `<tt:VideoSourceConfiguration token="v"><tt:SourceToken>${source}</tt:SourceToken></tt:VideoSourceConfiguration>`;
    const coded = `<tt:VideoEncoderConfiguration token="e"><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration>`;
    return `<x:Profiles token="${token}" fixed="true"><tt:Name>${token}</tt:Name>${from}${coded}${turning}</x:Profiles>`;
  }

  const server = await startHttpCamera((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const message = Buffer.concat(parts).toString('utf8');
      const name = /<s:Body><(\w+)/.exec(message)?.[1] ?? '';
      const open = name === 'GetSystemDateAndTime';
      if (!open && wants === 'http' && login && !httpIsGood(request)) {
        response.writeHead(401, { 'www-authenticate': 'Digest realm="cam", nonce="abc", qop="auth"' });
        response.end();
      } else if (!open && wants === 'token' && !tokenIsGood(message)) {
        soapFault(response, 'NotAuthorized', `Sender not authorized: ${login?.user}`);
      } else {
        did.push(name);
        answer(name, message, response);
      }
    });
  });
  return {
    ...server,
    did,
    ...{ movements, pan },
    url(user, password) {
      const who = user === undefined ? '' : `${user}:${encodeURIComponent(password ?? '')}@`;
      return `http://${who}127.0.0.1:${server.port}/onvif/device_service`;
    },
    break(name, custom) {
      instead.set(name, custom);
    },
  };
}
