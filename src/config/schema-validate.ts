import * as z from 'zod';
import { isDay } from '../model/calendar-day';
import { objectRefPattern } from '../model/object-ref';
import { word } from './schema-parts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a day such as 2027-01-31', abort: true })
  .refine(isDay, 'a day of the calendar, such as 2027-01-31')
  .describe('Last day on which it counts, as YYYY-MM-DD. Default: for good.');

const suppressionSchema = z.strictObject({
  rule: word.describe('Id of the rule, as docs/checks.md lists it.'),
  object: z
    .string()
    .regex(objectRefPattern, 'an object as reports name it, with its namespace, such as APIRule shop/orders')
    .optional()
    .describe('Kind NAMESPACE/NAME. Default: every object.'),
  path: word.optional().describe('Place in the object, such as spec.rules[0], and all below it. Default: the whole object.'),
  until: day.optional(),
  reason: word.describe('Why this is accepted.'),
});

/** What `kyma-guard validate --config FILE` takes from the configuration. */
export const validateSchema = z.strictObject({
  ignore: z.array(suppressionSchema).optional().describe('Findings that do not count.'),
});

/** One entry of `validate.ignore`. */
export type SuppressionConfig = z.output<typeof suppressionSchema>;
