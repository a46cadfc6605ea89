/**
 * A stand-in for the script that Meta serves as fbevents.js: the public calls of `fbq` (meta.md section 8), its two
 * cookies and its hits, written from the documentation. It runs in the page as a classic script and sends to `/tr/` of
 * the origin it was loaded from. No imports: it is compiled alone.
 */
(() => {
  type Options = Record<string, unknown>;
  interface Fbq {
    (...call: unknown[]): void;
    callMethod?: (...call: unknown[]) => void;
    queue?: ArrayLike<unknown>[];
    push?: unknown;
    loaded?: boolean;
    version?: string;
    disablePushState?: boolean;
    instance?: { pixelsByID: Record<string, { id: string }> };
    getState?: () => { pixels: { id: string; eventCount: number }[] };
  }
  interface Pixel {
    id: string;
    /** Hashes of the customer information given to `init`. */
    matching: Promise<Record<string, string>>;
    eventCount: number;
  }
  const page = window as unknown as { fbq?: Fbq; _fbq?: Fbq };
  // Loaded a second time (two tags on one page): the first one stays in charge.
  if (page.fbq?.callMethod !== undefined) return;
  const { currentScript } = document;
  const origin =
    currentScript instanceof HTMLScriptElement ? new URL(currentScript.src).origin : location.origin;
  const startedAt = Date.now();
  const pixels = new Map<string, Pixel>();
  const automaticOff = new Set<string>();
  let processing: { options: unknown[]; country: unknown; state: unknown } | undefined;
  let revoked = false;
  let held: (() => void)[] = [];

  const readCookie = (name: string): string | undefined =>
    document.cookie
      .split("; ")
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** On the broadest domain the browser allows; the index tells which: com is 0, example.com is 1. */
  const writeCookie = (name: string, value: (index: number) => string): void => {
    const labels = /^[\d.]+$/.test(location.hostname) ? [location.hostname] : location.hostname.split(".");
    const life = "; path=/; max-age=7776000; samesite=lax";
    for (let index = 1; index < labels.length; index++) {
      const domain = labels.slice(-1 - index).join(".");
      document.cookie = `${name}=${value(index)}; domain=${domain}${life}`;
      if (readCookie(name) === value(index)) return;
    }
    document.cookie = `${name}=${value(labels.length - 1)}${life}`;
  };

  const keepCookies = (): void => {
    if (readCookie("_fbp") === undefined) {
      const random = Math.floor(Math.random() * 1e18);
      writeCookie("_fbp", (index) => `fb.${index}.${startedAt}.${random}`);
    }
    const clickId = new URLSearchParams(location.search).get("fbclid");
    const known = readCookie("_fbc");
    // Kept with the time of its first sight unless the click is another one.
    if (clickId !== null && clickId !== "" && known?.split(".").slice(3).join(".") !== clickId) {
      writeCookie("_fbc", (index) => `fb.${index}.${startedAt}.${clickId}`);
    }
  };

  const sha256 = async (text: string): Promise<string> => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const normalise = (key: string, text: string): string => {
    const plain = text.trim().toLowerCase().normalize("NFC");
    if (key === "ph") return plain.replace(/\D/g, "").replace(/^0+/, "");
    if (key === "em" || key === "external_id") return plain;
    return plain.replace(/[\s\p{P}]/gu, "");
  };

  const hashAll = async (given: Options): Promise<Record<string, string>> => {
    const hashes: Record<string, string> = {};
    for (const [key, value] of Object.entries(given)) {
      if ((typeof value !== "string" && typeof value !== "number") || value === "") continue;
      const text = String(value);
      hashes[key] = /^[0-9a-f]{64}$/.test(text) ? text : await sha256(normalise(key, text));
    }
    return hashes;
  };

  /** Everything that must be as it was when the call was made; hashes and cookies follow when it leaves. */
  const describe = (pixel: Pixel, name: string, custom: Options): URLSearchParams => {
    const hit = new URLSearchParams({ id: pixel.id, ev: name, dl: location.href, rl: document.referrer });
    hit.set("if", String(window.top !== window.self));
    hit.set("ts", String(Date.now()));
    for (const [key, value] of Object.entries(custom)) {
      if (value === undefined || value === null) continue;
      hit.set(`cd[${key}]`, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    hit.set("sw", String(screen.width));
    hit.set("sh", String(screen.height));
    hit.set("v", "2.9.0-sandbox");
    hit.set("r", "stable");
    hit.set("it", String(startedAt));
    if (processing !== undefined && processing.options.length > 0) {
      hit.set("dpo", processing.options.join(","));
      hit.set("dpoco", String(processing.country ?? 0));
      hit.set("dpost", String(processing.state ?? 0));
    }
    return hit;
  };

  const send = (pixel: Pixel, name: string, custom: Options, eventId: unknown, automatic: boolean): void => {
    const hit = describe(pixel, name, custom);
    if (typeof eventId === "string" && eventId !== "") hit.set("eid", eventId);
    if (automatic) hit.set("es", "automatic");
    const fire = (): void => {
      keepCookies();
      hit.set("ec", String(pixel.eventCount++));
      const [fbp, fbc] = [readCookie("_fbp"), readCookie("_fbc")];
      if (fbp !== undefined) hit.set("fbp", fbp);
      if (fbc !== undefined) hit.set("fbc", fbc);
      void pixel.matching.then((matching) => {
        for (const [key, value] of Object.entries(matching)) hit.set(`ud[${key}]`, value);
        transmit(hit);
      });
    };
    if (revoked) held.push(fire);
    else fire();
  };

  const transmit = (hit: URLSearchParams): void => {
    hit.set("rqm", "GET");
    const text = hit.toString();
    if (text.length < 2000) new Image().src = `${origin}/tr/?${text}`;
    else {
      hit.set("rqm", "POST");
      navigator.sendBeacon(`${origin}/tr/`, hit);
    }
  };

  const automaticPixels = (): Pixel[] => [...pixels.values()].filter(({ id }) => !automaticOff.has(id));

  const track = (targets: Iterable<Pixel>, name: unknown, custom: unknown, options: unknown): void => {
    if (typeof name !== "string" || name === "") return;
    const asOptions = (value: unknown): Options =>
      typeof value === "object" && value !== null ? { ...value } : {};
    for (const pixel of targets) send(pixel, name, asOptions(custom), asOptions(options).eventID, false);
  };

  const initialise = (id: unknown, given: unknown): void => {
    const key = String(id);
    if (!/^\d+$/.test(key)) return console.warn(`[sandbox pixel] not a pixel ID: ${key}`);
    if (pixels.has(key)) return console.warn(`[sandbox pixel] duplicate pixel ID: ${key}`);
    const matching = hashAll(typeof given === "object" && given !== null ? { ...given } : {}).catch(
      () => ({}),
    );
    const pixel: Pixel = { id: key, matching, eventCount: 0 };
    pixels.set(key, pixel);
    setTimeout(() => {
      if (!automaticOff.has(key))
        send(pixel, "Microdata", { Meta: { title: document.title } }, undefined, true);
    }, 300);
  };

  const handle = (...call: unknown[]): void => {
    const [method, first, second, third, fourth] = call;
    const single = pixels.get(String(first));
    switch (method) {
      case "init":
        initialise(first, second);
        break;
      case "track":
      case "trackCustom":
        track(pixels.values(), first, second, third);
        break;
      case "trackSingle":
      case "trackSingleCustom":
        if (single === undefined) console.warn(`[sandbox pixel] not initialised: ${String(first)}`);
        else track([single], second, third, fourth);
        break;
      case "set":
        if (first === "autoConfig") {
          if (second === false || second === "false") automaticOff.add(String(third));
          else automaticOff.delete(String(third));
        }
        break;
      case "dataProcessingOptions":
        processing = { options: Array.isArray(first) ? first : [], country: second, state: third };
        break;
      case "consent":
        revoked = first === "revoke";
        if (!revoked) {
          const ready = held;
          held = [];
          for (const fire of ready) fire();
        }
        break;
      default:
        console.warn(`[sandbox pixel] unknown call: ${String(method)}`);
    }
  };

  document.addEventListener(
    "click",
    (event) => {
      const element =
        event.target instanceof Element ? event.target.closest("button, a, input[type=submit]") : null;
      if (element === null) return;
      const custom = { buttonText: (element.textContent ?? "").trim().slice(0, 80) };
      for (const pixel of automaticPixels()) send(pixel, "SubscribedButtonClick", custom, undefined, true);
    },
    true,
  );
  const pushState = history.pushState.bind(history);
  history.pushState = (...state) => {
    pushState(...state);
    if (page.fbq?.disablePushState === true) return;
    for (const pixel of automaticPixels()) send(pixel, "PageView", {}, undefined, true);
  };

  const fbq: Fbq = page.fbq ?? Object.assign((...call: unknown[]) => handle(...call), { queue: [] });
  page.fbq = fbq;
  page._fbq ??= fbq;
  fbq.callMethod = handle;
  fbq.loaded = true;
  fbq.version = "2.9.0-sandbox";
  fbq.instance = {
    get pixelsByID() {
      return Object.fromEntries([...pixels].map(([id]) => [id, { id }]));
    },
  };
  fbq.getState = () => ({ pixels: [...pixels.values()].map(({ id, eventCount }) => ({ id, eventCount })) });
  const waiting = fbq.queue ?? [];
  while (waiting.length > 0) handle(...Array.from(waiting.shift() ?? []));
})();
