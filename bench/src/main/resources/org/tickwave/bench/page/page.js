// Theme and charts of a page. Runs after the page has been read; uPlot is there if the page has a chart.
(function () {
  'use strict';
  var root = document.documentElement;
  var plots = [];

  // --- charts ---------------------------------------------------------------------------------------------------------

  var DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [14, 4], [1, 4], [6, 2, 1, 2, 1, 2]];
  var HUES = 8;

  function colour(name) {
    var probe = document.createElement('span');
    probe.style.color = 'var(--' + name + ')';
    document.body.appendChild(probe);
    var seen = getComputedStyle(probe).color;
    probe.remove();
    return seen;
  }

  function short(value) {
    if (value === null || value === undefined) { return '–'; }
    return Number.isSafeInteger(value) ? String(value) : precise(value, 4);
  }

  // The labels of an axis: with so many digits that a label is right to a thousandth of the distance between two.
  function labels(splits, log) {
    var given = splits.filter(function (v) { return v !== null; });
    var near = given.length > 1 ? Math.abs(given[1] - given[0]) / 1000 : Infinity;
    var text = function (v, digits) {
      return !log && Math.abs(v) >= 1e6 && Math.abs(v) < 1e15 ? String(Number(v.toPrecision(digits))) : precise(v, digits);
    };
    var digits = 4;
    while (digits < 17 && given.some(function (v) { return Math.abs(Number(text(v, digits)) - v) > near; })) { digits++; }
    return splits.map(function (v) { return v === null ? '' : text(v, digits); });
  }

  function precise(value, digits) {
    var size = Math.abs(value);
    return value !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e')
      : String(Number(value.toPrecision(digits)));
  }

  var CHARACTER = 7;

  // Wide labels get more room, and stand further from each other.
  function longest(texts) { return CHARACTER * texts.reduce(function (most, each) { return Math.max(most, each.length); }, 0); }

  // Between the least and the greatest value there is a little room. An axis without values still has a range.
  function range(log) {
    return function (plot, least, most) {
      if (least === null || !isFinite(least) || !isFinite(most)) { return log ? [0.1, 10] : [0, 1]; }
      if (log) {
        return least < most ? [least / Math.pow(most / least, 0.05), most * Math.pow(most / least, 0.05)] : [least / 2, most * 2];
      }
      var room = least < most ? (most - least) * 0.05 : Math.abs(most) * 0.1 || 1;
      return [least - room, most + room];
    };
  }

  function ticks(plot, axis, least, most) {
    var decades = Math.log10(most / least);
    var digits = decades < 1.5 ? [1, 2, 3, 4, 6, 8] : decades < 4 ? [1, 2, 5] : [1];
    var stride = Math.max(1, Math.ceil(decades / 8));
    var found = [];
    for (var power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
      if (power % stride !== 0) { continue; }
      for (var i = 0; i < digits.length; i++) {
        var value = Number(digits[i] + 'e' + power);
        if (value >= least && value <= most) { found.push(value); }
      }
    }
    return found;
  }

  function axis(label, log, vertical, ink, rule) {
    var made = {
      label: label, stroke: ink, font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif', labelSize: 22,
      size: vertical ? function (plot, values) { return Math.max(56, 16 + longest(values || [])); } : 34,
      grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1, size: 5 },
      values: function (plot, splits) { return labels(splits, log); }
    };
    if (!vertical && !log) {
      made.space = function (plot, number, least, most) { return Math.max(50, 20 + longest([String(Math.round(least)), String(Math.round(most))])); };
    }
    if (log) {
      made.splits = ticks;
      made.filter = function (plot, splits) { return splits; };
    }
    return made;
  }

  function options(curve, width) {
    var ink = colour('faint');
    var rule = colour('rule');
    var series = [{ label: curve.x, value: function (plot, v) { return short(v); } }];
    curve.names.forEach(function (name, i) {
      series.push({
        label: name, stroke: colour('curve-' + i % HUES), width: 2, dash: DASHES[i % DASHES.length], spanGaps: false,
        points: { show: curve.values[0].length <= 60, size: 6 }, value: function (plot, v) { return short(v); }
      });
    });
    return {
      width: width, height: height(width), series: series,
      scales: {
        x: { time: false, distr: curve.xLog ? 3 : 1, range: range(curve.xLog) },
        y: { distr: curve.yLog ? 3 : 1, range: range(curve.yLog) }
      },
      axes: [axis(curve.x, curve.xLog, false, ink, rule), axis(curve.y, curve.yLog, true, ink, rule)],
      legend: { live: true, markers: { width: 3, dash: function (plot, i) { return ['solid', 'dashed', 'dotted'][(i - 1) % 3]; } } },
      cursor: { points: { size: 8 } }
    };
  }

  // The names in the legend hide and show their lines; also by key.
  function legend(holder) {
    holder.querySelectorAll('.u-legend .u-series:not(:first-child) th').forEach(function (name) {
      name.tabIndex = 0;
      name.setAttribute('role', 'button');
      name.addEventListener('keydown', function (event) {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          name.click();
        }
      });
    });
  }

  function height(width) { return Math.round(Math.min(340, Math.max(240, width * 0.5))); }

  function names(entry) { return Array.from(entry.holder.querySelectorAll('.u-legend th')); }

  // A canvas keeps its colours: a chart in other colours is a new chart. Hidden lines stay hidden, and the focus stays.
  function draw(entry) {
    var focused = names(entry).indexOf(document.activeElement);
    var hidden = entry.plot ? entry.plot.series.map(function (each) { return !each.show; }) : [];
    if (entry.plot) { entry.plot.destroy(); }
    entry.width = entry.holder.clientWidth;
    if (!entry.width) { return; }
    var chosen = options(entry.curve, entry.width);
    chosen.series.forEach(function (each, i) { each.show = !hidden[i]; });
    entry.plot = new uPlot(chosen, entry.curve.values, entry.holder);
    legend(entry.holder);
    if (focused >= 0) { names(entry)[focused].focus(); }
  }

  function resize(entry) {
    var width = entry.holder.clientWidth;
    if (!width || width === entry.width) { return; }
    if (!entry.plot) {
      draw(entry);
      return;
    }
    entry.width = width;
    entry.plot.setSize({ width: width, height: height(width) });
  }

  function drawAll() { plots.forEach(draw); }

  function startCharts() {
    var resized = new ResizeObserver(function (entries) {
      entries.forEach(function (seen) {
        var entry = plots.find(function (each) { return each.holder === seen.target; });
        resize(entry);
      });
    });
    document.querySelectorAll('.plot').forEach(function (holder) {
      var entry = { holder: holder, curve: JSON.parse(document.getElementById(holder.id + '-data').textContent), plot: null };
      plots.push(entry);
      draw(entry);
      resized.observe(holder);
    });
  }

  // --- theme ----------------------------------------------------------------------------------------------------------

  var THEMES = ['', 'light', 'dark'];
  var WORDS = ['as the system', 'light', 'dark'];

  function startTheme() {
    var button = document.getElementById('theme');
    var chosen = 0;
    button.hidden = false;
    button.addEventListener('click', function () {
      chosen = (chosen + 1) % THEMES.length;
      root.dataset.theme = THEMES[chosen];
      button.textContent = 'Theme: ' + WORDS[chosen];
      drawAll();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  }

  startTheme();
  startCharts();
})();
