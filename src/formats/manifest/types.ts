/** Data types as a manifest writes them: `*`, a GUID, a published name (`Medication v1`), or the older `... measurement`. */
import { parseGuid } from '../../model/guid.ts';
import { findNearestWord } from '../../model/nearest.ts';
import { findThingType, listThingTypeNames } from '../../model/thing-types.ts';

/** Stands for all data. */
export const ALL_TYPES = '*';

/** The lower-case id of a data type, {@link ALL_TYPES}, or null if the text is neither a GUID nor a published name. */
export function findDataTypeId(text: string): string | null {
  if (text.trim() === ALL_TYPES) return ALL_TYPES;
  const guid = parseGuid(text);
  if (guid !== null) return guid;
  const known = findThingType(text);
  if (known !== null) return known.id;
  // The platform's older documents write "Weight measurement" for "Weight" in the list of March 2018.
  const older = /^(.*\S)\s+measurement( v\d+)?$/i.exec(text.trim());
  return older === null ? null : (findThingType(`${older[1]}${older[2] ?? ''}`)?.id ?? null);
}

/** The published name that was probably meant, or null. */
export function findNearestDataType(text: string): string | null {
  return findNearestWord(text, listThingTypeNames());
}
