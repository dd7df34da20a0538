import { existsSync } from 'node:fs';
import { run } from '../processes.ts';
import { Refusal, say } from '../project.ts';

/**
 * What the tests need from the system, by Debian's names, and why. A name may have an alternative after "|", for
 * releases that renamed it.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'the browser': ['chromium', 'fonts-noto-cjk'],
  'several displays': ['xserver-xorg-core', 'xserver-xorg-video-dummy', 'x11-xserver-utils', 'xauth'],
  "Electron's libraries": ['libgtk-3-0|libgtk-3-0t64', 'libnss3', 'libasound2|libasound2t64', 'libgbm1'],
  'the RTSP server': [
    'python3-gi',
    'gir1.2-gst-rtsp-server-1.0',
    'gstreamer1.0-plugins-base',
    'gstreamer1.0-plugins-good',
    'gstreamer1.0-plugins-bad',
    'gstreamer1.0-plugins-ugly',
    'gstreamer1.0-x', // clockoverlay, whatever its name says.
  ],
  'disks that fail': ['fiu-utils'],
  'the MQTT broker': ['mosquitto', 'openssl'],
  'unpacking the test Electron': ['unzip'],
};

const APT_TIMEOUT_MS = 15 * 60_000;

/** Names of the given packages that dpkg has installed. */
async function installed(names: readonly string[]): Promise<ReadonlySet<string>> {
  // dpkg-query ends with 1 when some package is unknown, and still lists the others.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg-query's
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], {
    quiet: true,
  });
  const lines = output.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name]) => name ?? ''));
}

/** The first name that apt can install. */
async function installable(names: readonly string[]): Promise<string> {
  for (const name of names) {
    const { output } = await run('apt-cache', ['policy', name], { quiet: true });
    if (/Candidate: (?!\(none\))/.test(output)) return name;
  }
  return names[0] ?? '';
}

function instructions(names: readonly string[]): string {
  return [
    'The tests need these programs, by the names of their Debian packages:',
    ...Object.entries(NEEDED).map(
      ([why, packages]) => `  for ${why}: ${packages.map((name) => name.split('|')[0]).join(' ')}`,
    ),
    `Install them and run npm test again. On Debian and Ubuntu: sudo apt-get install ${names.join(' ')}`,
  ].join('\n');
}

/**
 * Installs what the tests need from the system: as root on Debian with apt, only what is missing.
 *
 * @throws {Refusal} saying exactly what to install, where this may not or cannot do it.
 */
export async function ensureSystemPackages(): Promise<void> {
  const wanted = Object.values(NEEDED)
    .flat()
    .map((names) => names.split('|'));
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) {
    throw new Refusal(instructions(wanted.map(([name]) => name ?? '')));
  }
  const present = await installed(wanted.flat());
  const missing = wanted.filter((names) => !names.some((name) => present.has(name)));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Refusal(instructions(missing.map(([name]) => name ?? '')));

  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  say('updating the package lists …');
  const updated = await run('apt-get', ['update', '-q'], { quiet: true, env, timeoutMs: APT_TIMEOUT_MS });
  if (updated.code !== 0)
    say(`  apt-get update ended with code ${updated.code}; going on with the lists that are here`);
  const names = await Promise.all(missing.map(installable));
  say(`installing ${names.join(' ')} …`);
  const ended = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], {
    quiet: true,
    env,
    timeoutMs: APT_TIMEOUT_MS,
  });
  if (ended.code !== 0)
    throw new Refusal(`${ended.output}\napt-get install failed; its message is above.\n${instructions(names)}`);
}
