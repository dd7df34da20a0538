/**
 * The sign of each department: a solid glyph on a 24 × 24 grid that stays apart from the others at 14 px, and the outline
 * of its badge, which tells the three families of departments from afar: emergency services (round), works and utilities
 * (square), command and community (hexagon).
 */
export interface DepartmentSign {
  /** SVG path on a 24 × 24 grid, filled with the even-odd rule. */
  path: string;
  outline: 'round' | 'square' | 'hexagon';
}

const round = (path: string): DepartmentSign => ({ path, outline: 'round' });
const square = (path: string): DepartmentSign => ({ path, outline: 'square' });
const hexagon = (path: string): DepartmentSign => ({ path, outline: 'hexagon' });

/** Keys are department codes; `other` stands for one that has no sign of its own. */
export const DEPARTMENT_SIGNS = {
  // Shield with a star's point.
  police: round(
    'M12 1 21 4.5V11c0 6-3.8 10-9 12-5.2-2-9-6-9-12V4.5ZM12 6l-1.6 3.6-3.9.4 2.9 2.6-.8 3.9L12 14.5l3.4 2-.8-3.9 2.9-2.6-3.9-.4Z',
  ),
  // Flame.
  fire: round(
    'M13 1c1 4 7 7 7 13.5A8 8 0 0 1 12 23a8 8 0 0 1-8-8.5C4 11 6 9 7 6.5c1.5 1 2.2 2.3 2.4 3.8C11.5 8 12.8 5 13 1ZM12 13c-1.5 2-3 3-3 5a3 3 0 0 0 6 0c0-2-1.5-3-3-5Z',
  ),
  // Greek cross.
  medical: round('M8.5 2h7v6.5H22v7h-6.5V22h-7v-6.5H2v-7h6.5Z'),
  // Traffic light.
  traffic: round(
    'M7 1h10a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2ZM12 3.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5ZM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5ZM12 15.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5Z',
  ),
  // Tower blocks.
  urban: square(
    'M2 10h8v12H2ZM12 2h10v20H12ZM14.5 5v3h1.8V5ZM18 5v3h1.8V5ZM14.5 11v3h1.8v-3ZM18 11v3h1.8v-3ZM4.5 13v2.5h3V13Z',
  ),
  // Leaf with its vein.
  environment: square(
    'M21.5 2.5c1 9-2 17-10 17.5-2 .1-3.6-.4-5-1.3L4 22.5 2 21l2.8-3.8C1 10 7 3 21.5 2.5ZM17 7C12 8.5 9 11.5 7 15.3l1.3 1C10.3 12.5 13 9.5 17 7Z',
  ),
  // Drop.
  water: square('M12 1c4 5.5 7.5 9.3 7.5 14A7.5 7.5 0 0 1 12 22.5 7.5 7.5 0 0 1 4.5 15C4.5 10.3 8 6.5 12 1Z'),
  // Warning triangle.
  emergency: hexagon('M12 1.5 23.5 21.5H.5ZM10.7 8.5h2.6v7h-2.6ZM10.7 17h2.6v2.5h-2.6Z'),
  // Bus, seen from the front.
  transport: square(
    'M5 2h14a2 2 0 0 1 2 2v15h-2v3h-3.5v-3h-7v3H5v-3H3V4a2 2 0 0 1 2-2ZM5.5 5v7h13V5ZM6 14.5V17h3v-2.5ZM15 14.5V17h3v-2.5Z',
  ),
  // Heart.
  health: hexagon('M12 22C5 16.5 1.5 13 1.5 8.5A5.7 5.7 0 0 1 12 5.3 5.7 5.7 0 0 1 22.5 8.5C22.5 13 19 16.5 12 22Z'),
  // Bolt.
  power: square('M14.5 1 3.5 13.5H10L8 23l12.5-13.5H13.5Z'),
  // Gas cylinder.
  gas: square('M9.5 1h5v3H16a4 4 0 0 1 3.5 4v13a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2V8A4 4 0 0 1 8 4h1.5ZM7.5 11v3h9v-3Z'),
  // House.
  community: hexagon('M12 1.5 23 11.5h-3V22h-5.5v-6.5h-5V22H4V11.5H1Z'),
  // Handset.
  hotline: hexagon(
    'M6.5 1.5 10 8 7.3 10.2c1.3 3 3.5 5.2 6.5 6.5L16 14l6.5 3.5c-.3 3-2 5-4.5 5C9.5 22 2 14.5 1.5 6c0-2.5 2-4.2 5-4.5Z',
  ),
  other: hexagon('M12 5a7 7 0 1 0 0 14a7 7 0 0 0 0-14Z'),
} satisfies Record<string, DepartmentSign>;

type SignName = keyof typeof DEPARTMENT_SIGNS;

export const SIGN_NAMES = Object.keys(DEPARTMENT_SIGNS) as SignName[];

const CODE_WORDS: readonly (readonly [RegExp, SignName])[] = [
  [/traffic|交警/, 'traffic'],
  [/police|security|公安/, 'police'],
  [/fire|消防/, 'fire'],
  [/medical|ambulance|急救/, 'medical'],
  [/urban|city-management|城管/, 'urban'],
  [/environment|ecolog|环/, 'environment'],
  [/water|drain|水/, 'water'],
  [/emergency|应急/, 'emergency'],
  [/transport|transit|bus|交通/, 'transport'],
  [/health|卫/, 'health'],
  [/power|electric|供电/, 'power'],
  [/gas|燃气/, 'gas'],
  [/community|street|社区/, 'community'],
  [/hotline|12345/, 'hotline'],
];

/** The sign for a department code, by the word in it: codes are the hall's configuration, not ours. */
export function signOf(department: string): SignName {
  const code = department.toLowerCase();
  return CODE_WORDS.find(([word]) => word.test(code))?.[1] ?? 'other';
}
