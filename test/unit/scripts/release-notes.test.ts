import { expect, test } from 'vitest';
import { releaseNotes } from '../../../scripts/package/release-notes.ts';

const changelog = `# Changelog

## [Unreleased]

### Added

- Something.

## [0.2.0] - 2026-12-01

### Fixed

- A thing.

## [0.1.0]

- No date.
`;

test('the notes of a release are its section of the changelog', () => {
  expect(releaseNotes(changelog, '0.2.0')).toBe('### Fixed\n\n- A thing.\n');
});

test.each(['0.1.0', '0.3.0', '0.2', 'Unreleased'])('%s has none', (version) => {
  expect(releaseNotes(changelog, version)).toBeUndefined();
});
