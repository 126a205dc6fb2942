import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue(), apiDocs()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: process.env.MINITOWER_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy allows images from data:, but nothing else inline.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { '/api': process.env.MINITOWER_SERVER_URL ?? 'http://127.0.0.1:8080' },
  },
  test: {
    environment: 'jsdom',
    exclude: [...configDefaults.exclude, 'e2e/**'],
    restoreMocks: true,
  },
})

/** Puts Swagger UI beside our page in public/api-docs, so that no other host is asked for it. */
function apiDocs(): Plugin {
  const dist = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')
  const read = (name: string) => readFileSync(new URL(name, `file://${dist}`))
  return {
    name: 'minitower-api-docs',
    apply: 'build',
    generateBundle() {
      for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
        const source = read(name)
          .toString()
          .replace(/\/[/*][#@] sourceMappingURL=.*$/m, '')
        this.emitFile({ type: 'asset', fileName: `api-docs/${name}`, source })
      }
      for (const name of ['LICENSE', 'NOTICE']) {
        this.emitFile({ type: 'asset', fileName: `api-docs/${name}.txt`, source: read(name) })
      }
    },
  }
}
