export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  CountryCode: { input: string; output: string; }
  CurrencyCode: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
  URL: { input: string; output: string; }
  UnsignedInt64: { input: string; output: string; }
};

export type AccessScope = {
  __typename?: 'AccessScope';
  description: Scalars['String']['output'];
  handle: Scalars['String']['output'];
};

export type AppInstallation = Node & {
  __typename?: 'AppInstallation';
  accessScopes: Array<AccessScope>;
  id: Scalars['ID']['output'];
};

export type Attribute = {
  __typename?: 'Attribute';
  key: Scalars['String']['output'];
  value?: Maybe<Scalars['String']['output']>;
};

export type Count = {
  __typename?: 'Count';
  count: Scalars['Int']['output'];
  precision: CountPrecision;
};

export type CountPrecision =
  | 'AT_LEAST'
  | 'EXACT';

export type Customer = Node & {
  __typename?: 'Customer';
  createdAt: Scalars['DateTime']['output'];
  dataSaleOptOut: Scalars['Boolean']['output'];
  defaultAddress?: Maybe<MailingAddress>;
  defaultEmailAddress?: Maybe<CustomerEmailAddress>;
  defaultPhoneNumber?: Maybe<CustomerPhoneNumber>;
  /** @deprecated Field no longer supported */
  email?: Maybe<Scalars['String']['output']>;
  firstName?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  lastName?: Maybe<Scalars['String']['output']>;
  legacyResourceId: Scalars['UnsignedInt64']['output'];
  /** @deprecated Field no longer supported */
  phone?: Maybe<Scalars['String']['output']>;
  updatedAt: Scalars['DateTime']['output'];
};

export type CustomerEmailAddress = {
  __typename?: 'CustomerEmailAddress';
  emailAddress: Scalars['String']['output'];
};

export type CustomerJourneySummary = {
  __typename?: 'CustomerJourneySummary';
  firstVisit?: Maybe<CustomerVisit>;
  lastVisit?: Maybe<CustomerVisit>;
};

export type CustomerPhoneNumber = {
  __typename?: 'CustomerPhoneNumber';
  phoneNumber: Scalars['String']['output'];
};

export type CustomerVisit = {
  __typename?: 'CustomerVisit';
  landingPage?: Maybe<Scalars['URL']['output']>;
};

export type DiscountAllocation = {
  __typename?: 'DiscountAllocation';
  allocatedAmountSet: MoneyBag;
};

export type Domain = {
  __typename?: 'Domain';
  url: Scalars['URL']['output'];
};

export type Duty = {
  __typename?: 'Duty';
  countryCodeOfOrigin?: Maybe<Scalars['CountryCode']['output']>;
  harmonizedSystemCode?: Maybe<Scalars['String']['output']>;
  price: MoneyBag;
  taxLines: Array<TaxLine>;
};

export type ErrorsWebPixelUserError = {
  __typename?: 'ErrorsWebPixelUserError';
  code?: Maybe<ErrorsWebPixelUserErrorCode>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type ErrorsWebPixelUserErrorCode =
  | 'BLANK'
  | 'INVALID_CONFIGURATION_JSON'
  | 'INVALID_RUNTIME_CONTEXT'
  | 'INVALID_SETTINGS'
  | 'INVALID_SETTINGS_DEFINITION'
  | 'NOT_FOUND'
  | 'NO_EXTENSION'
  | 'TAKEN'
  | 'UNABLE_TO_DELETE'
  | 'UNEXPECTED_ERROR';

export type LineItem = Node & {
  __typename?: 'LineItem';
  currentQuantity: Scalars['Int']['output'];
  discountAllocations: Array<DiscountAllocation>;
  duties: Array<Duty>;
  id: Scalars['ID']['output'];
  isGiftCard: Scalars['Boolean']['output'];
  name: Scalars['String']['output'];
  originalUnitPriceSet: MoneyBag;
  product?: Maybe<Product>;
  quantity: Scalars['Int']['output'];
  requiresShipping: Scalars['Boolean']['output'];
  sellingPlan?: Maybe<LineItemSellingPlan>;
  sku?: Maybe<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  variant?: Maybe<ProductVariant>;
  variantTitle?: Maybe<Scalars['String']['output']>;
  vendor?: Maybe<Scalars['String']['output']>;
};

export type LineItemConnection = {
  __typename?: 'LineItemConnection';
  edges: Array<LineItemEdge>;
  nodes: Array<LineItem>;
  pageInfo: PageInfo;
};

export type LineItemEdge = {
  __typename?: 'LineItemEdge';
  cursor: Scalars['String']['output'];
  node: LineItem;
};

export type LineItemSellingPlan = {
  __typename?: 'LineItemSellingPlan';
  name: Scalars['String']['output'];
};

export type MailingAddress = {
  __typename?: 'MailingAddress';
  address1?: Maybe<Scalars['String']['output']>;
  address2?: Maybe<Scalars['String']['output']>;
  city?: Maybe<Scalars['String']['output']>;
  company?: Maybe<Scalars['String']['output']>;
  country?: Maybe<Scalars['String']['output']>;
  countryCodeV2?: Maybe<Scalars['CountryCode']['output']>;
  firstName?: Maybe<Scalars['String']['output']>;
  lastName?: Maybe<Scalars['String']['output']>;
  latitude?: Maybe<Scalars['Float']['output']>;
  longitude?: Maybe<Scalars['Float']['output']>;
  name?: Maybe<Scalars['String']['output']>;
  phone?: Maybe<Scalars['String']['output']>;
  province?: Maybe<Scalars['String']['output']>;
  provinceCode?: Maybe<Scalars['String']['output']>;
  zip?: Maybe<Scalars['String']['output']>;
};

export type Metafield = Node & {
  __typename?: 'Metafield';
  compareDigest: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  key: Scalars['String']['output'];
  namespace: Scalars['String']['output'];
  type: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type MetafieldsSetInput = {
  compareDigest?: InputMaybe<Scalars['String']['input']>;
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  ownerId: Scalars['ID']['input'];
  type?: InputMaybe<Scalars['String']['input']>;
  value: Scalars['String']['input'];
};

export type MetafieldsSetPayload = {
  __typename?: 'MetafieldsSetPayload';
  metafields?: Maybe<Array<Metafield>>;
  userErrors: Array<MetafieldsSetUserError>;
};

export type MetafieldsSetUserError = {
  __typename?: 'MetafieldsSetUserError';
  code?: Maybe<MetafieldsSetUserErrorCode>;
  elementIndex?: Maybe<Scalars['Int']['output']>;
  field?: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type MetafieldsSetUserErrorCode =
  | 'APP_NOT_AUTHORIZED'
  | 'BLANK'
  | 'CAPABILITY_VIOLATION'
  | 'INCLUSION'
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'INVALID_COMPARE_DIGEST'
  | 'INVALID_TYPE'
  | 'INVALID_VALUE'
  | 'LESS_THAN_OR_EQUAL_TO'
  | 'PRESENT'
  | 'STALE_OBJECT'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT';

export type MoneyBag = {
  __typename?: 'MoneyBag';
  presentmentMoney: MoneyV2;
  shopMoney: MoneyV2;
};

export type MoneyV2 = {
  __typename?: 'MoneyV2';
  amount: Scalars['Decimal']['output'];
  currencyCode: Scalars['CurrencyCode']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  metafieldsSet?: Maybe<MetafieldsSetPayload>;
  webPixelCreate?: Maybe<WebPixelCreatePayload>;
  webPixelUpdate?: Maybe<WebPixelUpdatePayload>;
};


export type MutationMetafieldsSetArgs = {
  metafields: Array<MetafieldsSetInput>;
};


export type MutationWebPixelCreateArgs = {
  webPixel: WebPixelInput;
};


export type MutationWebPixelUpdateArgs = {
  id: Scalars['ID']['input'];
  webPixel: WebPixelInput;
};

export type Node = {
  id: Scalars['ID']['output'];
};

export type Order = Node & {
  __typename?: 'Order';
  app?: Maybe<OrderApp>;
  billingAddress?: Maybe<MailingAddress>;
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  cartToken?: Maybe<Scalars['String']['output']>;
  checkoutToken?: Maybe<Scalars['String']['output']>;
  clientIp?: Maybe<Scalars['String']['output']>;
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  confirmationNumber?: Maybe<Scalars['String']['output']>;
  confirmed: Scalars['Boolean']['output'];
  createdAt: Scalars['DateTime']['output'];
  currencyCode: Scalars['CurrencyCode']['output'];
  currentShippingPriceSet: MoneyBag;
  currentSubtotalPriceSet: MoneyBag;
  currentTotalAdditionalFeesSet?: Maybe<MoneyBag>;
  currentTotalDiscountsSet: MoneyBag;
  currentTotalDutiesSet?: Maybe<MoneyBag>;
  currentTotalPriceSet: MoneyBag;
  currentTotalTaxSet: MoneyBag;
  customAttributes: Array<Attribute>;
  customer?: Maybe<Customer>;
  customerJourneySummary?: Maybe<CustomerJourneySummary>;
  customerLocale?: Maybe<Scalars['String']['output']>;
  displayFinancialStatus?: Maybe<OrderDisplayFinancialStatus>;
  dutiesIncluded: Scalars['Boolean']['output'];
  email?: Maybe<Scalars['String']['output']>;
  fullyPaid: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  legacyResourceId: Scalars['UnsignedInt64']['output'];
  lineItems: LineItemConnection;
  name: Scalars['String']['output'];
  note?: Maybe<Scalars['String']['output']>;
  number: Scalars['Int']['output'];
  paymentGatewayNames: Array<Scalars['String']['output']>;
  phone?: Maybe<Scalars['String']['output']>;
  poNumber?: Maybe<Scalars['String']['output']>;
  presentmentCurrencyCode: Scalars['CurrencyCode']['output'];
  processedAt: Scalars['DateTime']['output'];
  shippingAddress?: Maybe<MailingAddress>;
  shippingLines: ShippingLineConnection;
  sourceIdentifier?: Maybe<Scalars['String']['output']>;
  sourceName?: Maybe<Scalars['String']['output']>;
  statusPageUrl: Scalars['URL']['output'];
  subtotalPriceSet?: Maybe<MoneyBag>;
  tags: Array<Scalars['String']['output']>;
  taxesIncluded: Scalars['Boolean']['output'];
  test: Scalars['Boolean']['output'];
  totalDiscountsSet?: Maybe<MoneyBag>;
  totalPriceSet: MoneyBag;
  totalShippingPriceSet: MoneyBag;
  totalTaxSet?: Maybe<MoneyBag>;
  totalTipReceivedSet: MoneyBag;
  transactions: Array<OrderTransaction>;
  updatedAt: Scalars['DateTime']['output'];
};


export type OrderLineItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};


export type OrderShippingLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeRemovals?: InputMaybe<Scalars['Boolean']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
};


export type OrderTransactionsArgs = {
  capturable?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  manuallyResolvable?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderApp = {
  __typename?: 'OrderApp';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type OrderConnection = {
  __typename?: 'OrderConnection';
  edges: Array<OrderEdge>;
  nodes: Array<Order>;
  pageInfo: PageInfo;
};

export type OrderDisplayFinancialStatus =
  | 'AUTHORIZED'
  | 'EXPIRED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED';

export type OrderEdge = {
  __typename?: 'OrderEdge';
  cursor: Scalars['String']['output'];
  node: Order;
};

export type OrderSortKeys =
  | 'CREATED_AT'
  | 'CURRENT_TOTAL_PRICE'
  | 'CUSTOMER_NAME'
  | 'DESTINATION'
  | 'FINANCIAL_STATUS'
  | 'FULFILLMENT_STATUS'
  | 'ID'
  | 'ORDER_NUMBER'
  | 'PO_NUMBER'
  | 'PROCESSED_AT'
  | 'RELEVANCE'
  | 'TOTAL_ITEMS_QUANTITY'
  | 'TOTAL_PRICE'
  | 'UPDATED_AT';

export type OrderTransaction = {
  __typename?: 'OrderTransaction';
  gateway?: Maybe<Scalars['String']['output']>;
  kind: OrderTransactionKind;
  processedAt?: Maybe<Scalars['DateTime']['output']>;
  status: OrderTransactionStatus;
};

export type OrderTransactionKind =
  | 'AUTHORIZATION'
  | 'CAPTURE'
  | 'CHANGE'
  | 'EMV_AUTHORIZATION'
  | 'REFUND'
  | 'SALE'
  | 'SUGGESTED_REFUND'
  | 'VOID';

export type OrderTransactionStatus =
  | 'AWAITING_RESPONSE'
  | 'ERROR'
  | 'FAILURE'
  | 'PENDING'
  | 'SUCCESS'
  | 'UNKNOWN';

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type Product = {
  __typename?: 'Product';
  legacyResourceId: Scalars['UnsignedInt64']['output'];
};

export type ProductVariant = {
  __typename?: 'ProductVariant';
  legacyResourceId: Scalars['UnsignedInt64']['output'];
  sku?: Maybe<Scalars['String']['output']>;
};

export type QueryRoot = {
  __typename?: 'QueryRoot';
  currentAppInstallation: AppInstallation;
  order?: Maybe<Order>;
  orders: OrderConnection;
  ordersCount?: Maybe<Count>;
  shop: Shop;
  webPixel?: Maybe<WebPixel>;
};


export type QueryRootOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRootOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  reverse?: InputMaybe<Scalars['Boolean']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
  sortKey?: InputMaybe<OrderSortKeys>;
};


export type QueryRootOrdersCountArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  savedSearchId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryRootWebPixelArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};

export type ShippingLine = {
  __typename?: 'ShippingLine';
  code?: Maybe<Scalars['String']['output']>;
  discountedPriceSet: MoneyBag;
  isRemoved: Scalars['Boolean']['output'];
  source?: Maybe<Scalars['String']['output']>;
  taxLines: Array<TaxLine>;
  title: Scalars['String']['output'];
};

export type ShippingLineConnection = {
  __typename?: 'ShippingLineConnection';
  edges: Array<ShippingLineEdge>;
  nodes: Array<ShippingLine>;
  pageInfo: PageInfo;
};

export type ShippingLineEdge = {
  __typename?: 'ShippingLineEdge';
  cursor: Scalars['String']['output'];
  node: ShippingLine;
};

export type Shop = Node & {
  __typename?: 'Shop';
  /** @deprecated Field no longer supported */
  billingAddress: ShopAddress;
  currencyCode: Scalars['CurrencyCode']['output'];
  ianaTimezone: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  myshopifyDomain: Scalars['String']['output'];
  name: Scalars['String']['output'];
  plan: ShopPlan;
  primaryDomain: Domain;
  shopAddress: ShopAddress;
};

export type ShopAddress = {
  __typename?: 'ShopAddress';
  countryCodeV2?: Maybe<Scalars['CountryCode']['output']>;
};

export type ShopPlan = {
  __typename?: 'ShopPlan';
  shopifyPlus: Scalars['Boolean']['output'];
};

export type TaxLine = {
  __typename?: 'TaxLine';
  channelLiable?: Maybe<Scalars['Boolean']['output']>;
  priceSet: MoneyBag;
  rate?: Maybe<Scalars['Float']['output']>;
  title: Scalars['String']['output'];
};

export type WebPixel = Node & {
  __typename?: 'WebPixel';
  id: Scalars['ID']['output'];
  settings: Scalars['JSON']['output'];
};

export type WebPixelCreatePayload = {
  __typename?: 'WebPixelCreatePayload';
  userErrors: Array<ErrorsWebPixelUserError>;
  webPixel?: Maybe<WebPixel>;
};

export type WebPixelInput = {
  settings: Scalars['JSON']['input'];
};

export type WebPixelUpdatePayload = {
  __typename?: 'WebPixelUpdatePayload';
  userErrors: Array<ErrorsWebPixelUserError>;
  webPixel?: Maybe<WebPixel>;
};
