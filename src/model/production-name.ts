/** Whether a transform is the one of production, by its name: `Release`, `Live-EU`, `Azure.Production`. */

const PRODUCTION: ReadonlySet<string> = new Set(['release', 'prod', 'production', 'live']);

/** Names of stages on the way there; `PreProd` and `Release.UAT` are such, whatever else they say. */
const STAGES =
  /^(?:pre|preprod|non|not|no|ppe|uat|test|tests|testing|dev|develop|development|debug|qa|int|integration|ci|stag\w*|stage|local|demo|sandbox|beta|alpha|preview|trial|acceptance)$/;

/** True for a word of production in the name, and none of a stage before it. Null is the untransformed file: none. */
export function isProductionName(name: string | null): boolean {
  if (name === null) return false;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => PRODUCTION.has(word)) && !words.some((word) => STAGES.test(word));
}
