package opd.service;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.record.Encoding;
import org.jspecify.annotations.Nullable;

/// Who asks, and under which id, so that asking twice does not happen twice.
public record Request(Actor actor, RequestId id) {

  /// The digest, in hexadecimal digits, that tells whether a repeated id comes with the same
  /// request.
  ///
  /// @param command the command's name, as `slot open`
  /// @param arguments its canonical arguments, in a fixed order; neither the actor nor a name nor
  ///   an output option is among them
  static String digest(String command, @Nullable Object... arguments) {
    return Encoding.sha256Hex(
        Stream.concat(Stream.of(command), Arrays.stream(arguments).map(Request::text))
            .toArray(String[]::new));
  }

  private static @Nullable String text(@Nullable Object argument) {
    Object value = argument instanceof Optional<?> optional ? optional.orElse(null) : argument;
    return Objects.toString(value, null);
  }
}
