import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync, type WriteStream } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const ORDERS = 100_000;
/** Two lines an order, both copies of each. */
const LINES = 2;

const ORDER_HEAD =
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References";

/**
 * `npm run audit` on the exports of a shop with 100,000 orders, as a process of its own: seconds from its start to its end,
 * and the most memory that it held. With `bench audit-files 20000` so many orders.
 */
export async function run([orders = ORDERS]: readonly number[] = []): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-bench-audit-"));
  try {
    const files = { orders: path.join(folder, "orders.csv"), events: path.join(folder, "meta.csv") };
    await writeFiles(files, orders);
    const megabytes = (file: string) => Number((statSync(file).size / 1e6).toFixed(1));
    const { seconds, peakMb, findings } = await measure(files);
    return {
      orders,
      files: { ordersMb: megabytes(files.orders), eventsMb: megabytes(files.events) },
      seconds,
      peakMb,
      findings,
      target: { seconds: 60 },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program says itself how much it held: no other process can tell on every system. */
async function measure(files: { readonly orders: string; readonly events: string }) {
  const program = path.resolve("bench/audit-files/measured-audit.ts");
  const begun = performance.now();
  const child = spawn(process.execPath, [program, files.orders, files.events], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`the audit ended with ${code}`);
  const seconds = Number(((performance.now() - begun) / 1000).toFixed(1));
  return {
    seconds,
    ...(JSON.parse(output) as { readonly peakMb: number; readonly findings: readonly string[] }),
  };
}

async function writeFiles(
  files: { readonly orders: string; readonly events: string },
  count: number,
): Promise<void> {
  const orders = createWriteStream(files.orders);
  const events = createWriteStream(files.events);
  await write(orders, `${ORDER_HEAD}\n`);
  await write(events, "Event name,Event time,Event ID,Received from,Value,Currency\n");
  const apart = Math.max(1, Math.floor((60 * 86_400) / count));
  for (let index = 0; index < count; index += 1) {
    const at = new Date(Date.UTC(2026, 8, 1) + index * apart * 1000);
    const stamp = `${at.toISOString().slice(0, 19).replace("T", " ")} +0000`;
    await write(orders, rowsOf(index, stamp));
    const id = 1001 + index;
    // What an audit finds: every tenth order has another ID on its server.
    const server = index % 10 === 0 ? `shopify_${id}` : String(id);
    await write(
      events,
      `Purchase,${stamp},${server},Server,59.90,USD\nPurchase,${stamp},${id},Browser,59.90,USD\n`,
    );
  }
  await Promise.all([orders, events].map((stream) => once(stream.end(), "finish")));
}

function rowsOf(index: number, stamp: string): string {
  const number = 1001 + index;
  const place = `"Jane Doe ${number}","12 Long Street, Apt. ${index % 900}",12 Long Street,Apt. ${index % 900},,Springfield,${10_000 + (index % 89_999)},CA,US,+1 415 555 ${String(index % 10_000).padStart(4, "0")}`;
  const buyer = `#${number},jane${number}@example.com`;
  const first = `${buyer},paid,${stamp},fulfilled,${stamp},yes,USD,54.90,5.00,0.00,59.90,,0.00,Standard,${stamp},1,"Tee, size ${index % 9}",44.90,,TEE-${index % 99},true,true,fulfilled,${place},${place},,,,Shopify Payments,c${number},0.00,Acme,0.00,,,,${6_100_000_000_000 + number},,Low,web,0.00,,,,,,,,,,,,,,California,California,p${number},,,`;
  const more = `${buyer},,,,,,,,,,,,,,${stamp},2,Mug,5.00,,MUG-1,true,true,fulfilled${",".repeat(56)}`;
  return `${[first, ...Array.from({ length: LINES - 1 }, () => more)].join("\n")}\n`;
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}
