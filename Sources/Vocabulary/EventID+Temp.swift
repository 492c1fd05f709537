extension EventID {
  /// temp
  public var text: String? { nil }
  /// temp
  public static func parse(_ text: String) -> (EventID, Bool) { (EventID(high: 0, low: 0), false) }
}
