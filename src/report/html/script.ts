/** The one script of a report: filter, and a dialog for the results of a cell. It reads the page and fetches nothing; without it all stands below. */
export const script = `
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = document.getElementById('filter');
const dialog = document.getElementById('cell');
const matrix = document.getElementById('matrix');

function apply() {
  const wish = new FormData(form);
  const text = String(wish.get('text') ?? '').trim().toLowerCase();
  const column = String(wish.get('column') ?? '');
  const statuses = new Set(wish.getAll('status'));
  const fits = (place) => place.toLowerCase().includes(text);
  let rows = 0;
  for (const row of all('tr[data-route]')) {
    const cells = all('td[data-status]', row).filter((cell) => column === '' || cell.dataset.column === column);
    row.hidden = !fits(row.dataset.route) || !cells.some((cell) => statuses.has(cell.dataset.status));
    if (!row.hidden) rows += 1;
  }
  for (const cell of all('#matrix [data-column]')) cell.hidden = column !== '' && cell.dataset.column !== column;
  let results = 0;
  for (const group of all('.group')) {
    const place = group.dataset.route;
    const inPlace = place === undefined || fits(place);
    for (const result of all('.result', group)) {
      const isText = inPlace || (!matrix && result.textContent.toLowerCase().includes(text));
      result.hidden = !isText || !statuses.has(result.dataset.status) || (column !== '' && result.dataset.column !== '' && result.dataset.column !== column);
      if (!result.hidden) results += 1;
    }
    for (const cell of all('.cell', group)) cell.hidden = !cell.querySelector('.result:not([hidden])');
    if (place !== undefined) group.hidden = !group.querySelector('.result:not([hidden])');
  }
  const routes = matrix ? rows + ' of ' + all('tr[data-route]').length + ' routes, ' : '';
  document.getElementById('shown').value = routes + results + ' results shown';
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
