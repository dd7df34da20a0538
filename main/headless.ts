import { forgiveOutput, whyNot } from './processOutput.ts';
import { openAddress, serve } from './serve.ts';

const CLOSE_PATIENCE_MS = 10_000;

/** Entry of the hall without a desktop: for browsers, video walls and tests. */
async function main(): Promise<void> {
  const served = await serve(process.argv.slice(2), () => undefined);
  process.stdout.write(`hall ready ${served.hall.url}\nopen ${openAddress(served)}\n`);
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    // Whoever asked it to stop must not have to kill it.
    setTimeout(() => process.exit(1), CLOSE_PATIENCE_MS).unref();
    await served.hall.close();
    process.exit(0);
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
  process.on('SIGHUP', close);
}

forgiveOutput();
main().catch((error: unknown) => {
  process.stderr.write(`${whyNot(error, process.argv)}\n`);
  process.exit(1);
});
