/** Chromium's switches for WebGL2 in software, the same in the browser and in Electron. */
export const SOFTWARE_GRAPHICS: readonly string[] = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** Chromium's switches that keep it from calling home: tests run without a network beyond loopback. */
export const STAY_AT_HOME: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
