package opd.torture;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One command that a desk gives, which may be given again.
///
/// @param id of the request
/// @param words the command and its arguments, without the request's id
/// @param timeout how long it may take
record Wish(String id, List<String> words, Duration timeout) {
  Wish within(Duration other) {
    return new Wish(id, words, other);
  }

  List<String> line() {
    return line(id);
  }

  List<String> line(String requestId) {
    return Stream.concat(
            words.stream(),
            Stream.of(
                "--request-id", requestId, "--timeout", Double.toString(timeout.toMillis() / 1e3)))
        .toList();
  }

  /// As it is typed into a console.
  String typed() {
    return line().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "opd " + String.join(" ", line());
  }
}
