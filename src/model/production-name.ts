/** Determines by its name whether a transform is for production: `Release`, `Live-EU`, `Azure.Production`. */

const PRODUCTION: ReadonlySet<string> = new Set(['release', 'prod', 'production', 'live']);

/** Names of stages before production; `PreProd` and `Release.UAT` are such despite their other words. */
const STAGES =
  /^(?:pre|preprod|non|not|no|ppe|uat|test|tests|testing|dev|develop|development|debug|qa|int|integration|ci|stag\w*|stage|local|demo|sandbox|beta|alpha|preview|trial|acceptance)$/;

/** True if the name has a word for production and none for a stage before it. Null is the untransformed file: false. */
export function isProductionName(name: string | null): boolean {
  if (name === null) return false;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => PRODUCTION.has(word)) && !words.some((word) => STAGES.test(word));
}
