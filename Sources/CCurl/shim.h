// SPDX-License-Identifier: Apache-2.0
// Swift cannot call C's variadic functions, so each kind of argument has a function here.
#ifndef TRAIL_INSIGHTS_CCURL_SHIM_H
#define TRAIL_INSIGHTS_CCURL_SHIM_H

#include <curl/curl.h>
#include <signal.h>
#include <time.h>

typedef size_t (*curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_set_body_sink(CURL *handle, curl_sink sink, void *context) {
  CURLcode status = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, sink);
  if (status != CURLE_OK) return status;
  return curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode curl_set_header_sink(CURL *handle, curl_sink sink, void *context) {
  CURLcode status = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, sink);
  if (status != CURLE_OK) return status;
  return curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

static inline long curl_response_status(CURL *handle) {
  long status = 0;
  return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

// Runs a transfer in which a write to a closed TLS connection is an error and not a signal.
// OpenSSL writes without MSG_NOSIGNAL, and libcurl's own guard changes the whole process. Here
// SIGPIPE is held back in this thread alone, and one that came meanwhile is taken away again.
static inline CURLcode curl_perform_quietly(CURL *handle) {
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigpending(&pending);
  int was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  CURLcode status = curl_easy_perform(handle);
  const struct timespec at_once = {0, 0};
  sigpending(&pending);
  if (!was_pending && sigismember(&pending, SIGPIPE)) sigtimedwait(&pipe, 0, &at_once);
  pthread_sigmask(SIG_SETMASK, &before, 0);
  return status;
}

#endif
