declare module '*/weakened-gateway.mjs' {
  export function startWeakenedGateway(
    upstreamOf: (host: string) => string,
    goodToken: (issuer: string) => Promise<string | undefined>,
  ): Promise<{ readonly url: string; readonly stop: () => Promise<void> }>;
}
