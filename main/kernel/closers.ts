import type { Logger } from 'pino';

/** Last opened, first closed; one that fails does not keep the others open. */
export async function closeAll(closers: (() => unknown)[], log: Logger): Promise<void> {
  for (const close of closers.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      log.error({ err: error }, 'a service did not close cleanly');
    }
  }
}
