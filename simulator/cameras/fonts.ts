import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A font file, and whether it has Chinese characters. */
export interface OverlayFont {
  readonly file: string;
  readonly chinese: boolean;
}

/** Where systems without fontconfig keep a Chinese font. */
const KNOWN_FILES = [
  'C:/Windows/Fonts/msyh.ttc',
  'C:/Windows/Fonts/simhei.ttf',
  '/System/Library/Fonts/PingFang.ttc',
  '/System/Library/Fonts/STHeiti Light.ttc',
  '/System/Library/Fonts/Hiragino Sans GB.ttc',
] as const;

/** The font for the camera's name: through fontconfig, else one that the system is known to bring. `undefined`: none. */
export async function findOverlayFont(): Promise<OverlayFont | undefined> {
  const matched = await fontconfigMatch();
  if (matched?.chinese) return matched;
  const known = KNOWN_FILES.find((file) => existsSync(file));
  return known ? { file: known, chinese: true } : matched;
}

function fontconfigMatch(): Promise<OverlayFont | undefined> {
  return new Promise((resolve) => {
    const args = ['-f', '%{file}\n%{lang}', 'Noto Sans CJK SC,sans:lang=zh-cn'];
    execFile('fc-match', args, { timeout: 5_000, windowsHide: true }, (error, stdout) => {
      const [file, languages = ''] = stdout.split('\n');
      resolve(error || !file ? undefined : { file, chinese: languages.split('|').includes('zh-cn') });
    });
  });
}
