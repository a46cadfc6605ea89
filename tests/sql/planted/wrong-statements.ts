import type { PrismaClient } from "@prisma/client";

/** Statements with one fault each, for the check to find. Never run. */
export async function wrongStatements(prisma: PrismaClient, isNarrow: boolean): Promise<void> {
  await prisma.$queryRaw<{ id: number }[]>`SELECT id FROM store`;
  await prisma.$queryRaw<{ shop: string }[]>`SELECT shop, state FROM store`;
  await prisma.$queryRaw<{ shop: string; installedAt: Date }[]>`SELECT shop FROM store`;
  await prisma.$queryRaw<{ shop: string }[]>`SELECT shop FROM store WHERE id = ${isNarrow}::bigint`;
  await prisma.$executeRaw`UPDATE store SET stat = 'installed'`;
}
