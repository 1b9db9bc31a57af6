// Draws a network while it ticks. Server-sent events bring its shape once, and then what is seen of it, ten times a second.
(function () {
  'use strict';
  var byId = function (id) { return document.getElementById(id); };
  var calm = matchMedia('(prefers-reduced-motion: reduce)');
  var shape = null;
  var shapeText = null;
  var sight = null;
  var paused = false;
  var over = false;

  // --- numbers and colours --------------------------------------------------------------------------------------------

  var colours = {};

  function readColours() {
    var probe = document.createElement('span');
    document.body.appendChild(probe);
    ['ink', 'faint', 'rule', 'panel', 'back', 'cell', 'up', 'down', 'curve-3'].forEach(function (name) {
      probe.style.color = 'var(--' + name + ')';
      colours[name] = getComputedStyle(probe).color;
    });
    probe.remove();
  }

  function known(value) { return value !== null && value !== undefined; }

  function short(value) {
    if (!known(value)) { return '–'; }
    var size = Math.abs(value);
    if (value !== 0 && (size < 1e-3 || size >= 1e6)) { return value.toExponential(1).replace('e+', 'e'); }
    return String(Number(value.toPrecision(3)));
  }

  function count(value) { return known(value) ? Math.round(value).toLocaleString('en') : '–'; }

  function time(ns) {
    if (!known(ns)) { return '–'; }
    return ns < 1e3 ? Math.round(ns) + ' ns' : ns < 1e6 ? (ns / 1e3).toPrecision(3) + ' µs' : ns < 1e9 ? (ns / 1e6).toPrecision(3) + ' ms'
      : (ns / 1e9).toPrecision(3) + ' s';
  }

  function percent(share) {
    return !isFinite(share) ? '–' : share >= 0.995 ? Math.round(share * 100) + ' %' : Number((share * 100).toPrecision(2)) + ' %';
  }

  // A canvas as sharp as the screen.
  function sharp(canvas, width, height) {
    var scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    var pen = canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  // --- the ticks that are played --------------------------------------------------------------------------------------

  // A network ticks faster than an eye sees. So some consecutive ticks are taken from it, and played slowly; then some newer ones.
  var PACES = [1, 2, 4, 8, 16, 32];
  var pace = 3;
  var COLUMNS = 96;
  var take = null;
  var at = 0;
  var played = -1;
  var columns = [];
  var ranges = { up: [], down: [] };

  function nextTake() {
    if (!sight || !known(sight.newest_tick) || sight.newest_tick <= played) { return; }
    var first = sight.newest_tick - sight.up.length + 1;
    var from = Math.max(first, played + 1);
    if (played >= 0 && first > played + 1) { columns.push(null); }
    take = { first: first, newest: sight.newest_tick, up: sight.up, down: sight.down };
    widen(take);
    at = from;
    played = from - 1;
  }

  // The range of each layer: it grows at once, and shrinks slowly.
  function widen(some) {
    ['up', 'down'].forEach(function (wave) {
      for (var l = 0; l < shape.layers.length; l++) {
        var least = Infinity;
        var most = 0;
        some[wave].forEach(function (row) {
          if (known(row[l])) {
            least = Math.min(least, row[l]);
            most = Math.max(most, row[l]);
          }
        });
        var old = ranges[wave][l];
        if (most > 0) {
          ranges[wave][l] = old ? [Math.min(least, old[0] + (least - old[0]) * 0.2), Math.max(most, old[1] + (most - old[1]) * 0.2)] : [least, most];
        }
      }
    });
  }

  // From 0 to 1: where the size of a vector lies in the range of its layer.
  function strength(wave, layer, value) {
    var range = ranges[wave][layer];
    if (!known(value) || !range || value === 0) { return 0; }
    return range[1] > range[0] ? 0.12 + 0.88 * Math.max(0, Math.min(1, (value - range[0]) / (range[1] - range[0]))) : 0.6;
  }

  function rowOf(wave, tick) { return take && tick >= take.first && tick <= take.newest ? take[wave][tick - take.first] : null; }

  function play(seconds) {
    if (!shape) { return; }
    if (!take || at > take.newest) { nextTake(); }
    if (!take) { return; }
    at = Math.min(at + seconds * PACES[pace], take.newest + 1);
    while (played < Math.min(Math.floor(at), take.newest)) {
      played++;
      columns.push({ up: rowOf('up', played), down: rowOf('down', played) });
    }
    if (columns.length > COLUMNS) { columns.splice(0, columns.length - COLUMNS); }
    holder.dataset.tick = at.toFixed(2);
  }

  // --- the network ----------------------------------------------------------------------------------------------------

  var holder = byId('network');
  var canvas = document.createElement('canvas');
  var scroller = document.createElement('div');
  var net = null;
  scroller.className = 'scroll';
  scroller.tabIndex = 0;
  scroller.appendChild(canvas);
  holder.appendChild(scroller);

  var LABEL = 34;
  var STEPS = 36;

  function layout() {
    if (!shape) { return; }
    var room = scroller.clientWidth;
    if (!room) { return; }
    var least = Infinity;
    var most = -Infinity;
    var passed = shape.projections.reduce(function (all, each) { return all.concat(each.way.map(function (p) { return p[1]; })); }, []);
    shape.layers.map(function (each) { return each.place[1]; }).concat(passed).forEach(function (y) {
      least = Math.min(least, y);
      most = Math.max(most, y);
    });
    var rows = most - least + 1;
    var backs = shape.projections.filter(function (each) { return each.back; }).length;
    var down = room < 640;
    var track = 12;
    net = down ? layoutDown(room, rows, least, backs, track) : layoutAcross(room, rows, least, backs, track);
    net.down = down;
    // In a chain a wave is as broad as its layers.
    net.strands = rows < 1.2 ? 5 : 1;
    net.apart = (down ? net.wide : net.high) / 11;
    net.boxes = shape.layers.map(function (each) { return box(each.place); });
    var back = 0;
    net.lines = shape.projections.map(function (each) { return line(each, each.back ? ++back * track : 0); });
    draw();
  }

  function layoutAcross(room, rows, least, backs, track) {
    var step = Math.max(72, (room - 90) / Math.max(1, shape.columns - 1));
    var unit = rows < 1.2 ? 190 : Math.max(64, Math.min(130, 460 / rows));
    var wide = Math.max(24, Math.min(46, step * 0.34));
    var width = Math.max(room, step * (shape.columns - 1) + 90);
    return {
      width: width, height: rows * unit + LABEL * 2 + backs * track, wide: wide, high: unit * (rows < 1.2 ? 1 : 0.58), end: rows * unit + LABEL + 16,
      x: function (p) { return (shape.columns === 1 ? room / 2 : 45 + p[0] * step); }, y: function (p) { return LABEL + (p[1] - least + 0.5) * unit; }
    };
  }

  // On a narrow screen the layers stand below each other.
  function layoutDown(room, rows, least, backs, track) {
    var unit = (room - backs * track - 8) / rows;
    return {
      width: room, height: shape.columns * 84, wide: Math.min(unit * 0.86, 300), high: 26, end: room - backs * track - 6,
      x: function (p) { return (p[1] - least + 0.5) * unit + 2; }, y: function (p) { return 40 + p[0] * 84; }
    };
  }

  function box(place) {
    return { x: net.x(place) - net.wide / 2, y: net.y(place) - net.high / 2, middle: [net.x(place), net.y(place)] };
  }

  // The line of a projection as points that are equally far from each other.
  function line(projection, track) {
    var half = net.down ? net.high / 2 : net.wide / 2;
    var points = projection.way.map(function (p) { return net.down ? [net.y(p), net.x(p)] : [net.x(p), net.y(p)]; });
    var last = points.length - 1;
    var raw = [];
    points[0][0] += half;
    points[last][0] -= half;
    if (projection.back) {
      var far = net.end + track;
      var a = points[0];
      var b = points[last];
      var out = a[0] + 20;
      var back = b[0] - 20;
      raw = corner(a, [out, a[1]], [out, a[1] + 20]).concat(corner([out, far - 20], [out, far], [out - 20, far]),
        corner([back + 20, far], [back, far], [back, far - 20]), corner([back, b[1] + 20], [back, b[1]], b));
    } else {
      for (var i = 1; i < points.length; i++) {
        var from = points[i - 1];
        var to = points[i];
        var mid = (from[0] + to[0]) / 2;
        raw = raw.concat(curve(from, [mid, from[1]], [mid, to[1]], to));
      }
    }
    return even(net.down ? raw.map(function (p) { return [p[1], p[0]]; }) : raw);
  }

  function corner(a, b, c) { return curve(a, b, b, c); }

  function curve(a, b, c, d) {
    var points = [];
    for (var i = 0; i <= 20; i++) {
      var t = i / 20;
      var u = 1 - t;
      points.push([0, 1].map(function (k) { return u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k]; }));
    }
    return points;
  }

  function even(raw) {
    var lengths = [0];
    for (var i = 1; i < raw.length; i++) { lengths.push(lengths[i - 1] + Math.hypot(raw[i][0] - raw[i - 1][0], raw[i][1] - raw[i - 1][1])); }
    var all = lengths[lengths.length - 1];
    var points = [];
    for (var k = 0, j = 1; k <= STEPS; k++) {
      var wanted = all * k / STEPS;
      while (j < raw.length - 1 && lengths[j] < wanted) { j++; }
      var share = lengths[j] > lengths[j - 1] ? (wanted - lengths[j - 1]) / (lengths[j] - lengths[j - 1]) : 0;
      points.push([raw[j - 1][0] + (raw[j][0] - raw[j - 1][0]) * share, raw[j - 1][1] + (raw[j][1] - raw[j - 1][1]) * share]);
    }
    return points;
  }

  // A line beside a line, so that both waves have a way of their own.
  function beside(points, k, off) {
    var p = points[Math.max(0, k - 1)];
    var q = points[Math.min(STEPS, k + 1)];
    var long = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1;
    return [points[k][0] - (q[1] - p[1]) / long * off, points[k][1] + (q[0] - p[0]) / long * off];
  }

  function stroke(pen, points, from, to, off) {
    pen.beginPath();
    for (var k = Math.max(0, from); k <= Math.min(STEPS, to); k++) {
      var p = beside(points, k, off);
      if (k === Math.max(0, from)) { pen.moveTo(p[0], p[1]); } else { pen.lineTo(p[0], p[1]); }
    }
    pen.stroke();
  }

  var TAIL = 10;

  // A wave on its way along a projection: bright at its front, with a tail.
  function pulse(pen, points, share, size, colour, off, reverse) {
    var front = Math.round(share * (STEPS + TAIL));
    pen.strokeStyle = colour;
    for (var i = 0; i < TAIL; i += 2) {
      var k = front - i;
      if (k < 0 || k > STEPS) { continue; }
      pen.globalAlpha = size * (1 - i / TAIL);
      pen.lineWidth = 2 + 3.5 * size * (1 - i / TAIL);
      var low = reverse ? STEPS - k : k - 2;
      stroke(pen, points, low, low + 2, off);
    }
    pen.globalAlpha = 1;
  }

  function drawNetwork() {
    if (!net) { return; }
    canvas.style.width = net.width + 'px';
    canvas.style.height = net.height + 'px';
    var pen = sharp(canvas, net.width, net.height);
    pen.lineCap = 'round';
    net.lines.forEach(function (points) {
      pen.strokeStyle = colours.rule;
      pen.lineWidth = 1;
      for (var s = 0; s < net.strands; s++) {
        stroke(pen, points, 0, STEPS, -off(s));
        stroke(pen, points, 0, STEPS, off(s));
      }
    });
    if (take) { shape.projections.forEach(function (each, k) { pulses(pen, each, net.lines[k]); }); }
    shape.layers.forEach(function (each, l) { drawLayer(pen, each, l); });
  }

  // How far a strand of a wave lies beside the line of its projection.
  function off(strand) { return net.strands === 1 ? 4 : (strand + 0.5) * net.apart; }

  function pulses(pen, projection, points) {
    for (var tick = Math.floor(at); tick > at - projection.ticks - 0.5 && tick >= take.first; tick--) {
      var share = (at - tick) / projection.ticks;
      var up = rowOf('up', tick);
      var down = rowOf('down', tick);
      if (share > 1) { continue; }
      for (var s = 0; s < net.strands; s++) {
        if (up) { pulse(pen, points, share, strength('up', projection.from, up[projection.from]), colours.up, -off(s), false); }
        if (down) { pulse(pen, points, share, strength('down', projection.to, down[projection.to]), colours.down, off(s), true); }
      }
    }
  }

  function drawLayer(pen, layer, l) {
    var b = net.boxes[l];
    pen.fillStyle = colours.cell;
    pen.strokeStyle = layer.role === 'hidden' ? colours.faint : colours.ink;
    pen.lineWidth = layer.role === 'hidden' ? 1 : 2;
    pen.beginPath();
    pen.roundRect(b.x, b.y, net.wide, net.high, 5);
    pen.fill();
    pen.save();
    pen.clip();
    if (sight) {
      cells(pen, b, sight.up_bins[l], largest.up, colours.up, 0, layer.role === 'input' ? 1 : 0.5);
      cells(pen, b, sight.down_bins[l], largest.down, colours.down, 0.5, 0.5);
    }
    pen.restore();
    pen.beginPath();
    pen.roundRect(b.x, b.y, net.wide, net.high, 5);
    pen.stroke();
    label(pen, layer, b, l);
  }

  // Magnitudes by colour. Three powers of ten lie between nothing and the full colour.
  function cells(pen, b, bins, most, colour, from, part) {
    if (!bins || !most) { return; }
    var across = net.down;
    var long = (across ? net.wide : net.high) / bins.length;
    pen.fillStyle = colour;
    bins.forEach(function (value, i) {
      var share = value > 0 ? Math.max(0, Math.min(1, 1 + Math.log10(value / most) / 3)) : 0;
      pen.globalAlpha = share * share;
      if (across) { pen.fillRect(b.x + i * long, b.y + from * net.high, long + 0.3, net.high * part); }
      else { pen.fillRect(b.x + from * net.wide, b.y + i * long, net.wide * part, long + 0.3); }
    });
    pen.globalAlpha = 1;
  }

  function label(pen, layer, b, l) {
    var name = layer.name === String(l) ? (layer.role === 'hidden' ? 'layer ' + l : layer.role) : layer.name;
    pen.textAlign = 'center';
    pen.font = '600 12px system-ui, sans-serif';
    pen.fillStyle = colours.ink;
    var room = net.down ? net.wide : Math.max(net.wide, 66);
    if (net.down) {
      pen.textAlign = 'left';
      var both = fit(pen, name, room * 0.7);
      pen.fillText(both, b.x, b.y - 6);
      pen.textAlign = 'right';
      pen.font = '12px system-ui, sans-serif';
      pen.fillStyle = colours.faint;
      pen.fillText(String(layer.width), b.x + net.wide, b.y - 6);
      return;
    }
    pen.fillText(fit(pen, name, room), b.middle[0], b.y - 7);
    pen.font = '12px system-ui, sans-serif';
    pen.fillStyle = colours.faint;
    pen.fillText(String(layer.width), b.middle[0], b.y + net.high + 15);
  }

  function fit(pen, text, room) {
    var shown = text;
    while (shown.length > 1 && pen.measureText(shown).width > room) { shown = shown.slice(0, -2) + '…'; }
    return shown;
  }

  // The largest magnitude of each wave. It falls slowly.
  var largest = { up: 0, down: 0 };

  function measure() {
    ['up', 'down'].forEach(function (wave) {
      var most = 0;
      sight[wave + '_bins'].forEach(function (bins) { (bins || []).forEach(function (value) { most = Math.max(most, value || 0); }); });
      largest[wave] = Math.max(most, largest[wave] * 0.98);
    });
  }

  // --- layers over time -----------------------------------------------------------------------------------------------

  function drawStrip() {
    var strip = byId('strip');
    var width = strip.clientWidth;
    var height = strip.clientHeight;
    if (!width || !shape) { return; }
    var pen = sharp(strip, width, height);
    var layers = shape.layers.length;
    var inputs = shape.layers.filter(function (each) { return each.role === 'input'; }).length;
    var left = 62;
    var gap = 8;
    var row = (height - gap) / (2 * layers - inputs);
    var step = (width - left) / COLUMNS;
    panel(pen, 'up', 0, layers, 0, left, row, step, height);
    panel(pen, 'down', inputs, layers - inputs, row * layers + gap, left, row, step, height);
  }

  function panel(pen, wave, first, layers, top, left, row, step) {
    pen.fillStyle = colours.cell;
    pen.fillRect(left, top, step * COLUMNS, row * layers);
    pen.fillStyle = colours[wave];
    columns.forEach(function (column, c) {
      var x = left + (COLUMNS - columns.length + c) * step;
      for (var l = 0; column && column[wave] && l < layers; l++) {
        var size = strength(wave, first + l, column[wave][first + l]);
        pen.globalAlpha = size * size;
        if (size > 0) { pen.fillRect(x, top + l * row, step + 0.3, row + 0.3); }
      }
    });
    pen.globalAlpha = 1;
    pen.font = '11px system-ui, sans-serif';
    pen.textAlign = 'right';
    pen.fillStyle = colours.faint;
    var every = Math.ceil(13 / row);
    for (var l = 0; l < layers; l += every) {
      pen.fillText(fit(pen, shape.layers[first + l].name, left - 8), left - 6, top + (l + 0.5) * row + 4);
    }
  }

  // --- charts ---------------------------------------------------------------------------------------------------------

  // Numbers since the page was opened. When there are many, neighbours are merged.
  var MOST_POINTS = 1200;
  var points = [];
  var started = performance.now();

  function remember() {
    points.push({ t: (performance.now() - started) / 1000, loss: sight.loss_lately, tick: sight.tick_ns, speed: sight.ticks_per_second });
    if (points.length <= MOST_POINTS) { return; }
    var half = [];
    for (var i = 0; i + 1 < points.length; i += 2) {
      var a = points[i];
      var b = points[i + 1];
      half.push({ t: b.t, loss: mean(a.loss, b.loss), tick: mean(a.tick, b.tick), speed: mean(a.speed, b.speed) });
    }
    points = half;
  }

  function mean(a, b) { return !known(a) ? b : !known(b) ? a : (a + b) / 2; }

  function chart(id, key, colour, words) {
    var target = byId(id);
    var width = target.clientWidth;
    var height = target.clientHeight;
    if (!width) { return; }
    var pen = sharp(target, width, height);
    var seen = points.filter(function (p) { return known(p[key]); });
    pen.font = '11px system-ui, sans-serif';
    pen.fillStyle = colours.faint;
    if (!seen.length) {
      pen.textAlign = 'center';
      pen.fillText('not known yet', width / 2, height / 2);
      return;
    }
    var most = seen.reduce(function (all, p) { return Math.max(all, p[key]); }, 0) || 1;
    var step = nice(most / 3);
    var top = Math.ceil(most / step) * step;
    var left = 58;
    var foot = 20;
    var span = Math.max(10, seen[seen.length - 1].t - seen[0].t);
    var x = function (t) { return left + (t - seen[0].t) / span * (width - left - 6); };
    var y = function (value) { return 8 + (1 - value / top) * (height - foot - 8); };
    pen.strokeStyle = colours.rule;
    pen.lineWidth = 1;
    pen.textAlign = 'right';
    for (var value = 0; value <= top * 1.001; value += step) {
      pen.beginPath();
      pen.moveTo(left, y(value));
      pen.lineTo(width, y(value));
      pen.stroke();
      pen.fillText(words(value), left - 6, y(value) + 4);
    }
    pen.textAlign = 'left';
    pen.fillText(Math.round(seen[0].t) + ' s', left, height - 4);
    pen.textAlign = 'right';
    pen.fillText(Math.round(seen[0].t + span) + ' s', width, height - 4);
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.lineJoin = 'round';
    pen.beginPath();
    seen.forEach(function (p, i) { if (i) { pen.lineTo(x(p.t), y(p[key])); } else { pen.moveTo(x(p.t), y(p[key])); } });
    pen.stroke();
    target.setAttribute('aria-label', byId(id + '-caption').textContent + ' over time, now ' + words(seen[seen.length - 1][key]));
  }

  function nice(value) {
    var power = Math.pow(10, Math.floor(Math.log10(value)));
    var lead = value / power;
    return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
  }

  function drawCharts() {
    chart('loss', 'loss', colours['curve-3'], short);
    var timed = points.some(function (p) { return known(p.tick); });
    byId('speed-caption').textContent = timed ? 'Median tick time' : 'Ticks a second';
    chart('speed', timed ? 'tick' : 'speed', colours.ink, timed ? time : count);
  }

  // --- what is shown as text ------------------------------------------------------------------------------------------

  function showNumbers() {
    byId('n-speed').textContent = count(sight.ticks_per_second);
    byId('n-tick').textContent = time(sight.tick_ns);
    byId('n-budget').textContent = known(sight.budget_ns) && known(sight.tick_ns) ? percent(sight.tick_ns / sight.budget_ns) : '–';
    byId('n-late').textContent = count(sight.late);
    byId('n-frames').textContent = count(sight.frames);
    byId('n-loss').textContent = short(sight.loss_lately);
    byId('loss-caption').textContent = 'Loss' + (known(sight.loss_overall) ? ' (over all frames ' + short(sight.loss_overall) + ')' : '');
  }

  var told = '';
  var toldAt = -Infinity;

  // What a screen reader says: at once when the state changes, else every ten seconds.
  function tell(state) {
    var now = performance.now();
    if (state === told && now - toldAt < 10000) { return; }
    told = state;
    toldAt = now;
    byId('summary').textContent = !sight ? state : state + '. ' + count(sight.ticks) + ' ticks, ' + count(sight.ticks_per_second) + ' a second, loss '
      + short(sight.loss_lately) + (known(sight.late) ? ', ' + count(sight.late) + ' late.' : '.');
  }

  var WORDS = { ended: 'The run has ended', failed: 'The run has failed', unfinished: 'The writer has died; its last tick is unfinished', died: 'The writer has died', gone: 'The image file was cut',
    waiting: 'Waiting for a writer', left: 'The watch has ended', lost: 'No connection; trying again' };

  function showState(state) {
    var chip = byId('state');
    var words = WORDS[state] || state;
    if (chip.dataset.state !== state) {
      chip.dataset.state = state;
      chip.textContent = words;
    }
    tell(words);
  }

  function showPace() {
    byId('pace').textContent = PACES[pace] + (PACES[pace] === 1 ? ' tick' : ' ticks') + ' a second are played';
  }

  // --- drawing --------------------------------------------------------------------------------------------------------

  function draw() {
    drawNetwork();
    drawStrip();
  }

  var before = 0;

  function frame(now) {
    requestAnimationFrame(frame);
    var seconds = Math.min(0.1, (now - before) / 1000);
    before = now;
    if (paused || calm.matches || document.hidden) { return; }
    play(seconds);
    draw();
  }

  // With reduced motion the page changes once a second, and nothing moves in between.
  function still() {
    if (!calm.matches || paused || !shape) { return; }
    nextTake();
    if (take) {
      at = take.newest;
      while (played < take.newest) {
        played++;
        columns.push({ up: rowOf('up', played), down: rowOf('down', played) });
      }
      columns.splice(0, Math.max(0, columns.length - COLUMNS));
    }
    draw();
  }

  function repaint() {
    readColours();
    draw();
    drawCharts();
  }

  // --- events ---------------------------------------------------------------------------------------------------------

  function gotShape(text) {
    // A connection that was renewed brings the shape again.
    if (text === shapeText) { return; }
    var another = shape !== null;
    shapeText = text;
    shape = JSON.parse(text);
    if (another) { byId('summary').textContent = 'A new writer, process ' + shape.process + '.'; }
    // Nothing is taken from what was seen of the writer before: its ticks have other numbers.
    over = false;
    sight = null;
    take = null;
    at = 0;
    played = -1;
    largest = { up: 0, down: 0 };
    columns = [];
    ranges = { up: [], down: [] };
    byId('what').textContent = [shape.title, 'process ' + shape.process, shape.network, shape.rule, shape.hold ? 'hold ' + shape.hold : '',
      shape.latency ? 'latency ' + shape.latency + ' ticks' : ''].filter(Boolean).join(' · ');
    holder.setAttribute('aria-label', 'The network: ' + shape.layers.length + ' layers and ' + shape.projections.length
      + ' projections. Activations go up, errors come down. The numbers stand above.');
    layout();
  }

  function gotSight(json) {
    if (over) { return; }
    over = json.over;
    // A page that stands still shows the first numbers of a new writer.
    if (paused && sight && !over) { return; }
    sight = json;
    showState(sight.state);
    if (!shape) { return; }
    measure();
    remember();
    showNumbers();
    drawCharts();
    if (paused) { draw(); }
  }

  function listen() {
    var source = new EventSource('/events');
    source.addEventListener('shape', function (event) { gotShape(event.data); });
    source.addEventListener('sight', function (event) { gotSight(JSON.parse(event.data)); });
    source.addEventListener('end', function () {
      source.close();
      over = true;
      showState(sight && sight.over ? sight.state : 'left');
    });
    source.addEventListener('open', function () { if (!sight) { showState('waiting for the first tick'); } });
    source.addEventListener('error', function () { if (!over) { showState('lost'); } });
  }

  // --- keys -----------------------------------------------------------------------------------------------------------

  function pause() {
    paused = !paused;
    byId('pause').textContent = paused ? 'Go on' : 'Pause';
    byId('pause').setAttribute('aria-pressed', String(paused));
  }

  function change(by) {
    pace = Math.max(0, Math.min(PACES.length - 1, pace + by));
    showPace();
  }

  byId('pause').addEventListener('click', pause);
  byId('slower').addEventListener('click', function () { change(-1); });
  byId('faster').addEventListener('click', function () { change(1); });
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === ' ' && !event.target.closest('button')) {
      event.preventDefault();
      pause();
    } else if (event.key === '-') {
      change(-1);
    } else if (event.key === '+') {
      change(1);
    }
  });

  new ResizeObserver(layout).observe(scroller);
  new ResizeObserver(function () { drawStrip(); drawCharts(); }).observe(byId('strip'));
  new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
  readColours();
  showPace();
  drawCharts();
  setInterval(still, 1000);
  requestAnimationFrame(frame);
  listen();
})();
