import type { Text } from '../../../core/words.ts';
import { type Address, addressWith } from './address.ts';

const LIKE = {
  zh: '请写成 127.0.0.1:9212 这样；写 0.0.0.0 则接受所有网络',
  en: 'Write it like 127.0.0.1:9212; 0.0.0.0 listens on every network.',
};

/** Where the hall listens for devices. */
export const Listen = addressWith(LIKE);
/** The same of a protocol that is also spoken in datagrams. */
export const ListenOrUdp = addressWith(
  { zh: `${LIKE.zh}；UDP 请写 udp://127.0.0.1:9212`, en: `${LIKE.en} UDP is udp://127.0.0.1:9212.` },
  true,
);

/** What to do where it cannot be listened, by the system's code. */
const REMEDIES: Readonly<Record<string, Text>> = {
  EADDRINUSE: {
    zh: '该端口已被占用，请在文件的 listen 中换一个端口，或停止占用它的程序',
    en: 'the port is taken; name another one under `listen` in its file, or stop the program that has it',
  },
  EADDRNOTAVAIL: {
    zh: '本机没有这个地址，请在 listen 中写本机的地址',
    en: 'this PC has no such address; name one of its own under `listen`',
  },
  EACCES: {
    zh: '没有权限使用该端口，请在 listen 中写 1024 以上的端口',
    en: 'the port may not be used; name one above 1024 under `listen`',
  },
  '': { zh: '请核对文件中的 listen', en: 'check `listen` in its file' },
};

/** Why nothing can be listened for at an address, and what to do. */
export function cannotListen({ host, port }: Address, error: Error & { code?: string }): Text {
  const said = error.code ?? error.message;
  const remedy = REMEDIES[error.code ?? ''] ?? REMEDIES[''];
  return {
    zh: `无法在 ${host}:${port} 监听（${said}）：${remedy?.zh}`,
    en: `cannot listen on ${host}:${port} (${said}): ${remedy?.en}`,
  };
}
