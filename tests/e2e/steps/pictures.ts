import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';

const PICTURE_MS = 45_000;

/**
 * Takes pictures into a folder for a person to look at. A window that cannot be pictured in time (six windows share two cores and
 * no graphics card here) is said and passed over: what the test asserts does not hang on its pictures.
 */
export function takePictures(folder: string): (page: Page, name: string) => Promise<void> {
  mkdirSync(folder, { recursive: true });
  return async (page, name) => {
    try {
      await page.screenshot({ path: join(folder, `${name}.png`), timeout: PICTURE_MS });
    } catch (error) {
      console.warn(`no picture ${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  };
}
