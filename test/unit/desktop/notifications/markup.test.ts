import { expect, it } from 'vitest';
import { notificationBody } from '../../../../electron/desktop/notifications/markup.ts';

it('the name of a file is no markup where a notification’s server reads it', () => {
  const name = 'Tom & Jerry <b>bold<b> <a href="https://example.org">.png';
  expect(notificationBody(name, ['body', 'body-markup'])).toBe(
    'Tom &amp; Jerry &lt;b&gt;bold&lt;b&gt; &lt;a href="https://example.org"&gt;.png',
  );
  expect(notificationBody(name, ['body'])).toBe(name);
  expect(notificationBody(name, [])).toBe(name);
});
