import { z } from 'zod';
import { Id, Point } from '../../../contract/schema/basics.ts';
import { plainName } from '../../../core/plainText.ts';
import { told } from '../../../core/told.ts';

/** As it stands on the map and in a detail. */
const Name = z.string().trim().min(1).max(120);

/** One component of a city, as a register has it. */
export const OwnComponent = Point.extend({
  id: Id.meta(told('部件标识码', 'Its identifier.')),
  kind: plainName
    .trim()
    .min(1)
    .max(40)
    .meta(told('类别：国标小类代码或名称', 'Its kind: the code of GB/T 30428.2, or a word.')),
  name: z.strictObject({ zh: Name, en: Name }).meta(told('名称', 'Its name.')),
  owner: plainName.max(120).optional().meta(told('权属或养护单位', 'Whose it is.')),
}).strict();
export type OwnComponent = z.infer<typeof OwnComponent>;
