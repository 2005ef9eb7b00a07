/** The token of an App that may do what an administrator's set-up needs. */
export const ADMIN_TOKEN = 'ghp_admin';

/** What the embedded GitHub knows of it. */
export const ADMIN_APP = {
  login: 'admin-app[bot]',
  permissions: {
    contents: 'read',
    'pull-requests': 'write',
    issues: 'write',
    statuses: 'write',
    administration: 'read',
    members: 'read',
  },
  app: { id: 7, slug: 'admin-app' },
} as const;
