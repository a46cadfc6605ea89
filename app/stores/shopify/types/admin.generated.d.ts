/* eslint-disable */
import type * as AdminTypes from './admin.types.js';

export type ReadShopQueryVariables = AdminTypes.Exact<{ [key: string]: never; }>;


export type ReadShopQuery = { shop: (
    Pick<AdminTypes.Shop, 'id' | 'name' | 'ianaTimezone' | 'currencyCode'>
    & { shopAddress: Pick<AdminTypes.ShopAddress, 'countryCodeV2'>, primaryDomain: Pick<AdminTypes.Domain, 'url'> }
  ), currentAppInstallation: (
    Pick<AdminTypes.AppInstallation, 'id'>
    & { accessScopes: Array<Pick<AdminTypes.AccessScope, 'handle'>> }
  ) };

export type ReadShopIdQueryVariables = AdminTypes.Exact<{ [key: string]: never; }>;


export type ReadShopIdQuery = { shop: Pick<AdminTypes.Shop, 'id'> };

export type SetStorefrontMetafieldMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldsSetInput> | AdminTypes.MetafieldsSetInput;
}>;


export type SetStorefrontMetafieldMutation = { metafieldsSet?: AdminTypes.Maybe<{ metafields?: AdminTypes.Maybe<Array<Pick<AdminTypes.Metafield, 'id'>>>, userErrors: Array<Pick<AdminTypes.MetafieldsSetUserError, 'code' | 'field' | 'message'>> }> };

export type ReadWebPixelQueryVariables = AdminTypes.Exact<{ [key: string]: never; }>;


export type ReadWebPixelQuery = { webPixel?: AdminTypes.Maybe<Pick<AdminTypes.WebPixel, 'id'>> };

export type CreateWebPixelMutationVariables = AdminTypes.Exact<{
  webPixel: AdminTypes.WebPixelInput;
}>;


export type CreateWebPixelMutation = { webPixelCreate?: AdminTypes.Maybe<{ webPixel?: AdminTypes.Maybe<Pick<AdminTypes.WebPixel, 'id'>>, userErrors: Array<Pick<AdminTypes.ErrorsWebPixelUserError, 'code' | 'field' | 'message'>> }> };

export type UpdateWebPixelMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  webPixel: AdminTypes.WebPixelInput;
}>;


export type UpdateWebPixelMutation = { webPixelUpdate?: AdminTypes.Maybe<{ webPixel?: AdminTypes.Maybe<Pick<AdminTypes.WebPixel, 'id'>>, userErrors: Array<Pick<AdminTypes.ErrorsWebPixelUserError, 'code' | 'field' | 'message'>> }> };

export type ReadOrderStatusQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;


export type ReadOrderStatusQuery = { order?: AdminTypes.Maybe<Pick<AdminTypes.Order, 'legacyResourceId' | 'checkoutToken' | 'displayFinancialStatus'>> };

export type FindOrderStatusQueryVariables = AdminTypes.Exact<{
  query: AdminTypes.Scalars['String']['input'];
}>;


export type FindOrderStatusQuery = { orders: { nodes: Array<Pick<AdminTypes.Order, 'legacyResourceId' | 'checkoutToken' | 'displayFinancialStatus'>> } };

export type ListChangedOrdersQueryVariables = AdminTypes.Exact<{
  query: AdminTypes.Scalars['String']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;


export type ListChangedOrdersQuery = { orders: { nodes: Array<Pick<AdminTypes.Order, 'legacyResourceId' | 'updatedAt'>>, pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'> } };

export type CountOrdersQueryVariables = AdminTypes.Exact<{
  query: AdminTypes.Scalars['String']['input'];
}>;


export type CountOrdersQuery = { ordersCount?: AdminTypes.Maybe<Pick<AdminTypes.Count, 'count' | 'precision'>> };

export type ListPaymentsQueryVariables = AdminTypes.Exact<{
  query: AdminTypes.Scalars['String']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;


export type ListPaymentsQuery = { orders: { nodes: Array<(
      Pick<AdminTypes.Order, 'legacyResourceId' | 'test' | 'createdAt' | 'processedAt'>
      & { totalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, currentTotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> }, transactions: Array<Pick<AdminTypes.OrderTransaction, 'kind' | 'status' | 'processedAt'>> }
    )>, pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'> } };

export type MoneyFragment = { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> };

export type LinesFragment = { nodes: Array<(
    Pick<AdminTypes.LineItem, 'sku' | 'quantity' | 'currentQuantity' | 'isGiftCard' | 'requiresShipping'>
    & { product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'legacyResourceId'>>, variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'legacyResourceId'>>, sellingPlan?: AdminTypes.Maybe<Pick<AdminTypes.LineItemSellingPlan, 'name'>>, originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, discountAllocations: Array<{ allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }>, duties: Array<{ taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }> }> }
  )>, pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'> };

export type PlaceFragment = Pick<AdminTypes.MailingAddress, 'firstName' | 'lastName' | 'phone' | 'city' | 'zip' | 'province' | 'provinceCode' | 'country' | 'countryCodeV2'>;

export type ReadOrderQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  lines: AdminTypes.Scalars['Int']['input'];
}>;


export type ReadOrderQuery = { order?: AdminTypes.Maybe<(
    Pick<AdminTypes.Order, 'legacyResourceId' | 'name' | 'number' | 'checkoutToken' | 'test' | 'sourceName' | 'tags' | 'paymentGatewayNames' | 'createdAt' | 'processedAt' | 'updatedAt' | 'displayFinancialStatus' | 'email' | 'phone' | 'clientIp' | 'customerLocale' | 'currencyCode' | 'presentmentCurrencyCode' | 'taxesIncluded' | 'dutiesIncluded' | 'statusPageUrl'>
    & { app?: AdminTypes.Maybe<Pick<AdminTypes.OrderApp, 'id'>>, currentTotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, currentSubtotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, currentTotalTaxSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, currentShippingPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, currentTotalDutiesSet?: AdminTypes.Maybe<{ shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }>, currentTotalAdditionalFeesSet?: AdminTypes.Maybe<{ shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }>, totalTipReceivedSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, shippingLines: { nodes: Array<(
        Pick<AdminTypes.ShippingLine, 'isRemoved'>
        & { taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }> }
      )> }, customAttributes: Array<Pick<AdminTypes.Attribute, 'key' | 'value'>>, billingAddress?: AdminTypes.Maybe<Pick<AdminTypes.MailingAddress, 'firstName' | 'lastName' | 'phone' | 'city' | 'zip' | 'province' | 'provinceCode' | 'country' | 'countryCodeV2'>>, shippingAddress?: AdminTypes.Maybe<Pick<AdminTypes.MailingAddress, 'firstName' | 'lastName' | 'phone' | 'city' | 'zip' | 'province' | 'provinceCode' | 'country' | 'countryCodeV2'>>, customer?: AdminTypes.Maybe<(
      Pick<AdminTypes.Customer, 'legacyResourceId' | 'firstName' | 'lastName' | 'dataSaleOptOut'>
      & { defaultEmailAddress?: AdminTypes.Maybe<Pick<AdminTypes.CustomerEmailAddress, 'emailAddress'>>, defaultPhoneNumber?: AdminTypes.Maybe<Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber'>>, defaultAddress?: AdminTypes.Maybe<Pick<AdminTypes.MailingAddress, 'firstName' | 'lastName' | 'phone' | 'city' | 'zip' | 'province' | 'provinceCode' | 'country' | 'countryCodeV2'>> }
    )>, customerJourneySummary?: AdminTypes.Maybe<{ firstVisit?: AdminTypes.Maybe<Pick<AdminTypes.CustomerVisit, 'landingPage'>>, lastVisit?: AdminTypes.Maybe<Pick<AdminTypes.CustomerVisit, 'landingPage'>> }>, transactions: Array<Pick<AdminTypes.OrderTransaction, 'kind' | 'status' | 'processedAt'>>, lineItems: { nodes: Array<(
        Pick<AdminTypes.LineItem, 'sku' | 'quantity' | 'currentQuantity' | 'isGiftCard' | 'requiresShipping'>
        & { product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'legacyResourceId'>>, variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'legacyResourceId'>>, sellingPlan?: AdminTypes.Maybe<Pick<AdminTypes.LineItemSellingPlan, 'name'>>, originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, discountAllocations: Array<{ allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }>, duties: Array<{ taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }> }> }
      )>, pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'> } }
  )> };

export type ReadMoreLinesQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  lines: AdminTypes.Scalars['Int']['input'];
  after: AdminTypes.Scalars['String']['input'];
}>;


export type ReadMoreLinesQuery = { order?: AdminTypes.Maybe<{ lineItems: { nodes: Array<(
        Pick<AdminTypes.LineItem, 'sku' | 'quantity' | 'currentQuantity' | 'isGiftCard' | 'requiresShipping'>
        & { product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'legacyResourceId'>>, variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'legacyResourceId'>>, sellingPlan?: AdminTypes.Maybe<Pick<AdminTypes.LineItemSellingPlan, 'name'>>, originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> }, discountAllocations: Array<{ allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }>, duties: Array<{ taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>, presentmentMoney: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> } }> }> }
      )>, pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'> } }> };

interface GeneratedQueryTypes {
  "#graphql\n  query ReadShop {\n    shop {\n      id\n      name\n      ianaTimezone\n      currencyCode\n      shopAddress { countryCodeV2 }\n      primaryDomain { url }\n    }\n    currentAppInstallation {\n      id\n      accessScopes { handle }\n    }\n  }": {return: ReadShopQuery, variables: ReadShopQueryVariables},
  "#graphql\n  query ReadShopId {\n    shop { id }\n  }": {return: ReadShopIdQuery, variables: ReadShopIdQueryVariables},
  "#graphql\n  query ReadWebPixel {\n    webPixel { id }\n  }": {return: ReadWebPixelQuery, variables: ReadWebPixelQueryVariables},
  "#graphql\n  query ReadOrderStatus($id: ID!) {\n    order(id: $id) { legacyResourceId checkoutToken displayFinancialStatus }\n  }": {return: ReadOrderStatusQuery, variables: ReadOrderStatusQueryVariables},
  "#graphql\n  query FindOrderStatus($query: String!) {\n    orders(first: 1, query: $query) { nodes { legacyResourceId checkoutToken displayFinancialStatus } }\n  }": {return: FindOrderStatusQuery, variables: FindOrderStatusQueryVariables},
  "#graphql\n  query ListChangedOrders($query: String!, $after: String) {\n    orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {\n      nodes { legacyResourceId updatedAt }\n      pageInfo { hasNextPage endCursor }\n    }\n  }": {return: ListChangedOrdersQuery, variables: ListChangedOrdersQueryVariables},
  "#graphql\n  query CountOrders($query: String!) {\n    ordersCount(query: $query, limit: null) { count precision }\n  }": {return: CountOrdersQuery, variables: CountOrdersQueryVariables},
  "#graphql\n  query ListPayments($query: String!, $after: String) {\n    orders(first: 50, after: $after, query: $query, sortKey: UPDATED_AT) {\n      nodes {\n        legacyResourceId\n        test\n        createdAt\n        processedAt\n        totalPriceSet { shopMoney { amount currencyCode } }\n        currentTotalPriceSet { shopMoney { amount } }\n        transactions(first: 10) { kind status processedAt }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }": {return: ListPaymentsQuery, variables: ListPaymentsQueryVariables},
  "#graphql\n  query ReadOrder($id: ID!, $lines: Int!) {\n    order(id: $id) {\n      legacyResourceId\n      name\n      number\n      checkoutToken\n      test\n      sourceName\n      app { id }\n      tags\n      paymentGatewayNames\n      createdAt\n      processedAt\n      updatedAt\n      displayFinancialStatus\n      email\n      phone\n      clientIp\n      customerLocale\n      currencyCode\n      presentmentCurrencyCode\n      taxesIncluded\n      dutiesIncluded\n      statusPageUrl\n      currentTotalPriceSet { ...Money }\n      currentSubtotalPriceSet { ...Money }\n      currentTotalTaxSet { ...Money }\n      currentShippingPriceSet { ...Money }\n      currentTotalDutiesSet { ...Money }\n      currentTotalAdditionalFeesSet { ...Money }\n      totalTipReceivedSet { ...Money }\n      shippingLines(first: 10) { nodes { isRemoved taxLines { priceSet { ...Money } } } }\n      customAttributes { key value }\n      billingAddress { ...Place }\n      shippingAddress { ...Place }\n      customer {\n        legacyResourceId\n        firstName\n        lastName\n        dataSaleOptOut\n        defaultEmailAddress { emailAddress }\n        defaultPhoneNumber { phoneNumber }\n        defaultAddress { ...Place }\n      }\n      customerJourneySummary {\n        firstVisit { landingPage }\n        lastVisit { landingPage }\n      }\n      transactions(first: 50) { kind status processedAt }\n      lineItems(first: $lines) { ...Lines }\n    }\n  }\n  #graphql\n  fragment Place on MailingAddress {\n    firstName\n    lastName\n    phone\n    city\n    zip\n    province\n    provinceCode\n    country\n    countryCodeV2\n  }\n  #graphql\n  fragment Lines on LineItemConnection {\n    nodes {\n      product { legacyResourceId }\n      variant { legacyResourceId }\n      sku\n      quantity\n      currentQuantity\n      sellingPlan { name }\n      isGiftCard\n      requiresShipping\n      originalUnitPriceSet { ...Money }\n      discountAllocations { allocatedAmountSet { ...Money } }\n      duties { taxLines { priceSet { ...Money } } }\n    }\n    pageInfo { hasNextPage endCursor }\n  }\n  #graphql\n  fragment Money on MoneyBag {\n    shopMoney { amount currencyCode }\n    presentmentMoney { amount currencyCode }\n  }": {return: ReadOrderQuery, variables: ReadOrderQueryVariables},
  "#graphql\n  query ReadMoreLines($id: ID!, $lines: Int!, $after: String!) {\n    order(id: $id) { lineItems(first: $lines, after: $after) { ...Lines } }\n  }\n  #graphql\n  fragment Lines on LineItemConnection {\n    nodes {\n      product { legacyResourceId }\n      variant { legacyResourceId }\n      sku\n      quantity\n      currentQuantity\n      sellingPlan { name }\n      isGiftCard\n      requiresShipping\n      originalUnitPriceSet { ...Money }\n      discountAllocations { allocatedAmountSet { ...Money } }\n      duties { taxLines { priceSet { ...Money } } }\n    }\n    pageInfo { hasNextPage endCursor }\n  }\n  #graphql\n  fragment Money on MoneyBag {\n    shopMoney { amount currencyCode }\n    presentmentMoney { amount currencyCode }\n  }": {return: ReadMoreLinesQuery, variables: ReadMoreLinesQueryVariables},
}

interface GeneratedMutationTypes {
  "#graphql\n  mutation SetStorefrontMetafield($metafields: [MetafieldsSetInput!]!) {\n    metafieldsSet(metafields: $metafields) {\n      metafields { id }\n      userErrors { code field message }\n    }\n  }": {return: SetStorefrontMetafieldMutation, variables: SetStorefrontMetafieldMutationVariables},
  "#graphql\n  mutation CreateWebPixel($webPixel: WebPixelInput!) {\n    webPixelCreate(webPixel: $webPixel) {\n      webPixel { id }\n      userErrors { code field message }\n    }\n  }": {return: CreateWebPixelMutation, variables: CreateWebPixelMutationVariables},
  "#graphql\n  mutation UpdateWebPixel($id: ID!, $webPixel: WebPixelInput!) {\n    webPixelUpdate(id: $id, webPixel: $webPixel) {\n      webPixel { id }\n      userErrors { code field message }\n    }\n  }": {return: UpdateWebPixelMutation, variables: UpdateWebPixelMutationVariables},
}
declare module '@shopify/admin-api-client' {
  type InputMaybe<T> = AdminTypes.InputMaybe<T>;
  interface AdminQueries extends GeneratedQueryTypes {}
  interface AdminMutations extends GeneratedMutationTypes {}
}
