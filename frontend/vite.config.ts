import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const dist = fileURLToPath(new URL('./dist', import.meta.url));

/** Empties dist before a build but keeps .gitkeep, which lets the Go code embed the folder before the first build. */
function emptyDist(): Plugin {
  return {
    name: 'empty-dist',
    apply: 'build',
    buildStart() {
      for (const name of readdirSync(dist)) {
        if (name !== '.gitkeep') rmSync(`${dist}/${name}`, { recursive: true });
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), emptyDist()],
  base: './',
  resolve: {
    alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) },
    conditions: process.env.VITEST ? ['browser'] : undefined,
  },
  build: {
    emptyOutDir: false,
    target: ['chrome111', 'safari16.4'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/api': process.env.TRACEDESK_URL ?? 'http://127.0.0.1:7788' } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], css: { include: [/app\.css/] } },
});
