package opd.domain;

import java.util.UUID;

/// Names one request, so that it may be repeated without being carried out twice.
///
/// @param value 1 to 100 characters of plain text
public record RequestId(String value) {
  /// @throws OpdException INVALID_INPUT when it is empty, too long or not plain text
  public RequestId {
    value = PlainText.of("the request id", value, 100);
  }

  /// An id that nobody has used.
  public static RequestId random() {
    return new RequestId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
