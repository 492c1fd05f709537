// SPDX-License-Identifier: Apache-2.0
#include "include/trail_walk.h"
#include "plain_record.h"
#include <new>

/* The walk is a state machine over simdjson's structural indexes (its stage 1, which picks the
 * best instruction set at run time). A frame is an open container of rows; everything below a
 * record is walked in one go. So a window may end anywhere: the pair or element that it cuts is
 * walked again in the next window.
 *
 * A record about which nothing is unusual is taken in one go before that, by plain_record. */

namespace {

constexpr int deepest_frame = 32;

enum class expects : uint8_t { item, separator };

struct frame {
  bool is_array;
  expects next;
  key_number key; /* the last that was read */
  trail_row row;
  trail_field fields[TRAIL_FIELD_COUNT];
};

bool looks_like_record(const frame &row) {
  for (auto id : {TRAIL_EVENT_NAME, TRAIL_EVENT_VERSION, TRAIL_NESTED_TEXT, TRAIL_NESTED_BASE64}) {
    if (row.fields[id].kind != TRAIL_ABSENT) return true;
  }
  return false;
}

} // namespace

struct trail_walker {
  token_window window;
  frame frames[deepest_frame];
  int depth; /* open frames */
  /* Which key came behind each last time: records are written in one order, mostly. */
  key_number followers[wanted_count + NO_SCOPE];

  /* Damage that is not over yet: from here on nothing has looked like a record. */
  bool is_lost;
  bool takes_plain; /* whether plain records are taken in one go */
  bool is_loose; /* there was damage: separators without a container are no news */
  size_t lost_from, search_from, rescan_budget;
  uint8_t lost_kind;

  trail_row *rows;
  trail_field *fields;
  size_t row_count, row_capacity;

  void begin(const uint8_t *bytes, size_t size);
  void step();
  void finish();
  void give_up() { lose(window.position(), TRAIL_ROW_TOO_LARGE); }

private:
  frame &top() { return frames[depth - 1]; }
  void emit(const trail_row &row, const trail_field *fields);
  void push(bool is_array, size_t start);
  void pop(size_t end);
  bool step_plain_record();
  void step_object();
  void step_array();
  void step_top_level();
  bool accept_pair(size_t &token);
  bool read_key(scope in, size_t &token, key_number &key);
  action what(key_number key) { return key < wanted_count ? wanted_keys[key].what : action::skip; }
  bool walk_pairs(scope in, size_t &token, frame &into);
  bool keep_value(size_t &token, frame &into, uint8_t field);
  void found(size_t start);
  bool may_rescan(size_t from, size_t to);
  void lose(size_t from, uint8_t kind);
  void lose_at(size_t token);
  void search();
};

void trail_walker::begin(const uint8_t *bytes, size_t size) {
  window.begin(bytes, size);
  depth = 0;
  is_lost = is_loose = false;
  rescan_budget = 8 * size + (64 << 10);
}

void trail_walker::emit(const trail_row &row, const trail_field *found) {
  trail_row &place = rows[row_count];
  place = row;
  // What is no JSON may have been passed over without an index, and thus unchecked.
  const bool is_checked = row.kind == TRAIL_ROW_OBJECT || row.kind == TRAIL_ROW_TEXT;
  place.invalid_utf8 = window.has_invalid_utf8(row.start, row.end, is_checked);
  if (found) {
    memcpy(fields + row_count * TRAIL_FIELD_COUNT, found, sizeof(trail_field) * TRAIL_FIELD_COUNT);
  }
  row_count++;
}

void trail_walker::push(bool is_array, size_t start) {
  if (depth > 0) top().row.holds_rows = true;
  frame &opened = frames[depth++];
  opened.is_array = is_array;
  opened.next = expects::item;
  opened.key = unwanted(RECORD);
  opened.row = {start, start, TRAIL_ROW_OBJECT, false, false, false};
  if (!is_array) memset(opened.fields, 0, sizeof opened.fields);
}

/* Closes the top frame. While lost, an object that is no record is a part of the damage. */
void trail_walker::pop(size_t end) {
  frame &closed = frames[--depth];
  if (depth > 0) top().next = expects::separator;
  if (closed.is_array) return;
  if (is_lost && !looks_like_record(closed)) {
    /* Without its end, a damaged record's own list may have swallowed the records after it. */
    search_from = may_rescan(closed.row.start, end) ? closed.row.start + 1 : end;
    return search();
  }
  if (is_lost) found(closed.row.start);
  closed.row.end = end;
  emit(closed.row, closed.fields);
}

/* Ends the damage before a row that was read whole. */
void trail_walker::found(size_t start) {
  is_lost = false;
  emit({lost_from, start, TRAIL_ROW_DAMAGED, false, false, false}, nullptr);
}

/* Whether bytes may be walked again: in all some times, so that damage costs linear time. */
bool trail_walker::may_rescan(size_t from, size_t to) {
  if (to - from > rescan_budget) return false;
  rescan_budget -= to - from;
  return true;
}

/* Gives up what is open and looks for the next object after the place where it began. */
void trail_walker::lose(size_t from, uint8_t kind) {
  size_t began = from;
  if (depth > 0 && !top().is_array && !top().row.holds_rows) began = top().row.start;
  if (!is_lost) {
    lost_from = began;
    lost_kind = kind;
  }
  is_lost = is_loose = true;
  depth = 0;
  /* Again over what was open, as it may hold whole records; but not without end. */
  size_t failed_at = kind == TRAIL_ROW_TRUNCATED ? window.size() : from;
  if (!may_rescan(began, failed_at)) began = from = failed_at;
  search_from = began == from ? from : began + 1;
  search();
}

/* Loses what is open because of a token that must not stand there. */
void trail_walker::lose_at(size_t token) {
  bool is_cut = depth > 0 && window.ends_at(token);
  lose(window.position_of(token), is_cut ? TRAIL_ROW_TRUNCATED : TRAIL_ROW_DAMAGED);
}

void trail_walker::search() {
  size_t candidate = window.next_object(search_from);
  search_from = candidate + 1;
  window.move(candidate);
}

bool trail_walker::keep_value(size_t &token, frame &into, uint8_t field) {
  trail_field value;
  size_t start = window.position_of(token);
  if (!window.read_value(token, value)) return false;
  value.offset = uint32_t(start - into.row.start) + value.offset;
  into.row.has_escapes |= value.kind == TRAIL_ESCAPED_STRING;
  into.fields[field] = value;
  return true;
}

/* Reads a key and its colon; `key` is the key before it, and then this one. */
inline bool trail_walker::read_key(scope in, size_t &token, key_number &key) {
  key_number &likely = followers[key];
  if (likely < wanted_count && window.take_key(token, keys.text_of(likely))) {
    key = likely;
    return true;
  }
  size_t length;
  const uint8_t *name = window.read_key(token, length);
  if (!name) return false;
  const wanted *entry = keys.find(in, name, length);
  if (!entry && window.has_escape(name, name + length)) {
    entry = keys.find_escaped(in, name, length);
  }
  key = likely = entry ? key_number(entry - wanted_keys) : unwanted(in);
  return true;
}

/* Walks the inside of an object with wanted fields, from the token after its brace. */
bool trail_walker::walk_pairs(scope in, size_t &token, frame &into) {
  key_number key = unwanted(in);
  while (!window.is(token, '}')) {
    if (!read_key(in, token, key)) return false;
    bool is_fine = what(key) == action::skip   ? window.skip(token)
                   : what(key) == action::keep ? keep_value(token, into, wanted_keys[key].target)
                   : window.is(token, '{')
                       ? walk_pairs(scope(wanted_keys[key].target), ++token, into)
                       : window.skip(token);
    if (!is_fine) return false;
    if (window.is(token, ',')) token++;
    else if (!window.is(token, '}')) return false;
  }
  token++;
  return true;
}

/* Walks one pair of a row; pushes a frame where the value holds rows. */
bool trail_walker::accept_pair(size_t &token) {
  key_number &key = top().key;
  if (!read_key(RECORD, token, key)) return false;
  if (what(key) == action::skip) return window.skip(token);
  uint8_t target = wanted_keys[key].target;
  if (what(key) == action::keep) return keep_value(token, top(), target);
  bool is_object = window.is(token, '{'), is_array = window.is(token, '[');
  if (what(key) == action::enter) {
    return is_object ? walk_pairs(scope(target), ++token, top()) : window.skip(token);
  }
  if ((!is_object && !is_array) || depth == deepest_frame) return window.skip(token);
  if (is_lost) found(top().row.start);
  top().next = expects::separator;
  push(is_array, window.position_of(token++));
  return true;
}

/* Goes on pair by pair until the object or the window ends, or a container of rows begins: so it
 * emits no more than a step may. */
void trail_walker::step_object() {
  size_t token = window.next();
  frame &open = top();
  int depth_before = depth;
  while (depth == depth_before) {
    if (window.is(token, '}')) {
      window.take(token + 1);
      return pop(window.position_of(token) + 1);
    }
    if (open.next == expects::separator) {
      if (!window.is(token, ',')) return lose_at(token);
      open.next = expects::item;
      window.take(++token);
    } else {
      open.next = expects::separator;
      if (!accept_pair(token)) {
        open.next = expects::item;
        if (!window.starved()) lose_at(token);
        return;
      }
      window.take(token);
    }
    if (!window.has_token()) return;
  }
}

/* Takes a record in one go, where nothing is unusual about it; one that the window cuts begins the
 * next. */
bool trail_walker::step_plain_record() {
  size_t token = window.next();
  if (!takes_plain || is_lost || !window.is(token, '{')) return false;
  size_t start = window.position_of(token);
  plain_record record(window, followers, fields + row_count * TRAIL_FIELD_COUNT);
  const uint8_t *escape = window.escape();
  if (!record.walk(token)) {
    window.go_back_to(escape);
    return record.is_cut && window.begin_with(token);
  }
  size_t end = window.position_of(token) + 1;
  emit({start, end, TRAIL_ROW_OBJECT, false, false, record.has_escapes}, nullptr);
  window.take(token + 1);
  if (depth > 0) {
    top().row.holds_rows = true;
    top().next = expects::separator;
  }
  return true;
}

void trail_walker::step_array() {
  size_t token = window.next();
  frame &open = top();
  size_t at = window.position_of(token);
  if (window.is(token, ']')) {
    window.take(token + 1);
    return pop(at + 1);
  }
  if (open.next == expects::separator) {
    if (!window.is(token, ',')) return lose_at(token);
    open.next = expects::item;
    return window.take(token + 1);
  }
  if (window.is(token, '{') || window.is(token, '[')) {
    if (depth == deepest_frame) return lose(at, TRAIL_ROW_TOO_DEEP);
    if (step_plain_record()) return;
    push(window.is(token, '['), at);
    return window.take(token + 1);
  }
  trail_field value;
  if (window.read_value(token, value)) {
    emit({at, at + value.offset + value.length + (value.offset ? 1 : 0), TRAIL_ROW_TEXT, false,
          false, false}, nullptr);
    open.next = expects::separator;
    return window.take(token);
  }
  if (!window.starved()) lose_at(token);
}

void trail_walker::step_top_level() {
  size_t token = window.next();
  size_t at = window.position_of(token);
  if (step_plain_record()) return;
  if (window.is(token, '{') || (window.is(token, '[') && !is_lost)) {
    push(window.is(token, '['), at);
    return window.take(token + 1);
  }
  bool is_separator = window.is(token, ',') || window.is(token, ']') || window.is(token, '}');
  if (is_loose && !is_lost && is_separator) return window.take(token + 1);
  if (is_lost) return search();
  lose_at(token);
}

void trail_walker::step() {
  if (depth == 0) return step_top_level();
  top().is_array ? step_array() : step_object();
}

/* The bytes are over: what is still open was cut off. */
void trail_walker::finish() {
  if (depth > 0) {
    if (!is_lost && (top().is_array || top().row.holds_rows) && window.rest_is_blank()) {
      depth = 0;
      return emit({window.size(), window.size(), TRAIL_ROW_TRUNCATED, false, false, false}, nullptr);
    }
    return lose(window.position(), TRAIL_ROW_TRUNCATED);
  }
  if (!is_lost) return;
  is_lost = false;
  emit({lost_from, window.size(), lost_kind, false, false, false}, nullptr);
}

trail_walker *trail_walker_create(void) {
  auto *walker = new (std::nothrow) trail_walker();
  if (walker) {
    memset(walker->followers, unwanted(RECORD), sizeof walker->followers);
    walker->takes_plain = true;
  }
  if (walker && !walker->window.prepare()) {
    delete walker;
    walker = nullptr;
  }
  return walker;
}

void trail_walker_destroy(trail_walker *walker) { delete walker; }

void trail_walker_take_pairs(trail_walker *walker) { walker->takes_plain = false; }

void trail_walker_begin(trail_walker *walker, const uint8_t *bytes, size_t size) {
  walker->begin(bytes, size);
}

size_t trail_walker_next(trail_walker *walker, trail_row *rows, trail_field *fields,
                         size_t capacity) {
  walker->rows = rows;
  walker->fields = fields;
  walker->row_count = 0;
  walker->row_capacity = capacity;
  /* A step emits at most two rows: the damage before a record, and the record. */
  while (walker->row_count + 2 <= capacity) {
    if (walker->window.has_token()) {
      walker->step();
    } else if (walker->window.advance()) {
      continue;
    } else if (walker->window.gave_up()) {
      walker->give_up();
    } else {
      bool had_more = walker->depth > 0 || walker->is_lost;
      walker->finish();
      if (!had_more) break;
    }
  }
  return walker->row_count;
}
