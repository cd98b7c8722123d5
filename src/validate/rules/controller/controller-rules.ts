import type { Rule } from '../../rule';
import { functionRules } from './function-rules';
import { gatewayRules } from './gateway-rules';

export const controllerRules: readonly Rule[] = [...gatewayRules, ...functionRules];
