import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('./', import.meta.url)),
    // Vitest has a BASE_URL of its own, which it puts over ours in the workers.
    env: { E2E_URL: process.env.BASE_URL ?? '' },
    include: ['**/*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
