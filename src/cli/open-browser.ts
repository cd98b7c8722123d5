import { spawn } from 'node:child_process';

/** Where a browser could be found. */
export interface Desktop {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * Opens a page in the browser of the person: `BROWSER` first, else what the system opens pages with. Never through a shell.
 *
 * @returns false when none can be started; the person then opens the printed address
 */
export async function openBrowser(url: string, desktop: Desktop): Promise<boolean> {
  const command = browserCommand(url, desktop);
  if (!command) return false;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true, env: desktop.env });
  const started = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
  child.unref();
  return started;
}

/** Program and arguments; undefined where there is no desktop. */
export function browserCommand(url: string, { env, platform }: Desktop): readonly [string, ...string[]] | undefined {
  const named = env['BROWSER']?.split(':')[0]?.trim();
  if (named) return named.includes('%s') ? withUrl(named.split(/\s+/), url) : [named, url];
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  if (env['WSL_DISTRO_NAME']) return ['wslview', url];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', url] : undefined;
}

function withUrl([program = '', ...args]: readonly string[], url: string): readonly [string, ...string[]] {
  return [program, ...args.map((arg) => arg.replaceAll('%s', url))];
}
