/** Where a person makes an app of their own, as at Zoom's marketplace. */
export const marketplacePath = '/develop/apps';
export const manifestPath = '/develop/manifest';
/** The apps that act for a person, as under "Manage" at Zoom's marketplace. */
export const addedAppsPath = '/user/installed';
