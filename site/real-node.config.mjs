/**
 * Real Node in the tab (WebContainers, a service of StackBlitz): whether the site offers it. This is the only place.
 * Commercial use needs a licence of the service's owner. See docs/hosting-the-site.md, "Real Node".
 */
export const realNodeConfig = {
  /** Off: no page has the button, and no page may ask another host for anything. */
  on: process.env.PODLAB_REAL_NODE === 'on',
  /** The API key for this site's address, when there is one. It is no secret: every browser gets it. */
  apiKey: process.env.PODLAB_REAL_NODE_KEY ?? '',
  /** Who may be in a frame of pages that offer it: the service, and the pages that servers in it serve. */
  frames: ['https://stackblitz.com', 'https://*.webcontainer-api.io'],
}
