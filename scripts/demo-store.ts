/** The store of the demo, as the sandbox's Shopify has it, and its dataset at the sandbox's Meta. */
export const SHOP = "tandem-demo.myshopify.com";
export const DATASET = "1234567890123456";
