// SPDX-License-Identifier: Apache-2.0
import CCurl

/// One libcurl handle, which keeps its connections open from request to request.
///
/// Not to be shared: each worker owns one. This is the only file that knows libcurl.
@safe struct HTTPClient: ~Copyable {
  private let handle: UnsafeMutableRawPointer?
  private let sink = ResponseSink()

  /// libcurl wants to be set up once in a process, before the first handle.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() {
    unsafe handle = Self.isReady ? curl_easy_init() : nil
  }

  deinit {
    if let handle = unsafe handle { unsafe curl_easy_cleanup(handle) }
  }

  /// Sends a request and gathers the answer; the buffer holds its body afterwards, whole or not.
  mutating func send(
    _ request: HTTPRequest, into body: inout [UInt8]
  ) throws(TransferFailure) -> HTTPResponse {
    guard let handle = unsafe handle else {
      throw TransferFailure(reason: "libcurl could not be set up", isPassing: false)
    }
    sink.begin(limit: request.limits.bodyBytes, reusing: &body)
    defer { sink.end(returning: &body) }
    let status = unsafe perform(request, on: handle)
    guard status == CURLE_OK else {
      let reason = sink.isOverLimit ? "it is too large" : Self.reason(status)
      throw TransferFailure(reason: reason, isPassing: Self.isPassing(status))
    }
    return sink.response
  }

  private func perform(_ request: HTTPRequest, on handle: UnsafeMutableRawPointer) -> CURLcode {
    unsafe curl_easy_reset(handle)
    var list: UnsafeMutablePointer<curl_slist>?
    for header in request.headers {
      unsafe list = curl_slist_append(list, header.name + ": " + header.value)
    }
    defer { unsafe curl_slist_free_all(list) }
    let context = unsafe Unmanaged.passUnretained(sink).toOpaque()
    let statuses = unsafe [
      curl_set_list(handle, CURLOPT_HTTPHEADER, list),
      curl_set_body_sink(handle, takeBody, context),
      curl_set_header_sink(handle, takeHeader, context),
    ]
    let options = Self.texts(of: request).map { unsafe curl_set_text(handle, $0, $1) }
    let limits = Self.numbers(of: request.limits).map { unsafe curl_set_number(handle, $0, $1) }
    if let failed = (statuses + options + limits).first(where: { $0 != CURLE_OK }) { return failed }
    let status = unsafe curl_perform_quietly(handle)
    sink.response.status = unsafe curl_response_status(handle)
    return status
  }

  private static func texts(of request: HTTPRequest) -> [(CURLoption, String)] {
    var texts = [
      (CURLOPT_URL, request.url), (CURLOPT_CUSTOMREQUEST, request.method),
      (CURLOPT_PROTOCOLS_STR, "http,https"),
    ]
    if let signature = request.signature {
      texts += [
        (CURLOPT_AWS_SIGV4, "aws:amz:" + signature.region + ":" + signature.service),
        (CURLOPT_USERNAME, signature.credentials.accessKeyID),
        (CURLOPT_PASSWORD, signature.credentials.secretAccessKey),
      ]
    }
    if let form = request.form { texts.append((CURLOPT_COPYPOSTFIELDS, form)) }
    if request.limits.avoidsProxy { texts.append((CURLOPT_NOPROXY, "*")) }
    if let file = request.limits.authoritiesFile { texts.append((CURLOPT_CAINFO, file)) }
    return texts
  }

  private static func numbers(of limits: HTTPLimits) -> [(CURLoption, Int)] {
    [
      // No signals: a process with several threads must not be interrupted by a slow name server.
      (CURLOPT_NOSIGNAL, 1),
      // `a/../b` and `//` are keys like any other.
      (CURLOPT_PATH_AS_IS, 1),
      (CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds),
      (CURLOPT_TIMEOUT_MS, limits.totalMilliseconds),
      (CURLOPT_LOW_SPEED_LIMIT, 1),
      (CURLOPT_LOW_SPEED_TIME, limits.stallSeconds),
    ]
  }

  private static func reason(_ status: CURLcode) -> String {
    let text = unsafe String(cString: curl_easy_strerror(status))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// Whether a failure is the network's mood rather than the request's or the machine's fault.
  private static func isPassing(_ status: CURLcode) -> Bool {
    switch status {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PARTIAL_FILE,
      CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR,
      CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY:
      true
    default: false
    }
  }
}

/// Where libcurl's two callbacks put what arrives.
private final class ResponseSink {
  var response = HTTPResponse()
  private(set) var isOverLimit = false
  private var body: [UInt8] = []
  private var limit = 0

  func begin(limit: Int, reusing buffer: inout [UInt8]) {
    response = HTTPResponse()
    isOverLimit = false
    self.limit = limit
    swap(&body, &buffer)
    body.removeAll(keepingCapacity: true)
  }

  func end(returning buffer: inout [UInt8]) {
    swap(&body, &buffer)
    body = []
  }

  func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isOverLimit = body.count + bytes.count > limit
    guard !isOverLimit else { return false }
    if body.isEmpty, let length = response.headers["content-length"].flatMap({ Int($0) }) {
      body.reserveCapacity(min(max(length, 0), limit))
    }
    unsafe body.append(contentsOf: bytes)
    return true
  }

  /// Takes `Name: value`; a new status line (after a 100 Continue) begins anew.
  func addHeader(_ line: String) {
    if line.hasPrefix("HTTP/") { response.headers = [:] }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
    response.headers[line[..<colon].lowercased()] = String(value)
  }
}

private let takeBody: curl_sink = { bytes, size, count, context in
  guard let context = unsafe context, let bytes = unsafe bytes else { return 0 }
  let sink = unsafe Unmanaged<ResponseSink>.fromOpaque(context).takeUnretainedValue()
  let length = size * count
  return unsafe sink.add(UnsafeRawBufferPointer(start: bytes, count: length)) ? length : 0
}

private let takeHeader: curl_sink = { bytes, size, count, context in
  guard let context = unsafe context, let bytes = unsafe bytes else { return 0 }
  let sink = unsafe Unmanaged<ResponseSink>.fromOpaque(context).takeUnretainedValue()
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  // A line ends in CR LF, which are one Character to Swift: cut them off as bytes.
  let text = unsafe line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
  sink.addHeader(unsafe String(decoding: text, as: UTF8.self))
  return size * count
}
