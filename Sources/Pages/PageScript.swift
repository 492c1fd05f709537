// SPDX-License-Identifier: Apache-2.0

/// Sorts, filters and folds the cards; the page holds everything without it.
///
/// It reads attributes of the cards and writes text, never markup.
enum PageScript {
  static let text = """
    'use strict';
    (() => {
      const list = document.getElementById('cards');
      const bar = document.getElementById('filters');
      if (!list || !bar) return;
      const cards = Array.from(list.children);
      const fields = bar.elements;
      const shown = document.getElementById('shown');
      const orders = {
        severity: (a, b) => b.dataset.severity - a.dataset.severity,
        newest: (a, b) => b.dataset.start.localeCompare(a.dataset.start),
        oldest: (a, b) => a.dataset.start.localeCompare(b.dataset.start),
        call: (a, b) => a.dataset.call.localeCompare(b.dataset.call),
        account: (a, b) => (a.dataset.account + a.dataset.region)
          .localeCompare(b.dataset.account + b.dataset.region),
      };
      const matches = (card) => {
        for (const name of ['account', 'region', 'call', 'type']) {
          if (fields[name].value && fields[name].value !== card.dataset[name]) return false;
        }
        if (Number(card.dataset.severity) < Number(fields.least.value)) return false;
        const words = fields.text.value.toLowerCase().split(' ').filter(Boolean);
        if (!words.length) return true;
        const text = card.textContent.toLowerCase();
        return words.every((word) => text.includes(word));
      };
      const update = () => {
        let count = 0;
        for (const card of cards) {
          card.hidden = !matches(card);
          count += card.hidden ? 0 : 1;
        }
        const word = cards.length === 1 ? ' insight' : ' insights';
        shown.textContent = count + ' of ' + cards.length + word;
        for (const dot of document.querySelectorAll('svg.timeline a')) {
          const card = document.getElementById(dot.getAttribute('href').slice(1));
          dot.style.display = card && card.hidden ? 'none' : '';
        }
      };
      const sort = () => {
        const order = orders[fields.order.value];
        cards.sort((a, b) => order(a, b) || b.dataset.severity - a.dataset.severity);
        list.append(...cards);
      };
      const fold = (open) => {
        for (const card of cards) {
          if (!card.hidden) card.querySelector('details').open = open;
        }
      };
      const reveal = () => {
        const card = document.getElementById(location.hash.slice(1));
        if (!card || !card.classList.contains('card')) return;
        card.hidden = false;
        card.querySelector('details').open = true;
        card.scrollIntoView();
      };
      bar.hidden = false;
      bar.addEventListener('submit', (event) => event.preventDefault());
      bar.addEventListener('reset', () => setTimeout(() => { sort(); update(); }));
      bar.addEventListener('input', (event) => {
        if (event.target.name === 'order') sort();
        update();
      });
      fields.unfold.addEventListener('click', () => fold(true));
      fields.fold.addEventListener('click', () => fold(false));
      addEventListener('hashchange', reveal);
      update();
      reveal();
    })();
    """
}
