/** Names that `--format` and `--report` take. */
export const reportFormats = ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'html', 'ndjson', 'openmetrics'] as const;

export type ReportFormat = (typeof reportFormats)[number];
