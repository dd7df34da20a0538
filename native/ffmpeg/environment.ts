/** What ffmpeg needs of the surroundings: where programs, libraries and fonts are, which language and which time zone. */
const PASSED_ON = [
  ...['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'],
  ...['FONTCONFIG_FILE', 'FONTCONFIG_PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP'],
] as const;

/**
 * The environment of every ffmpeg. It parses hostile bytes, so it is given what it needs and nothing of the hall's: no
 * token, no home.
 */
export function ffmpegEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = {
    // glibc otherwise reserves 64 MiB of address space a thread, which the limit on it would count.
    MALLOC_ARENA_MAX: '2',
  };
  for (const name of PASSED_ON) {
    const value = env[name];
    if (value !== undefined) own[name] = value;
  }
  return own;
}
