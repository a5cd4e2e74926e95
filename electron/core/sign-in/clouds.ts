import type { Clouds } from '../ports.ts';

/** Zoom's addresses (developers.zoom.us/docs; the government cloud is a Zoom of its own, with its own apps and accounts). */
export const zoomClouds: Clouds = {
  commercial: { oauthUrl: 'https://zoom.us', apiUrl: 'https://api.zoom.us/v2' },
  government: { oauthUrl: 'https://zoomgov.com', apiUrl: 'https://api.zoomgov.com/v2' },
};
