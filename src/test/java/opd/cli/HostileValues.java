package opd.cli;

import java.util.List;
import java.util.Map;

/// Values that do harm where they become part of a statement, a setting, a login or a path; by the
/// place where they are given. In each, `%T` is a table that nobody may touch and `%F` a file that
/// nobody may make.
final class HostileValues {
  /// Runs a second statement where it is spliced into one; several ways to end the first.
  private static final List<String> STATEMENTS =
      List.of(
          "'; insert into %T values ('ran'); --",
          "', 'UTC', 'DATABASE'); insert into %T values ('ran'); --",
          "\\'; insert into %T values ('ran'); --",
          "$$; insert into %T values ('ran'); $$",
          "\"; insert into %T values ('ran'); --",
          "x'); copy %T to program 'touch %F'; --",
          "' || (select string_agg(x, '') from %T) || '");

  /// Means something to a template, a format, a shell or a pattern.
  private static final List<String> TEMPLATES =
      List.of(
          "${desk_role}",
          "${flyway:defaultSchema}",
          "${user.home}",
          "%I %L %s %1$s",
          "$(touch %F)",
          "`touch %F`",
          "{0} {d '2030-01-01'} ?");

  /// Cannot be shown, or not as what it is.
  private static final List<String> UNSHOWABLE =
      List.of(
          "a\u0000b",
          "a\nb",
          "a\u001b[2Jb",
          "\u202eevil",
          "a\u2066b",
          "\ud800",
          "\u200d\u200c",
          "\u00a0",
          "\u3164",
          "\u2800 \u00ad",
          "");

  private HostileValues() {}

  private static List<String> all(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  /// Names of patients, actors and requests: one that can be shown is kept as it is.
  static List<String> keptTexts() {
    return all(List.of(STATEMENTS, TEMPLATES));
  }

  static List<String> refusedTexts() {
    return all(List.of(UNSHOWABLE, List.of("x".repeat(201), "\u0939\u093f".repeat(5_000))));
  }

  /// Of facilities, of which names of schemas and roles are made.
  static List<String> facilities() {
    return all(
        List.of(
            STATEMENTS,
            TEMPLATES,
            UNSHOWABLE.subList(0, UNSHOWABLE.size() - 1),
            List.of(
                "Main",
                "main ",
                "1main",
                "pg_temp,public",
                "m.n",
                "m-n",
                "ma\u0131n",
                "x".repeat(32))));
  }

  static List<String> regions() {
    return all(
        List.of(STATEMENTS, TEMPLATES, UNSHOWABLE, List.of("I", "IND", "XX", "\u0131n", "I ")));
  }

  /// Of a facility, whose zone is a name. The last but one is one of Java's alone.
  static List<String> zones() {
    return all(
        List.of(
            STATEMENTS,
            TEMPLATES,
            UNSHOWABLE,
            List.of("+05:30", "Z", "UTC+5", "GMT-03:00", "../../etc/passwd", "asia/kolkata"),
            List.of("SystemV/AST4ADT", "Asia/Kolkata\u0000")));
  }

  /// JSON pointers to every field of a manifest.
  static List<String> absentFields() {
    return List.of(
        "/format",
        "/facility",
        "/schemaVersion",
        "/region",
        "/zone",
        "/clock",
        "/takenAt",
        "/tables",
        "/tables/0/name",
        "/tables/0/columns",
        "/tables/0/rows",
        "/tables/0/sha256");
  }

  /// What of a manifest is set to what, as a JSON pointer and JSON.
  static List<Map.Entry<String, String>> manifestFields() {
    String[] fields = {
      "/format null",
      "/format \"1\"",
      "/format 1.5",
      "/format 2",
      "/format -1",
      "/facility null",
      "/facility 7",
      "/facility \"a'; insert into %T values ('ran'); --\"",
      "/schemaVersion null",
      "/schemaVersion \"9\"",
      "/schemaVersion 99",
      "/schemaVersion 0",
      "/region null",
      "/region \"in\"",
      "/region \"XX\"",
      "/region \"\"",
      "/region [\"IN\"]",
      "/zone null",
      "/zone \"+05:30\"",
      "/zone \"Mars/Olympus\"",
      "/zone \"\"",
      "/zone 5",
      "/clock null",
      "/clock \"SIMULATION\"",
      "/clock \"database\"",
      "/clock 0",
      "/clock \"\"",
      "/takenAt null",
      "/takenAt \"yesterday\"",
      "/takenAt \"2026-13-01T00:00:00Z\"",
      "/tables null",
      "/tables {}",
      "/tables [null]",
      "/tables \"patient\"",
      "/tables/0/name null",
      "/tables/0/name \"../../x\"",
      "/tables/0/name \"a.b\"",
      "/tables/0/name \"patient\"",
      "/tables/0/name \"token; drop table slot\"",
      "/tables/0/columns null",
      "/tables/0/columns []",
      "/tables/0/columns [null]",
      "/tables/0/columns [\"a\", \"a\"]",
      "/tables/0/columns [\"a) from program 'id' --\"]",
      "/tables/0/rows null",
      "/tables/0/rows -1",
      "/tables/0/rows 1e30",
      "/tables/0/rows \"5\"",
      "/tables/0/sha256 null",
      "/tables/0/sha256 \"\"",
      "/tables/0/sha256 \"A\"",
      "/search_path \"public\"",
      "/tables/0/owner \"postgres\""
    };
    return List.of(fields).stream()
        .map(line -> Map.entry(line.split(" ", 2)[0], line.split(" ", 2)[1]))
        .toList();
  }

  /// Instead of a manifest.
  static List<String> manifests() {
    return List.of(
        "",
        "null",
        "[]",
        "{}",
        "{",
        "\u0000",
        "{\"format\":1,\"format\":1}",
        "{\"format\":1} {\"format\":1}",
        "[".repeat(100_000),
        "{\"format\":1," + " ".repeat(2_000_000) + "}");
  }

  /// What follows `postgresql://HOST/` or stands for it; each leads elsewhere, or would.
  static List<String> urls() {
    return List.of(
        "@?options=-c%20search_path=opd_main",
        "@?options=-c search_path=opd_main",
        "@?currentSchema=opd_main",
        "@?CURRENTSCHEMA=opd_main",
        "@?cur%72entSchema=opd_main",
        "@?sslmode=disable&options=-c%20lock_timeout=0",
        "@?socketFactory=java.io.FileOutputStream&socketFactoryArg=%F",
        "@?sslfactory=org.example.Any&sslfactoryarg=x",
        "@?authenticationPluginClassName=org.example.Any",
        "@?loggerLevel=TRACE&loggerFile=%F",
        "@?PGHOST=127.0.0.2",
        "@?PGDBNAME=other",
        "@?service=other",
        "@?autosave=always",
        "@?readOnly=true",
        "@?preferQueryMode=simple",
        "@?replication=database",
        "@?stringtype=unspecified",
        "@?socketTimeout=0",
        "@?connect_timeout=99999",
        "@?SSLMODE=verify-full",
        "@?sslmode=none",
        "@?sslmode=disable;options=x",
        "@?prepareThreshold=x",
        "@?tcpKeepAlive=maybe",
        "@?ApplicationName=",
        "@?ApplicationName=a%00options%00-c%20search_path=opd_main",
        "@%00options%00-c%20search_path=opd_main",
        "postgresql://u%00options%00-c%20search_path=opd_main@127.0.0.1/opd",
        "postgresql://u%zz@127.0.0.1/opd",
        "postgresql:///opd",
        "postgresql://[::1/opd",
        "postgresql://127.0.0.1:99999/opd",
        "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM '%F'",
        "jdbc:postgresql:opd",
        "${OPD_DB_URL}",
        "service=other");
  }

  /// Lines of a settings file, below those that name the database and the facility.
  static List<String> settingsLines() {
    return List.of(
        "search_path=opd_main",
        "Facility=main",
        "facility=main'; insert into %T values ('ran'); --",
        "facility=${desk_role}",
        "facility=\\u0000",
        "actor=\\u202eevil",
        "actor=a\\u0000b",
        "actor=\\u200d",
        "actor=" + "x".repeat(101),
        "zone=' || now() || '",
        "zone=../../etc/passwd",
        "timeout=1; select pg_sleep(9)",
        "timeout=NaN",
        "timeout=-1",
        "color=$(touch %F)",
        "log=DEBUG\\u0020OFF",
        "db=postgresql://127.0.0.1/opd?options=-c search_path=opd_main",
        "db=${user.home}",
        "\\u00zz=1",
        "<script>=1");
  }

  /// Of the environment, each refused.
  static List<Map.Entry<String, String>> variables() {
    return List.of(
        Map.entry("OPD_TIMEOUT", "10; drop table slot"),
        Map.entry("OPD_TIMEOUT", "1e999"),
        Map.entry("OPD_ZONE", "UTC'; insert into %T values ('ran'); --"),
        Map.entry("OPD_LOG", "${jndi:ldap://127.0.0.1/x}"),
        Map.entry("OPD_COLOR", "\u001b[31m"),
        Map.entry("OPD_ACTOR", "\u200b"),
        Map.entry("OPD_ACTOR", "a\u0000b"),
        Map.entry("OPD_FACILITY", "public"),
        Map.entry("OPD_FACILITY", "../main"),
        Map.entry("OPD_DB_USER", "u\u0000options\u0000-c search_path=opd_main"),
        Map.entry("OPD_DB_USER", "nobody'; insert into %T values ('ran'); --"),
        Map.entry("OPD_DB_PASSWORD", "'; insert into %T values ('ran'); --"),
        Map.entry("PGPASSFILE", "a\u0000b"),
        Map.entry("OPD_DB_URL", "jdbc:postgresql://127.0.0.1/opd?loggerFile=%F"));
  }
}
