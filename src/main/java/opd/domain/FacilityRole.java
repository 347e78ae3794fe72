package opd.domain;

import java.util.Locale;

/// Who works with a facility's database, each with no more rights than that work takes.
public enum FacilityRole {
  /// Owns the schema and upgrades it.
  OWNER,
  /// Does a desk's work, and can break no rule.
  DESK,
  /// Calls patients in and ends their turns, and reads no phone number.
  ROOM,
  /// Reads the log and what it tells of, and no patient.
  AUDITOR;

  /// The last part of the role's name.
  String suffix() {
    return "_" + name().toLowerCase(Locale.ROOT);
  }
}
