package opd.domain;

/// Whose clock dates a facility's decisions.
public enum ClockSource {
  /// The database's: desks' clocks differ.
  DATABASE,
  /// A logical clock, given by the program: only in a facility that was made for a simulation.
  SIMULATION
}
