import type { SealedColumn } from "../stores/keys/rotate-keys.server.ts";

/** The sealed exports of this module, for the rotation of keys; the same purpose as `exportPurpose`. */
export const SEALED_EXPORTS: readonly SealedColumn[] = [
  {
    table: "compliance_request",
    column: "sealed_export",
    keyType: "bigint",
    purpose: "'compliance_request:' || id || ':export'",
  },
];
