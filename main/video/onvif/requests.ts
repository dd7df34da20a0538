import { createHash } from 'node:crypto';
import type { Credentials } from '../../../native/ffmpeg/sources/credentials.ts';
import type { Velocity } from '../turning.ts';

/** Services of ONVIF that are asked, by their namespaces. */
export const SERVICES = {
  device: 'http://www.onvif.org/ver10/device/wsdl',
  media: 'http://www.onvif.org/ver10/media/wsdl',
  /** Beside or instead of it, in newer devices. */
  media2: 'http://www.onvif.org/ver20/media/wsdl',
  ptz: 'http://www.onvif.org/ver20/ptz/wsdl',
} as const;
export type Service = keyof typeof SERVICES;

/** What is asked of a service: the element in the body of the message. */
export interface Request {
  readonly service: Service;
  readonly name: string;
  /** What stands in the element: XML. */
  readonly content?: string;
}

const SCHEMA = 'http://www.onvif.org/ver10/schema';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const TOKEN = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const NONCE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what XML cannot hold
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text as it stands in XML; what no XML can hold is left out. */
export function escaped(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (each) => ENTITIES[each] ?? '');
}

/** Who asks, and when by the device's clock: a digest of another time is refused. */
export interface Signature extends Credentials {
  /** Wall ms of the device. */
  readonly at: number;
  readonly nonce: Uint8Array;
}

/** A message of SOAP 1.2, signed by UsernameToken with a digest (WSS 1.1) where a signature is given. */
export function soapMessage({ service, name, content = '' }: Request, signature?: Signature): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">',
    signature ? `<s:Header>${usernameToken(signature)}</s:Header>` : '',
    `<s:Body><${name} xmlns="${SERVICES[service]}">${content}</${name}></s:Body></s:Envelope>`,
  ].join('');
}

function usernameToken({ user, password, at, nonce }: Signature): string {
  const created = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  return [
    `<Security s:mustUnderstand="1" xmlns="${WSSE}"><UsernameToken><Username>${escaped(user)}</Username>`,
    `<Password Type="${TOKEN}#PasswordDigest">${digest}</Password>`,
    `<Nonce EncodingType="${NONCE}">${Buffer.from(nonce).toString('base64')}</Nonce>`,
    `<Created xmlns="${WSU}">${created}</Created></UsernameToken></Security>`,
  ].join('');
}

/** Its clock, which every device tells whoever asks. */
export const askClock: Request = { service: 'device', name: 'GetSystemDateAndTime' };
export const askServices: Request = {
  service: 'device',
  name: 'GetServices',
  content: '<IncludeCapability>false</IncludeCapability>',
};
/** The same of devices before 2.1. */
export const askCapabilities: Request = {
  service: 'device',
  name: 'GetCapabilities',
  content: '<Category>All</Category>',
};

export function askProfiles(service: 'media' | 'media2'): Request {
  return { service, name: 'GetProfiles', content: service === 'media2' ? '<Type>All</Type>' : '' };
}

/** Where the pictures of a profile are, by RTSP over TCP. */
export function askStream(service: 'media' | 'media2', profile: string): Request {
  const token = ofProfile(profile);
  const setup = `<StreamSetup><Stream xmlns="${SCHEMA}">RTP-Unicast</Stream><Transport xmlns="${SCHEMA}"><Protocol>RTSP</Protocol></Transport></StreamSetup>`;
  const content = service === 'media2' ? `<Protocol>RTSP</Protocol>${token}` : `${setup}${token}`;
  return { service, name: 'GetStreamUri', content };
}

/**
 * Turns until something else is asked, or by itself no longer than `ms`.
 * @param parts which of its two drives are told; what is not told goes on as it was
 */
export function askMove(
  profile: string,
  { pan, tilt, zoom }: Velocity,
  ms: number,
  parts: { readonly turn: boolean; readonly zoom: boolean },
): Request {
  const turn = parts.turn ? `<PanTilt xmlns="${SCHEMA}" x="${pan.toFixed(2)}" y="${tilt.toFixed(2)}"/>` : '';
  const nearer = parts.zoom ? `<Zoom xmlns="${SCHEMA}" x="${zoom.toFixed(2)}"/>` : '';
  const content = `${ofProfile(profile)}<Velocity>${turn}${nearer}</Velocity><Timeout>PT${(ms / 1000).toFixed(1)}S</Timeout>`;
  return { service: 'ptz', name: 'ContinuousMove', content };
}

export function askStop(profile: string): Request {
  return { service: 'ptz', name: 'Stop', content: `${ofProfile(profile)}<PanTilt>true</PanTilt><Zoom>true</Zoom>` };
}

export function askPresets(profile: string): Request {
  return { service: 'ptz', name: 'GetPresets', content: ofProfile(profile) };
}

/** Where its drives stand. */
export function askStatus(profile: string): Request {
  return { service: 'ptz', name: 'GetStatus', content: ofProfile(profile) };
}

/** Turns it to where a preset looks. */
export function askPreset(profile: string, preset: string): Request {
  const content = `${ofProfile(profile)}<PresetToken>${escaped(preset)}</PresetToken>`;
  return { service: 'ptz', name: 'GotoPreset', content };
}

const ofProfile = (token: string): string => `<ProfileToken>${escaped(token)}</ProfileToken>`;
