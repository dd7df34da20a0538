import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** How a window looks. `wall` is dark, 1.6 times as large, to be read from 5 m. */
export type ThemeName = 'dark' | 'light' | 'wall';

export const THEMES: readonly ThemeName[] = ['dark', 'light', 'wall'];

/** Per cent of the usual size of letters, and of all that is as large as they are. */
export const TEXT_SIZES = [80, 90, 100, 115, 130, 150, 175, 200] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** Where the size of a region's windows is kept: a wall is not read from where a desk is. */
export function textSizeOf(region: string): string {
  return `opshall.text.${region}`;
}

/** The size some steps larger or smaller, as far as sizes go. */
export function stepTextSize(size: TextSize, steps: number): TextSize {
  const last = TEXT_SIZES.length - 1;
  return TEXT_SIZES[Math.min(last, Math.max(0, TEXT_SIZES.indexOf(size) + steps))] ?? 100;
}

const touch: MantineColorsTuple = [
  '#e7f5ff',
  '#cfe9fe',
  '#a1d3fd',
  '#70bcfd',
  '#4bacfc',
  '#3da9fc',
  '#2a97ea',
  '#1a83d2',
  '#0b66c3',
  '#084f99',
];

const ground: MantineColorsTuple = [
  '#e6edf5',
  '#9fb0c3',
  '#8294aa',
  '#4a5d76',
  '#243244',
  '#1e2b3d',
  '#17212f',
  '#101826',
  '#0a0f17',
  '#05080d',
];

/** Mantine on the tokens of tokens.css: one blue for what can be touched, square-ish, dense, no motion of its own. */
export const theme = createTheme({
  primaryColor: 'touch',
  primaryShade: { light: 8, dark: 5 },
  colors: { touch, dark: ground },
  autoContrast: true,
  fontFamily: 'var(--oh-font)',
  fontFamilyMonospace: 'var(--oh-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'compact-sm' } },
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        withArrow: true,
        style: {
          background: 'var(--oh-bg-3)',
          color: 'var(--oh-text-0)',
          border: '1px solid var(--oh-line-strong)',
          fontSize: 'var(--oh-small)',
        },
      },
    },
    Popover: { defaultProps: { shadow: 'lg', transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { shadow: 'lg', transitionProps: { duration: 0 } } },
  },
});
