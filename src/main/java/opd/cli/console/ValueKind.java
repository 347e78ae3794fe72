package opd.cli.console;

/// What a word of a command line stands for.
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
  /// Anything else, a name perhaps.
  FREE
}
