import { Construct } from 'constructs';
import { issuerProblems, type TrustedIssuer } from '../model/issuer';

/** Properties of {@link OidcIssuer}. */
export type OidcIssuerProps = TrustedIssuer;

/** Any provider of OpenID Connect or OAuth that signs JWTs. It writes no manifest; rules name it. */
export class OidcIssuer extends Construct implements TrustedIssuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly fromHeaders?: NonNullable<TrustedIssuer['fromHeaders']>;
  readonly fromParams?: readonly string[];

  constructor(scope: Construct, id: string, props: OidcIssuerProps) {
    super(scope, id);
    this.issuer = props.issuer;
    this.jwksUri = props.jwksUri;
    if (props.fromHeaders) this.fromHeaders = props.fromHeaders;
    if (props.fromParams) this.fromParams = props.fromParams;
    const problems = issuerProblems(props);
    this.node.addValidation({ validate: () => problems });
  }
}
