/**
 * Chromium's switches for a machine without a graphics card, the same in the browser and in Electron: WebGL2 in software; pages put
 * together without it, because a GPU that is itself computed takes a second for what the processor paints in a few ms.
 */
export const SOFTWARE_GRAPHICS: readonly string[] = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-compositing',
];

/** Chromium's switches that keep it from calling home: tests run without a network beyond loopback. */
export const STAY_AT_HOME: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
