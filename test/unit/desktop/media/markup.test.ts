import { expect, it } from 'vitest';
import { notificationBody } from '../../../../electron/desktop/media/markup.ts';

it('the name of a file is no markup where a notification’s server reads it', () => {
  const name = 'Tom & Jerry <b>bold<b> <a href="https://example.org">.png';
  expect(notificationBody(name, 'linux')).toBe(
    'Tom &amp; Jerry &lt;b&gt;bold&lt;b&gt; &lt;a href="https://example.org"&gt;.png',
  );
  expect(notificationBody(name, 'darwin')).toBe(name);
  expect(notificationBody(name, 'win32')).toBe(name);
});
