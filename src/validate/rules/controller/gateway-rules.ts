import type { Rule } from '../../rule';
import { apiRuleAccess } from './api-rule-access';
import { apiRuleAuthorizer } from './api-rule-authorizer';
import { apiRuleConnect } from './api-rule-connect';
import { apiRuleExternalHost } from './api-rule-external-host';
import { apiRuleGateway } from './api-rule-gateway';
import { apiRuleHost } from './api-rule-host';
import { apiRuleHostOccupied } from './api-rule-host-occupied';
import { apiRuleLongName } from './api-rule-long-name';
import { apiRuleMethods } from './api-rule-methods';
import { apiRuleName } from './api-rule-name';
import { apiRulePath } from './api-rule-path';
import { apiRulePathConflict } from './api-rule-path-conflict';
import { apiRulePathDot } from './api-rule-path-dot';
import { apiRulePathEmptySegment } from './api-rule-path-empty-segment';
import { apiRulePathLiteral } from './api-rule-path-literal';
import { apiRulePathOperators } from './api-rule-path-operators';
import { apiRuleRepeated } from './api-rule-repeated';
import { apiRuleRules } from './api-rule-rules';
import { apiRuleService } from './api-rule-service';
import { apiRuleServiceExternal } from './api-rule-service-external';
import { apiRuleShortHost } from './api-rule-short-host';
import { apiRuleSpec } from './api-rule-spec';
import { apiRuleStatusLimit } from './api-rule-status-limit';
import { apiRuleTimeout } from './api-rule-timeout';
import { externalGatewayAuthority } from './external-gateway-authority';
import { externalGatewayDomainTaken } from './external-gateway-domain-taken';
import { externalGatewayInternalDomain } from './external-gateway-internal-domain';
import { externalGatewayRegion } from './external-gateway-region';
import { jwtAuthorization } from './jwt-authorization';
import { jwtHandler } from './jwt-handler';
import { jwtIssuerUri } from './jwt-issuer-uri';
import { jwtLocation } from './jwt-location';
import { jwtLocationsDiffer } from './jwt-locations-differ';
import { jwtNoIssuer } from './jwt-no-issuer';
import { rateLimitInterval } from './rate-limit-interval';
import { rateLimitMultiple } from './rate-limit-multiple';
import { rateLimitObserve } from './rate-limit-observe';
import { rateLimitOverlap } from './rate-limit-overlap';
import { rateLimitPath } from './rate-limit-path';
import { serviceWithoutSelector } from './service-without-selector';

/** What the controller of the API gateway module says of APIRules, RateLimits and ExternalGateways. */
export const gatewayRules: readonly Rule[] = [
  apiRuleSpec,
  apiRuleName,
  apiRuleHost,
  apiRuleGateway,
  apiRuleExternalHost,
  apiRuleService,
  apiRuleTimeout,
  apiRuleRules,
  apiRuleAccess,
  apiRulePath,
  apiRulePathOperators,
  apiRulePathLiteral,
  apiRulePathEmptySegment,
  apiRuleMethods,
  apiRuleRepeated,
  apiRulePathConflict,
  jwtNoIssuer,
  jwtIssuerUri,
  jwtLocation,
  jwtLocationsDiffer,
  jwtAuthorization,
  apiRulePathDot,
  apiRuleConnect,
  apiRuleServiceExternal,
  apiRuleLongName,
  apiRuleStatusLimit,
  serviceWithoutSelector,
  apiRuleAuthorizer,
  apiRuleShortHost,
  apiRuleHostOccupied,
  jwtHandler,
  rateLimitInterval,
  rateLimitMultiple,
  rateLimitPath,
  rateLimitObserve,
  rateLimitOverlap,
  externalGatewayInternalDomain,
  externalGatewayRegion,
  externalGatewayAuthority,
  externalGatewayDomainTaken,
];
