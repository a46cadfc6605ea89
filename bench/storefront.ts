/**
 * What a storefront's visitor pays for both programs: the load of a product's page on a slow phone, with the app embed and the
 * web pixel and without, in real Chromium, measured by Lighthouse. The theme is the sandbox's: small, so that what is added
 * shows.
 */
import { startWorld } from "#sandbox/start-world.ts";
import { ensureBuild } from "../scripts/ensure-build.ts";
import { middleLoad, runLighthouse, type LighthouseLoad } from "./storefront/run-lighthouse.ts";

const SHOP = "tandem-demo.myshopify.com";
const DATASET = "1234567890123456";
/** Lighthouse scores in whole points. */
const MOST_POINTS = 2;

/** @param numbers loads of each kind; 5 where there is none */
export async function run([loads = 5]: readonly number[] = []): Promise<object> {
  await ensureBuild();
  const world = await startWorld();
  try {
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, DATASET);
    const store = world.shopify.store(SHOP);
    const pixel = store.webPixel;
    const url = `${store.storefrontUrl}/products/tee`;
    const load = (isOn: boolean): Promise<LighthouseLoad> => {
      store.embed.active = isOn;
      store.webPixel = isOn ? pixel : undefined;
      return runLighthouse(url);
    };
    // The first load of all compiles the sandbox's own programs. After it by turns, so that a busy machine is busy for both.
    await load(true);
    const [without, withBoth]: [LighthouseLoad[], LighthouseLoad[]] = [[], []];
    for (let round = 0; round < loads; round += 1) {
      without.push(await load(false));
      withBoth.push(await load(true));
    }
    const [before, after] = [middleLoad(without), middleLoad(withBoth)];
    const reports = world.meta.events().length;
    return {
      loads,
      without: before,
      with: after,
      scores: { without: without.map(({ score }) => score), with: withBoth.map(({ score }) => score) },
      difference: after.score - before.score,
      target: { difference: -MOST_POINTS },
      eventsAtMeta: reports,
    };
  } finally {
    await world.close();
  }
}
