package opd.cli.session;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Similar;

/// What the URL of a database may say beside host, database and login: how the server is reached
/// and how both prove who they are. In which facility a session works, what it waits for and what
/// its statements mean is for the program to decide, and no URL may name a class to load or a file
/// to write; so nothing reaches the driver but what stands here.
final class UrlParameters {
  private static final Parameter TRUTH = choice("true", "false");
  private static final Parameter NUMBER =
      new Parameter(Pattern.compile("[0-9]{1,9}"), "it is a whole number");
  private static final Parameter TEXT = new Parameter(Pattern.compile(".+"), "it is not empty");

  /// By the driver's name, which pays attention to case.
  private static final Map<String, Parameter> TAKEN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ApplicationName", TEXT),
              Map.entry("channelBinding", choice("disable", "prefer", "require")),
              Map.entry("gssEncMode", choice("disable", "allow", "prefer", "require")),
              Map.entry("hostRecheckSeconds", NUMBER),
              Map.entry("kerberosServerName", TEXT),
              Map.entry("loadBalanceHosts", TRUTH),
              Map.entry("localSocketAddress", TEXT),
              Map.entry("preparedStatementCacheQueries", NUMBER),
              Map.entry("prepareThreshold", NUMBER),
              Map.entry("receiveBufferSize", NUMBER),
              Map.entry("requireAuth", TEXT),
              Map.entry("sendBufferSize", NUMBER),
              Map.entry("ssl", TRUTH),
              Map.entry("sslcert", TEXT),
              Map.entry("sslkey", TEXT),
              Map.entry(
                  "sslmode",
                  choice("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
              Map.entry("sslNegotiation", choice("postgres", "direct")),
              Map.entry("sslpassword", TEXT),
              Map.entry("sslrootcert", TEXT),
              Map.entry(
                  "targetServerType",
                  choice("any", "primary", "secondary", "preferPrimary", "preferSecondary")),
              Map.entry("tcpKeepAlive", TRUTH),
              Map.entry("tcpNoDelay", TRUTH)));

  /// The driver's name by psql's.
  private static final Map<String, String> NAMES_OF_PSQL =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "krbsrvname", "kerberosServerName",
          "require_auth", "requireAuth",
          "sslnegotiation", "sslNegotiation",
          "target_session_attrs", "targetServerType");

  /// The driver's word for the kind of server by psql's.
  private static final Map<String, String> SERVERS_OF_PSQL =
      Map.of(
          "read-write", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private static final String BOUNDED =
      "leave it out, and bound the whole command with --timeout SECONDS";

  /// What to do instead, of what people are likely to try.
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("currentSchema", "leave it out, and name the hospital with --facility NAME"),
          Map.entry(
              "options",
              "leave it out: --facility NAME names the hospital, --timeout SECONDS bounds the"
                  + " command, and any other setting is given to the login by 'alter role … set …'"),
          Map.entry("connect_timeout", BOUNDED),
          Map.entry("connectTimeout", BOUNDED),
          Map.entry("loginTimeout", BOUNDED),
          Map.entry("queryTimeout", BOUNDED),
          Map.entry("socketTimeout", BOUNDED),
          Map.entry("readOnly", "leave it out, and use a login that may only read"));

  private UrlParameters() {}

  private record Parameter(Pattern possible, String described) {}

  private static Parameter choice(String... words) {
    return new Parameter(
        Pattern.compile(String.join("|", words)), "it can be " + String.join(", ", words));
  }

  /// @param name the driver's or psql's
  static boolean isTaken(String name) {
    return TAKEN.containsKey(NAMES_OF_PSQL.getOrDefault(name, name));
  }

  /// The parameter as the driver takes it.
  ///
  /// @param name the driver's or psql's
  /// @param value decoded
  /// @param encoded the value as it stands in the URL
  /// @throws OpdException INVALID_INPUT when it is not taken, or not with this value
  static String taken(String name, String value, String encoded) {
    String known = NAMES_OF_PSQL.getOrDefault(name, name);
    Parameter parameter = TAKEN.get(known);
    if (parameter == null) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "this program does not take the parameter "
              + PlainText.quote(name)
              + " of a database URL",
          hint(name));
    }
    String word = known.equals("targetServerType") ? SERVERS_OF_PSQL.get(value) : null;
    if (word == null && !parameter.possible().matcher(value).matches()) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the database URL's %s is %s".formatted(name, PlainText.quote(value)),
          parameter.described());
    }
    // The driver takes a plus sign for a space, as web forms do.
    return known + "=" + (word == null ? encoded.replace("+", "%2B") : word);
  }

  private static String hint(String name) {
    String instead = INSTEAD.get(name);
    if (instead != null) {
      return instead;
    }
    List<String> all = List.copyOf(TAKEN.keySet());
    return Similar.to(name, all)
        .map(similar -> "did you mean " + similar + "?")
        .orElse("leave it out; those that it takes are " + String.join(", ", all));
  }
}
