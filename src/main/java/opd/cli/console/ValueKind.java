package opd.cli.console;

import java.util.Map;

/// What a word of a command line stands for, in a console and in a shell.
public enum ValueKind {
  DOCTOR,
  SLOT,
  TOKEN,
  PHONE,
  PRIORITY,
  SOURCE,
  AUDIT_KIND,
  DATE,
  OUTPUT,
  COLOR,
  FILE,
  /// Anything else, a name perhaps.
  FREE;

  private static final Map<String, ValueKind> OF_OPTIONS =
      Map.ofEntries(
          Map.entry("--doctor", DOCTOR),
          Map.entry("--cover", DOCTOR),
          Map.entry("--slot", SLOT),
          Map.entry("--to", SLOT),
          Map.entry("--token", TOKEN),
          Map.entry("--phone", PHONE),
          Map.entry("--patient", PHONE),
          Map.entry("--priority", PRIORITY),
          Map.entry("--source", SOURCE),
          Map.entry("--kind", AUDIT_KIND),
          Map.entry("--date", DATE),
          Map.entry("--output", OUTPUT),
          Map.entry("--color", COLOR),
          Map.entry("--from", FILE),
          Map.entry("--seal", FILE),
          Map.entry("--erasures", FILE),
          Map.entry("--report", FILE),
          Map.entry("--junit", FILE));

  private static final Map<String, ValueKind> OF_ARGUMENTS =
      Map.of("SLOT", SLOT, "TOKEN", TOKEN, "PHONE", PHONE, "CODE", DOCTOR);

  /// @param name the long name of an option with a value
  /// @param label what the help calls its value
  public static ValueKind ofOption(String name, String label) {
    // `--from` takes a list, and elsewhere a time.
    return label.equals("TIME") ? FREE : OF_OPTIONS.getOrDefault(name, FREE);
  }

  /// @param label what the help calls the argument
  public static ValueKind ofArgument(String label) {
    return OF_ARGUMENTS.getOrDefault(label, FREE);
  }
}
