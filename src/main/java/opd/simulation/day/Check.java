package opd.simulation.day;

/// One thing that was looked at.
///
/// @param name a sentence that says what must be so
/// @param detail what was expected and what was found, when it failed; else how much was looked at,
///   or empty
public record Check(String name, boolean ok, String detail) {}
