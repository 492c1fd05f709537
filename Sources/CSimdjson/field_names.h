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

/* An open-addressed table of the keys, laid out by the compiler. */
class key_table {
  static constexpr size_t size = 256;
  std::array<uint8_t, size> slots{}; /* index + 1 into wanted_keys */

  static constexpr size_t slot(scope in, std::string_view name) {
    uint32_t hash = uint32_t(name.size()) * 31 + uint32_t(in) * 97;
    hash += uint8_t(name.front()) * 7 + uint8_t(name.back()) * 13 + uint8_t(name[name.size() / 2]);
    return (hash ^ (hash >> 5)) % size;
  }

public:
  constexpr key_table() {
    for (size_t i = 0; i < std::size(wanted_keys); i++) {
      size_t at = slot(wanted_keys[i].in, wanted_keys[i].name);
      while (slots[at]) at = (at + 1) % size;
      slots[at] = uint8_t(i + 1);
    }
  }

  const wanted *find(scope in, const uint8_t *name, size_t length) const {
    const wanted *key = find_plain(in, name, length);
    /* Hardly anybody escapes a key's letters, so only keys that are not wanted are looked at. */
    if (key || !may_hold_backslash(name, length)) return key;
    return find_escaped(in, name, length);
  }

private:
  static constexpr size_t longest = 32;

  const wanted *find_plain(scope in, const uint8_t *name, size_t length) const {
    if (length == 0) return nullptr;
    std::string_view key(reinterpret_cast<const char *>(name), length);
    for (size_t at = slot(in, key); slots[at]; at = (at + 1) % size) {
      const wanted &entry = wanted_keys[slots[at] - 1];
      if (entry.in == in && entry.name == key) return &entry;
    }
    return nullptr;
  }

  /* Apart, so that the usual way stays short enough to stand in the walk itself. */
  [[gnu::noinline]] const wanted *find_escaped(scope in, const uint8_t *name, size_t length) const {
    uint8_t plain[longest];
    return find_plain(in, plain, unescape(name, length, plain));
  }

  /* Eight bytes at a time, for keys are short; up to seven bytes behind the key are looked at, too,
   * which are always there. A zero byte shows as a borrow in its highest bit. */
  static bool may_hold_backslash(const uint8_t *name, size_t length) {
    constexpr uint64_t ones = ~uint64_t(0) / 255;
    uint64_t found = 0;
    for (size_t at = 0; at < length; at += 8) {
      uint64_t word;
      memcpy(&word, name + at, 8);
      word ^= ones * '\\';
      found |= (word - ones) & ~word;
    }
    return found & (ones << 7);
  }

  /* Undoes the escapes of letters, such as \u004e; 0 where others stand or the key is too long. */
  static size_t unescape(const uint8_t *name, size_t length, uint8_t (&plain)[longest]) {
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
