import { openAddress, serve } from './serve.ts';

/** Entry of the hall without a desktop: for browsers, video walls and tests. */
async function main(): Promise<void> {
  const served = await serve(process.argv.slice(2));
  process.stdout.write(`hall ready ${served.hall.url}\nopen ${openAddress(served)}\n`);
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    await served.hall.close();
    process.exit(0);
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
  process.on('SIGHUP', close);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
