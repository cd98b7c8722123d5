// C0 and C1 controls, DEL, and the characters that turn the direction of text around or hide it.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes text from manifests and targets harmless on a terminal and in a CI log: control characters are shown as `\u001b`,
 * and a line that a CI system would read as a command no longer starts like one.
 */
export function neutralizeForTerminal(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/^(\s*)(::|##\[|##vso\[|##teamcity\[)/gm, '$1\\$2');
}
