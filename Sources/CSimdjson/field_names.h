// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "include/trail_walk.h"
#include <array>
#include <cstring>
#include <string_view>

/* Which keys are wanted, and what to do with their values. */

enum scope : uint8_t {
  RECORD,
  IDENTITY,
  SESSION,
  ISSUER,
  ON_BEHALF_OF,
  RESPONSE,
  ADDENDUM,
  NO_SCOPE
};

enum class action : uint8_t {
  skip,
  keep,    /* note where the value stands */
  enter,   /* an object with wanted fields */
  descend, /* a container of records */
};

struct wanted {
  scope in;
  std::string_view name;
  action what = action::skip;
  uint8_t target = 0; /* a trail_field_id, or the scope to enter */
};

constexpr wanted wanted_keys[] = {
    {RECORD, "eventVersion", action::keep, TRAIL_EVENT_VERSION},
    {RECORD, "eventTime", action::keep, TRAIL_EVENT_TIME},
    {RECORD, "eventSource", action::keep, TRAIL_EVENT_SOURCE},
    {RECORD, "eventName", action::keep, TRAIL_EVENT_NAME},
    {RECORD, "eventID", action::keep, TRAIL_EVENT_ID},
    {RECORD, "eventType", action::keep, TRAIL_EVENT_TYPE},
    {RECORD, "eventCategory", action::keep, TRAIL_EVENT_CATEGORY},
    {RECORD, "awsRegion", action::keep, TRAIL_AWS_REGION},
    {RECORD, "sourceIPAddress", action::keep, TRAIL_SOURCE_IP_ADDRESS},
    {RECORD, "userAgent", action::keep, TRAIL_USER_AGENT},
    {RECORD, "errorCode", action::keep, TRAIL_ERROR_CODE},
    {RECORD, "errorMessage", action::keep, TRAIL_ERROR_MESSAGE},
    {RECORD, "readOnly", action::keep, TRAIL_READ_ONLY},
    {RECORD, "managementEvent", action::keep, TRAIL_MANAGEMENT_EVENT},
    {RECORD, "recipientAccountId", action::keep, TRAIL_RECIPIENT_ACCOUNT_ID},
    {RECORD, "responseElements", action::enter, RESPONSE},
    {RESPONSE, "ConsoleLogin", action::keep, TRAIL_CONSOLE_LOGIN},
    {RECORD, "addendum", action::enter, ADDENDUM},
    {ADDENDUM, "reason", action::keep, TRAIL_ADDENDUM_REASON},
    {ADDENDUM, "originalEventID", action::keep, TRAIL_ORIGINAL_EVENT_ID},
    {RECORD, "userIdentity", action::enter, IDENTITY},
    {IDENTITY, "type", action::keep, TRAIL_IDENTITY_TYPE},
    {IDENTITY, "arn", action::keep, TRAIL_IDENTITY_ARN},
    {IDENTITY, "principalId", action::keep, TRAIL_PRINCIPAL_ID},
    {IDENTITY, "accountId", action::keep, TRAIL_ACCOUNT_ID},
    {IDENTITY, "accessKeyId", action::keep, TRAIL_ACCESS_KEY_ID},
    {IDENTITY, "userName", action::keep, TRAIL_USER_NAME},
    {IDENTITY, "invokedBy", action::keep, TRAIL_INVOKED_BY},
    {IDENTITY, "identityProvider", action::keep, TRAIL_IDENTITY_PROVIDER},
    {IDENTITY, "sessionContext", action::enter, SESSION},
    {SESSION, "sessionIssuer", action::enter, ISSUER},
    {ISSUER, "arn", action::keep, TRAIL_SESSION_ISSUER_ARN},
    {IDENTITY, "onBehalfOf", action::enter, ON_BEHALF_OF},
    {ON_BEHALF_OF, "userId", action::keep, TRAIL_ON_BEHALF_OF_USER_ID},
    {ON_BEHALF_OF, "identityStoreArn", action::keep, TRAIL_IDENTITY_STORE_ARN},
    /* in nearly every record and not wanted: known, so that nothing more is asked about them */
    {RECORD, "requestParameters"},
    {RECORD, "requestID"},
    {RECORD, "tlsDetails"},
    {RECORD, "additionalEventData"},
    {RECORD, "resources"},
    {RECORD, "vpcEndpointId"},
    {SESSION, "attributes"},
    {SESSION, "webIdFederationData"},
    {ISSUER, "type"},
    {ISSUER, "principalId"},
    {ISSUER, "accountId"},
    {ISSUER, "userName"},
    /* other kinds of records, and what is none */
    {RECORD, "insightDetails", action::keep, TRAIL_INSIGHT},
    {RECORD, "insightState", action::keep, TRAIL_INSIGHT},
    {RECORD, "digestS3Object", action::keep, TRAIL_DIGEST},
    {RECORD, "hashSignature", action::keep, TRAIL_DIGEST}, /* beside saved results of Lake */
    {RECORD, "s3ObjectKey", action::keep, TRAIL_NOTICE},
    {RECORD, "TopicArn", action::keep, TRAIL_NOTICE},
    {RECORD, "EventSubscriptionArn", action::keep, TRAIL_NOTICE},
    {RECORD, "HostId", action::keep, TRAIL_NOTICE}, /* S3's test of a queue */
    {RECORD, "source-ip-address", action::keep, TRAIL_NOTICE}, /* S3's events on a bus */
    {RECORD, "messageType", action::keep, TRAIL_MESSAGE_TYPE},
    /* containers: their objects are rows of their own */
    {RECORD, "Records", action::descend},
    {RECORD, "Events", action::descend},
    {RECORD, "events", action::descend},
    {RECORD, "logEvents", action::descend},
    {RECORD, "records", action::descend},
    {RECORD, "detail", action::descend},
    {RECORD, "Sns", action::descend},
    {RECORD, "kinesis", action::descend},
    {RECORD, "awslogs", action::descend},
    {RECORD, "hits", action::descend},
    {RECORD, "_source", action::descend},
    {RECORD, "event", action::descend},
    {RECORD, "result", action::descend},
    {RECORD, "QueryResultRows", action::keep, TRAIL_QUERY_ROWS},
    {RECORD, "QueryResults", action::keep, TRAIL_QUERY_ROWS},
    {RECORD, "results", action::keep, TRAIL_QUERY_ROWS},
    /* texts that hold JSON again */
    {RECORD, "CloudTrailEvent", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "message", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "Message", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "body", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "original", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "event.original", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "_raw", action::keep, TRAIL_NESTED_TEXT},
    {RECORD, "data", action::keep, TRAIL_NESTED_BASE64},
    {RECORD, "Data", action::keep, TRAIL_NESTED_BASE64},
};

/* A short text in three words and a length: what is compared in place of bytes. */
struct packed_key {
  static constexpr size_t longest = 24;
  uint64_t first = 0, middle = 0, last = 0, first_mask = 0;
  size_t length = 0;

  constexpr packed_key() = default;
  constexpr packed_key(std::string_view text) : length(text.size()) {
    for (size_t i = 0; i < 8 && i < length; i++) {
      first |= uint64_t(uint8_t(text[i])) << (8 * i);
      first_mask |= uint64_t(255) << (8 * i);
    }
    for (size_t i = 8; i < 16 && length > 16; i++) {
      middle |= uint64_t(uint8_t(text[i])) << (8 * (i - 8));
    }
    for (size_t i = 0; i < 8 && length > 8; i++) {
      last |= uint64_t(uint8_t(text[length - 8 + i])) << (8 * i);
    }
  }
  /* Looks at up to seven bytes behind the text, too, which are always there. */
  packed_key(const uint8_t *text, size_t length) : length(length) {
    first = word(text);
    if (length < 8) first &= (uint64_t(1) << (8 * length)) - 1;
    if (length > 8) last = word(text + length - 8);
    if (length > 16) middle = word(text + 8);
  }

  /* Whether the text stands here; looks at the same bytes. */
  bool is_at(const uint8_t *text) const {
    if ((word(text) & first_mask) != first) return false;
    if (length > 8 && word(text + length - 8) != last) return false;
    return length <= 16 || word(text + 8) == middle;
  }
  constexpr bool operator==(const packed_key &other) const {
    return first == other.first && last == other.last && length == other.length &&
           middle == other.middle;
  }
  constexpr uint64_t hash(uint8_t in) const {
    uint64_t mixed = (first ^ (last << 7 | last >> 57) ^ (length << 56) ^ in) * 0x9E3779B97F4A7C15u;
    return mixed ^ mixed >> 29;
  }

private:
  static uint64_t word(const uint8_t *text) {
    uint64_t bytes;
    memcpy(&bytes, text, 8);
    return bytes;
  }
};

/* An open-addressed table of the keys, laid out by the compiler. */
class key_table {
  static constexpr size_t size = 512;
  std::array<uint8_t, size> slots{}; /* index + 1 into wanted_keys */
  std::array<packed_key, std::size(wanted_keys)> packed{};

public:
  constexpr key_table() {
    for (size_t i = 0; i < std::size(wanted_keys); i++) {
      packed[i] = packed_key(wanted_keys[i].name);
      size_t at = packed[i].hash(wanted_keys[i].in) % size;
      while (slots[at]) at = (at + 1) % size;
      slots[at] = uint8_t(i + 1);
    }
  }

  [[gnu::always_inline]] const wanted *find(scope in, const uint8_t *name, size_t length) const {
    if (length == 0 || length > longest) return nullptr;
    packed_key key(name, length);
    for (size_t at = key.hash(in) % size; slots[at]; at = (at + 1) % size) {
      size_t index = slots[at] - 1;
      if (packed[index] == key && wanted_keys[index].in == in) return &wanted_keys[index];
    }
    return nullptr;
  }

  const packed_key &text_of(size_t index) const { return packed[index]; }

  /* Finds a key with escapes. Apart, so that the usual way stays short enough to stand in the walk
   * itself: hardly anybody escapes a key's letters. */
  [[gnu::noinline]] const wanted *find_escaped(scope in, const uint8_t *name, size_t length) const {
    uint8_t plain[longest + 8] = {};
    return find(in, plain, unescape(name, length, plain));
  }

private:
  static constexpr size_t longest = packed_key::longest;

  /* Undoes the escapes of letters, such as \u004e; 0 where others stand or the key is too long. */
  static size_t unescape(const uint8_t *name, size_t length, uint8_t (&plain)[longest + 8]) {
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
      if (count == longest) return 0;
      if (name[at] != '\\') {
        plain[count] = name[at++];
        continue;
      }
      if (length - at < 6 || memcmp(name + at, "\\u00", 4) != 0) return 0;
      int high = digit(name[at + 4]), low = digit(name[at + 5]);
      if (high < 0 || high > 7 || low < 0) return 0;
      plain[count] = uint8_t(high << 4 | low);
      at += 6;
    }
    return count;
  }

  static int digit(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
  }
};
