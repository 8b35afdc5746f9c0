import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PRODUCT = ['src/**/*.ts', 'libs/**/*.ts', 'apps/**/*.ts'];
const PACKAGE = ['src/**/*.ts', 'libs/**/*.ts'];
const TESTS = ['**/*.spec.ts', '**/*.e2e-spec.ts', '**/*.fixture.ts', 'test/**/*.ts'];
const EXPORTED_CLASS = 'ExportNamedDeclaration:has(> ClassDeclaration)';
const COUNTED = { skipBlankLines: true, skipComments: true };

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // Every TypeScript file of the program, with type information.
  {
    files: ['{src,libs,apps,test}/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': ['error', { fixMixedExportsWithInlineTypeSpecifier: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A handler may be declared async only to fit its interface.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-duplicate-imports': ['error', { includeExports: false }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
    },
  },

  // House numbers.
  {
    files: PRODUCT,
    ignores: TESTS,
    rules: {
      'max-lines': ['error', { max: 250, ...COUNTED }],
      'max-lines-per-function': ['error', { max: 40, ...COUNTED }],
    },
  },
  {
    files: PACKAGE,
    ignores: TESTS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: `${EXPORTED_CLASS} ~ ${EXPORTED_CLASS}`,
          message: 'One exported class per file: move this one to a file of its own.',
        },
      ],
    },
  },

  {
    files: TESTS,
    rules: {
      // `expect(spy.method)` names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo)$/]',
          message: 'Every test runs.',
        },
      ],
    },
  },

  {
    files: ['test/types/**/*.ts'],
    // What must not compile is written down here on purpose.
    rules: { '@typescript-eslint/await-thenable': 'off', '@typescript-eslint/no-unsafe-call': 'off' },
  },

  // The status page, as browsers load it.
  {
    files: ['status-page/**/*.js'],
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, ...COUNTED }],
      'max-lines-per-function': ['error', { max: 40, ...COUNTED }],
    },
  },

  // Scripts and configuration files at the root: no type information.
  {
    files: ['**/*.mjs', '*.config*.ts'],
    extends: [tseslint.configs.recommended],
    rules: { eqeqeq: 'error' },
  },
);
