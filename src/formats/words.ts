/** What the readers of the gate's own files and of program source show. */

/** Names and numbers in place of a value. */
export const words = {
  notShown: '(not shown)',
  privateKey: (key: string): string => `private key of the application (${key})`,
  secret: (key: string): string => `secret in the setting ${key}`,
};
