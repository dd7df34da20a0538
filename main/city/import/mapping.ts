import { stringify } from 'yaml';
import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import { ConfigError, readYaml } from '../../config/readYaml.ts';
import { readTextFile, TextFileError } from '../../config/textFile.ts';
import { CRS_CHOICES, crsNamed, type SourceCrs } from './crs.ts';
import { FIELDS } from './fields.ts';
import { ImportError } from './importError.ts';
import { isPlaced, MAPPED_KINDS, type MappedKind } from './things.ts';

const column = z.string().min(1).max(200);
const constant = z.union([z.string().max(1000), z.number()]);

const FieldSpec = z.union([
  column,
  z.strictObject({ column, table: z.record(z.string().max(200), constant).optional(), default: constant.optional() }),
  z.strictObject({ value: constant }),
]);
/** Where a value comes from: a column by its name, a column through a table, or the same for all. */
export type FieldSpec = z.infer<typeof FieldSpec>;

const PairSpec = z.union([FieldSpec, z.strictObject({ zh: FieldSpec, en: FieldSpec.optional() })]);
/** The same for a text in both languages; Chinese alone stands for both. */
export type PairSpec = z.infer<typeof PairSpec>;

const IdSpec = z.union([
  z.strictObject({ column }),
  z.strictObject({
    from: z.array(column).min(1).max(10),
    join: z
      .string()
      .max(5)
      .regex(/^[\w:.~@-]*$/, 'an identifier of letters, digits and : . _ ~ @ -')
      .optional(),
    /** Chinese in them as it is spoken: `东湖闸` is `donghuzha`. */
    spell: z.literal('pinyin').optional(),
  }),
]);
export type IdSpec = z.infer<typeof IdSpec>;

const UNKNOWN_CRS = complaint(
  { zh: '不认识的坐标系', en: 'is no system of coordinates that is known' },
  { zh: `请写其中之一：${CRS_CHOICES}`, en: `Write one of: ${CRS_CHOICES}.` },
);

const CrsField = z.string().transform((text, ctx): SourceCrs => {
  const crs = crsNamed(text);
  if (crs !== null) return crs;
  ctx.addIssue({ code: 'custom', ...UNKNOWN_CRS });
  return z.NEVER;
});

/** The fields of a kind as a file has them; where it stands is one or two of them. */
function schemaOf(kind: MappedKind) {
  const own = Object.entries(FIELDS[kind]).map(([name, { reads }]) => [
    name,
    (reads === 'pair' ? PairSpec : FieldSpec).optional(),
  ]);
  const place = { lon: FieldSpec.optional(), lat: FieldSpec.optional(), lonlat: column.optional() };
  return z.strictObject({
    kind: z.literal(kind),
    crs: CrsField.optional(),
    sheet: z.string().min(1).max(200).optional(),
    encoding: z.string().min(1).max(40).optional(),
    id: IdSpec,
    fields: z.strictObject({ ...Object.fromEntries(own), ...(isPlaced(kind) ? place : {}) }),
  });
}

const Written = z.object({ kind: z.enum(MAPPED_KINDS) }).loose();

/** How a department's columns become things of the hall. */
export interface Mapping {
  readonly kind: MappedKind;
  readonly crs?: SourceCrs | undefined;
  readonly sheet?: string | undefined;
  readonly encoding?: string | undefined;
  readonly id: IdSpec;
  readonly lon?: FieldSpec | undefined;
  readonly lat?: FieldSpec | undefined;
  /** A column that holds both, the longitude first. */
  readonly lonlat?: string | undefined;
  /** By the field's name. */
  readonly fields: Readonly<Record<string, PairSpec>>;
}

/** @throws ImportError with the line and the remedy, when the file is missing or wrong. */
export function readMapping(file: string): Mapping {
  try {
    const text = readTextFile(file);
    const { kind } = readYaml(file, text, Written);
    const { fields, ...rest } = readYaml(file, text, schemaOf(kind) as unknown as z.ZodType<MappingText>);
    const { lon, lat, lonlat, ...own } = fields;
    // What is left out is no member: a mapping is compared and printed.
    const place = Object.entries({ lon, lat, lonlat }).filter(([, spec]) => spec !== undefined);
    return { ...rest, ...Object.fromEntries(place), fields: own };
  } catch (error) {
    if (error instanceof TextFileError) throw new ImportError(error.said, { cause: error });
    if (!(error instanceof ConfigError)) throw error;
    const { line, path, fault, remedy } = error;
    const message = {
      zh: `映射文件第 ${line} 行${path === '' ? '' : `（${path}）`}：${fault.zh}`,
      en: `line ${line} of the mapping${path === '' ? '' : `, ${path}`}: ${fault.en}`,
    };
    throw new ImportError({ message, remedy }, { cause: error });
  }
}

/** What a mapping file holds. */
interface MappingText extends Omit<Mapping, 'fields' | 'lon' | 'lat' | 'lonlat'> {
  readonly fields: Readonly<Record<string, PairSpec>> & Pick<Mapping, 'lon' | 'lat' | 'lonlat'>;
}

/** A mapping as a file that {@link readMapping} reads. */
export function mappingText({ kind, crs, sheet, encoding, id, lon, lat, lonlat, fields }: Mapping): string {
  const lines = (members: object, indent: string) =>
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(
        ([name, value]) => `${indent}${name}: ${stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()}\n`,
      )
      .join('');
  return `${lines({ kind, crs, sheet, encoding, id }, '')}fields:\n${lines({ ...fields, lon, lat, lonlat }, '  ')}`;
}

/** The columns that a mapping names. */
export function columnsOf({ id, lon, lat, lonlat, fields }: Mapping): string[] {
  const named = (spec: PairSpec | undefined): string[] => {
    if (spec === undefined) return [];
    if (typeof spec === 'string') return [spec];
    if ('zh' in spec) return [...named(spec.zh), ...named(spec.en)];
    return 'column' in spec ? [spec.column] : [];
  };
  return [
    ...('from' in id ? id.from : [id.column]),
    ...[lon, lat, lonlat, ...Object.values(fields)].flatMap((spec) => named(spec)),
  ];
}
