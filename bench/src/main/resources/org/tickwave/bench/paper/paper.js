// The figures: a scrubber walks through time, and a cell that is chosen says what it holds.
(function () {
  'use strict';
  var MS_PER_TICK = 300;
  var stops = [];

  function all(from, selector) { return Array.from(from.querySelectorAll(selector)); }

  function start(view) {
    var svg = view.querySelector('svg');
    var range = view.querySelector('input[type=range]');
    var play = view.querySelector('.play');
    var panel = view.querySelector('.panel');
    var now = svg.querySelector('.now');
    var empty = panel.innerHTML;
    var rows = all(svg, '.row');
    var grid = rows.map(function (row) { return all(row, '.cell'); });
    var first = Number(range.min);
    var pitch = rows.length > 1 ? rows[1].getBBox().y - rows[0].getBBox().y : 0;
    var timer = 0;
    var chosen = null;

    // --- time -----------------------------------------------------------------------------------------------------------

    function show(tick) {
      var at = tick - first;
      range.value = tick;
      view.querySelector('output').textContent = tick;
      view.querySelector('.row-says').textContent = rows[at].dataset.says;
      rows.forEach(function (row, i) { row.classList.toggle('later', i > at); });
      now.setAttribute('transform', 'translate(0 ' + at * pitch + ')');
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      play.textContent = 'Play';
      view.querySelector('.row-says').setAttribute('aria-live', 'polite');
    }

    function run() {
      if (timer) {
        stop();
        return;
      }
      stops.forEach(function (each) { each(); });
      if (range.value === range.max) { show(first); }
      play.textContent = 'Pause';
      view.querySelector('.row-says').setAttribute('aria-live', 'off');
      timer = setInterval(function () {
        show(Number(range.value) + 1);
        if (range.value === range.max) { stop(); }
      }, MS_PER_TICK);
    }

    // --- cells ----------------------------------------------------------------------------------------------------------

    function frames(cell, wave) { return (cell.getAttribute('data-' + wave) || '').split(' ').filter(Boolean); }

    function shares(cell, other, wave) {
      var mine = frames(cell, wave);
      return frames(other, wave).some(function (frame) { return mine.indexOf(frame) >= 0; });
    }

    function clear() {
      if (chosen) { chosen.removeAttribute('aria-selected'); }
      chosen = null;
      svg.classList.remove('tracing');
      panel.innerHTML = empty;
    }

    function choose(cell) {
      clear();
      chosen = cell;
      cell.setAttribute('aria-selected', 'true');
      svg.classList.add('tracing');
      grid.forEach(function (row) {
        row.forEach(function (other) {
          other.classList.toggle('with-f', shares(cell, other, 'f'));
          other.classList.toggle('with-b', shares(cell, other, 'b'));
        });
      });
      describe(cell.querySelector('title').textContent.split('\n'));
      var tick = Number(cell.parentNode.dataset.tick);
      if (tick > Number(range.value)) { show(tick); }
    }

    function describe(lines) {
      var heading = document.createElement('h4');
      var list = document.createElement('dl');
      heading.textContent = lines[0];
      lines.slice(1).forEach(function (line) {
        var colon = line.indexOf(': ');
        var entry = document.createElement('div');
        var name = document.createElement('dt');
        var value = document.createElement('dd');
        name.textContent = line.slice(0, colon);
        value.textContent = line.slice(colon + 2);
        entry.className = line.indexOf('Forward') === 0 ? 'forward' : line.indexOf('Backward') === 0 ? 'backward' : '';
        entry.append(name, value);
        list.append(entry);
      });
      panel.replaceChildren(heading, list);
    }

    // One cell of the grid is in the order of the Tab key; the arrow keys move from there.
    function focus(row, column) {
      var cell = grid[Math.min(Math.max(row, 0), grid.length - 1)][Math.min(Math.max(column, 0), grid[0].length - 1)];
      all(svg, '.cell[tabindex="0"]').forEach(function (each) { each.setAttribute('tabindex', '-1'); });
      cell.setAttribute('tabindex', '0');
      cell.focus();
    }

    function onKey(event) {
      var cell = event.target.closest('.cell');
      if (!cell || event.ctrlKey || event.altKey || event.metaKey) { return; }
      var row = rows.indexOf(cell.parentNode);
      var column = grid[row].indexOf(cell);
      var moves = {
        ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
        Home: [row, 0], End: [row, grid[0].length - 1], PageUp: [0, column], PageDown: [grid.length - 1, column]
      };
      if (moves[event.key]) {
        focus(moves[event.key][0], moves[event.key][1]);
      } else if (event.key === 'Enter' || event.key === ' ') {
        choose(cell);
      } else if (event.key === 'Escape') {
        clear();
      } else {
        return;
      }
      event.preventDefault();
    }

    svg.addEventListener('keydown', onKey);
    svg.addEventListener('click', function (event) {
      var cell = event.target.closest('.cell');
      if (!cell || cell === chosen) {
        clear();
        return;
      }
      focus(rows.indexOf(cell.parentNode), grid[rows.indexOf(cell.parentNode)].indexOf(cell));
      choose(cell);
    });
    range.addEventListener('input', function () {
      stop();
      show(Number(range.value));
    });
    play.addEventListener('click', run);
    stops.push(stop);
    grid[0][0].setAttribute('tabindex', '0');
    show(Number(range.value));
  }

  // --- rules ------------------------------------------------------------------------------------------------------------

  function choices(group) { return all(group, '.rules input'); }

  function pick(group, at) {
    choices(group)[at].checked = true;
    all(group, '.view').forEach(function (view, i) {
      view.hidden = i !== at;
      if (i === at && !view.dataset.started) {
        view.dataset.started = 'yes';
        start(view);
      }
    });
  }

  // A rule that is chosen for one figure is chosen for all that have it.
  function startRules(groups) {
    groups.forEach(function (group) {
      choices(group).forEach(function (input) {
        input.addEventListener('change', function () {
          stops.forEach(function (each) { each(); });
          groups.forEach(function (other) {
            var at = choices(other).findIndex(function (each) { return each.dataset.rule === input.dataset.rule; });
            if (other === group) { at = choices(group).indexOf(input); }
            if (at >= 0) { pick(other, at); }
          });
        });
      });
      var view = group.querySelector('.view');
      view.dataset.started = 'yes';
      start(view);
    });
  }

  startRules(all(document, '.group'));
})();
