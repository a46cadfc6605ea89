// Lint carries what review would otherwise have to: the TypeScript rules that keep un-hashed values and unhandled promises
// from compiling. Which file may import which is checked by .dependency-cruiser.mjs.
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

export default ts.config(
  {
    ignores: [
      "build/",
      ".cache/",
      ".data/",
      ".shopify/",
      "coverage/",
      "extensions/*/assets/",
      "extensions/*/dist/",
      "screenshots/",
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    files: ["**/*.{ts,tsx,js,mjs}"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["extensions/**"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["app/**/*.{ts,tsx}", "extensions/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    files: ["app/conversions/**"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": ["error", "fetch", "setTimeout"],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "conversions/ takes the time as an argument.",
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "conversions/ takes the time as an argument.",
        },
      ],
    },
  },
  {
    // The server's text and the browser's must be the same, whatever the versions of their locale data.
    files: ["app/components/**", "app/routes/*.tsx", "app/texts/**", "app/root.tsx"],
    // Names of countries are made on the server alone, and are data to the page.
    ignores: ["**/*.test.ts", "app/texts/country-name.server.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "Intl", message: "Write it by useFormat()." }],
      "no-restricted-properties": [
        "error",
        ...["toLocaleString", "toLocaleDateString", "toLocaleTimeString", "localeCompare"].map(
          (property) => ({
            property,
            message: "Write it by useFormat(); sort by code units.",
          }),
        ),
      ],
    },
  },
  {
    // Safety nets and no expectations: a shorter one of a test's own fails on a slow machine what is right.
    files: ["**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "Property[key.name='timeout'][value.value<240000]",
          message: "Leave the limit to vitest.config.ts, or wait by eventually().",
        },
        {
          selector: "CallExpression[callee.name=/^(it|beforeAll|beforeEach)$/] > Literal[value<240000]",
          message: "Leave the limit to vitest.config.ts.",
        },
      ],
    },
  },
  {
    files: ["scripts/**", "sandbox/**", "bench/**", "tests/**", "extensions/**"],
    rules: { "no-console": "off" },
  },
);
