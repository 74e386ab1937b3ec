import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const browser = Object.fromEntries(
  ['window', 'document', 'fetch', 'console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'process', 'URL', 'location', 'innerWidth', 'DataTransfer', 'DragEvent', 'File', 'ClipboardEvent', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame', 'MessageChannel', 'localStorage'].map((name) => [name, 'readonly']),
);

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/lib/api/types.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: browser } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    rules: {
      'no-undef': 'off', // the type checker knows better
      'svelte/prefer-svelte-reactivity': 'off', // $state.raw holds maps that are replaced, never changed
      'no-unused-private-class-members': 'off', // takes ??= for no use; the type checker finds the unused
      'svelte/no-navigation-without-resolve': 'off', // for SvelteKit only
    },
  },
  {
    // One module talks to Go: everything else asks it.
    files: ['src/**'],
    ignores: ['src/lib/api/**'],
    rules: { 'no-restricted-globals': ['error', { name: 'fetch', message: 'Ask $lib/api.' }, { name: 'EventSource', message: 'Ask $lib/api.' }] },
  },
);
