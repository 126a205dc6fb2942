import { vi } from 'vitest'

const PATIENCE = { timeout: 20_000 }

// Pages are compiled when one first comes to them, and other tests want the processor too.
vi.setConfig({ testTimeout: 30_000 })

/** Waits for what a page comes to by itself. */
export const eventually = (check: () => void) => vi.waitFor(check, PATIENCE)
