package opd.output.text;

/// Colour where it helps, and never alone: whatever is coloured is also said in words.
///
/// @param enabled whether escape sequences may be written
public record Style(boolean enabled) {
  String strong(String text) {
    return wrap("1", text);
  }

  String quiet(String text) {
    return wrap("2", text);
  }

  String good(String text) {
    return wrap("1;32", text);
  }

  String bad(String text) {
    return wrap("1;31", text);
  }

  String caution(String text) {
    return wrap("1;33", text);
  }

  /// What has just changed, in reverse video.
  String changed(String text) {
    return wrap("7", text);
  }

  private String wrap(String code, String text) {
    return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
