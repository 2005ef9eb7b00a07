/** Texts of the readers of the gate's files and of program source. */

/** Names and numbers in place of a value. */
export const words = {
  notShown: '(not shown)',
  privateKey: (key: string): string => `private key of the application (${key})`,
  secret: (key: string): string => `secret in the setting ${key}`,
};
