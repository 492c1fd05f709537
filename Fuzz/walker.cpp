// SPDX-License-Identifier: Apache-2.0
// Fuzzes the walker over trail data: any bytes must give rows that lie within the buffer, in a
// number bounded by its size, with fields that lie within their rows.
#include "trail_walk.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace {

constexpr size_t capacity = 16;
constexpr size_t padding = 64;

void require(bool holds) {
  if (!holds) abort();
}

// Every byte of every field is read, so that the address check sees the ones out of bounds.
unsigned sum_of_fields(const trail_row &row, const trail_field *fields, const uint8_t *bytes) {
  unsigned sum = 0;
  for (int id = 0; id < TRAIL_FIELD_COUNT; id++) {
    const trail_field &field = fields[id];
    if (field.kind == TRAIL_ABSENT) continue;
    const size_t start = row.start + field.offset;
    require(start + field.length <= row.end);
    for (size_t index = start; index < start + field.length; index++) sum += bytes[index];
  }
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static trail_walker *const walker = trail_walker_create();
  static std::vector<trail_row> rows(capacity);
  static std::vector<trail_field> fields(capacity * TRAIL_FIELD_COUNT);
  // On the heap and of the exact size: one byte too far is a finding.
  const std::unique_ptr<uint8_t[]> bytes(new uint8_t[size + padding]());
  if (size > 0) memcpy(bytes.get(), data, size);

  trail_walker_begin(walker, bytes.get(), size);
  volatile unsigned sum = 0;
  size_t total = 0;
  while (size_t count = trail_walker_next(walker, rows.data(), fields.data(), capacity)) {
    total += count;
    require(total <= size + capacity);
    for (size_t index = 0; index < count; index++) {
      const trail_row &row = rows[index];
      require(row.start <= row.end && row.end <= size);
      if (row.kind != TRAIL_ROW_OBJECT) continue;
      sum = sum + sum_of_fields(row, &fields[index * TRAIL_FIELD_COUNT], bytes.get());
    }
  }
  return 0;
}
