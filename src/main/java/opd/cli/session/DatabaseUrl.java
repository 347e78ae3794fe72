package opd.cli.session;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jspecify.annotations.Nullable;

/// A database's address as people write it, taken apart: the password must not stay in the text,
/// which shows up in messages.
///
/// @param jdbc `jdbc:postgresql://hosts/database?parameters` without user and password
public record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  private static final String JDBC = "jdbc:postgresql://";
  // A name or address, or one for IP version 6 in brackets; a port may follow.
  private static final Pattern HOST =
      Pattern.compile("([^\\[\\]:/\\s]+|\\[[0-9a-fA-F:.%]+\\])(:[0-9]{1,5})?");
  private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})$");
  private static final Pattern KEY_PASSWORD = Pattern.compile("([?&]sslpassword=)[^&]*");
  private static final String SERVER_TYPE = "targetServerType=";
  private static final List<String> PLAIN = List.of("postgresql://", "postgres://");

  /// @throws OpdException INVALID_INPUT when it is no PostgreSQL URL
  public static DatabaseUrl parse(String text) {
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
    checkHosts(place, at < 0 && rest.contains("@"));
    boolean isCut = Arrays.stream(parameters).anyMatch(DatabaseUrl::looksLikeLogin);
    List<String> kept = new ArrayList<>();
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      String encoded = pair.length > 1 ? pair[1] : "";
      String value = decoded(encoded);
      switch (pair[0]) {
        case "" -> {}
        case "user" -> user = value;
        case "password" -> password = value;
        default -> {
          if (isCut && !UrlParameters.isTaken(pair[0])) {
            throw cutLogin();
          }
          kept.add(UrlParameters.taken(pair[0], value, encoded));
        }
      }
    }
    // The driver wants the slash; without a database's name it takes the user's.
    String address = place.contains("/") ? place : place + "/";
    checkDecodable(address.substring(address.indexOf('/')));
    boolean isOneOfSeveral = place.contains(",");
    if (isOneOfSeveral && kept.stream().noneMatch(each -> each.startsWith(SERVER_TYPE))) {
      // A standby takes no changes.
      kept.add(SERVER_TYPE + "primary");
    }
    String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    return new DatabaseUrl(JDBC + address + query, user, password);
  }

  /// Whether it may be the end of a login that is cut at a question mark: then it is not shown.
  private static boolean looksLikeLogin(String parameter) {
    boolean isLogin = parameter.startsWith("user=") || parameter.startsWith("password=");
    return parameter.contains("@") && !isLogin;
  }

  /// @param mayBeLogin whether what stands for a host may be the beginning of a login, cut at a
  ///   question mark: then it is not shown
  private static void checkHosts(String place, boolean mayBeLogin) {
    int slash = place.indexOf('/');
    String hosts = slash < 0 ? place : place.substring(0, slash);
    for (String host : hosts.split(",", -1)) {
      boolean isUsable = HOST.matcher(host).matches();
      if (!isUsable || !isPort(host)) {
        throw mayBeLogin
            ? cutLogin()
            : new OpdException(
                ErrorCode.INVALID_INPUT,
                "the database URL has no usable host " + PlainText.quote(host),
                "give it as postgresql://host:5432/database");
      }
    }
  }

  private static OpdException cutLogin() {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the database URL has a question mark in user or password",
        "write it as %3F, or leave the password to OPD_DB_PASSWORD");
  }

  private static boolean isPort(String host) {
    Matcher port = PORT.matcher(host);
    if (!port.find()) {
      return true;
    }
    int number = Integer.parseInt(port.group(1));
    return number >= 1 && number <= 65_535;
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

  /// Of what the driver decodes itself.
  ///
  /// @throws OpdException INVALID_INPUT
  private static void checkDecodable(String text) {
    String _ = decoded(text);
  }

  /// A control character would end a value on its way to the server, and what follows it would be
  /// an option of the session.
  private static String decoded(String text) {
    try {
      // A plus sign is itself here, unlike in web forms.
      String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.chars().anyMatch(Character::isISOControl)) {
        throw OpdException.invalid("the database URL has a control character in it");
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw OpdException.invalid("the database URL has a wrong %-escape");
    }
  }

  /// Without the password of a client certificate's key.
  @Override
  public String toString() {
    return KEY_PASSWORD.matcher(jdbc).replaceAll("$1***");
  }
}
