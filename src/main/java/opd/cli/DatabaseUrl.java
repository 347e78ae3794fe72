package opd.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// A database's address as people write it, taken apart: the password must not stay in the text,
/// which shows up in messages.
///
/// @param jdbc `jdbc:postgresql://hosts/database?parameters` without user and password
record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  private static final String JDBC = "jdbc:postgresql://";
  private static final List<String> PLAIN = List.of("postgresql://", "postgres://");

  /// @throws OpdException INVALID_INPUT when it is no PostgreSQL URL
  static DatabaseUrl parse(String text) {
    String rest = withoutScheme(text.strip());
    int parametersAt = rest.indexOf('?');
    String place = parametersAt < 0 ? rest : rest.substring(0, parametersAt);
    String[] parameters =
        parametersAt < 0 ? new String[0] : rest.substring(parametersAt + 1).split("&");

    String user = null;
    String password = null;
    int at = place.lastIndexOf('@');
    if (at >= 0) {
      String[] login = place.substring(0, at).split(":", 2);
      user = decoded(login[0]);
      password = login.length > 1 ? decoded(login[1]) : null;
      place = place.substring(at + 1);
    }
    List<String> kept = new ArrayList<>();
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      String value = pair.length > 1 ? decoded(pair[1]) : "";
      switch (pair[0]) {
        case "user" -> user = value;
        case "password" -> password = value;
        case "target_session_attrs" -> kept.add("targetServerType=" + serverType(value));
        default -> kept.add(parameter);
      }
    }
    String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    return new DatabaseUrl(JDBC + place + query, user, password);
  }

  private static String withoutScheme(String text) {
    if (text.startsWith(JDBC)) {
      return text.substring(JDBC.length());
    }
    for (String scheme : PLAIN) {
      if (text.startsWith(scheme)) {
        return text.substring(scheme.length());
      }
    }
    throw OpdException.invalid(
        "the database URL must begin with jdbc:postgresql:// or postgresql://");
  }

  /// The driver's word for what psql calls target_session_attrs.
  private static String serverType(String attributes) {
    return switch (attributes) {
      case "read-write", "primary" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> "any";
    };
  }

  private static String decoded(String text) {
    try {
      // A plus sign is itself here, unlike in web forms.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OpdException.invalid("the database URL has a wrong %-escape in user or password");
    }
  }

  @Override
  public String toString() {
    return jdbc;
  }
}
