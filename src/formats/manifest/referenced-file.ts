/** A picture or text counts only as part of a manifest that names it. */

const REFERENCED_KIND = /\.(?:png|gif|jpe?g|bmp|svg|webp|ico|tiff?|txt|html?|xhtml|md|markdown|rtf|pdf)$/i;

/** Configuration and program source have their own readers, so a manifest that names one is not followed. */
const OTHER_KIND =
  /\.(?:config|xml|ya?ml|json|properties|plist|cs|vb|java|kt|m|mm|h|swift|php|rb|py|ps1|js|ts)$|[\\/]$/i;

/** Whether a changed file of this name may be the logo or a statement of some manifest. Looks at the path only. */
export function isReferencedKind(path: string): boolean {
  return REFERENCED_KIND.test(path) || /\.hex$/i.test(path);
}

/** Whether a changed file of this name is looked up in the manifests, and whether they may name it. */
export function isFollowedKind(path: string): boolean {
  return !OTHER_KIND.test(path.trim());
}
