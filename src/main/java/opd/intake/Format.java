package opd.intake;

/// How a list is written.
public enum Format {
  /// Comma-separated values with a header line.
  CSV,
  /// One JSON object a line.
  JSONL
}
