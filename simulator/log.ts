import type { Log } from '../main/log.ts';

/** A line each on standard error, which whoever started the simulator keeps. */
export const stderrLog: Log = {
  debug() {},
  info() {},
  warn: (fields, message) => line('warn', fields, message),
  error: (fields, message) => line('error', fields, message),
};

function line(level: string, fields: object, message: string): void {
  process.stderr.write(`${level}: ${message} ${JSON.stringify(fields)}\n`);
}
