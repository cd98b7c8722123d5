/** The one script of a report: filter, and a dialog for the results of a cell. It reads the page and fetches nothing; without it all stands below. */
export const script = `
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = document.getElementById('filter');
const dialog = document.getElementById('cell');
const matrix = document.getElementById('matrix');

const main = document.getElementById('main');
/** Read once: a report of 1,000 routes has a million nodes. */
const rows = all('tr[data-route]').map((row) => ({ row, place: row.dataset.route.toLowerCase(), cells: all('td[data-status]', row) }));
const heads = all('#matrix [data-column]');
const groups = all('.group').map((group) => ({
  group,
  place: group.dataset.route?.toLowerCase(),
  cells: all('.cell', group).map((cell) => ({ cell, column: cell.dataset.column, counts: Object.entries(JSON.parse(cell.dataset.counts)) })),
  loose: all(':scope > .result', group),
}));

function hide(element, isHidden) {
  if (element.hidden !== isHidden) element.hidden = isHidden;
}

function apply() {
  const wish = new FormData(form);
  const text = String(wish.get('text') ?? '').trim().toLowerCase();
  const column = String(wish.get('column') ?? '');
  const statuses = new Set(wish.getAll('status'));
  const hidden = all('input[name=status]', form).map((box) => box.value).filter((status) => !statuses.has(status)).join(' ');
  if ((main.dataset.hide ?? '') !== hidden) main.dataset.hide = hidden;
  let shownRows = 0;
  for (const { row, place, cells } of rows) {
    const fits = place.includes(text) && cells.some(({ dataset }) => (column === '' || dataset.column === column) && statuses.has(dataset.status));
    hide(row, !fits);
    if (fits) shownRows += 1;
  }
  for (const cell of heads) hide(cell, column !== '' && cell.dataset.column !== column);
  let results = 0;
  for (const one of groups) results += filterGroup(one, { text, column, statuses });
  const routes = matrix ? shownRows + ' of ' + rows.length + ' routes, ' : '';
  document.getElementById('shown').value = routes + results + ' results shown';
}

/** How many results of a group are left. Results in cells are hidden by their status in the style sheet. */
function filterGroup({ group, place, cells, loose }, { text, column, statuses }) {
  const inPlace = place === undefined || place.includes(text);
  let left = 0;
  for (const { cell, column: own, counts } of cells) {
    const fits = inPlace && (column === '' || own === column);
    const shown = fits ? counts.reduce((sum, [status, count]) => sum + (statuses.has(status) ? count : 0), 0) : 0;
    if (inPlace) hide(cell, shown === 0);
    left += shown;
  }
  for (const result of loose) {
    const isText = inPlace || (!matrix && result.textContent.toLowerCase().includes(text));
    const isShown = isText && statuses.has(result.dataset.status);
    hide(result, !isShown);
    if (isShown) left += 1;
  }
  if (place !== undefined) hide(group, left === 0);
  return left;
}

function open(link) {
  const cell = document.getElementById(link.hash.slice(1));
  if (!cell) return false;
  const title = cell.querySelector('h4').textContent + ': ' + cell.closest('.group').dataset.route;
  dialog.querySelector('h2').textContent = title;
  const isClaim = cell.hasAttribute('data-claim');
  const grounds = isClaim ? all('.cell:not([data-claim]) .result:is([data-status=fail], [data-status=error], [data-status=accepted])', cell.parentElement) : [];
  const copies = [...all('.result', cell), ...grounds].map((result) => result.cloneNode(true));
  for (const copy of copies) copy.hidden = false;
  if (copies.length === 1) copies[0].open = true;
  dialog.querySelector('.body').replaceChildren(...copies);
  dialog.showModal();
  return true;
}

function move(event) {
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const step = steps[event.key];
  const from = event.target.closest('td');
  if (!step || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  let row = from.parentElement;
  let at = from.cellIndex;
  for (;;) {
    at += step[1];
    do row = step[0] < 0 ? row.previousElementSibling : step[0] > 0 ? row.nextElementSibling : row; while (row && row.hidden);
    const cell = row && row.cells[at];
    if (!cell) return;
    const link = cell.hidden ? null : cell.querySelector('a');
    if (link) return link.focus();
  }
}

if (form) {
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  apply();
}
if (matrix) {
  matrix.addEventListener('keydown', move);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('#matrix a, .opens');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && open(link)) event.preventDefault();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('.close')) dialog.close();
  });
}
`;
