import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { type Child, startChild } from './child.ts';
import { freePort } from './freePort.ts';
import { until } from './until.ts';

/** A program of Debian's that is not on everybody's PATH. */
const PROGRAM = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find((path) => existsSync(path)) ?? 'mosquitto';

/** A real MQTT broker (mosquitto) on loopback that keeps sessions and messages in a folder of its own. */
export interface MqttBroker {
  readonly port: number;
  readonly url: string;
  /** What it printed. */
  readonly lines: readonly string[];
  /** Whether what it keeps on disk has a text in it, such as the id of a client or a topic: only that is there after a power cut. */
  keeps(text: string): boolean;
  /** SIGKILL: a power cut. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and from what it had written. */
  restart(): Promise<void>;
  /** Whoever publishes, with QoS 1 unless said otherwise: a message is with the broker when its promise resolves. */
  publisher(): Promise<MqttClient>;
  stop(): Promise<void>;
}

/** Options of {@link startMqttBroker}. */
export interface MqttBrokerOptions {
  /** Its own: configuration, passwords, certificates, what it keeps. */
  readonly folder: string;
  /** Only this user gets in. */
  readonly login?: { readonly username: string; readonly password: string };
  /** PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** When it writes what it keeps: after each change, all of it each time, which a flood makes slow. */
  readonly saves?: 'always' | 'at its end';
  /** WebSockets beside TCP, and its address; without TLS. */
  readonly over?: 'tcp' | 'web';
}

/** Starts a broker on a free port. Stop it after use. */
export async function startMqttBroker(options: MqttBrokerOptions): Promise<MqttBroker> {
  const { folder, login, tls, over = 'tcp', saves = 'at its end' } = options;
  const port = await freePort();
  const webPort = over === 'web' ? await freePort() : null;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  mkdirSync(join(folder, 'kept'), { recursive: true });
  const lines = [
    `listener ${port} 127.0.0.1`,
    ...(tls ? [`certfile ${file('cert.pem', tls.cert)}`, `keyfile ${file('key.pem', tls.key)}`] : []),
    // One for WebSockets alone is none to it.
    ...(webPort === null ? [] : [`listener ${webPort} 127.0.0.1`, 'protocol websockets']),
    // Its folder is the test's, which another user may not read.
    ...[
      'user root',
      'log_dest stderr',
      'log_type error',
      'log_type warning',
      'log_type notice',
      'log_type information',
    ],
    ...['persistence true', `persistence_location ${join(folder, 'kept')}/`],
    ...(saves === 'always' ? ['autosave_on_changes true', 'autosave_interval 1'] : []),
    // Left out, a broker drops what is more than 1,000 behind.
    ...['max_queued_messages 0', 'max_inflight_messages 1000'],
    `allow_anonymous ${login ? 'false' : 'true'}`,
    ...(login ? [`password_file ${file('passwords', passwordLine(folder, login))}`] : []),
  ];
  const config = file('mosquitto.conf', `${lines.join('\n')}\n`);
  const kept = join(folder, 'kept', 'mosquitto.db');
  const heard: string[] = [];
  let child: Child | null = null;
  const start = async (): Promise<void> => {
    const begun = startChild('the MQTT broker', PROGRAM, ['-c', config]);
    child = begun;
    try {
      await begun.line(/mosquitto version [\d.]+ running/);
      await until(() => answers(port), { what: 'the MQTT broker: a connection' });
    } catch (error) {
      await begun.kill();
      throw error;
    }
  };
  await start();
  const own = `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`;
  const gone = async (how: 'kill' | 'stop'): Promise<void> => {
    heard.push(...(child?.lines ?? []));
    await child?.[how]();
  };
  return {
    ...{ port, url: webPort === null ? own : `ws://127.0.0.1:${webPort}` },
    get lines() {
      return [...heard, ...(child?.lines ?? [])];
    },
    keeps: (text) => existsSync(kept) && readFileSync(kept).includes(text),
    kill: () => gone('kill'),
    restart: start,
    publisher: () =>
      connectAsync(own, { ...login, ...(tls ? { ca: tls.cert } : {}), reconnectPeriod: 0, protocolVersion: 5 }),
    stop: () => gone('stop'),
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function passwordLine(folder: string, { username, password }: { username: string; password: string }): string {
  const made = join(folder, 'passwords.made');
  writeFileSync(made, `${username}:${password}\n`, { mode: 0o600 });
  execFileSync('mosquitto_passwd', ['-U', made], { stdio: 'ignore' });
  return readFileSync(made, 'utf8');
}

/** A certificate that signs itself, and its key: for 127.0.0.1, of today and tomorrow. PEM. */
export function makeCertificate(folder: string, name = 'broker'): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}.made.pem`), join(folder, `${name}.made.key`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const read = (path: string) => readFileSync(path, 'utf8');
  return { cert: read(cert), key: read(key) };
}
