import { ensureSystemPackages } from './packages.ts';
import { ensureTestElectron } from './test-electron.ts';

/** Everything that the tests need beyond npm's packages; costs a moment when it is all there. */
export async function setUpTests(): Promise<void> {
  await ensureSystemPackages();
  await ensureTestElectron();
}
