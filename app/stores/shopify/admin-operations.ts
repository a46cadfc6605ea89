/**
 * Every document that we send to Shopify's Admin GraphQL API, version 2026-10. A test validates each against the part of
 * Shopify's schema that the sandbox has. Types and readers of their answers are generated: after a change,
 * `npm run generate:admin-types`. The text itself is the key, so one with fragments in it is `as const`.
 */

export const READ_SHOP = `#graphql
  query ReadShop {
    shop {
      id
      name
      ianaTimezone
      currencyCode
      shopAddress { countryCodeV2 }
      primaryDomain { url }
    }
    currentAppInstallation {
      id
      accessScopes { handle }
    }
  }`;

/** The cheapest question that only an installed app gets an answer to. */
export const READ_SHOP_ID = `#graphql
  query ReadShopId {
    shop { id }
  }`;

export const SET_STOREFRONT_METAFIELD = `#graphql
  mutation SetStorefrontMetafield($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { code field message }
    }
  }`;

export const READ_WEB_PIXEL = `#graphql
  query ReadWebPixel {
    webPixel { id }
  }`;

export const CREATE_WEB_PIXEL = `#graphql
  mutation CreateWebPixel($webPixel: WebPixelInput!) {
    webPixelCreate(webPixel: $webPixel) {
      webPixel { id }
      userErrors { code field message }
    }
  }`;

export const UPDATE_WEB_PIXEL = `#graphql
  mutation UpdateWebPixel($id: ID!, $webPixel: WebPixelInput!) {
    webPixelUpdate(id: $id, webPixel: $webPixel) {
      webPixel { id }
      userErrors { code field message }
    }
  }`;

/** What a browser may be told depends on these alone; one point, where the whole order costs dozens. */
export const READ_ORDER_STATUS = `#graphql
  query ReadOrderStatus($id: ID!) {
    order(id: $id) { legacyResourceId checkoutToken displayFinancialStatus }
  }`;

/** The same where the browser knew the checkout but not the order. */
export const FIND_ORDER_STATUS = `#graphql
  query FindOrderStatus($query: String!) {
    orders(first: 1, query: $query) { nodes { legacyResourceId checkoutToken displayFinancialStatus } }
  }`;

/** Which orders changed: one page, cheap, because most of them are known already. */
export const LIST_CHANGED_ORDERS = `#graphql
  query ListChangedOrders($query: String!, $after: String) {
    orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { legacyResourceId updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** How many orders a search finds, whatever their number: a few points. */
export const COUNT_ORDERS = `#graphql
  query CountOrders($query: String!) {
    ordersCount(query: $query, limit: null) { count precision }
  }`;

/** When orders were paid, and what they came to. One page stays below the cost that one question may have. */
export const LIST_PAYMENTS = `#graphql
  query ListPayments($query: String!, $after: String) {
    orders(first: 50, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes {
        legacyResourceId
        test
        createdAt
        processedAt
        totalPriceSet { shopMoney { amount currencyCode } }
        currentTotalPriceSet { shopMoney { amount } }
        transactions(first: 10) { kind status processedAt }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** Lines of an order that are read at once: what $lines is given. */
export const LINES_PER_PAGE = 50;

const MONEY = `#graphql
  fragment Money on MoneyBag {
    shopMoney { amount currencyCode }
    presentmentMoney { amount currencyCode }
  }`;

const LINES = `#graphql
  fragment Lines on LineItemConnection {
    nodes {
      product { legacyResourceId }
      variant { legacyResourceId }
      sku
      quantity
      currentQuantity
      sellingPlan { name }
      isGiftCard
      requiresShipping
      originalUnitPriceSet { ...Money }
      discountAllocations { allocatedAmountSet { ...Money } }
      duties { taxLines { priceSet { ...Money } } }
    }
    pageInfo { hasNextPage endCursor }
  }`;

const PLACE = `#graphql
  fragment Place on MailingAddress {
    firstName
    lastName
    phone
    city
    zip
    province
    provinceCode
    country
    countryCodeV2
  }`;

/** Everything that the mapping reads from an order. There is no user agent in GraphQL. */
export const READ_ORDER = `#graphql
  query ReadOrder($id: ID!, $lines: Int!) {
    order(id: $id) {
      legacyResourceId
      name
      number
      checkoutToken
      test
      sourceName
      app { id }
      tags
      paymentGatewayNames
      createdAt
      processedAt
      updatedAt
      displayFinancialStatus
      email
      phone
      clientIp
      customerLocale
      currencyCode
      presentmentCurrencyCode
      taxesIncluded
      dutiesIncluded
      statusPageUrl
      currentTotalPriceSet { ...Money }
      currentSubtotalPriceSet { ...Money }
      currentTotalTaxSet { ...Money }
      currentShippingPriceSet { ...Money }
      currentTotalDutiesSet { ...Money }
      currentTotalAdditionalFeesSet { ...Money }
      totalTipReceivedSet { ...Money }
      shippingLines(first: 10) { nodes { isRemoved taxLines { priceSet { ...Money } } } }
      customAttributes { key value }
      billingAddress { ...Place }
      shippingAddress { ...Place }
      customer {
        legacyResourceId
        firstName
        lastName
        dataSaleOptOut
        defaultEmailAddress { emailAddress }
        defaultPhoneNumber { phoneNumber }
        defaultAddress { ...Place }
      }
      customerJourneySummary {
        firstVisit { landingPage }
        lastVisit { landingPage }
      }
      transactions(first: 50) { kind status processedAt }
      lineItems(first: $lines) { ...Lines }
    }
  }
  ${PLACE}
  ${LINES}
  ${MONEY}` as const;

export const READ_MORE_LINES = `#graphql
  query ReadMoreLines($id: ID!, $lines: Int!, $after: String!) {
    order(id: $id) { lineItems(first: $lines, after: $after) { ...Lines } }
  }
  ${LINES}
  ${MONEY}` as const;
