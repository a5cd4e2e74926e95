import type { Page } from '@playwright/test';

/** Adds to `problems` what a page writes to its console as an error or a warning, and its uncaught errors. */
export function watchPage(page: Page, name: string, problems: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      problems.push(`${name}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
}

/** Adds requests of a page that got no answer, but for those it gave up because it was left or closed. */
export function watchRequests(page: Page, name: string, problems: string[]): void {
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // The query of a redirect holds the code.
    const { origin, pathname } = new URL(request.url());
    if (why !== 'net::ERR_ABORTED') problems.push(`${name}: ${why} for ${origin}${pathname}`);
  });
}
