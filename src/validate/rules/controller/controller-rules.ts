import type { Rule } from '../../rule';
import { gatewayRules } from './gateway-rules';

export const controllerRules: readonly Rule[] = [...gatewayRules];
