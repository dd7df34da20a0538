import type { Said } from '../../../config/issue.ts';
import { isRegister, type Table } from './place.ts';

/**
 * Modbus TCP, the client's half, reading alone: MODBUS Application Protocol 1.1b3 (functions 1 to 4) and Messaging on TCP/IP 1.0b. There
 * is nothing here that writes.
 */

/** What is asked of a device: registers, or bits, that stand beside each other. */
export interface Request {
  /** The unit id: which device behind the address is meant, 0 to 255. */
  readonly unit: number;
  readonly table: Table;
  /** From 0. */
  readonly address: number;
  /** At most {@link mostOf} the table. */
  readonly count: number;
}

/** What came for a request; null while the rest is on its way. */
export type Answer =
  /** Registers as they came, two bytes each; or bits, eight a byte, the first lowest. */
  | { readonly is: 'values'; readonly data: Buffer }
  | { readonly is: 'exception'; readonly code: number }
  /** It is no answer to this request: nothing that follows on this connection is to be believed. */
  | ({ readonly is: 'wrong'; readonly path: string } & Said)
  | null;

/** The longest frame that there is. */
export const FRAME_BYTES = 260;
/** Transaction, protocol and length; the length counts from the unit on. */
const HEAD_BYTES = 6;
const FUNCTIONS: Readonly<Record<Table, number>> = { coil: 1, discrete: 2, holding: 3, input: 4 };

export const functionOf = (table: Table): number => FUNCTIONS[table];

/** Registers, or bits, that one request may ask for. */
export const mostOf = (table: Table): number => (isRegister(table) ? 125 : 2000);

const bytesOf = ({ table, count }: Request): number => (isRegister(table) ? 2 * count : Math.ceil(count / 8));

/** @param transaction 0 to 65,535: the answer repeats it */
export function requestFrame(transaction: number, { unit, table, address, count }: Request): Buffer {
  const frame = Buffer.alloc(12);
  frame.writeUInt16BE(transaction, 0);
  frame.writeUInt16BE(6, 4);
  frame.writeUInt8(unit, 6);
  frame.writeUInt8(functionOf(table), 7);
  frame.writeUInt16BE(address, 8);
  frame.writeUInt16BE(count, 10);
  return frame;
}

/**
 * Reads what has come since a request was sent, however little: a byte that cannot be right is known when it is there, and nothing is
 * waited for behind it.
 */
export function readAnswer(heard: Buffer, transaction: number, request: Request): Answer {
  const has = (bytes: number) => heard.length >= bytes;
  if (has(2) && heard.readUInt16BE(0) !== transaction)
    return wrong('transaction', heard.readUInt16BE(0), transaction, OTHER);
  if (has(4) && heard.readUInt16BE(2) !== 0) return wrong('protocol', heard.readUInt16BE(2), 0, NO_MODBUS);
  const data = bytesOf(request);
  const length = has(6) ? heard.readUInt16BE(4) : 0;
  if (has(6) && length !== 3 && length !== 3 + data) return wrong('length', length, 3 + data, CUT);
  if (has(7) && heard[6] !== request.unit) return wrong('unit', heard[6] ?? 0, request.unit, UNIT);
  const fn = functionOf(request.table);
  if (has(8) && ((heard[7] ?? 0) & 0x7f) !== fn) return wrong('function', heard[7] ?? 0, fn, OTHER);
  const isException = has(8) && heard[7] !== fn;
  if (has(8) && isException !== (length === 3)) return wrong('length', length, isException ? 3 : 3 + data, CUT);
  if (has(9) && !isException && heard[8] !== data) return wrong('count', heard[8] ?? 0, data, CUT);
  if (!has(HEAD_BYTES + 3) || !has(HEAD_BYTES + length)) return null;
  if (heard.length > HEAD_BYTES + length) return wrong('end', heard.length, HEAD_BYTES + length, MORE);
  return isException ? { is: 'exception', code: heard[8] ?? 0 } : { is: 'values', data: heard.subarray(9) };
}

const NAMES: Readonly<Record<string, Said['message']>> = {
  transaction: { zh: '事务号', en: 'transaction' },
  protocol: { zh: '协议号', en: 'protocol' },
  length: { zh: '长度', en: 'length' },
  unit: { zh: '单元号', en: 'unit id' },
  function: { zh: '功能码', en: 'function' },
  count: { zh: '字节数', en: 'number of bytes' },
  end: { zh: '总字节数', en: 'length in all' },
};

function wrong(path: string, is: number, asked: number, remedy: Said['remedy']): Answer {
  const name = NAMES[path];
  const message = {
    zh: `应答的${name?.zh}是 ${is}，应为 ${asked}`,
    en: `the answer has the ${name?.en} ${is}, not ${asked}`,
  };
  return { is: 'wrong', path, message, remedy };
}

const OTHER = {
  zh: '它不是对本次查询的应答；请核对该地址是否另有程序共用连接（如串口服务器的透传模式）',
  en: 'It answers another question: see that nothing else shares this connection, such as a serial server that passes all through.',
};
const NO_MODBUS = {
  zh: '该端口上的不是 Modbus TCP；请核对 at，串口服务器请设为 Modbus TCP 而不是 RTU 透传',
  en: 'It is no Modbus TCP at this port: check `at`; set a serial server to Modbus TCP, and not to RTU over TCP.',
};
const CUT = {
  zh: '设备给出的数据与所查的不符；请向其厂家核对所支持的寄存器数量',
  en: 'The device gives other data than it was asked for: ask its maker how many registers it gives at once.',
};
const UNIT = {
  zh: '请在 unitId 中写设备应答所用的单元号',
  en: 'Write the unit id with which the device answers as `unitId`.',
};
const MORE = {
  zh: '应答之后还有多余的字节；请核对该地址是否另有程序共用连接',
  en: 'Bytes follow the answer: see that nothing else shares this connection.',
};
