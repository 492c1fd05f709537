// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Walks a stream of JSON values and says where the fields of trail records stand.
 *
 * Bytes go in once per buffer; rows come out some at a time. A row is one JSON object that
 * stands where a record may stand, with one `trail_field` for each wanted field; what is not wanted
 * is passed over without being looked into. Nothing is copied and nothing is unescaped.
 *
 * Damage is a row, too: the walk goes on with the next object that looks like a record.
 */

enum trail_field_id {
  /* the record */
  TRAIL_EVENT_VERSION,
  TRAIL_EVENT_TIME,
  TRAIL_EVENT_SOURCE,
  TRAIL_EVENT_NAME,
  TRAIL_EVENT_ID,
  TRAIL_EVENT_TYPE,
  TRAIL_EVENT_CATEGORY,
  TRAIL_AWS_REGION,
  TRAIL_SOURCE_IP_ADDRESS,
  TRAIL_USER_AGENT,
  TRAIL_ERROR_CODE,
  TRAIL_ERROR_MESSAGE,
  TRAIL_READ_ONLY,
  TRAIL_MANAGEMENT_EVENT,
  TRAIL_RECIPIENT_ACCOUNT_ID,
  TRAIL_CONSOLE_LOGIN,
  TRAIL_ADDENDUM_REASON,
  TRAIL_ORIGINAL_EVENT_ID,
  /* who called */
  TRAIL_IDENTITY_TYPE,
  TRAIL_IDENTITY_ARN,
  TRAIL_PRINCIPAL_ID,
  TRAIL_ACCOUNT_ID,
  TRAIL_ACCESS_KEY_ID,
  TRAIL_USER_NAME,
  TRAIL_INVOKED_BY,
  TRAIL_IDENTITY_PROVIDER,
  TRAIL_SESSION_ISSUER_ARN,
  TRAIL_ON_BEHALF_OF_USER_ID,
  TRAIL_IDENTITY_STORE_ARN,
  /* what tells the other kinds apart; their values hardly matter */
  TRAIL_INSIGHT,
  TRAIL_DIGEST,
  TRAIL_NOTICE,
  TRAIL_MESSAGE_TYPE,
  /* values that hold records themselves */
  TRAIL_NESTED_TEXT,
  TRAIL_NESTED_BASE64,
  TRAIL_QUERY_ROWS,
  TRAIL_FIELD_COUNT
};

enum trail_value_kind {
  TRAIL_ABSENT, /* also for null */
  TRAIL_STRING,
  TRAIL_ESCAPED_STRING,
  TRAIL_SCALAR,
  TRAIL_OBJECT,
  TRAIL_ARRAY
};

/* Where a value stands: strings without their quotes. */
typedef struct {
  uint32_t offset; /* from the start of the row */
  uint32_t length;
  uint32_t kind;
} trail_field;

enum trail_row_kind {
  TRAIL_ROW_OBJECT,
  TRAIL_ROW_TEXT,      /* a string or a scalar where a record may stand, with quotes */
  TRAIL_ROW_DAMAGED,   /* bytes that are no JSON */
  TRAIL_ROW_TRUNCATED, /* the bytes ended before a value did */
  TRAIL_ROW_TOO_DEEP,  /* containers of records nested beyond the walker's stack */
  TRAIL_ROW_TOO_LARGE  /* one value beyond the walker's memory */
};

typedef struct {
  size_t start, end; /* in the buffer */
  uint8_t kind;
  bool holds_rows;   /* a container whose rows came before it */
  bool invalid_utf8; /* somewhere in the row */
  bool has_escapes;  /* in one of the fields */
} trail_row;

typedef struct trail_walker trail_walker;

/* Returns null where memory is short. */
trail_walker *trail_walker_create(void);
void trail_walker_destroy(trail_walker *walker);

/* Walks all records pair by pair from now on: the slow twin of taking them in one go, for tests. */
void trail_walker_take_pairs(trail_walker *walker);

/* Begins a buffer, which must stay as it is until its last row, with 64 readable bytes behind. */
void trail_walker_begin(trail_walker *walker, const uint8_t *bytes, size_t size);

/* Fills up to `capacity` rows and `capacity * TRAIL_FIELD_COUNT` fields; 0 after the last row. */
size_t trail_walker_next(trail_walker *walker, trail_row *rows, trail_field *fields,
                         size_t capacity);

#ifdef __cplusplus
}
#endif
