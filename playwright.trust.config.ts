import { defineConfig } from '@playwright/test';
import usual from './playwright.config.ts';

// What needs no app is in the files beside these that end in .test.ts, and is Vitest's.
export default defineConfig(usual, { testDir: 'test/trust', testMatch: '**/*.spec.ts', timeout: 600_000 });
