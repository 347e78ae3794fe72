package opd.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command takes, before or after its name.
final class GlobalOptions {
  @Option(
      names = "--db",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description =
          "The database: jdbc:postgresql://… or postgresql://… (env OPD_DB_URL). Without it, a local"
              + " PostgreSQL is set up and started when needed.")
  @Nullable String db;

  @Option(
      names = "--facility",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Which hospital (env OPD_FACILITY; default: main).")
  @Nullable String facility;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "SECONDS",
      description = "How long the command may take (env OPD_TIMEOUT; default: 10).")
  @Nullable String timeout;

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "table|json",
      description = "How results are printed (env OPD_OUTPUT; default: table).")
  @Nullable String output;

  @Option(
      names = "--actor",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Who decides, for the audit log (env OPD_ACTOR; default: the system's user).")
  @Nullable String actor;

  @Option(
      names = "--color",
      scope = ScopeType.INHERIT,
      paramLabel = "auto|always|never",
      description = "When to use colour (default: auto; NO_COLOR means never).")
  @Nullable String color;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log more, as JSON lines on standard error (env OPD_LOG).")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Log errors only.")
  boolean quiet;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
