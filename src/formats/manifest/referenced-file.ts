/** Pictures and texts mean nothing by themselves; one that a manifest names is part of that manifest. */

const REFERENCED_KIND = /\.(?:png|gif|jpe?g|bmp|svg|webp|ico|tiff?|txt|html?|xhtml|md|markdown|rtf|pdf)$/i;

/** Certificates are watched as such, so they need no second look. */
const CERTIFICATE_KIND = /\.(?:cer|crt|der|pem|hex)$/i;

/** Whether a changed file of this name may be the logo or a statement of some manifest. Looks at the path only. */
export function isReferencedKind(path: string): boolean {
  return REFERENCED_KIND.test(path) || /\.hex$/i.test(path);
}

/** Whether a change of a file of this name is looked up in the manifests. One without an ending is a text (`legal/TERMS`). */
export function isFollowedKind(path: string): boolean {
  return isReferencedKind(path) || /(?:^|[\\/])[^.\\/]+$/.test(path);
}

/** Whether a manifest may name such a file: a change of any other would go unseen. */
export function mayBeReferenced(path: string): boolean {
  return isFollowedKind(path) || CERTIFICATE_KIND.test(path);
}
